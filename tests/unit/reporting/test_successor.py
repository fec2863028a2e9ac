"""The plan of the following term: what it takes over, and what is refused."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from lib.quarters import Year
from priorities.models import Commitment, Plan
from reporting import successor
from tests.factories.accounts import UserFactory
from tests.factories.indicators import IndicatorFactory, PlacementFactory
from tests.factories.priorities import (
    CommitmentFactory,
    FocusPointFactory,
    OutcomeFactory,
    PlanFactory,
    PriorityFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
D = dt.date
FIRST, LAST = D(2021, 4, 1), D(2025, 3, 31)


@pytest.fixture
def plan():
    return PlanFactory(slug="2017-21")


def start(plan, starts_on=FIRST, ends_on=LAST) -> Plan:
    return successor.start(plan, title="Plan 2021-25", starts_on=starts_on, ends_on=ends_on, by=UserFactory())


def test_priorities_parts_and_places_are_taken_over_and_commitments_are_not(plan):
    priority = PriorityFactory(plan=plan, letter="D", short_title="Re-offending")
    theme = ThemeFactory(priority=priority, title="Burglary")
    FocusPointFactory(priority=priority, theme=theme, text="Fewer burglaries")
    OutcomeFactory(priority=priority, theme=theme, text="Victims are more satisfied", known_by="Survey")
    CommitmentFactory(priority=priority)
    kept, ended = IndicatorFactory(), IndicatorFactory()
    PlacementFactory(plan=plan, priority=priority, indicator=kept, reference="D1", from_year=Year(2017))
    PlacementFactory(plan=plan, priority=priority, indicator=ended, reference="D2", until_year=Year(2019))
    new = start(plan)
    assert (new.slug, new.adopted_on, [str(year) for year in new.years]) == (
        "2021-25",
        None,
        ["2021-22", "2022-23", "2023-24", "2024-25"],
    )
    (copy,) = new.priorities.with_parts()
    assert (copy.letter, copy.short_title) == ("D", "Re-offending")
    assert [(point.text, point.theme.title) for point in copy.focus_points.all()] == [("Fewer burglaries", "Burglary")]
    assert [(part.text, part.known_by) for part in copy.outcomes.all()] == [("Victims are more satisfied", "Survey")]
    assert not Commitment.objects.filter(priority=copy).exists()
    (place,) = new.placements.all()
    assert (place.indicator, place.reference, place.from_year, place.until_year, place.priority) == (
        kept,
        "D1",
        Year(2021),
        None,
        copy,
    )


def test_the_plan_in_force_stays_the_current_one(plan):
    start(plan)
    assert Plan.objects.current(D(2022, 1, 1)) == plan  # until the new one is adopted


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (
            {"starts_on": D(2021, 3, 31)},
            {"starts_on": ["It must start after 31 March 2021, the last day of the plan before it"]},
        ),
        ({"ends_on": D(2021, 4, 1)}, {"ends_on": ["The last day must be after the first day"]}),
        ({"ends_on": D(2031, 4, 1)}, {"ends_on": ["A plan runs for 10 years at most"]}),
    ],
)
def test_terms_that_can_not_be(plan, days, expected):
    with pytest.raises(ValidationError) as refused:
        start(plan, **days)
    assert refused.value.message_dict == expected
    assert Plan.objects.count() == 1


def test_one_successor(plan):
    start(plan)
    with pytest.raises(ValidationError, match="Plan 2021-25 has been started already: it runs from 1 April 2021."):
        start(plan, starts_on=D(2025, 4, 1), ends_on=D(2029, 3, 31))
