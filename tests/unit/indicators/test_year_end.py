"""Profiles of the year and forecasts of its end, worked out by hand.

Violence with Injury in Tower Hamlets by quarter, Met Police borough tables on the London Datastore:
2016-17: 737, 783, 685, 658, in all 2,863; 2017-18: 767, 743, 703, 629.
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.aggregate import (
    EVEN,
    Forecast,
    Numbers,
    due,
    forecast,
    rounded_shares,
    seasonal_shares,
    share_to_date,
    year_to_date,
)
from lib.quarters import Year

YEAR = Year.parse("2017-18")
Q1, Q2, Q3, Q4 = YEAR.quarters
LAST_YEAR = YEAR.previous.quarters


def count(number: int | str) -> Numbers:
    return Numbers(Decimal(number))


def numbers(*given: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(one) for one in given)


def years(last_year, this_year):
    """Counts by quarter; None for one that is not known."""
    every = [*zip(LAST_YEAR, last_year, strict=False), *zip(YEAR.quarters, this_year, strict=False)]
    return {quarter: count(number) for quarter, number in every if number is not None}


VIOLENCE = years((737, 783, 685, 658), (767, 743, 703, 629))

# ---------------------------------------------------------------- which quarters


def test_what_is_measured_once_a_year_is_asked_for_with_q4():
    assert due("annual", YEAR.quarters) == (Q4,)
    assert due("annual", (Q1, Q2, Q3)) == ()
    assert due("annual", Q2.back_to(4)) == (LAST_YEAR[3],)
    assert due("annual", ()) == ()


def test_all_else_is_asked_for_every_quarter():
    assert due("quarterly", [Q1, Q2]) == (Q1, Q2)
    assert due("quarterly", Q1.back_to(2)) == (LAST_YEAR[3], Q1)


# ---------------------------------------------------------------- the year's profile


@pytest.mark.parametrize(
    ("quarter", "expected"),
    [(Q1, "25.74"), (Q2, "53.09"), (Q3, "77.02"), (Q4, "100")],  # 25.74 + 27.35 = 53.09; + 23.93 = 77.02
)
def test_the_share_to_date_is_that_of_the_quarters_so_far(quarter, expected):
    assert share_to_date(numbers("25.74", "27.35", "23.93", "22.98"), quarter) == Decimal(expected)


@pytest.mark.parametrize("quarter", YEAR.quarters)
def test_without_a_profile_it_is_all_of_the_target(quarter):
    assert share_to_date(None, quarter) == 100


def test_an_even_year():
    assert EVEN == numbers("25", "25", "25", "25")
    assert [share_to_date(EVEN, quarter) for quarter in YEAR.quarters] == [25, 50, 75, 100]


def test_seasonal_shares_are_last_years():
    # 30 / 120, 36 / 120, 24 / 120, 30 / 120
    assert seasonal_shares([count(30), count(36), count(24), count(30)]) == numbers("25", "30", "20", "25")


def test_seasonal_shares_are_not_rounded():
    shares = seasonal_shares([VIOLENCE[quarter] for quarter in LAST_YEAR])
    # 737 / 2,863 = 0.2574222...
    assert round(shares[0], 5) == Decimal("25.74223")
    assert rounded_shares(shares) == numbers("25.74", "27.35", "23.93", "22.98")


def test_a_quarter_of_zero_is_known():
    assert seasonal_shares([count(0), count(5), count(0), count(5)]) == numbers("0", "50", "0", "50")
    assert seasonal_shares([count(0), count(1), count(0), count(0)]) == numbers("0", "100", "0", "0")


@pytest.mark.parametrize(
    "figures",
    [
        [count(1), None, count(1), count(1)],
        [count(1), Numbers(stated=Decimal(70)), count(1), count(1)],
        [count(1), Numbers(Decimal(1), Decimal(2)), count(1), count(1)],
        [Numbers(Decimal(1), Decimal(2))] * 4,
        [count(1)] * 3,
        [count(1)] * 5,
        [count(1)] * 4 + [None],
        [count(0)] * 4,
        [None] * 4,
        [],
    ],
)
def test_without_four_counts_there_are_no_seasonal_shares(figures):
    assert seasonal_shares(figures) is None


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # Thirds: 33.33 three times is 99.99, and one hundredth over.
        ((1, 1, 1, 0), ("33.34", "33.33", "33.33", "0")),
        ((0, 1, 1, 1), ("0", "33.34", "33.33", "33.33")),
        # Sevenths: 14.2857 three times and 57.1428; 14.28 × 3 + 57.14 = 99.98, two over, to the remainders of 57 and not of 28.
        ((1, 1, 1, 4), ("14.29", "14.29", "14.28", "57.14")),
        ((4, 1, 1, 1), ("57.14", "14.29", "14.29", "14.28")),
        # 14.2857 and 28.5714 three times; 14.28 + 28.57 × 3 = 99.99, one over
        ((2, 2, 2, 1), ("28.57", "28.57", "28.57", "14.29")),
        # 25.7422, 27.3489, 23.9260, 22.9829; 25.74 + 27.34 + 23.92 + 22.98 = 99.98
        ((737, 783, 685, 658), ("25.74", "27.35", "23.93", "22.98")),
        ((1, 1, 1, 1), ("25", "25", "25", "25")),
        ((1, 1, 2, 4), ("12.5", "12.5", "25", "50")),
    ],
)
def test_rounded_shares_add_up_to_a_hundred(counts, expected):
    rounded = rounded_shares(seasonal_shares([count(one) for one in counts]))
    assert rounded == numbers(*expected)
    assert sum(rounded) == 100


COUNTS = st.lists(st.integers(0, 99_999), min_size=4, max_size=4).filter(any)


@given(COUNTS)
def test_any_rounded_shares_add_up_and_are_nowhere_off_by_a_hundredth(counts):
    exact = seasonal_shares([count(one) for one in counts])
    rounded = rounded_shares(exact)
    assert sum(rounded) == 100
    for one, share in zip(rounded, exact, strict=True):
        assert abs(one - share) < Decimal("0.01")
        assert one == one.quantize(Decimal("0.01"))


# ---------------------------------------------------------------- the year's end


def test_if_the_rest_goes_as_last_year():
    # A3 of the sample dashboard: 28 + 28 + 29 = 85 against 30 + 31 + 33 = 94, and 36 in Q4: 94 + 36 = 130.
    # 85 × 130 / 94 = 11,050 / 94 = 117.553; 94 / 130 = 72.31%
    ahead = forecast(Q3, years((30, 31, 33, 36), (28, 28, 29)), mode="sum")
    assert round(ahead.number, 3) == Decimal("117.553")
    assert ahead.basis == "If the rest of the year goes as in 2016-17, when Q1 to Q3 were 72.3% of the year"


@pytest.mark.parametrize(
    ("quarter", "expected", "basis"),
    [
        # 767 × 2,863 / 737 = 2,195,921 / 737; 737 / 2,863 = 25.74%
        (Q1, "2979.540", "when Q1 was 25.7% of the year"),
        # 767 + 743 = 1,510, 737 + 783 = 1,520: 1,510 × 2,863 / 1,520 = 4,323,130 / 1,520; 1,520 / 2,863 = 53.09%
        (Q2, "2844.164", "when Q1 to Q2 were 53.1% of the year"),
        # 1,510 + 703 = 2,213, 1,520 + 685 = 2,205: 2,213 × 2,863 / 2,205 = 6,335,819 / 2,205; 2,205 / 2,863 = 77.02%.
        # What came in the end was 2,842.
        (Q3, "2873.387", "when Q1 to Q3 were 77.0% of the year"),
    ],
)
def test_a_forecast_in_every_quarter_leaves_out_what_came_later(quarter, expected, basis):
    ahead = forecast(quarter, VIOLENCE, mode="sum")
    assert round(ahead.number, 3) == Decimal(expected)
    assert ahead.basis == f"If the rest of the year goes as in 2016-17, {basis}"


def test_a_year_like_the_last_ends_like_it():
    same = (737, 783, 685, 658)
    assert [forecast(quarter, years(same, same), mode="sum").number for quarter in (Q1, Q2, Q3)] == [2863] * 3


def test_none_so_far_is_a_forecast_of_none():
    assert forecast(Q2, years((10, 10, 10, 10), (0, 0)), mode="sum").number == 0


def test_in_q4_the_year_is_complete():
    assert forecast(Q4, VIOLENCE, mode="sum") == Forecast(None, "The year has ended")
    assert forecast(Q4, VIOLENCE, mode="sum", broken="what is counted changed in 2017-18 Q1").basis == (
        "The year has ended"
    )


@pytest.mark.parametrize("mode", ["pooled", "latest"])
@pytest.mark.parametrize("quarter", YEAR.quarters)
def test_only_what_is_added_up_has_a_forecast(mode, quarter):
    assert forecast(quarter, VIOLENCE, mode=mode) == Forecast(
        None, "Only what is added up over the year has a forecast"
    )


def test_a_series_break_rules_it_out():
    assert forecast(Q2, VIOLENCE, mode="sum", broken="what is counted changed in 2017-18 Q1") == Forecast(
        None, "No forecast: what is counted changed in 2017-18 Q1"
    )


@pytest.mark.parametrize(
    ("last_year", "this_year", "gaps"),
    [
        ((30, 31, 33, 36), (28, None, 29), "2017-18 Q2 is not known"),
        ((30, 31, 33, 36), (28, 28, None), "2017-18 Q3 is not known"),
        ((None, 31, 33, 36), (28, 28, 29), "2016-17 Q1 is not known"),
        ((30, 31, 33, None), (28, 28, 29), "2016-17 Q4 is not known"),
        ((30, 31, 33, None), (28, None, 29), "2017-18 Q2 and 2016-17 Q4 are not known"),
        ((), (28, 28, 29), "2016-17 Q1, 2016-17 Q2, 2016-17 Q3 and 2016-17 Q4 are not known"),
    ],
)
def test_a_missing_quarter_of_either_year_rules_it_out(last_year, this_year, gaps):
    assert forecast(Q3, years(last_year, this_year), mode="sum") == Forecast(None, f"No forecast: {gaps}")


def test_quarters_to_come_are_not_missing():
    assert forecast(Q2, years((10, 10, 10, 10), (10, 10)), mode="sum").number == 40  # 20 × 40 / 20


def test_too_few_last_year_to_go_by():
    few = years((9, 10, 50, 50), (10, 10))
    assert forecast(Q2, few, mode="sum") == Forecast(
        None, "No forecast: 19 in the same quarters of last year is too few to go by"
    )
    assert forecast(Q1, few, mode="sum") == Forecast(
        None, "No forecast: 9 in the same quarter of last year is too few to go by"
    )


def test_twenty_are_enough():
    # 15 × 100 / 20 = 75
    assert forecast(Q2, years((10, 10, 40, 40), (7, 8)), mode="sum").number == 75


def test_a_last_year_of_zeros_is_too_few_and_no_crash():
    assert forecast(Q3, years((0, 0, 0, 0), (1, 2, 3)), mode="sum") == Forecast(
        None, "No forecast: 0 in the same quarters of last year is too few to go by"
    )


# ---------------------------------------------------------------- the year to date at its end is the year


@given(COUNTS)
def test_four_counts_are_the_year(counts):
    figures = {quarter: count(one) for quarter, one in zip(YEAR.quarters, counts, strict=True)}
    year = year_to_date("sum", YEAR.quarters, figures)
    assert (year.numbers, year.is_complete) == (count(sum(counts)), True)


PAIRS = st.lists(
    st.integers(1, 9_999).flatmap(lambda need: st.tuples(st.integers(0, need), st.just(need))), min_size=4, max_size=4
)


@given(PAIRS)
def test_four_pairs_are_the_year(pairs):
    figures = {
        quarter: Numbers(Decimal(met), Decimal(need)) for quarter, (met, need) in zip(YEAR.quarters, pairs, strict=True)
    }
    year = year_to_date("pooled", YEAR.quarters, figures)
    met, need = sum(one for one, _ in pairs), sum(one for _, one in pairs)
    assert year.numbers == Numbers(Decimal(met), Decimal(need))
    # Between the least and the greatest of its quarters, to the last of 28 digits.
    quarters = [numbers.percentage for numbers in figures.values()]
    hair = Decimal("1E-20")
    assert min(quarters) - hair <= year.numbers.percentage <= max(quarters) + hair
