"""Shares and years to date, worked out by hand."""

from decimal import Decimal

import pytest

from indicators.aggregate import Numbers, share, year_to_date
from lib.quarters import Quarter, Year

YEAR = Year.parse("2017-18")
Q1, Q2, Q3, Q4 = YEAR.quarters


def count(number: int) -> Numbers:
    return Numbers(Decimal(number))


def pair(met: int, need: int) -> Numbers:
    return Numbers(Decimal(met), Decimal(need))


def stated(percentage: str) -> Numbers:
    return Numbers(stated=Decimal(percentage))


# ---------------------------------------------------------------- a share


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (31, 44, "70.45454545454545454545454545"),  # 31 / 44 = 0.7045...
        (1, 8, "12.5"),
        (0, 20, "0"),
        (20, 20, "100"),
    ],
)
def test_share_is_a_hundred_times_numerator_over_denominator(numerator, denominator, expected):
    assert share(Decimal(numerator), Decimal(denominator)) == Decimal(expected)


@pytest.mark.parametrize(
    ("numerator", "denominator"), [(Decimal(0), Decimal(0)), (None, Decimal(4)), (Decimal(4), None), (None, None)]
)
def test_share_is_not_known_without_a_base(numerator, denominator):
    assert share(numerator, denominator) is None


def test_percentage_of_numbers_is_the_share_or_the_stated_one():
    assert pair(3, 4).percentage == Decimal(75)
    assert stated("67.4").percentage == Decimal("67.4")
    assert count(629).percentage is None


# ---------------------------------------------------------------- added up


def test_counts_are_added_up():
    to_date = year_to_date("sum", YEAR.quarters, {Q1: count(4101), Q2: count(4480), Q3: count(3896), Q4: count(4207)})
    assert to_date.numbers == count(16684)  # 4101 + 4480 = 8581; + 3896 = 12477; + 4207 = 16684
    assert to_date.through == Q4
    assert to_date.is_complete
    assert to_date.missing == ()


def test_q1_alone_is_the_year_to_date_in_q1():
    to_date = year_to_date("sum", (Q1,), {Q1: count(7)})
    assert (to_date.numbers, to_date.through, to_date.is_complete) == (count(7), Q1, True)


def test_later_quarters_than_asked_for_are_left_out():
    to_date = year_to_date("sum", (Q1, Q2), {Q1: count(1), Q2: count(2), Q3: count(4)})
    assert to_date.numbers == count(3)


def test_a_year_without_its_last_quarter_goes_to_the_one_before():
    to_date = year_to_date("sum", YEAR.quarters, {Q1: count(1), Q2: count(2), Q3: count(4)})
    assert (to_date.numbers, to_date.through, to_date.is_complete, to_date.missing) == (count(7), Q3, True, (Q4,))


def test_a_gap_is_named_and_makes_the_year_incomplete():
    to_date = year_to_date("sum", YEAR.quarters, {Q1: count(1), Q3: count(4), Q4: count(8)})
    assert (to_date.numbers, to_date.through, to_date.is_complete, to_date.missing) == (count(13), Q4, False, (Q2,))


@pytest.mark.parametrize("mode", ["sum", "pooled", "latest"])
def test_a_year_without_figures_is_not_known_and_never_zero(mode):
    to_date = year_to_date(mode, YEAR.quarters, {})
    assert (to_date.numbers, to_date.through, to_date.is_complete) == (None, None, False)
    assert to_date.missing == YEAR.quarters


def test_zeros_add_up_to_zero_which_is_known():
    assert year_to_date("sum", (Q1, Q2), {Q1: count(0), Q2: count(0)}).numbers == count(0)


# ---------------------------------------------------------------- pooled


def test_a_share_of_the_year_is_all_numerators_over_all_denominators():
    # Quarter by quarter 90%, 20%: their mean would say 55. Pooled: (9 + 10) / (10 + 50) = 19 / 60 = 31.67.
    to_date = year_to_date("pooled", (Q1, Q2), {Q1: pair(9, 10), Q2: pair(10, 50)})
    assert to_date.numbers == pair(19, 60)
    assert round(to_date.numbers.percentage, 2) == Decimal("31.67")


def test_stated_percentages_are_never_pooled():
    to_date = year_to_date("pooled", (Q1, Q2), {Q1: stated("60"), Q2: stated("80")})
    assert to_date.numbers is None
    assert to_date.missing == ()  # nothing is missing: it can't be said
    assert to_date.through == Q2


def test_a_stated_percentage_among_pairs_makes_the_year_unknown():
    assert year_to_date("pooled", (Q1, Q2), {Q1: pair(3, 4), Q2: stated("80")}).numbers is None


def test_what_is_of_another_kind_is_never_put_together():
    assert year_to_date("sum", (Q1, Q2), {Q1: count(3), Q2: stated("80")}).numbers is None
    assert year_to_date("pooled", (Q1, Q2), {Q1: pair(3, 4), Q2: count(3)}).numbers is None


def test_a_single_stated_percentage_stands_for_itself():
    to_date = year_to_date("pooled", (Q1, Q2), {Q1: stated("60")})
    assert (to_date.numbers, to_date.through, to_date.missing) == (stated("60"), Q1, (Q2,))


def test_zero_over_zero_is_pooled_but_has_no_percentage():
    to_date = year_to_date("pooled", (Q1,), {Q1: pair(0, 0)})
    assert to_date.numbers == pair(0, 0)
    assert to_date.numbers.percentage is None


# ---------------------------------------------------------------- the latest


def test_the_latest_quarter_stands_for_the_year():
    to_date = year_to_date("latest", YEAR.quarters, {Q1: count(340), Q2: count(355), Q3: count(360), Q4: count(351)})
    assert (to_date.numbers, to_date.through, to_date.is_complete) == (count(351), Q4, True)


def test_without_this_quarter_the_one_before_stands_and_says_so():
    to_date = year_to_date("latest", (Q1, Q2, Q3), {Q1: stated("60"), Q2: stated("62")})
    assert (to_date.numbers, to_date.through, to_date.missing) == (stated("62"), Q2, (Q3,))


def test_an_unknown_way_is_a_bug():
    with pytest.raises(ValueError, match="^There is no year to date called 'rolling'$"):
        year_to_date("rolling", (Q1,), {Q1: count(1)})


def test_numbers_of_quarters_in_any_order():
    assert year_to_date("latest", (Q1, Q2), {Q2: count(2), Q1: count(1)}).through == Quarter.parse("2017-18-q2")
