"""What delivery plans want of whom, on which day."""

import datetime as dt

import pytest
from django.utils import timezone

from governance.models import Body, Membership
from governance.owing import drafting
from lib.owed import NOBODY
from lib.quarters import Year
from tests.factories import UserFactory
from tests.factories.governance import BodyFactory, DeliveryPlanFactory, place
from tests.factories.governing import UndertakingFactory
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db

Role = Membership.Role
DUE = dt.date(2018, 3, 31)


@pytest.fixture
def plan():
    """The partnership's, for 2017-21."""
    return PlanFactory()


@pytest.fixture
def body():
    """Its plan for 2017-18 is there."""
    body = BodyFactory(slug="asb", short_name="ASB Ops")
    DeliveryPlanFactory(body=body, running=True)
    return body


def owed(day: str, **options):
    return drafting.owed(dt.date.fromisoformat(day), **options)


@pytest.mark.parametrize(
    ("day", "stage"),
    [("2017-12-31", None), ("2018-01-01", "due"), ("2018-03-31", "due"), ("2018-04-01", "overdue")],
)
def test_next_years_plan_is_due_by_31_march(plan, body, day, stage):
    callum = UserFactory()
    place(callum, body, Role.SUPPORT)
    found = owed(day)
    assert [(one.due_on, one.person_id, one.stage) for one in found] == ([(DUE, callum.pk, stage)] if stage else [])
    if stage:
        (one,) = found
        begun_at = "/delivery-plans/add/?body=asb&year=2018-19"  # the form knows which
        assert (one.what, one.url) == ("Delivery plan of ASB Ops for 2018-19", begun_at)
        assert one.thing == f"governance.body:{body.pk}:2018-19"


def test_it_is_owed_by_support_else_the_chair_else_nobody(plan, body):
    assert [one.person_id for one in owed("2018-02-01")] == [NOBODY]
    priya, callum = UserFactory(), UserFactory()
    place(priya, body, Role.CHAIR)
    place(UserFactory(), body, Role.DEPUTY)
    assert [one.person_id for one in owed("2018-02-01")] == [priya.pk]
    place(callum, body, Role.SUPPORT)
    assert [one.person_id for one in owed("2018-02-01")] == [callum.pk]
    assert owed("2018-02-01", person=priya) == []
    assert len(owed("2018-02-01", person=callum)) == 1


def test_a_draft_is_still_owed_a_submitted_plan_is_not_and_one_sent_back_is_again(plan, body):
    draft = DeliveryPlanFactory(body=body, year=Year(2018))
    (one,) = owed("2018-02-01")
    assert (one.stage, one.started, one.url) == ("due", "", "/delivery-plans/asb/2018-19/")
    type(draft).objects.filter(pk=draft.pk).update(sent_back_because="Name who leads", version=4)
    (one,) = owed("2018-02-01")
    assert (one.stage, one.started) == ("sent_back", "sent_back:4")
    sent = {"state": "submitted", "submitted_at": timezone.now(), "submitted_by": UserFactory(), "resources": "A post"}
    type(draft).objects.filter(pk=draft.pk).update(**sent)
    assert owed("2018-02-01") == []


def test_what_owes_none(plan, body):
    """Other kinds of body, bodies that have ended, and years that no adopted plan holds."""
    BodyFactory(kind=Body.Kind.LINKED)
    BodyFactory(ended_on=dt.date(2018, 1, 31))
    assert len(owed("2018-02-01")) == 1
    assert owed("2021-02-01") != [], "2020-21, the plan's last year"
    assert [one.what for one in owed("2021-02-01")] == ["Delivery plan of ASB Ops for 2020-21"]
    assert owed("2021-04-01") == []
    type(plan).objects.update(adopted_on=None)
    assert owed("2018-02-01") == []


@pytest.mark.parametrize(("day", "stage"), [("2018-06-14", "due"), ("2018-06-15", "overdue")])
def test_open_conditions_are_owed_by_their_owners(body, day, stage):
    priya, plan = UserFactory(), body.delivery_plans.get()
    fields = {"kind": "condition", "delivery_plan": plan, "meeting": None}
    mine = UndertakingFactory(**fields, owner=priya, text="Report in October")
    post = UndertakingFactory(**fields)
    UndertakingFactory(**fields, ending="done", ended_on=DUE, ended_by=priya)
    UndertakingFactory(owner=priya)
    assert {(one.thing, one.person_id, one.stage) for one in owed(day)} == {
        (f"governance.undertaking:{mine.pk}", priya.pk, stage),
        (f"governance.undertaking:{post.pk}", NOBODY, stage),
    }
    (one,) = owed(day, person=priya)
    assert one.what == "Condition on the delivery plan of ASB Ops for 2017-18: Report in October"


@pytest.mark.parametrize("bodies", [5, 50])
def test_any_number_of_bodies_costs_the_same(plan, bodies, django_assert_max_num_queries):
    for _ in range(bodies):
        body = BodyFactory()
        place(UserFactory(), body, Role.SUPPORT)
        running = DeliveryPlanFactory(body=body, running=True)
        UndertakingFactory(kind="condition", delivery_plan=running, body=body, meeting=None)
    with django_assert_max_num_queries(7):
        assert len(owed("2018-02-01")) == 2 * bodies
