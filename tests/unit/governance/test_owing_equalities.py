"""Equalities analyses are asked for again: from four weeks before their day, of whoever drafts for the body."""

import datetime as dt

import pytest

from governance.models import Membership
from governance.owing import equalities
from lib.owed import NOBODY
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory, DeliveryPlanFactory, EqualityAnalysisFactory, place

pytestmark = pytest.mark.django_db
REVIEW = dt.date(2018, 3, 31)


@pytest.fixture
def body():
    return BodyFactory()


@pytest.mark.parametrize(
    ("on", "stages"),
    [
        (dt.date(2018, 3, 2), []),
        (dt.date(2018, 3, 3), ["due"]),  # 28 days before
        (REVIEW, ["due"]),
        (dt.date(2018, 4, 1), ["overdue"]),
    ],
)
def test_from_four_weeks_before_its_day(body, on, stages):
    EqualityAnalysisFactory(delivery_plan=DeliveryPlanFactory(body=body, running=True), review_on=REVIEW)
    officer = UserFactory()
    place(officer, body, Membership.Role.SUPPORT)
    assert [one.stage for one in equalities.owed(on)] == stages
    assert [one.person_id for one in equalities.owed(on, officer)] == [officer.pk] * len(stages)


def test_of_plans_that_are_carried_out_only(body):
    EqualityAnalysisFactory(delivery_plan=DeliveryPlanFactory(body=body), review_on=REVIEW)
    EqualityAnalysisFactory(delivery_plan=DeliveryPlanFactory(closed=True), review_on=REVIEW)
    assert equalities.owed(REVIEW) == []


def test_by_nobody_where_the_body_has_nobody(body):
    EqualityAnalysisFactory(delivery_plan=DeliveryPlanFactory(body=body, running=True), review_on=REVIEW)
    assert [one.person_id for one in equalities.owed(REVIEW)] == [NOBODY]
