"""What a control chart says of an indicator: verdicts on segments written out by hand."""

from decimal import Decimal

import pytest

from indicators.spc import Rule, Segment, Signal, xmr
from indicators.variation import (
    Assurance,
    Variation,
    VariationVerdict,
    assurance,
    drawn_limits,
    drawn_signals,
    variation,
)

LAST = 11
VALUES: list[Decimal | float | None] = [Decimal(50)] * 12


def number(typed: str | None) -> Decimal | None:
    return None if typed is None else Decimal(typed)


def segment(*signals: Signal, lower: str | None = "40", upper: str | None = "60", points: int = 12) -> Segment:
    return Segment(
        start=0,
        end=12,
        points=points,
        mean=Decimal(50),
        lower=number(lower),
        upper=number(upper),
        provisional=points < 12,
        signals=signals,
    )


def on_last(rule: Rule, direction: int) -> Signal:
    return Signal(LAST, rule, direction)


def says(*segments: Segment, polarity: str = "higher", floor: str | None = None, ceiling: str | None = None):
    return variation(segments, VALUES, polarity=polarity, floor=number(floor), ceiling=number(ceiling))


# ---------------------------------------------------------------- usual, unusual, unknown


def test_without_a_signal_on_the_last_value_it_is_usual():
    assert says(segment(Signal(10, Rule.OUTSIDE, 1))) == VariationVerdict(
        state=Variation.USUAL,
        rule=None,
        direction=0,
        is_trial=False,
        is_unusual=False,
        asks_for_words=False,
        lower=Decimal(40),
        mean=Decimal(50),
        upper=Decimal(60),
        points=12,
    )


@pytest.mark.parametrize("rule", list(Rule))
@pytest.mark.parametrize(
    ("polarity", "direction", "state"),
    [
        ("higher", 1, Variation.IMPROVING),
        ("higher", -1, Variation.WORSENING),
        ("lower", 1, Variation.WORSENING),
        ("lower", -1, Variation.IMPROVING),
        ("none", 1, Variation.CHANGED),
        ("none", -1, Variation.CHANGED),
    ],
)
def test_a_signal_is_good_or_bad_by_polarity_and_direction(rule, polarity, direction, state):
    verdict = says(segment(on_last(rule, direction)), polarity=polarity)
    assert (verdict.state, verdict.rule, verdict.direction) == (state, rule, direction)
    assert verdict.is_unusual and verdict.asks_for_words and not verdict.is_trial


def test_of_several_signals_the_first_in_precedence_is_told():
    high_but_falling = [on_last(Rule.OUTSIDE, 1), on_last(Rule.TREND, -1), on_last(Rule.SHIFT, 1)]
    assert says(segment(*high_but_falling)).state == Variation.IMPROVING
    assert says(segment(*high_but_falling)).rule == Rule.OUTSIDE
    assert says(segment(*high_but_falling[1:])).state == Variation.WORSENING
    assert says(segment(*high_but_falling[1:])).rule == Rule.TREND


def test_trial_limits_are_told_and_ask_for_no_words():
    verdict = says(segment(on_last(Rule.OUTSIDE, -1), points=11))
    assert (verdict.state, verdict.points) == (Variation.WORSENING, 11)
    assert verdict.is_trial and verdict.is_unusual and not verdict.asks_for_words


def test_nothing_is_unknown_and_on_trial():
    verdict = variation([], [], polarity="higher")
    assert verdict.state == Variation.UNKNOWN
    assert (verdict.lower, verdict.mean, verdict.upper, verdict.points) == (None, None, None, 0)
    assert verdict.is_trial and not verdict.is_unusual and not verdict.asks_for_words


def test_a_missing_last_value_is_unknown_and_the_lines_are_still_there():
    values = [*VALUES[:-1], None]
    verdict = variation([segment(Signal(10, Rule.OUTSIDE, 1), points=11)], values, polarity="higher")
    assert (verdict.state, verdict.rule, verdict.is_unusual) == (Variation.UNKNOWN, None, False)
    assert (verdict.lower, verdict.mean, verdict.upper) == (Decimal(40), Decimal(50), Decimal(60))


def test_without_limits_it_is_unknown_and_the_mean_is_still_there():
    verdict = says(segment(lower=None, upper=None, points=1))
    assert (verdict.state, verdict.mean, verdict.lower, verdict.upper) == (Variation.UNKNOWN, Decimal(50), None, None)


def test_the_first_value_after_a_break_is_unknown():
    values = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 40]
    assert variation(xmr(values), values, polarity="higher").state == Variation.IMPROVING
    assert variation(xmr(values, breaks=[12]), values, polarity="higher").state == Variation.UNKNOWN


def test_only_the_last_segment_speaks():
    values = [9, 1, 9, 1, 9, 1, 9, 1, 9, 1, 9, 1, 100, 101, 100]
    verdict = variation(xmr(values, breaks=[12]), values, polarity="higher")
    assert (verdict.state, verdict.points, verdict.is_trial) == (Variation.USUAL, 3, True)
    assert verdict.mean == Decimal(301) / 3


def test_values_of_another_chart_are_refused():
    with pytest.raises(ValueError, match="made of"):
        variation([segment()], VALUES[:-1], polarity="higher")
    with pytest.raises(ValueError, match="made of"):
        variation([], VALUES, polarity="higher")


def test_an_unknown_polarity_is_refused():
    with pytest.raises(ValueError, match="sideways"):
        variation([], [], polarity="sideways")
    with pytest.raises(ValueError, match="sideways"):
        assurance([], target=None, polarity="sideways")


# ---------------------------------------------------------------- limits that the figure can't have


@pytest.mark.parametrize(
    ("lower", "upper", "floor", "ceiling", "drawn"),
    [
        ("-0.01", "60", "0", None, (None, "60")),
        ("0", "60", "0", None, ("0", "60")),
        ("-5", "60", None, None, ("-5", "60")),
        ("40", "100.01", "0", "100", ("40", None)),
        ("40", "100", "0", "100", ("40", "100")),
        ("40", "130", "0", None, ("40", "130")),
        ("-3", "103", "0", "100", (None, None)),
        (None, None, "0", "100", (None, None)),
    ],
)
def test_a_limit_beyond_floor_or_ceiling_is_not_drawn(lower, upper, floor, ceiling, drawn):
    expected = tuple(number(one) for one in drawn)
    one = segment(lower=lower, upper=upper)
    assert drawn_limits(one, floor=number(floor), ceiling=number(ceiling)) == expected
    verdict = says(one, floor=floor, ceiling=ceiling)
    assert (verdict.lower, verdict.upper) == expected


@pytest.mark.parametrize("rule", [Rule.OUTSIDE, Rule.NEAR_LIMIT])
@pytest.mark.parametrize(
    ("lower", "upper", "direction", "state"),
    [
        ("-1", "60", -1, Variation.USUAL),
        ("-1", "60", 1, Variation.IMPROVING),
        ("40", "101", 1, Variation.USUAL),
        ("40", "101", -1, Variation.WORSENING),
    ],
)
def test_a_limit_that_is_not_drawn_does_not_signal(rule, lower, upper, direction, state):
    one = segment(on_last(rule, direction), lower=lower, upper=upper)
    verdict = says(one, floor="0", ceiling="100")
    assert verdict.state == state
    assert verdict.is_unusual is (state != Variation.USUAL)
    assert drawn_signals(one, floor=Decimal(0), ceiling=Decimal(100)) == (
        () if state == Variation.USUAL else one.signals
    )


@pytest.mark.parametrize("rule", [Rule.SHIFT, Rule.TREND])
def test_shift_and_trend_need_no_limit_to_be_drawn(rule):
    verdict = says(segment(on_last(rule, -1), lower="-1", upper="101"), floor="0", ceiling="100")
    assert (verdict.state, verdict.rule) == (Variation.WORSENING, rule)


def test_where_the_limit_is_silent_the_next_rule_is_told():
    one = segment(on_last(Rule.NEAR_LIMIT, -1), on_last(Rule.SHIFT, -1), lower="-1")
    assert says(one).rule == Rule.NEAR_LIMIT
    assert says(one, floor="0").rule == Rule.SHIFT


def test_low_counts_near_a_limit_below_nought_are_usual():
    # Mean 48 / 12 = 4; ranges 3, 3, 2, 2, 2, 2, 1, 1, 4, 2, 0 = 22, mean 2: limits -1.32 and 9.32, the lower two-sigma line at 0.45.
    values = [4, 7, 4, 6, 4, 6, 4, 5, 6, 2, 0, 0]
    segments = xmr(values)
    assert segments[0].signals == (Signal(10, Rule.NEAR_LIMIT, -1), Signal(11, Rule.NEAR_LIMIT, -1))
    assert variation(segments, values, polarity="lower").state == Variation.IMPROVING
    verdict = variation(segments, values, polarity="lower", floor=Decimal(0))
    assert (verdict.state, verdict.lower, verdict.upper) == (Variation.USUAL, None, Decimal("9.32"))


# ---------------------------------------------------------------- will the target be met


def promises(target: str | None, polarity: str, *, lower="40", upper="60", floor=None, ceiling=None):
    return assurance(
        [segment(lower="0", upper="1"), segment(lower=lower, upper=upper)],
        target=number(target),
        polarity=polarity,
        floor=number(floor),
        ceiling=number(ceiling),
    )


@pytest.mark.parametrize(
    ("polarity", "target", "expected"),
    [
        ("higher", "39.9", Assurance.WILL_MEET),
        ("higher", "40", Assurance.WILL_MEET),  # the lower limit is on the line
        ("higher", "40.1", Assurance.MAY),
        ("higher", "60", Assurance.MAY),  # the upper limit is on the line
        ("higher", "60.1", Assurance.WILL_MISS),
        ("lower", "60.1", Assurance.WILL_MEET),
        ("lower", "60", Assurance.WILL_MEET),
        ("lower", "59.9", Assurance.MAY),
        ("lower", "40", Assurance.MAY),
        ("lower", "39.9", Assurance.WILL_MISS),
    ],
)
def test_the_last_usual_range_is_held_against_the_target(polarity, target, expected):
    assert promises(target, polarity) == expected


@pytest.mark.parametrize(
    ("polarity", "target", "lower", "upper", "expected"),
    [
        ("higher", "0", "-3", "60", Assurance.WILL_MEET),  # never below nought
        ("higher", "1", "-3", "60", Assurance.MAY),
        ("higher", "100", "40", "104", Assurance.MAY),  # a hundred can be reached
        ("higher", "101", "40", "104", Assurance.WILL_MISS),  # more than a hundred can't
        ("higher", "95", "96", "104", Assurance.WILL_MEET),
        ("lower", "0", "-3", "60", Assurance.MAY),  # nought can be reached
        ("lower", "-1", "-3", "60", Assurance.WILL_MISS),  # less than nought can't
        ("lower", "60", "-3", "60", Assurance.WILL_MEET),
        ("lower", "59", "-3", "60", Assurance.MAY),
        ("lower", "100", "40", "104", Assurance.WILL_MEET),  # never above a hundred
        ("lower", "39", "40", "104", Assurance.WILL_MISS),
    ],
)
def test_a_limit_the_figure_cant_have_stands_for_the_floor_or_ceiling(polarity, target, lower, upper, expected):
    assert promises(target, polarity, lower=lower, upper=upper, floor="0", ceiling="100") == expected


def test_without_floor_and_ceiling_the_limits_are_taken_as_they_are():
    assert promises("0", "higher", lower="-3") == Assurance.MAY
    assert promises("100", "lower", upper="104") == Assurance.MAY


@pytest.mark.parametrize(("polarity", "target"), [("higher", None), ("lower", None), ("none", "50")])
def test_there_is_no_assurance_without_target_or_direction(polarity, target):
    assert promises(target, polarity) is None


def test_there_is_no_assurance_without_limits():
    assert promises("50", "higher", lower=None, upper=None) is None
    assert assurance([], target=Decimal(50), polarity="higher") is None


def test_limits_on_one_line_meet_or_miss():
    assert promises("50", "higher", lower="50", upper="50") == Assurance.WILL_MEET
    assert promises("50", "lower", lower="50", upper="50") == Assurance.WILL_MEET
    assert promises("50.1", "higher", lower="50", upper="50") == Assurance.WILL_MISS
