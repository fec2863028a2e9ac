"""What last year came to, for those who set a target by it. Worked out by hand."""

from decimal import Decimal

import pytest

from indicators import years
from lib.quarters import Quarter, Year
from tests.factories.indicators import DefinitionFactory, IndicatorFactory, ReturnFactory, RoundFactory, sent, verified

pytestmark = pytest.mark.django_db

LAST, THIS = Year(2016), Year(2017)
EVEN = (Decimal(25),) * 4


def both(indicator):
    return years.gather([indicator], last=LAST, this=THIS)[indicator.pk]


def give(indicator, numbers, year=LAST):
    """A verified figure for each quarter; None leaves it out, a pair is numerator and base."""
    for quarter, number in zip(year.quarters, numbers, strict=True):
        if number is not None:
            pair = number if isinstance(number, tuple) else (number,)
            verified(ReturnFactory(indicator=indicator, round__quarter=quarter), *pair)


def test_a_whole_year_gives_its_sum_and_its_seasons():
    """200 + 300 + 300 + 200 = 1,000."""
    indicator = IndicatorFactory()
    give(indicator, (200, 300, 300, 200))
    found = both(indicator)
    assert (found.baseline, found.last.result) == (Decimal(1000), Decimal(1000))
    assert found.profile == (Decimal(20), Decimal(30), Decimal(30), Decimal(20))


def test_seasons_are_rounded_so_that_they_add_up_to_100():
    """A third each of three quarters, nothing in the fourth: 33.33 three times leaves a hundredth for the first."""
    indicator = IndicatorFactory()
    give(indicator, (1, 1, 1, 0))
    assert both(indicator).profile == (Decimal("33.34"), Decimal("33.33"), Decimal("33.33"), Decimal(0))


def test_a_gap_gives_no_result_and_even_shares():
    indicator = IndicatorFactory()
    give(indicator, (200, 300, None, 200))
    found = both(indicator)
    assert (found.baseline, found.last.so_far, found.profile) == (None, Decimal(700), EVEN)


def test_what_is_not_verified_does_not_count():
    indicator = IndicatorFactory()
    give(indicator, (200, 300, 300, None))
    sent(ReturnFactory(indicator=indicator, round__quarter=Quarter(2016, 4)), 200)
    assert both(indicator).last.result is None


def test_a_restated_figure_counts_as_it_is_now():
    indicator = IndicatorFactory()
    give(indicator, (200, 300, 300, 200))
    verified(indicator.returns.get(round__quarter=Quarter(2016, 2)), 310)
    assert both(indicator).baseline == Decimal(1010)


def test_shares_are_pooled_and_have_no_seasons():
    """(10 + 20 + 30 + 15) of (20 + 40 + 60 + 30) is half."""
    indicator = IndicatorFactory(percentage=True, polarity="higher")
    give(indicator, ((10, 20), (20, 40), (30, 60), (15, 30)))
    found = both(indicator)
    assert (found.baseline, found.last.shares, found.last.number(Quarter(2016, 1))) == (Decimal(50), None, Decimal(50))


def test_the_latest_quarter_stands_for_its_year():
    indicator = IndicatorFactory(year_to_date="latest")
    give(indicator, (90, 95, 97, 101))
    assert both(indicator).baseline == Decimal(101)


def test_an_annual_measure_is_whole_with_its_one_figure_and_falls_into_its_one_quarter():
    indicator = IndicatorFactory(frequency="annual")
    give(indicator, (None, None, None, 12))
    found = both(indicator)
    assert found.baseline == Decimal(12)
    assert found.profile == (Decimal(0), Decimal(0), Decimal(0), Decimal(100))


@pytest.mark.parametrize(
    ("starts", "baseline", "result"),
    [
        (Quarter(2016, 1), 1000, 1000),  # the whole of both years is the new series
        (Quarter(2016, 3), None, None),  # inside last year: its quarters are never put together
        (Quarter(2017, 1), None, 1000),
        (Quarter(2017, 4), None, 1000),
        (Quarter(2018, 1), 1000, 1000),
    ],
)
def test_what_a_new_series_lets_be_compared(starts, baseline, result):
    indicator = IndicatorFactory()
    give(indicator, (200, 300, 300, 200))
    DefinitionFactory(indicator=indicator, starts=starts, breaks_series=True, break_reason="New system")
    found = both(indicator)
    assert (found.baseline, found.last.result) == (baseline, result)
    assert (found.profile == EVEN) == (baseline is None)


def test_this_year_so_far():
    indicator = IndicatorFactory()
    give(indicator, (250, 260, None, None), THIS)
    found = both(indicator)
    assert (found.this.so_far, found.this.result) == (Decimal(510), None)


def test_it_takes_as_many_queries_for_many_as_for_one(django_assert_num_queries):
    rounds = [RoundFactory(quarter=quarter) for quarter in LAST.quarters]
    indicators = [IndicatorFactory() for _ in range(5)]
    for indicator in indicators:
        for round_ in rounds:
            verified(ReturnFactory(indicator=indicator, round=round_), 10)
    for some in (indicators[:1], indicators):
        with django_assert_num_queries(2):
            found = years.gather(some, last=LAST, this=THIS)
        assert {one.baseline for one in found.values()} == {Decimal(40)}
