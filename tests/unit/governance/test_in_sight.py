"""What of governance is in somebody's sight who holds several roles: one role more never takes away what another opens."""

import datetime as dt

import pytest
import time_machine

from governance.models import Body, DeliveryPlan, Meeting, Membership, Risk
from tests.factories import UserFactory
from tests.factories.governance import ActionFactory, BodyFactory, DeliveryPlanFactory, MembershipFactory, RiskFactory
from tests.factories.governing import MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_april():
    with time_machine.travel(dt.datetime(2018, 4, 5, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def body():
    return BodyFactory()


def in_sight(user) -> tuple[set[str], set[str], set[str]]:
    """Bodies of the plans, the meetings and the risks that somebody sees."""
    models = (DeliveryPlan, Meeting, Risk)
    return tuple({row.body.slug for row in model.objects.visible_to(user)} for model in models)


def something_of(body) -> None:
    DeliveryPlanFactory(body=body)
    MeetingFactory(body=body)
    RiskFactory(body=body)


@pytest.mark.parametrize("more", ["scrutiny", "administrator"])
def test_a_chair_who_gets_another_role_keeps_what_is_their_own_bodys(body, more):
    chair = UserFactory(roles=["member", more])
    MembershipFactory(body=body, user=chair, role=Membership.Role.CHAIR)
    something_of(body)
    something_of(BodyFactory(slug="elsewhere"))
    assert in_sight(chair) == ({body.slug}, {body.slug}, {body.slug})


@pytest.mark.parametrize("role", ["scrutiny", "administrator"])
def test_the_role_alone_opens_neither_plans_nor_risks(body, role):
    person = UserFactory(roles=[role])
    something_of(body)
    DeliveryPlanFactory(running=True)
    assert in_sight(person) == (set(), set(), set())


def test_public_meetings_and_scrutinys_own(body):
    committee = BodyFactory(slug="committee", kind=Body.Kind.SCRUTINY)
    MeetingFactory(body=committee)
    MeetingFactory(body=body, kind=Meeting.Kind.PUBLIC)
    seen = {
        roles: in_sight(UserFactory(roles=list(roles)))[1]
        for roles in (("administrator",), ("member",), ("scrutiny",), ("administrator", "scrutiny"))
    }
    assert seen == {
        ("administrator",): set(),
        ("member",): {body.slug},
        ("scrutiny",): {body.slug, "committee"},
        ("administrator", "scrutiny"): {body.slug, "committee"},
    }


@pytest.mark.parametrize("more", ["scrutiny", "administrator"])
def test_who_leads_an_action_or_owns_a_risk_sees_it_whatever_else_they_are(body, more):
    lead = UserFactory(roles=["data_lead", more])
    something_of(body)
    action, risk = ActionFactory(owner=lead), RiskFactory(owner=lead)
    assert in_sight(lead)[0] == {action.delivery_plan.body.slug}
    assert in_sight(lead)[2] == {risk.body.slug}


def test_a_place_that_is_over_shows_nothing_more(body):
    person = UserFactory(roles=["scrutiny"])
    MembershipFactory(body=body, user=person, ends_on=dt.date(2018, 4, 4))
    something_of(body)
    assert in_sight(person)[0] == set()
