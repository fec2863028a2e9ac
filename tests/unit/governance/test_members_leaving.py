"""Places on bodies: ended, handed over to a successor, put right, and what is open passed on. 2018 unless said otherwise."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import audit
from accounts.models import RoleGrant
from governance.actions import members
from governance.models import Action, Decision, Membership, Recommendation, Risk, Undertaking
from lib.editing import Stale
from tests.factories import UserFactory
from tests.factories.governance import BodyFactory, RiskFactory
from tests.factories.governing import RecommendationFactory
from tests.factories.holdings import everything, owners

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


def succeed(place, sam, ends_on=LAST, **told):
    return members.succeed(place, **({"ends_on": ends_on, "version": place.version, "by": sam} | told))


def open_roles(person):
    return {grant.role: grant.with_membership for grant in RoleGrant.objects.filter(user=person, ends_on=None)}


# ---------------------------------------------------------------- ending


@pytest.mark.parametrize(
    ("ends_on", "sentence"),
    [
        (dt.date(2018, 3, 31), "This place begins on 1 April 2018: the last day can’t be before it"),
        (FIRST, None),  # one day is long enough
    ],
)
def test_the_last_day_is_not_before_the_first(body, sam, ends_on, sentence):
    place = add(body, sam, name="Dana Reid")
    if sentence is None:
        assert end(place, sam, ends_on).ends_on == ends_on
        return
    with pytest.raises(ValidationError) as refusal:
        end(place, sam, ends_on)
    assert refused(refusal) == sentence


def test_a_place_ends_by_itself_where_nothing_is_open(body, sam, priya):
    place = end(add(body, sam, user=priya, role=Role.CHAIR), sam)
    assert Membership.objects.get(pk=place.pk).ends_on == LAST


def test_nothing_is_left_without_anybody(body, sam, priya):
    place, made = add(body, sam, user=priya, role=Role.CHAIR), everything(body, priya)
    with pytest.raises(ValidationError) as refusal:
        end(place, sam)
    assert refused(refusal) == "Say who takes over: five things of ASB Operations Group would be left without anybody"
    assert owners(made) == [priya] * 5
    assert Membership.objects.get(pk=place.pk).ends_on is None


def test_what_is_open_goes_to_whoever_is_named_and_what_is_past_stays(body, sam, priya, owen):
    place, made = add(body, sam, user=priya), everything(body, priya)
    elsewhere = RiskFactory(owner=priya)
    end(place, sam, to=owen)
    assert owners(made) == [owen] * 5
    assert owners([elsewhere]) == [priya]
    for model in (Action, Risk, Decision, Undertaking):
        assert model.objects.filter(owner=priya).exclude(pk=elsewhere.pk).count() == 1


def test_each_thing_tells_of_it_and_meets_a_newer_version(body, sam, priya, owen):
    place = add(body, sam, user=priya)
    risk = RiskFactory(body=body, owner=priya, owner_post="Manager")
    end(place, sam, to=owen)
    [line] = audit.lines(audit.history(risk))
    assert (line.words, line.changes) == (
        "Passed on to somebody else",
        ["Whose: Manager (Priya Nair) → Manager (Owen Tranter)"],
    )
    assert Risk.objects.get(pk=risk.pk).version == risk.version + 1


def test_somebody_with_another_place_on_the_body_keeps_what_is_theirs(body, sam, priya):
    place, made = add(body, sam, user=priya, role=Role.DEPUTY), everything(body, priya)
    add(body, sam, user=priya)
    end(place, sam)
    assert owners(made) == [priya] * 5


@pytest.mark.parametrize(("who", "sentence"), [("self", "Choose somebody else"), ("gone", "account is closed")])
def test_nothing_goes_to_the_one_who_leaves_or_to_a_closed_account(body, sam, priya, who, sentence):
    place, made = add(body, sam, user=priya), everything(body, priya)
    to = priya if who == "self" else UserFactory(is_active=False, left_at=timezone.now())
    with pytest.raises(ValidationError, match=sentence):
        end(place, sam, to=to)
    assert owners(made) == [priya] * 5


def test_who_ends_what_somebody_else_has_changed_is_told(body, sam, priya):
    place = add(body, sam, user=priya)
    Membership.objects.filter(pk=place.pk).update(version=2)
    with pytest.raises(Stale):
        end(place, sam)


# ---------------------------------------------------------------- succession


def test_a_successor_begins_the_day_after_with_everything_that_is_open(body, sam, priya, owen):
    place, made = add(body, sam, user=priya, role=Role.CHAIR), everything(body, priya)
    new = succeed(place, sam, dt.date(2018, 3, 31) + dt.timedelta(days=31), user=owen)
    place.refresh_from_db()
    assert (place.ends_on, new.starts_on) == (dt.date(2018, 5, 1), dt.date(2018, 5, 2))
    assert (new.role, new.succeeds, new.name) == (Role.CHAIR, place, "Owen Tranter")
    assert owners(made) == [owen] * 5
    assert open_roles(owen) == {"member": True}


def test_a_successor_keeps_the_post_unless_another_is_typed(body, sam, priya, owen):
    new = succeed(add(body, sam, user=priya), sam, user=owen)
    assert new.post == "Head of Community Safety"
    assert succeed(new, sam, dt.date(2018, 7, 31), name="Dana Reid", post="Inspector").label == "Dana Reid, Inspector"


def test_without_an_account_what_is_open_stays_with_the_post(body, sam, priya):
    place, made = add(body, sam, user=priya), everything(body, priya)
    succeed(place, sam, name="Dana Reid")
    assert owners(made) == [None] * 5
    posts = [type(one).objects.get(pk=one.pk).owner_post for one in made]
    assert posts[0] == "Head of Community Safety" and all(posts)


def test_a_vacant_post_is_filled_by_a_successor(body, sam, priya):
    vacant = add(body, sam, post="Borough Commander", role=Role.CHAIR)
    new = succeed(vacant, sam, user=priya)
    assert new.label == "Priya Nair, Borough Commander"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "Enter the successor’s name, or choose their account"),
        ({"name": "Dana Reid", "ends_on": dt.date(2018, 3, 31)}, "the last day can’t be before it"),
    ],
)
def test_a_succession_that_cannot_be_is_refused_whole(body, sam, priya, told, sentence):
    place, made = add(body, sam, user=priya), everything(body, priya)
    with pytest.raises(ValidationError) as refusal:
        succeed(place, sam, **told)
    assert sentence in refused(refusal)
    assert Membership.objects.get().ends_on is None
    assert owners(made) == [priya] * 5


def test_a_place_is_handed_over_once(body, sam, priya, owen):
    place = add(body, sam, user=priya)
    succeed(place, sam, user=owen)
    with pytest.raises(ValidationError, match="has a successor already"):
        succeed(place, sam, name="Dana Reid")
    with pytest.raises(ValidationError, match="has a successor already"):
        end(place, sam)


def test_nobody_succeeds_themselves(body, sam, priya):
    with pytest.raises(ValidationError, match="has this place already"):
        succeed(add(body, sam, user=priya), sam, user=priya)


def test_a_successor_is_not_there_twice(body, sam, priya, owen):
    place = add(body, sam, user=priya)
    add(body, sam, user=owen)
    with pytest.raises(ValidationError, match="in this role already"):
        succeed(place, sam, user=owen)


# ---------------------------------------------------------------- putting right, passing on


def correct(place, sam, **told):
    kept = {"starts_on": place.starts_on, "user": place.user, "name": place.name, "post": place.post}
    return members.correct(
        place, **(kept | {"organisation": place.organisation, "version": place.version, "by": sam} | told)
    )


def test_a_slip_is_put_right_and_told(body, sam):
    place = add(body, sam, name="Dana Reed")
    correct(place, sam, name="Dana Reid", starts_on=dt.date(2018, 4, 3))
    assert audit.lines(audit.history(place))[0].changes == [
        "Who: Dana Reed → Dana Reid",
        "First day: 1 April 2018 → 3 April 2018",
    ]


def test_an_account_that_comes_later_is_tied_to_the_place_with_its_role(body, sam, priya):
    place = correct(add(body, sam, name="Priya Nair"), sam, user=priya)
    assert place.user == priya and open_roles(priya) == {"member": True}


def test_a_place_is_not_given_to_another_person_in_passing(body, sam, priya, owen):
    place = add(body, sam, user=priya)
    with pytest.raises(ValidationError, match="Hand it over to a successor instead"):
        correct(place, sam, user=owen)


def test_putting_right_never_makes_a_second_chair(body, sam, priya):
    first = add(body, sam, user=priya, role=Role.CHAIR, ends_on=LAST)
    second = add(body, sam, name="Dana Reid", role=Role.CHAIR, starts_on=dt.date(2018, 6, 1))
    with pytest.raises(ValidationError, match="one chair at a time"):
        correct(second, sam, starts_on=LAST)
    assert correct(first, sam).version == 1  # nothing changed, nothing written


def test_what_somebody_holds_outside_a_place_is_passed_on(body, sam, priya, owen):
    made = everything(body, priya)
    assert len(members.pass_on(priya, to=owen, body=body, by=sam)) == 5
    assert owners(made) == [owen] * 5
    with pytest.raises(ValidationError, match="Nothing of ASB Operations Group is in Priya Nair’s hands any more"):
        members.pass_on(priya, to=owen, body=body, by=sam)


def test_what_is_passed_on_stays_with_its_post(body, sam, priya, owen):
    risk = RiskFactory(body=body, owner=priya, owner_post="Manager")
    members.pass_on(priya, to=owen, body=body, by=sam)
    assert Risk.objects.get(pk=risk.pk).owner_label == "Manager (Owen Tranter)"


def test_the_recommendation_is_that_of_its_committee(body, sam, priya, owen):
    other = RecommendationFactory(owner=priya)
    everything(body, priya)
    members.pass_on(priya, to=owen, body=body, by=sam)
    assert Recommendation.objects.get(pk=other.pk).owner == priya
