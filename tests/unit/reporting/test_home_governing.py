"""What of governance stands on somebody's first page: what they owe within four weeks, and what waits for their word."""

import datetime as dt

import pytest
import time_machine
from django.core import mail

from accounts.models import RoleGrant
from governance.models import Body, Membership
from reporting import digests, home_governing
from tests.factories.accounts import UserFactory
from tests.factories.governance import ActionFactory, BodyFactory, DeliveryPlanFactory, UpdateFactory, place
from tests.factories.governing import RecommendationFactory, UndertakingFactory
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db
Role = RoleGrant.Role
ON = dt.date(2018, 5, 1)


@pytest.fixture(autouse=True)
def first_of_may():
    with time_machine.travel(dt.datetime(2018, 5, 1, 9, tzinfo=dt.UTC), tick=False):
        yield


def shown(person, on=ON):
    return [(item.name, item.state, item.do) for item in home_governing.items(person, on)]


@pytest.mark.parametrize(
    ("due_on", "state"),
    [(dt.date(2018, 4, 30), "Overdue"), (ON, ""), (dt.date(2018, 5, 29), ""), (dt.date(2018, 5, 30), None)],
)
def test_what_somebody_owes_is_shown_from_four_weeks_before(due_on, state):
    owner = UserFactory(roles=[Role.DATA_LEAD])
    arose = UndertakingFactory(owner=owner, due_on=due_on, text="Ask the fire service")
    expected = (
        []
        if state is None
        else [(f"Action arising, {arose.body.short_name}: Ask the fire service", state, "See what arose")]
    )
    assert shown(owner) == expected
    assert shown(UserFactory(roles=[Role.DATA_LEAD])) == []


def test_a_chair_is_led_to_the_updates_that_wait():
    body, chair = BodyFactory(), UserFactory(roles=[Role.MEMBER])
    place(chair, body, Membership.Role.CHAIR)
    place(UserFactory(roles=[Role.MEMBER]), body, Membership.Role.SUPPORT)
    plan = DeliveryPlanFactory(body=body, running=True)
    UpdateFactory(action=ActionFactory(delivery_plan=plan, starts_on=dt.date(2018, 1, 2), due_on=dt.date(2018, 3, 31)))
    assert [do for _, _, do in shown(chair)] == ["Agree the updates"]


def test_a_submitted_plan_waits_for_the_csp_executive_and_not_for_its_own_chair():
    body = BodyFactory()
    plan = DeliveryPlanFactory(body=body, submitted=True)
    member, own = UserFactory(roles=[Role.EXECUTIVE]), UserFactory(roles=[Role.EXECUTIVE])
    place(own, body, Membership.Role.CHAIR)
    assert (str(plan), "", "Read the plan") in shown(member)
    assert (str(plan), "", "Read the plan") not in shown(own)
    assert (str(plan), "", "Read the plan") in shown(UserFactory(roles=[Role.COORDINATOR]))


def test_reminders_hold_what_governance_wants():
    owner = UserFactory(roles=[Role.DATA_LEAD])
    UndertakingFactory(owner=owner, due_on=ON, body=BodyFactory(kind=Body.Kind.EXECUTIVE))
    (digest,) = [digest for digest in digests.due(ON) if digest.person == owner]
    assert [item.owed.url_name for item in digest.items] == ["governance:undertaking-list"]


# ---------------------------------------------------------------- what nobody is named for


@pytest.mark.parametrize(
    ("due_on", "state"),
    [(dt.date(2018, 4, 30), "Overdue"), (ON, ""), (dt.date(2018, 5, 15), ""), (dt.date(2018, 5, 16), None)],
)
def test_the_team_sees_what_a_post_without_a_person_owes_from_two_weeks_before(due_on, state):
    asked = RecommendationFactory(due_on=due_on, sent_on=dt.date(2018, 4, 2), made_on=dt.date(2018, 4, 2))
    lines = [line for line in shown(UserFactory(roles=[Role.COORDINATOR])) if line[2] == "Go to the request"]
    assert [line[1] for line in lines] == ([] if state is None else [state])
    assert shown(UserFactory(roles=[Role.EXECUTIVE])) == []
    assert asked.owner is None


@pytest.mark.parametrize(("owner_is_here", "seen"), [(True, 0), (False, 1)])
def test_whoever_has_left_is_nobody(owner_is_here, seen):
    left_at = None if owner_is_here else dt.datetime(2018, 4, 1, tzinfo=dt.UTC)
    owner = UserFactory(is_active=owner_is_here, left_at=left_at)
    UndertakingFactory(owner=owner, due_on=ON)
    assert len(shown(UserFactory(roles=[Role.COORDINATOR]))) == seen


def test_three_things_of_nobody_have_a_line_each_and_four_have_one_together(client):
    sam = UserFactory(roles=[Role.COORDINATOR])
    for text in ("First", "Second", "Third"):
        UndertakingFactory(due_on=dt.date(2018, 4, 30), text=text, body__short_name="ASB")
    items = list(home_governing.items(sam, ON))
    assert [item.name for item in items] == [f"Action arising, ASB: {text}" for text in ("First", "Second", "Third")]
    assert items[0].why == "It was due on Monday 30 April 2018, 1 working day ago. Nobody is named for it."
    UndertakingFactory(due_on=dt.date(2018, 5, 2), body__short_name="ASB")
    (one,) = home_governing.items(sam, ON)
    assert (one.name, one.state) == ("Nobody is named for 4 things: say who", "Overdue")
    assert one.url == "/gaps/#nobody"
    PlanFactory()
    client.force_login(sam)
    page = client.get("/gaps/").content.decode()
    assert 'id="nobody"' in page and "Action arising, ASB: First" in page
    client.force_login(UserFactory(roles=[Role.EXECUTIVE]))
    assert 'id="nobody"' not in client.get("/gaps/").content.decode()


@pytest.mark.parametrize(
    ("day", "told"),
    [(dt.date(2018, 4, 30), False), (ON, True), (dt.date(2018, 5, 2), True), (dt.date(2018, 5, 9), True)],
)
def test_the_team_is_reminded_of_what_is_nobodys_from_its_day(day, told):
    sam = UserFactory(roles=[Role.COORDINATOR])
    RecommendationFactory(due_on=ON, sent_on=dt.date(2018, 4, 3), made_on=dt.date(2018, 4, 3))
    found = [digest for digest in digests.due(day) if digest.person == sam]
    assert [[item.of for item in digest.items] for digest in found] == ([["nobody is named"]] if told else [])


def test_the_mail_says_apart_what_nobody_is_named_for(django_capture_on_commit_callbacks):
    UserFactory(roles=[Role.COORDINATOR])
    UndertakingFactory(due_on=ON, text="Ask the fire service", body__short_name="ASB")
    with django_capture_on_commit_callbacks(execute=True):
        digests.send(on=ON, by=None)
    (message,) = mail.outbox
    assert message.subject == "1 thing to do that nobody is named for"
    said = "Nobody is named for this, so only you are told:\n\nAction arising, ASB: Ask the fire service\nIt is due today, Tuesday 1 May 2018.\n"
    assert said in message.body and "Late for more than a week" not in message.body
