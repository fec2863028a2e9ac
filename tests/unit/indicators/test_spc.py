"""Control charts, worked out by hand; the published ones are in test_spc_published."""

from decimal import Decimal

import pytest

from indicators.spc import Rule, Segment, Signal, xmr

# Twelve values around a mean of nought, each matched by its negative. Ranges: 0, x - 1, 1 + 5.59, five of 11.18, 5.59 + 1, x - 1, 0:
# they add up to 2x + 67.08, and there are eleven.
MIDDLE = ["-5.59", "5.59", "-5.59", "5.59", "-5.59", "5.59"]


def series(*typed: str | None) -> list[Decimal | None]:
    return [None if one is None else Decimal(one) for one in typed]


def only(segments: list[Segment]) -> Segment:
    (segment,) = segments
    return segment


def marked(segments: list[Segment], rule: Rule) -> dict[int, int]:
    """Index to direction."""
    return {signal.index: signal.direction for segment in segments for signal in segment.signals if signal.rule is rule}


# ---------------------------------------------------------------- mean and limits


def test_limits_are_the_mean_and_2_66_mean_moving_ranges_either_side():
    # Ranges 2, 2, 2; their mean 2; 2.66 × 2 = 5.32; the mean is 11.
    assert xmr(series("10", "12", "10", "12")) == [
        Segment(
            start=0,
            end=4,
            points=4,
            mean=Decimal(11),
            lower=Decimal("5.68"),
            upper=Decimal("16.32"),
            provisional=True,
            signals=(),
        )
    ]


def test_limits_are_not_clipped():
    assert only(xmr(series("0", "2"))).lower == Decimal("-4.32")  # 1 - 2.66 × 2


def test_floats_come_in_as_they_are_written():
    assert xmr([0.1, 0.3, 0.1, 0.3]) == xmr(series("0.1", "0.3", "0.1", "0.3"))
    assert only(xmr([0.1, 0.2])).mean == Decimal("0.15")


def test_nothing_is_rounded():
    segment = only(xmr(series("0", "0", "1")))  # ranges 0, 1
    assert segment.mean == Decimal(1) / Decimal(3)
    assert segment.upper == Decimal(499) / Decimal(300)  # 1/3 + 1.33 = 100/300 + 399/300
    assert segment.lower == Decimal(-299) / Decimal(300)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"), float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="control chart"):
        xmr([Decimal(1), value])


# ---------------------------------------------------------------- answers where there is little to say


def test_no_values_make_no_segment():
    assert xmr([]) == []


def test_nothing_but_gaps_has_no_mean_and_no_limits():
    assert xmr([None, None, None]) == [
        Segment(start=0, end=3, points=0, mean=None, lower=None, upper=None, provisional=True, signals=())
    ]


def test_one_value_is_its_own_mean_and_has_no_limits():
    segment = only(xmr(series("7")))
    assert (segment.points, segment.mean, segment.lower, segment.upper) == (1, Decimal(7), None, None)
    assert segment.signals == ()


def test_values_that_each_stand_alone_have_a_mean_and_no_limits():
    segment = only(xmr(series("1", None, "2", None, "6")))
    assert (segment.points, segment.mean, segment.lower, segment.upper) == (3, Decimal(3), None, None)
    assert segment.signals == ()


def test_values_that_differ_only_across_a_gap_have_no_limits():
    # By the formula the limits would both be the mean, 0.5, and every value outside.
    segment = only(xmr(series("0", "0", None, "1", "1")))
    assert (segment.mean, segment.lower, segment.upper, segment.signals) == (Decimal("0.5"), None, None, ())


def test_values_whose_every_move_is_screened_have_no_limits():
    # One event in twelve quarters: two ranges of 1, their mean 2 / 11; both are beyond 3.267 × 2 / 11.
    values = series(*["0"] * 6, "1", *["0"] * 5)
    assert only(xmr(values, screen=True)).lower is None
    assert only(xmr(values, screen=True)).signals == ()
    assert marked(xmr(values), Rule.OUTSIDE) == {6: 1}  # unscreened: 1 / 12 + 2.66 × 2 / 11 = 0.57


@pytest.mark.parametrize("screen", [False, True])
@pytest.mark.parametrize("value", ["0", "5", "33.33333333333333333333333333", "14.28571428571428571428571429", "-0.3"])
@pytest.mark.parametrize("times", [2, 7, 11, 12, 13, 40])
def test_equal_values_have_limits_on_their_mean_and_no_signal(value, times, screen):
    segment = only(xmr(series(*[value] * times), screen=screen))
    assert (segment.mean, segment.lower, segment.upper) == (Decimal(value),) * 3
    assert segment.signals == ()


@pytest.mark.parametrize(("points", "provisional"), [(1, True), (11, True), (12, False), (13, False)])
def test_limits_of_fewer_than_twelve_values_are_provisional(points, provisional):
    values = [Decimal(index % 2) for index in range(points)]
    assert only(xmr([None, *values, None])).provisional is provisional
    assert only(xmr([None, *values, None])).points == points


# ---------------------------------------------------------------- gaps and breaks


def test_a_gap_gives_no_moving_range_to_either_side():
    # Ranges 1 and 2, mean 1.5, × 2.66 = 3.99; mean of the four 25 / 4 = 6.25.
    segment = only(xmr(series("1", "2", None, "10", "12")))
    assert (segment.mean, segment.lower, segment.upper) == (Decimal("6.25"), Decimal("2.26"), Decimal("10.24"))


def test_a_break_starts_a_segment_of_its_own():
    first, second = xmr(series("1", "2", "10", "12"), breaks=[2])
    assert (first.start, first.end, second.start, second.end) == (0, 2, 2, 4)
    assert (first.mean, first.lower, first.upper) == (Decimal("1.5"), Decimal("-1.16"), Decimal("4.16"))  # range 1
    assert (second.mean, second.lower, second.upper) == (Decimal(11), Decimal("5.68"), Decimal("16.32"))  # range 2


def test_breaks_are_put_in_order_and_said_once():
    values = series("1", "2", "3", "4", "5", "6")
    segments = xmr(values, breaks=[4, 2, 4])
    assert [(segment.start, segment.end) for segment in segments] == [(0, 2), (2, 4), (4, 6)]
    assert segments == xmr(values, breaks=(2, 4))


def test_a_break_before_the_first_value_changes_nothing():
    values = series("1", "2", "3")
    assert xmr(values, breaks=[0]) == xmr(values)


def test_a_break_may_fall_on_a_gap():
    first, second = xmr(series("1", "2", None, "10", "12"), breaks=[2])
    assert (first.end, second.start, second.points, second.mean) == (2, 2, 2, Decimal(11))


def test_a_break_on_the_last_value_leaves_it_alone():
    first, second = xmr(series("1", "2", "9"), breaks=[2])
    assert (first.points, second.points, second.mean, second.upper) == (2, 1, Decimal(9), None)


@pytest.mark.parametrize(("length", "at"), [(3, -1), (3, 3), (3, 4), (0, 0)])
def test_a_break_outside_the_series_is_refused(length, at):
    with pytest.raises(ValueError, match=f"break at {at} .* {length} values"):
        xmr([Decimal(1)] * length, breaks=[at])


# ---------------------------------------------------------------- screening


def test_a_range_of_exactly_3_267_means_is_screened():
    # Ten ranges of 0.7733 and one of 3.267 add up to 11: their mean is 1. Mean of the twelve: (5 × 0.7733 + 3.267) / 12.
    values = series(*["0", "0.7733"] * 5, "0", "3.267")
    mean = Decimal("7.1335") / 12
    assert only(xmr(values)).upper == pytest.approx(mean + Decimal("2.66"))
    assert only(xmr(values, screen=True)).upper == pytest.approx(mean + Decimal("2.056978"))  # 2.66 × 0.7733
    assert only(xmr(values, screen=True)).mean == only(xmr(values)).mean  # values are never dropped


def test_a_range_just_under_3_267_means_is_kept():
    values = series(*["0", "0.7734"] * 5, "0", "3.266")  # ranges: 7.734 + 3.266 = 11
    assert xmr(values, screen=True) == xmr(values)


def test_screening_happens_once():
    # Twenty ranges of 1, one of 8, one of 100: mean 128 / 22 = 5.8, × 3.267 = 19.0, so 100 goes. Of the rest the mean is
    # 28 / 21 = 1.33, × 3.267 = 4.4: 8 would go next time, and there is none.
    segment = only(xmr(series(*["0", "1"] * 10, "0", "8", "108"), screen=True))
    assert segment.mean is not None and segment.upper is not None
    assert segment.upper - segment.mean == pytest.approx(Decimal("2.66") * 28 / 21)


def test_each_segment_is_screened_by_itself():
    calm, wild = series(*["0", "1"] * 6), series(*["0", "100"] * 6)
    assert xmr([*calm, *wild], breaks=[12], screen=True) == xmr([*calm, *wild], breaks=[12])


# ---------------------------------------------------------------- outside the limits


def outer(edge: str) -> list[Decimal | None]:
    """Ranges: edge - 5.68 twice, nine of 11.36; for 42.56 their sum is 176, the mean 16, and 2.66 × 16 = 42.56 again."""
    return series(edge, *["5.68", "-5.68"] * 5, f"-{edge}")


def test_a_value_on_the_limit_is_not_outside():
    segments = xmr(outer("42.56"))
    assert (only(segments).lower, only(segments).upper) == (Decimal("-42.56"), Decimal("42.56"))
    assert marked(segments, Rule.OUTSIDE) == {}


def test_a_value_beyond_the_limit_is_outside():
    # Ranges add up to 176.02: the limit is 42.5648.
    assert marked(xmr(outer("42.57")), Rule.OUTSIDE) == {0: 1, 11: -1}


def test_a_value_on_a_limit_whose_parts_never_end_is_not_outside():
    # Mean 6.68 / 6 = 1.11333..., ranges 1, 0, 0, so 2.66 / 3 = 0.88666...: together 2.
    segments = xmr(series("2", "1", None, "0.92", "0.92", None, "0.92", "0.92"))
    assert only(segments).upper == 2
    assert marked(segments, Rule.OUTSIDE) == {}
    assert marked(xmr(series("-2", "-1", None, "-0.92", "-0.92", None, "-0.92", "-0.92")), Rule.OUTSIDE) == {}


# ---------------------------------------------------------------- a shift


@pytest.mark.parametrize(("low", "high", "shifted"), [(6, 6, {}), (5, 7, dict.fromkeys(range(5, 12), 1))])
def test_a_shift_takes_seven_in_a_row_on_one_side(low, high, shifted):
    # Low ones are 0 and 1, high ones 10 and 11: the mean is between.
    values = [Decimal(index % 2) for index in range(low)] + [Decimal(10 + index % 2) for index in range(high)]
    assert marked(xmr(values), Rule.SHIFT) == shifted


def test_a_shift_below_points_down_and_marks_every_value_of_it():
    values = series("20", "1", "1", "1", "1", "1", "1", "1", "1", "20")
    assert marked(xmr(values), Rule.SHIFT) == dict.fromkeys(range(1, 9), -1)


def test_a_value_on_the_mean_ends_a_shift():
    assert marked(xmr(series(*["1"] * 7, "-7")), Rule.SHIFT) == dict.fromkeys(range(7), 1)
    assert marked(xmr(series(*["1"] * 4, "0", *["1"] * 4, "-8")), Rule.SHIFT) == {}


def test_a_value_on_a_mean_that_never_ends_ends_a_shift():
    # Shares of 100 as they arrive. Eight above and eight below by 1: the mean is the one between, exactly.
    third = "33.33333333333333333333333333"
    below, above = "32.33333333333333333333333333", "34.33333333333333333333333333"
    assert marked(xmr(series(*[above] * 4, third, *[above] * 4, *[below] * 8)), Rule.SHIFT) == dict.fromkeys(
        range(9, 17), -1
    )


def test_a_gap_ends_a_shift():
    assert marked(xmr(series(*["1"] * 4, None, *["1"] * 4, "-8")), Rule.SHIFT) == {}


def test_a_break_ends_a_shift():
    values = series("-9", *["1"] * 4, *["1"] * 4, "-9")
    assert marked(xmr(values), Rule.SHIFT) == dict.fromkeys(range(1, 9), 1)
    assert marked(xmr(values, breaks=[5]), Rule.SHIFT) == {}


# ---------------------------------------------------------------- a trend


def test_a_trend_takes_seven_values_that_rise():
    assert marked(xmr(series("1", "2", "3", "4", "5", "6")), Rule.TREND) == {}
    assert marked(xmr(series("1", "2", "3", "4", "5", "6", "7")), Rule.TREND) == dict.fromkeys(range(7), 1)


def test_a_trend_that_falls_points_down_and_marks_every_value_of_it():
    values = series("2", "9", "8", "7", "6", "5", "4", "3", "2", "5")
    assert marked(xmr(values), Rule.TREND) == dict.fromkeys(range(1, 9), -1)


def test_a_tie_ends_a_trend():
    assert marked(xmr(series("1", "2", "3", "3", "4", "5", "6", "7")), Rule.TREND) == {}


@pytest.mark.parametrize("breaks", [(), (4,)])
def test_a_gap_or_a_break_ends_a_trend(breaks):
    values = series("1", "2", "3", "4", "5", "6", "7", "8")
    if not breaks:
        values.insert(4, None)
    assert marked(xmr(values, breaks=breaks), Rule.TREND) == {}


def test_a_turning_point_is_marked_once_with_the_way_it_was_reached():
    values = [Decimal(one) for one in (1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1)]
    trend = [signal for signal in only(xmr(values)).signals if signal.rule is Rule.TREND]
    assert [(signal.index, signal.direction) for signal in trend] == [
        (index, 1 if index <= 6 else -1) for index in range(13)
    ]


# ---------------------------------------------------------------- two of three near a limit


def near(first: str, second: str, third: str) -> dict[int, int]:
    """What is marked at the start of twelve values that mirror themselves: three, the middle, and the three upside down."""
    start = series(first, second, third)
    end = [-value for value in reversed(start) if value is not None]
    found = marked(xmr([*start, *series(*MIDDLE), *end]), Rule.NEAR_LIMIT)
    assert {11 - index: -direction for index, direction in found.items()} == found  # the end mirrors the start
    return {index: direction for index, direction in found.items() if index < 3}


def test_two_of_three_beyond_the_two_sigma_line_are_marked():
    # 2 × 20 + 67.08 = 107.08, / 11 = 9.73: the limit is 25.9, the two-sigma line 17.3.
    assert near("20", "20", "1") == {0: 1, 1: 1}


@pytest.mark.parametrize("third", ["0", "-1"])
def test_all_three_must_be_on_that_side_of_the_mean(third):
    assert near("20", "20", third) == {}


def test_a_value_on_the_two_sigma_line_is_not_near():
    # 2 × 15.96 + 67.08 = 99, / 11 = 9, × 2.66 = 23.94, of which two thirds are 15.96.
    assert near("15.96", "15.96", "1") == {}
    assert near("15.97", "15.97", "1") == {0: 1, 1: 1}  # the line is at 15.9632


def test_a_value_outside_the_limit_is_not_near_and_does_not_count():
    # 2 × 40 + 67.08 = 147.08, / 11 = 13.37: the limit is 35.6, the line 23.7.
    assert near("40", "30", "1") == {}
    assert near("40", "30", "25") == {1: 1, 2: 1}


def test_a_value_on_the_limit_is_near():
    # 2.84 for 5.59: 2 × 15.96 + 12 × 2.84 = 66, / 11 = 6, × 2.66 = 15.96.
    values = series("15.96", "15.96", "1", *["-2.84", "2.84"] * 3, "-1", "-15.96", "-15.96")
    assert marked(xmr(values), Rule.NEAR_LIMIT) == {0: 1, 1: 1, 10: -1, 11: -1}


@pytest.mark.parametrize(
    ("three", "expected"),
    [
        (("13", "13", "1"), {0, 1}),
        (("13", "1", "13"), {0, 2}),
        (("1", "13", "13"), {1, 2}),
        (("13", "13", "13"), {0, 1, 2}),
        (("13", "1", "1"), set()),
    ],
)
def test_which_two_of_the_three_does_not_matter(three, expected):
    # Forty values of 3 and -3 between keep the ranges near 6: the line is between 10.4 and 12.5, the limit between 15 and 19.
    end = [f"-{one}" for one in reversed(three)]
    found = marked(xmr(series(*three, *["-3", "3"] * 20, *end)), Rule.NEAR_LIMIT)
    assert {index for index in found if index < 3} == expected


def test_two_near_with_two_between_are_too_far_apart():
    assert marked(xmr(series("13", "1", "1", "13", *["-3", "3"] * 20, "-28")), Rule.NEAR_LIMIT) == {}


@pytest.mark.parametrize("breaks", [(), (1,)])
def test_a_gap_or_a_break_keeps_two_of_three_apart(breaks):
    values = series("20", "20", "1", *MIDDLE, "-1", "-20", "-20")
    if not breaks:
        values.insert(1, None)
    assert {i for i in marked(xmr(values, breaks=breaks), Rule.NEAR_LIMIT) if i < 4} == set()


# ---------------------------------------------------------------- all of them


def test_signals_come_by_index_and_then_by_precedence():
    # Up by 6 each time from the low ones: the last seven rise; the mean is (14 × 0 + 6 + 12 + ... + 42) / 21 = 8, the ranges
    # 13 × 2 and 5, 6, 6, 6, 6, 6, 6.
    values = series(*["-1", "1"] * 7, "6", "12", "18", "24", "30", "36", "42")
    rules = [Rule.OUTSIDE, Rule.TREND, Rule.NEAR_LIMIT, Rule.SHIFT]
    assert list(Rule) == rules
    signals = only(xmr(values)).signals
    assert list(signals) == sorted(signals, key=lambda signal: (signal.index, rules.index(signal.rule)))
    assert [signal.rule for signal in signals if signal.index == 20] == [Rule.OUTSIDE, Rule.TREND]
    assert {signal.rule for signal in signals} == {Rule.OUTSIDE, Rule.TREND, Rule.NEAR_LIMIT, Rule.SHIFT}


def test_signals_of_a_later_segment_count_from_the_start_of_the_series():
    values = series("9", "9", "1", "2", "3", "4", "5", "6", "7")
    # The second: mean 4, ranges 1, limits 1.34 and 6.66.
    assert xmr(values, breaks=[2])[1].signals[0] == Signal(index=2, rule=Rule.OUTSIDE, direction=-1)
    assert marked(xmr(values, breaks=[2]), Rule.TREND) == dict.fromkeys(range(2, 9), 1)
