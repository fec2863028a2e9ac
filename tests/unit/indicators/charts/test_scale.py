"""The vertical scale. Steps are 1, 2, 2.5, 5 times ten; the smallest that makes at most six gridlines is taken."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.charts.scale import numeral, scale, tick_words


def numbers(*given: float | str) -> list[Decimal]:
    return [Decimal(str(one)) for one in given]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        # 1,150 to 1,610: by 100 it would be 1,100 to 1,700, seven lines; by 200 five.
        ((1150, 1610), (1000, 1200, 1400, 1600, 1800)),
        # 566 to 875: by 50 eight, by 100 five.
        ((566, 875), (500, 600, 700, 800, 900)),
        ((1391, 1610), (1300, 1400, 1500, 1600, 1700)),
        # 61 is more than a third of 79: 60 to 80 by 5.
        ((61, 79), (60, 65, 70, 75, 80)),
        # 10 is under a third of 40: from zero, by 10.
        ((10, 40), (0, 10, 20, 30, 40)),
        ((0, 3), (0, 1, 2, 3)),
        # Between whole numbers no tick, so four lines with room above.
        ((0, 2), (0, 1, 2, 3)),
        ((0, 1), (0, 1, 2, 3)),
        # 500 lies on a gridline by 100 and must not lie on the axis: 400 to 900.
        ((500, 875), (400, 500, 600, 700, 800, 900)),
    ],
)
def test_counts(values, ticks):
    assert scale(numbers(*values), is_whole=True, floor=Decimal(0)).ticks == tuple(numbers(*ticks))


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        # by 5 seven lines, so by 10: four
        ((72.5, 98.2), (70, 80, 90, 100)),
        ((99.1, 100), (99, 99.2, 99.4, 99.6, 99.8, 100)),
        ((0, 0.4), (0, 0.1, 0.2, 0.3, 0.4)),
        ((3, 100), (0, 20, 40, 60, 80, 100)),
    ],
)
def test_percentages_have_no_tick_above_a_hundred_or_below_zero(values, ticks):
    made = scale(numbers(*values), floor=Decimal(0), ceiling=Decimal(100))
    assert made.ticks == tuple(numbers(*ticks))


def test_a_figure_beyond_what_is_possible_stretches_the_axis_but_has_no_tick():
    made = scale(numbers(80, 104), floor=Decimal(0), ceiling=Decimal(100))
    # by 5: 75 (80 may not lie on the axis) to 105, seven lines; by 10: 70 to 110.
    assert made.ticks == tuple(numbers(70, 80, 90, 100))
    assert (made.low, made.high) == (70, 104)


@pytest.mark.parametrize(
    ("least", "greatest", "starts"), [(33, 100, True), (34, 100, False), (0, 5, True), (50, 60, False)]
)
def test_starts_at_zero_when_the_least_is_under_a_third_of_the_greatest(least, greatest, starts):
    assert scale(numbers(least, greatest)).starts_at_zero is starts


def test_all_equal_lie_in_the_middle():
    # 1,350 to 1,650: by 50 eight lines, as 1,350 would lie on the axis; by 100 five.
    made = scale(numbers(1500, 1500, 1500), is_whole=True)
    assert made.ticks == tuple(numbers(1300, 1400, 1500, 1600, 1700))


def test_all_zero_is_an_axis_with_room_above():
    assert scale(numbers(0, 0), is_whole=True, floor=Decimal(0)).ticks == tuple(numbers(0, 1, 2, 3))


def test_all_a_hundred_per_cent_has_room_below_only():
    # 90 to 100: by 2 it would be 88 (90 may not lie on the axis) to 100, seven lines; by 2.5 six.
    made = scale(numbers(100, 100), floor=Decimal(0), ceiling=Decimal(100))
    assert made.ticks == tuple(numbers("87.5", 90, "92.5", 95, "97.5", 100))


def test_no_values_no_scale():
    assert scale([]) is None


def test_below_zero_the_axis_goes_down():
    made = scale(numbers(-12, 30))
    assert made.ticks == tuple(numbers(-20, -10, 0, 10, 20, 30))
    assert made.starts_at_zero


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1604", "1,604"),
        ("2.50", "2.5"),
        ("-3", "−3"),
        ("0", "0"),
        ("1391.27", "1,391.3"),
        ("0.04", "0.04"),
        ("600", "600"),
    ],
)
def test_numerals(value, words):
    assert numeral(Decimal(value)) == words


def test_ticks_have_the_decimals_of_the_step():
    assert tick_words(numbers(0, 2.5, 5), Decimal("2.5"), "%") == ("0.0%", "2.5%", "5.0%")
    assert tick_words(numbers(1000, 1200), Decimal("2E+2"), "") == ("1,000", "1,200")


@given(
    st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=30),
    st.booleans(),
    st.sampled_from([None, Decimal(0)]),
    st.sampled_from([None, Decimal(100)]),
)
def test_every_figure_lies_on_the_axis_and_the_gridlines_are_few(values, is_whole, floor, ceiling):
    made = scale(values, is_whole=is_whole, floor=floor, ceiling=ceiling)
    assert made.low <= min(values) and max(values) <= made.high and made.low < made.high
    assert len(made.ticks) <= 6
    assert all(made.low <= tick <= made.high for tick in made.ticks)
    if ceiling is None:
        assert len(made.ticks) >= 4
    else:
        assert all(tick <= ceiling for tick in made.ticks)
