"""That delivery begins once a plan is agreed, and that its year is ended: asked of whoever chairs the body."""

import datetime as dt

import pytest

from governance.models import Action, DeliveryPlan, Membership
from governance.owing import updates, year_end
from lib.owed import NOBODY
from tests.factories.accounts import UserFactory
from tests.factories.governance import (
    Q4,
    ActionFactory,
    BodyFactory,
    DelegationFactory,
    DeliveryPlanFactory,
    MembershipFactory,
    UpdateFactory,
    agreed,
    place,
)

pytestmark = pytest.mark.django_db

D = dt.date
# The year's last day, 31 March 2018, is a Saturday; its updates are to be agreed by 23 April, 15 working days later without Easter Monday.
AGREED_BY = D(2018, 4, 23)


@pytest.fixture
def body():
    return BodyFactory(short_name="ASB", code="ASB", slug="asb")


@pytest.fixture
def chair(body):
    return place(UserFactory(), body, Membership.Role.CHAIR).user


@pytest.fixture
def plan(body):
    return DeliveryPlanFactory(running=True, body=body)


def told(on, person=None):
    return [(one.person_id, one.due_on, one.stage, one.what, one.url) for one in year_end.owed(on, person)]


def all_agreed(plan, chair, count=2):
    for number in range(1, count + 1):
        agreed(UpdateFactory(action=ActionFactory(delivery_plan=plan, number=number), quarter=Q4), by=chair)


@pytest.mark.parametrize(
    ("on", "stage"),
    [(D(2018, 3, 31), None), (D(2018, 4, 1), "due"), (AGREED_BY, "due"), (D(2018, 4, 24), "overdue")],
)
def test_the_end_is_asked_for_once_the_year_is_over(plan, chair, on, stage):
    all_agreed(plan, chair)
    line = (
        chair.pk,
        AGREED_BY,
        stage,
        "End of 2017-18, ASB: 2 actions still open",
        "/delivery-plans/asb/2017-18/year-end/",
    )
    assert told(on) == ([line] if stage else [])


def test_not_while_an_update_of_the_last_quarter_is_not_agreed(plan, chair):
    all_agreed(plan, chair, 1)
    UpdateFactory(action=ActionFactory(delivery_plan=plan, number=2), quarter=Q4)
    assert told(AGREED_BY) == [] and updates.owed(AGREED_BY, chair)  # those come first


def test_until_the_plan_is_closed(plan, chair):
    all_agreed(plan, chair, 1)
    Action.objects.update(ending="closed", ended_on=D(2018, 4, 5), ended_by=chair, ended_because="No money")
    assert [one[3] for one in told(AGREED_BY)] == ["End of 2017-18, ASB: the plan to close"]
    DeliveryPlan.objects.update(state="closed", closed_by=chair, closed_at=dt.datetime(2018, 4, 6, 9, tzinfo=dt.UTC))
    assert told(AGREED_BY) == []


@pytest.mark.parametrize(
    ("agreed_on", "on", "due_on", "stage"),
    [
        (D(2017, 5, 25), D(2017, 5, 25), D(2017, 6, 2), "due"),  # a bank holiday lies between: Monday 29 May
        (D(2017, 5, 25), D(2017, 6, 3), D(2017, 6, 2), "overdue"),
        (D(2017, 3, 1), D(2017, 3, 20), D(2017, 4, 1), "due"),  # not before the year
    ],
)
def test_delivery_is_to_begin_once_it_is_agreed(plan, chair, agreed_on, on, due_on, stage):
    DeliveryPlan.objects.update(state="agreed", agreed_on=agreed_on, delivery_from=None)
    url = "/delivery-plans/asb/2017-18/"
    assert told(on) == [(chair.pk, due_on, stage, "Delivery to begin: ASB, 2017-18", url)]
    assert told(on, chair) == told(on) and told(on, UserFactory()) == []
    DeliveryPlan.objects.update(state="in_delivery", delivery_from=on)
    assert told(on) == []


def test_by_nobody_without_a_chair_and_by_the_deputy_while_they_act(plan, body):
    DeliveryPlan.objects.update(state="agreed", delivery_from=None)
    on = D(2017, 6, 1)
    assert [one[0] for one in told(on)] == [NOBODY]
    place(UserFactory(), body, Membership.Role.SUPPORT)
    deputy = MembershipFactory(body=body, role=Membership.Role.DEPUTY, user=UserFactory(), starts_on=D(2017, 4, 1))
    assert [one[0] for one in told(on)] == [NOBODY]
    DelegationFactory(deputy=deputy, starts_on=D(2017, 5, 1), ends_on=D(2017, 7, 1))
    assert [one[0] for one in told(on)] == [deputy.user_id]


@pytest.mark.parametrize("bodies", [1, 20])
def test_queries_are_as_many_for_twenty_bodies(bodies, django_assert_num_queries):
    for _ in range(bodies):
        chair = place(UserFactory(), (made := DeliveryPlanFactory(running=True)).body, Membership.Role.CHAIR).user
        all_agreed(made, chair, 1)
    with django_assert_num_queries(5):
        assert len(year_end.owed(AGREED_BY)) == bodies
