"""What holds of every control chart. The rules are said again here in another way: by looking at every window of values."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.spc import LIMIT_FACTOR, Rule, Segment, Signal, xmr
from indicators.variation import Variation, assurance, variation

Values = list[Decimal | None]

# Few different numbers, so that runs, ties and equal values turn up; steps of any size; and gaps.
known = st.one_of(
    st.integers(0, 4).map(Decimal),
    st.decimals(-1000, 1000, places=2),
    st.sampled_from([Decimal(100) / 3, Decimal(200) / 3]),
)
loose = st.lists(st.one_of(known, st.none()), max_size=40)
ramps = st.lists(st.integers(1, 3), min_size=6, max_size=12).map(
    lambda steps: [Decimal(sum(steps[:end])) for end in range(len(steps) + 1)]
)
plateaus = st.lists(st.sampled_from([Decimal(8), Decimal(9)]), min_size=5, max_size=9)
series = st.one_of(
    loose,
    st.lists(st.one_of(ramps, plateaus, st.lists(known, max_size=5)), max_size=4).map(lambda parts: sum(parts, [])),
)


def mapped(values: Values, change) -> Values:
    return [None if value is None else change(value) for value in values]


def marks(segment: Segment) -> list[tuple[int, Rule, int]]:
    return [(signal.index, signal.rule, signal.direction) for signal in segment.signals]


def is_short(values: Values) -> bool:
    """Whether other values can be made of these without rounding them on the way in."""
    return all(value is None or len(value.as_tuple().digits) <= 20 for value in values)


def alike(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= Decimal("1e-18")  # beyond 28 figures each line is rounded by itself


@given(series, st.integers(1, 50))
def test_scaled_values_have_scaled_lines_and_the_same_signals(values, times):
    assume(is_short(values))
    plain, scaled = xmr(values), xmr(mapped(values, lambda value: Decimal(times) * value))
    for one, other in zip(plain, scaled, strict=True):
        assert marks(one) == marks(other)
        for line in ("mean", "lower", "upper"):
            before, after = getattr(one, line), getattr(other, line)
            assert alike(None if before is None else before * times, after)


@given(series, st.integers(-500, 500))
def test_shifted_values_have_shifted_lines_and_the_same_signals(values, by):
    assume(is_short(values))
    for one, other in zip(xmr(values), xmr(mapped(values, lambda value: value + by)), strict=True):
        assert marks(one) == marks(other)
        for line in ("mean", "lower", "upper"):
            before, after = getattr(one, line), getattr(other, line)
            assert alike(None if before is None else before + by, after)


@given(series, st.booleans())
def test_negated_values_have_mirrored_lines_and_signals(values, screen):
    for one, other in zip(
        xmr(values, screen=screen), xmr(mapped(values, lambda value: -value), screen=screen), strict=True
    ):
        assert [(index, rule, -direction) for index, rule, direction in marks(one)] == marks(other)
        assert alike(one.mean, None if other.mean is None else -other.mean)
        assert alike(one.lower, None if other.upper is None else -other.upper)


@given(series, series, st.booleans())
def test_a_break_makes_two_charts(before, after, screen):
    assume(after)
    at = len(before)
    moved = [
        Segment(
            start=one.start + at,
            end=one.end + at,
            points=one.points,
            mean=one.mean,
            lower=one.lower,
            upper=one.upper,
            provisional=one.provisional,
            signals=tuple(Signal(signal.index + at, signal.rule, signal.direction) for signal in one.signals),
        )
        for one in xmr(after, screen=screen)
    ]
    assert xmr([*before, *after], breaks=[at], screen=screen) == [*xmr(before, screen=screen), *moved]


@given(series, st.lists(st.integers(0, 39), max_size=4), st.booleans())
def test_segments_tile_the_series_and_signals_are_on_their_values(values, at, screen):
    breaks = [one for one in at if one < len(values)]
    segments = xmr(values, breaks=breaks, screen=screen)
    covered = [index for segment in segments for index in range(segment.start, segment.end)]
    assert covered == list(range(len(values)))
    for segment in segments:
        assert segment.points == sum(value is not None for value in values[segment.start : segment.end])
        assert len({(signal.index, signal.rule) for signal in segment.signals}) == len(segment.signals)
        for signal in segment.signals:
            assert segment.start <= signal.index < segment.end
            assert values[signal.index] is not None
            assert signal.direction in (1, -1)


# ---------------------------------------------------------------- the rules, said again


def by_windows(values: Values) -> set[tuple[int, Rule]]:
    exact = [None if value is None else Fraction(value) for value in values]
    there = [value for value in exact if value is not None]
    ranges = [abs(b - a) for a, b in zip(exact, exact[1:], strict=False) if a is not None and b is not None]
    if not ranges or (not any(ranges) and len(set(there)) > 1):
        return set()
    mean = sum(there, Fraction(0)) / len(there)
    limit = Fraction(LIMIT_FACTOR) * sum(ranges) / len(ranges)
    found = {(i, Rule.OUTSIDE) for i, one in enumerate(exact) if one is not None and abs(one - mean) > limit}
    for first in range(len(exact) - 6):
        seven = [one for one in exact[first : first + 7] if one is not None]
        if len(seven) < 7:
            continue
        inside = range(first, first + 7)
        if min(seven) > mean or max(seven) < mean:
            found |= {(i, Rule.SHIFT) for i in inside}
        if len(set(seven)) == 7 and seven in (sorted(seven), sorted(seven, reverse=True)):
            found |= {(i, Rule.TREND) for i in inside}
    for first in range(len(exact) - 2):
        three = [one for one in exact[first : first + 3] if one is not None]
        if len(three) < 3 or not (min(three) > mean or max(three) < mean):
            continue
        near = [first + i for i, one in enumerate(three) if 2 * limit < 3 * abs(one - mean) <= 3 * limit]
        if len(near) > 1:
            found |= {(i, Rule.NEAR_LIMIT) for i in near}
    return found


@given(series)
def test_every_rule_marks_what_its_windows_hold(values):
    found = {(signal.index, signal.rule) for segment in xmr(values) for signal in segment.signals}
    assert found == by_windows(values)


# ---------------------------------------------------------------- verdicts

OTHER_WAY = {Variation.IMPROVING: Variation.WORSENING, Variation.WORSENING: Variation.IMPROVING}


@given(series, st.sampled_from([None, Decimal(0), Decimal(5)]))
def test_the_other_polarity_swaps_better_and_worse_and_nothing_else(values, floor):
    segments = xmr(values)
    higher = variation(segments, values, polarity="higher", floor=floor)
    lower = variation(segments, values, polarity="lower", floor=floor)
    none = variation(segments, values, polarity="none", floor=floor)
    assert lower.state == OTHER_WAY.get(higher.state, higher.state)
    assert none.state == (Variation.CHANGED if higher.is_unusual else higher.state)
    assert {(one.rule, one.direction, one.is_unusual, one.lower) for one in (higher, lower, none)} == {
        (higher.rule, higher.direction, higher.is_unusual, higher.lower)
    }


@given(series, known)
def test_upside_down_a_target_is_as_sure(values, target):
    negated = mapped(values, lambda value: -value)
    assert assurance(xmr(values), target=target, polarity="higher") == assurance(
        xmr(negated), target=-target, polarity="lower"
    )
