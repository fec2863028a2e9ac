"""Places on bodies: taken, put right, ended, handed over, with the roles that go with them. 2018 unless said otherwise."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import audit
from accounts.models import RoleGrant
from governance.actions import members
from governance.models import Body, Membership
from tests.factories import OrganisationFactory, UserFactory
from tests.factories.governance import BodyFactory

pytestmark = pytest.mark.django_db
Role = Membership.Role
FIRST = dt.date(2018, 4, 1)
LAST = dt.date(2018, 5, 31)


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def body():
    return BodyFactory(name="ASB Operations Group", code="ASB")


@pytest.fixture
def priya():
    return UserFactory(name="Priya Nair", post="Head of Community Safety")


@pytest.fixture
def owen():
    return UserFactory(name="Owen Tranter", post="Superintendent")


def refused(refusal):
    return " ".join(refusal.value.messages)


def add(body, sam, **told):
    return members.add(body, **({"role": Role.MEMBER, "starts_on": FIRST, "by": sam} | told))


def end(place, sam, ends_on=LAST, **told):
    return members.end(place, **({"ends_on": ends_on, "version": place.version, "by": sam} | told))


# ---------------------------------------------------------------- taking a place


def test_an_account_fills_name_post_and_organisation(body, sam, priya):
    place = add(body, sam, user=priya)
    assert (place.name, place.post, place.organisation) == (
        "Priya Nair",
        "Head of Community Safety",
        priya.organisation,
    )


def test_what_is_typed_beside_an_account_counts_but_for_the_name(body, sam, priya):
    police = OrganisationFactory(slug="police")
    place = add(body, sam, user=priya, name="P. Nair", post="Chair of the forum", organisation=police)
    assert (place.name, place.post, place.organisation) == ("Priya Nair", "Chair of the forum", police)


def test_somebody_without_an_account_and_a_vacant_post(body, sam):
    assert add(body, sam, name="  Dana   Reid ", post="Borough Commander").label == "Dana Reid, Borough Commander"
    assert add(body, sam, post="Borough Commander").label == "Borough Commander (vacant)"
    assert not RoleGrant.objects.exclude(user=sam).exists()


def test_a_place_is_told_on_the_trail(body, sam, priya):
    place = add(body, sam, user=priya, role=Role.CHAIR)
    [line] = audit.lines(audit.history(place))
    assert line.words == "Place on a body taken"
    assert "Role: Chair" in line.changes and "First day: 1 April 2018" in line.changes


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"name": "Dana Reid", "role": "mayor"}, "Choose a role from the list"),
        ({}, "Enter a name, a post or both, or choose an account"),
        ({"name": "Dana Reid", "ends_on": dt.date(2018, 3, 31)}, "The last day must be on or after the first day"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(body, sam, told, sentence):
    with pytest.raises(ValidationError) as refusal:
        add(body, sam, **told)
    assert refused(refusal) == sentence
    assert not Membership.objects.exists()


def test_a_closed_account_takes_no_place(body, sam):
    gone = UserFactory(name="Lena Fox", is_active=False, left_at=timezone.now())
    with pytest.raises(ValidationError, match="account is closed"):
        add(body, sam, user=gone)


def test_nobody_is_there_twice_in_the_same_role_but_may_be_in_two_roles(body, sam, priya):
    add(body, sam, user=priya)
    with pytest.raises(ValidationError) as refusal:
        add(body, sam, user=priya, starts_on=dt.date(2018, 6, 1))
    assert refused(refusal) == "They are on ASB Operations Group in this role already, from 1 April 2018"
    add(body, sam, user=priya, role=Role.DEPUTY)


def test_a_second_chair_is_refused_with_the_rule_and_the_chair(body, sam, priya, owen):
    add(body, sam, user=priya, role=Role.CHAIR)
    with pytest.raises(ValidationError) as refusal:
        add(body, sam, user=owen, role=Role.CHAIR)
    assert refused(refusal) == (
        "A body has one chair at a time, or two co-chairs, and ASB Operations Group has: Priya Nair, Head of Community Safety, "
        "from 1 April 2018. Hand that place over, or end it before this one begins"
    )


def test_two_co_chairs_and_no_third(body, sam, priya, owen):
    add(body, sam, user=priya, role=Role.CO_CHAIR)
    add(body, sam, user=owen, role=Role.CO_CHAIR)
    with pytest.raises(ValidationError, match="or two co-chairs"):
        add(body, sam, name="Dana Reid", role=Role.CO_CHAIR)
    add(BodyFactory(), sam, name="Dana Reid", role=Role.CO_CHAIR)


def test_a_body_that_has_ended_takes_nobody_beyond_its_last_day(body, sam):
    Body.objects.filter(pk=body.pk).update(ended_on=LAST)
    with pytest.raises(ValidationError, match="ended on 31 May 2018"):
        add(body, sam, name="Dana Reid")
    add(body, sam, name="Dana Reid", ends_on=LAST)


# ---------------------------------------------------------------- roles


def open_roles(person):
    grants = RoleGrant.objects.filter(user=person, ends_on=None)
    return {grant.role: grant.with_membership for grant in grants}


@pytest.mark.parametrize(
    ("kind", "role", "grants"),
    [
        ("executive", Role.CO_CHAIR, {"executive": True}),
        ("executive", Role.MEMBER, {"executive": True}),
        ("executive", Role.SUPPORT, {"member": True}),  # who prepares what it agrees is no member of it
        ("partnership", Role.MEMBER, {"member": True}),
        ("subgroup", Role.CHAIR, {"member": True}),
        ("subgroup", Role.SUPPORT, {"member": True}),
        ("operational", Role.MEMBER, {"member": True}),
        ("scrutiny", Role.CHAIR, {"scrutiny": True}),
        ("scrutiny", Role.SUPPORT, {"scrutiny": True}),
        ("linked", Role.MEMBER, {}),
        ("council", Role.MEMBER, {}),
    ],
)
def test_the_role_that_goes_with_a_place(sam, priya, kind, role, grants):
    add(BodyFactory(kind=kind), sam, user=priya, role=role)
    assert open_roles(priya) == grants


def test_a_role_stays_while_another_place_brings_it(body, sam, priya):
    today = timezone.localdate()
    one, _ = add(body, sam, user=priya), add(BodyFactory(), sam, user=priya)
    end(one, sam, today)
    assert open_roles(priya) == {"member": True}
    assert RoleGrant.objects.filter(user=priya).count() == 1


def test_a_role_ends_with_the_last_place_and_is_asked_anew_at_once(body, sam, priya):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    place = add(body, sam, user=priya)
    assert priya.has_role("member")
    end(place, sam, yesterday)
    assert not priya.has_role("member")
