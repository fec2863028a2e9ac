"""What of governance stands on somebody's first page: what they owe within four weeks, and what waits for their word."""

import datetime as dt

import pytest
import time_machine

from accounts.models import RoleGrant
from governance.models import Body, Membership
from reporting import digests, home_governing
from tests.factories.accounts import UserFactory
from tests.factories.governance import ActionFactory, BodyFactory, DeliveryPlanFactory, UpdateFactory, place
from tests.factories.governing import UndertakingFactory

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
