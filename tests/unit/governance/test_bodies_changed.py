"""Bodies set up, changed and linked; and a deputy who acts for the chair. 2018 unless said otherwise."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts import audit
from accounts.models import RoleGrant
from governance import standing
from governance.actions import bodies, delegations, members
from governance.actions.bodies import Facts
from governance.models import Body, BodyLink, BodyPriority, Delegation, Membership
from lib.editing import Stale
from tests.factories import UserFactory
from tests.factories.governance import (
    BodyFactory,
    BodyLinkFactory,
    BodyPriorityFactory,
    DeliveryPlanFactory,
    MembershipFactory,
    RiskFactory,
)
from tests.factories.priorities import PriorityFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2018, 5, 1)
LAST = dt.date(2018, 5, 31)


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def facts(**told):
    return Facts(**({"name": "Gangs Meeting", "short_name": "Gangs", "code": "GANG", "kind": "operational"} | told))


def of(body, **told):
    """What is known of it, with some of it changed."""
    fields = ("name", "short_name", "code", "kind", "paper_days", "risk_appetite", "started_on", "ended_on")
    return Facts(**({name: getattr(body, name) for name in fields} | told))


def change(body, sam, **told):
    return bodies.change(body, facts=of(body, **told), version=body.version, by=sam)


def link(body, sam, **told):
    nothing = {"parent": None, "accountable": [], "works_with": [], "serves": []}
    return bodies.set_links(body, **(nothing | {"version": body.version, "by": sam} | told))


def refused(refusal):
    return " ".join(refusal.value.messages)


# ---------------------------------------------------------------- set up and changed


def test_a_new_body_is_last_with_an_address_of_its_name(sam):
    BodyFactory(order=70)
    body = bodies.add(facts(code=" gang ", functions=("Meets monthly", "", "Shares what is known")), by=sam)
    assert (body.slug, body.code, body.order) == ("gangs-meeting", "GANG", 80)
    assert [function.text for function in body.functions.all()] == ["Meets monthly", "Shares what is known"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Gangs: Meeting", "gangs-meeting-2"), ("Add", "body-add"), ("???", "body"), ("Ä" * 80, "a" * 50)],
)
def test_addresses_are_never_shared_nor_those_of_pages(sam, name, slug):
    BodyFactory(slug="gangs-meeting")
    assert bodies.add(facts(name=name), by=sam).slug == slug


@pytest.mark.parametrize(
    ("told", "field", "sentence"),
    [
        ({"name": " "}, "name", "Enter its name"),
        ({"code": ""}, "code", "Enter a code"),
        ({"name": "prevent board"}, "name", "There is a body of this name already: Prevent Board"),
        ({"code": "prev"}, "code", "Prevent Board has this code already. Choose another"),
        ({"kind": "club"}, "kind", "Choose a kind from the list"),
        ({"risk_appetite": 26}, "risk_appetite", "The score must be from 1 to 25"),
        ({"started_on": LAST, "ended_on": TODAY}, "ended_on", "The last day must be on or after the first day"),
    ],
)
def test_bad_input_is_refused_at_its_field(sam, told, field, sentence):
    BodyFactory(name="Prevent Board", code="PREV")
    with pytest.raises(ValidationError) as refusal:
        bodies.add(facts(**told), by=sam)
    assert refusal.value.message_dict[field] == [sentence]


def test_what_changed_is_told(sam):
    body = BodyFactory(name="Gangs Meeting", short_name="Gangs", code="GANG")
    change(body, sam, name="Gangs and Knives Meeting", functions=("Meets",))
    [line] = audit.lines(audit.history(body))
    assert line.changes == ["Name: Gangs Meeting → Gangs and Knives Meeting", "Functions: Meets"]


def test_who_saves_over_somebody_else_is_told(sam):
    body = BodyFactory()
    Body.objects.filter(pk=body.pk).update(version=2)
    with pytest.raises(Stale):
        change(body, sam, name="Another")


@pytest.mark.parametrize(
    "on_record", [lambda body: DeliveryPlanFactory(body=body), lambda body: RiskFactory(body=body)]
)
def test_a_code_stays_once_it_is_on_the_record(sam, on_record):
    body = BodyFactory(code="ASB")
    change(body, sam, code="ASBO")
    on_record(body)
    with pytest.raises(ValidationError, match="stand on the record as ASBO and a number, so its code stays"):
        change(body, sam, code="ASB")


def test_a_body_ends_after_the_places_on_it(sam):
    body = BodyFactory()
    MembershipFactory(body=body, ends_on=LAST)
    open_place = MembershipFactory(body=body)
    with pytest.raises(ValidationError) as refusal:
        change(body, sam, ended_on=LAST)
    assert refused(refusal) == "One place on it goes beyond 31 May 2018. End them first"
    members.end(open_place, ends_on=LAST, version=1, by=sam)
    assert change(body, sam, ended_on=LAST).ended_on == LAST


def test_another_kind_brings_its_members_another_role(sam):
    body, priya = BodyFactory(), UserFactory()
    members.add(body, role="member", user=priya, starts_on=TODAY, by=sam)
    change(body, sam, kind="executive")
    assert {grant.role for grant in RoleGrant.objects.filter(user=priya, ends_on=None)} == {"executive"}


# ---------------------------------------------------------------- links


def test_links_are_added_and_taken_and_those_that_stay_keep_their_source(sam):
    body, above, board, committee = (BodyFactory(name=name) for name in ("Prevent", "CSP", "Board", "Committee"))
    BodyLinkFactory(body=body, to=above, source="Cabinet report, 6.1")
    BodyLinkFactory(body=board, to=body, kind="works_with")
    priority = PriorityFactory(letter="C")
    BodyPriorityFactory(body=body, priority=PriorityFactory(letter="A", plan=priority.plan))
    link(body, sam, parent=above, accountable=[committee], serves=[priority])
    found = BodyLink.objects.values_list("body__name", "kind", "to__name", "source")
    assert set(found) == {
        ("Prevent", "parent", "CSP", "Cabinet report, 6.1"),
        ("Prevent", "accountable", "Committee", ""),
    }
    assert [one.priority for one in BodyPriority.objects.all()] == [priority]
    assert audit.lines(audit.history(body))[0].changes == [
        "Answers to: Committee",
        "Works with: Board → nothing",
        f"Serves: A ({priority.plan.slug}) → C ({priority.plan.slug})",
    ]


def test_a_link_that_was_entered_at_the_other_body_is_not_doubled(sam):
    body, board = BodyFactory(), BodyFactory()
    BodyLinkFactory(body=board, to=body, kind="works_with")
    link(body, sam, works_with=[board])
    assert BodyLink.objects.count() == 1


def test_a_body_is_not_linked_to_itself(sam):
    body = BodyFactory()
    with pytest.raises(ValidationError, match="can’t be linked to itself"):
        link(body, sam, works_with=[body])


def test_a_body_is_not_its_own_ancestor_through_several_steps(sam):
    one, two, three = (BodyFactory(name=name) for name in ("One", "Two", "Three"))
    link(two, sam, parent=one)
    link(three, sam, parent=two)
    with pytest.raises(ValidationError) as refusal:
        link(one, sam, parent=three)
    assert refused(refusal) == (
        "Three stands under One already, through Two. Choose a body that doesn’t, or change that link first"
    )
    with pytest.raises(ValidationError, match="Two stands under One already. Choose"):
        link(one, sam, parent=two)
    assert BodyLink.objects.count() == 2


# ---------------------------------------------------------------- the deputy


@pytest.fixture
def deputy():
    return MembershipFactory(
        role=Membership.Role.DEPUTY, starts_on=dt.date(2018, 4, 1), ends_on=dt.date(2018, 6, 30), name="Owen Tranter"
    )


def delegate(deputy, sam, first=TODAY, last=LAST, **told):
    fixed = {
        "starts_on": first,
        "ends_on": last,
        "reason": "On leave",
        "on": TODAY,
        "version": deputy.version,
        "by": sam,
    }
    return delegations.delegate(deputy, **(fixed | told))


def test_a_deputy_acts_in_these_days_and_no_others(sam, deputy):
    delegate(deputy, sam)
    for day, acts in ((TODAY - dt.timedelta(1), False), (TODAY, True), (LAST, True), (LAST + dt.timedelta(1), False)):
        assert (deputy.body_id in standing.read(deputy.user, day).acts_as_chair) is acts


@pytest.mark.parametrize(
    ("first", "last", "reason", "sentence"),
    [
        (dt.date(2018, 3, 31), LAST, "Leave", "They are deputy from 1 April 2018 on: choose that day or a later one"),
        (TODAY, dt.date(2018, 7, 1), "Leave", "They are deputy until 30 June 2018: choose that day or an earlier one"),
        (dt.date(2018, 4, 1), dt.date(2018, 6, 30), "Leave", ""),
        (LAST, TODAY, "Leave", "The last day must be on or after the first day"),
        (dt.date(2018, 4, 1), dt.date(2018, 4, 30), "Leave", "The last day must be today or later"),
        (TODAY, TODAY, "Leave", ""),
        (TODAY, LAST, " ", "Say why, such as leave"),
    ],
)
def test_it_lies_inside_their_time_as_deputy(sam, deputy, first, last, reason, sentence):
    if not sentence:
        assert delegate(deputy, sam, first, last, reason=reason)
        return
    with pytest.raises(ValidationError) as refusal:
        delegate(deputy, sam, first, last, reason=reason)
    assert refused(refusal) == sentence
    assert not Delegation.objects.exists()


def test_two_that_overlap_are_refused_and_two_that_follow_are_not(sam, deputy):
    delegate(deputy, sam, last=dt.date(2018, 5, 10))
    with pytest.raises(ValidationError, match="already: 1 May 2018 to 10 May 2018"):
        delegate(deputy, sam, dt.date(2018, 5, 10))
    delegate(deputy, sam, dt.date(2018, 5, 11))


@pytest.mark.parametrize("told", [{"role": Membership.Role.MEMBER}, {"user": None, "name": "Dana Reid"}])
def test_only_a_deputy_with_an_account_acts(sam, told):
    with pytest.raises(ValidationError, match="no deputy chair|no account"):
        delegate(MembershipFactory(**({"role": Membership.Role.DEPUTY} | told)), sam)


def test_it_is_taken_back_once(sam, deputy):
    given = delegate(deputy, sam)
    delegations.take_back(given, on=TODAY, by=sam)
    assert deputy.body_id not in standing.read(deputy.user, TODAY).acts_as_chair
    with pytest.raises(ValidationError, match="taken back already"):
        delegations.take_back(given, on=TODAY, by=sam)
    assert [line.words for line in audit.lines(audit.history(deputy))] == [
        "Acting for the chair taken back",
        "Deputy acts for the chair",
    ]


def test_what_is_over_needs_no_taking_back(sam, deputy):
    given = delegate(deputy, sam)
    with pytest.raises(ValidationError, match="ended on 31 May 2018 by itself"):
        delegations.take_back(given, on=dt.date(2018, 6, 1), by=sam)


def test_two_at_once_from_the_same_page_are_told(sam, deputy):
    delegate(deputy, sam, last=dt.date(2018, 5, 2))
    deputy.version = 1
    with pytest.raises(Stale):
        delegate(deputy, sam, dt.date(2018, 5, 3))
    assert Delegation.objects.count() == 1
