"""Which plan counts on a day, and who sees a draft."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from priorities.models import Plan, Priority
from tests.factories.accounts import UserFactory
from tests.factories.priorities import PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db

FIRST = {"slug": "2017-21"}
SECOND = {"slug": "2021-25", "starts_on": dt.date(2021, 4, 1), "ends_on": dt.date(2025, 3, 31)}
DRAFT = {"adopted_on": None}
ADOPTED = {"adopted_on": dt.date(2020, 12, 1)}


@pytest.mark.parametrize(
    ("plans", "on", "expected"),
    [
        ([FIRST], dt.date(2018, 1, 1), "2017-21"),
        ([FIRST, SECOND | ADOPTED], dt.date(2021, 3, 31), "2017-21"),
        ([FIRST, SECOND | ADOPTED], dt.date(2021, 4, 1), "2021-25"),
        # Over, and none follows: it still counts.
        ([FIRST], dt.date(2026, 11, 23), "2017-21"),
        ([FIRST, SECOND | ADOPTED], dt.date(2026, 11, 23), "2021-25"),
        # Not begun yet.
        ([FIRST], dt.date(2016, 1, 1), "2017-21"),
        # A draft gives way to whatever is adopted, also within its own term.
        ([FIRST, SECOND | DRAFT], dt.date(2021, 4, 1), "2017-21"),
        ([FIRST | DRAFT], dt.date(2026, 11, 23), "2017-21"),
        ([FIRST | DRAFT, SECOND | DRAFT], dt.date(2018, 1, 1), "2017-21"),
        ([FIRST | DRAFT, SECOND | DRAFT], dt.date(2026, 1, 1), "2021-25"),
    ],
)
def test_the_plan_that_counts_on_a_day(plans, on, expected):
    for plan in plans:
        PlanFactory(**plan)
    assert Plan.objects.current(on).slug == expected


def test_without_a_plan_there_is_no_current_one():
    assert Plan.objects.current(dt.date(2018, 1, 1)) is None


def test_a_draft_is_for_those_who_are_signed_in():
    draft = PriorityFactory(plan__adopted_on=None)
    for model in (Plan, Priority):
        assert not model.objects.visible_to(AnonymousUser()).exists()
        assert model.objects.visible_to(UserFactory()).exists()
    assert Priority.objects.lettered("a").get() == draft


@pytest.mark.parametrize("letter", ["A", "b", "ab", "1", "é"])
def test_other_letters_find_no_priority(letter):
    PriorityFactory(letter="A")
    assert not Priority.objects.lettered(letter).exists()
