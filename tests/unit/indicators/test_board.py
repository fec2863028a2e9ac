"""How a quarter is counted and said, and what is worth a second look."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import timezone

from indicators import board, placing
from indicators.models import Figure, Indicator, Return, Round
from indicators.progress import Counts, RoundWork
from lib.quarters import Quarter, Year
from tests.factories import OrganisationFactory, UserFactory
from tests.factories.indicators import (
    IndicatorFactory,
    PlacementFactory,
    ReturnFactory,
    RoundFactory,
    sent,
    verified,
)
from tests.factories.priorities import PlanFactory


def counts(**changes):
    zero = {
        "total": 15,
        "in_": 10,
        "owed": 0,
        "overdue": 0,
        "missing": 0,
        "to_verify": 0,
        "verified": 0,
    }
    beside, spend = changes.pop("beside", 0), Counts(**changes.pop("spend", {}))
    measures = Counts(**(zero | changes))
    every = replace(measures, total=measures.total + spend.total)
    return RoundWork(round=Round(), every=every, measures=measures, spend=spend, words_owed=0, beside=beside)


@pytest.mark.parametrize(
    ("changes", "headline", "detail"),
    [
        (
            {"owed": 4, "missing": 1, "to_verify": 5},
            "10 of 15 are in.",
            "4 figures are owed, 1 is missing with a reason, and 5 wait to be verified.",
        ),
        ({"in_": 1, "owed": 1, "to_verify": 1}, "1 of 15 is in.", "1 figure is owed and 1 waits to be verified."),
        ({"in_": 0, "missing": 2}, "0 of 15 are in.", "2 are missing with a reason."),
        ({"in_": 15, "verified": 15}, "15 of 15 are in.", "All are verified."),
        ({"in_": 0, "total": 0}, "0 of 0 are in.", "No indicator is in this quarter’s set."),
    ],
)
def test_the_headline_in_words(changes, headline, detail):
    said = counts(**changes)
    assert (said.headline, said.detail) == (headline, detail)


@pytest.mark.parametrize(
    ("beside", "said"),
    [
        (0, ""),
        (1, "The 15 are 14 indicators and 1 measure beside them."),
        (14, "The 15 are 1 indicator and 14 measures beside them."),
    ],
)
def test_measures_beside_the_set_are_not_passed_off_as_its_indicators(beside, said):
    assert counts(beside=beside).made_of == said


def held(*numbers):
    first = Quarter.parse("2016-17-q1")
    return {first.plus(step): Figure(numerator=Decimal(number)) for step, number in enumerate(numbers)}


@pytest.mark.parametrize(
    ("now", "earlier", "said"),
    [
        (351, (385, 372, 380, 390), "Lowest since 2016-17 Q1"),
        (391, (385, 372, 380, 390), "Highest since 2016-17 Q1"),
        (390, (385, 372, 380, 390), ""),  # as high as before is not higher
        (1, (385, 372, 380), ""),  # three quarters say little
        (1, (), ""),
    ],
)
def test_beyond_everything_held_is_worth_a_look(now, earlier, said):
    count = Indicator(measure=Indicator.Measure.COUNT)
    assert board.worth_a_look(Figure(numerator=Decimal(now)), held(*earlier), count) == said


def test_shares_are_compared_as_shares():
    share = Indicator(measure=Indicator.Measure.NEED_MET)
    earlier = {
        quarter: Figure(numerator=Decimal(30), denominator=Decimal(60))
        for quarter in Quarter.parse("2017-18-q3").back_to(4)
    }
    now = Figure(numerator=Decimal(20), denominator=Decimal(30))  # fewer, but two thirds
    assert board.worth_a_look(now, earlier, share) == "Highest since 2016-17 Q4"


def test_provisional_and_restated_say_so():
    figure = Figure(numerator=Decimal(5), is_provisional=True, restates="revision", restated_because="Late")
    assert board.worth_a_look(figure, {}, Indicator(measure="count")) == "Revision. Provisional"


@pytest.mark.django_db
def test_completeness_by_organisation_largest_first():
    police, council = OrganisationFactory(name="Police"), OrganisationFactory(name="Council")
    round_, user = RoundFactory(), UserFactory(roles=["coordinator"])

    def asked(owner, status="due"):
        return_ = ReturnFactory(round=round_, indicator=IndicatorFactory(owner=owner))
        if status == "sent":
            sent(return_)
        elif status == "verified":
            verified(return_)
        elif status == "missing":
            Return.objects.filter(pk=return_.pk).update(
                status="missing", missing_reason="source_lag", missing_at=timezone.now()
            )

    for status in ("due", "sent", "verified"):
        asked(police, status)
    asked(council, "missing")
    rows = board.gather(round_, user, round_.due_on).organisations
    assert [(row.organisation, row.words) for row in rows] == [
        ("Police", "2 of 3"),
        ("Council", "0 of 1, with a reason"),
    ]
    assert rows[0].squares == [(0, "verified"), (18, "to_verify"), (36, "out")]
    assert rows[1].marks == ("missing",)


@pytest.mark.django_db
class TestPlaces:
    def test_a_plan_counts_for_its_years_and_the_one_before(self):
        placement = PlacementFactory(reference="B2")
        indicator = placement.indicator
        found = placing.in_years([Year(2015), Year(2016), Year(2017), Year(2020), Year(2021)])
        assert [bool(found[year].reference(indicator)) for year in found] == [False, True, True, True, False]
        assert found[Year(2017)].label(indicator) == f"B2 {indicator.name}"
        assert found[Year(2015)].label(indicator) == indicator.name
        assert found[Year(2017)].brief(indicator) == "B2 Domestic abuse reports"

    def test_where_two_plans_hold_a_year_the_later_one_counts(self):
        import datetime as dt

        old = PlacementFactory(reference="B2")
        later = PlanFactory(starts_on=dt.date(2021, 4, 1), ends_on=dt.date(2024, 3, 31))
        PlacementFactory(plan=later, indicator=old.indicator, reference="C7", from_year=Year(2021))
        found = placing.in_years([Year(2019), Year(2020), Year(2022)])
        assert [places.reference(old.indicator) for places in found.values()] == ["B2", "C7", "C7"]
        assert placing.latest().reference(old.indicator) == "C7"

    def test_what_was_taken_out_of_the_plan_keeps_its_place_until_then(self):
        placement = PlacementFactory(reference="B2", until_year=Year(2018))
        found = placing.in_years([Year(2018), Year(2019)])
        assert [places.reference(placement.indicator) for places in found.values()] == ["B2", ""]
