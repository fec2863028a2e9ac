"""What a control chart says of an indicator today: usual or unusual, and whether it can be expected to meet its target. Pure.

Verdicts only; the sentences are written elsewhere. The last segment speaks, and of it the last value: a break in the series (`breaks` of
`spc.xmr`) leaves what came before behind. Polarity is "higher", "lower" or "none", the good direction of the indicator.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from indicators.spc import Rule, Segment, Signal

GOOD_DIRECTION = {"higher": 1, "lower": -1, "none": 0}
RULES_OF_A_LIMIT = (Rule.OUTSIDE, Rule.NEAR_LIMIT)


class Variation(StrEnum):
    USUAL = "usual"
    IMPROVING = "improving"
    WORSENING = "worsening"
    CHANGED = "changed"  # unusual, and no good direction is set
    UNKNOWN = "unknown"  # no last value, or too few to say


class Assurance(StrEnum):
    """Whether the target will be met while nothing changes (Making Data Count: pass, fail, hit or miss)."""

    WILL_MEET = "will_meet"
    WILL_MISS = "will_miss"
    MAY = "may"


@dataclass(frozen=True)
class VariationVerdict:
    """What is said of the last value, and by which rule.

    `direction`: +1 up, -1 down, 0 where no rule speaks. `is_trial`: fewer than twelve values in the segment. `is_unusual`: a rule speaks,
    be it good or bad. `asks_for_words`: unusual, and not on trial limits. `lower`, `mean` and `upper` are what may be drawn of the last
    segment, None where there is no such line; `points` are the values it stands on.
    """

    state: Variation
    rule: Rule | None
    direction: int
    is_trial: bool
    is_unusual: bool
    asks_for_words: bool
    lower: Decimal | None
    mean: Decimal | None
    upper: Decimal | None
    points: int


def variation(
    segments: Sequence[Segment],
    values: Sequence[Decimal | float | None],
    *,
    polarity: str,
    floor: Decimal | None = None,
    ceiling: Decimal | None = None,
) -> VariationVerdict:
    """The verdict on the last of `values`, whose chart is `segments` (from `spc.xmr`).

    A limit below `floor` or above `ceiling` (0 for a count, 0 and 100 for a share) is one the figure can't pass: it is not drawn and
    neither it nor its two-sigma line signals. Of several rules the first in the order of `Rule` is told.
    """
    good = _good_direction(polarity)
    if (segments[-1].end if segments else 0) != len(values):
        raise ValueError("A verdict needs the values that its segments were made of")
    if not segments:
        return _verdict(None, None, Variation.UNKNOWN, None, None)
    last = segments[-1]
    lower, upper = drawn_limits(last, floor=floor, ceiling=ceiling)
    if values[-1] is None or last.lower is None:
        return _verdict(last, None, Variation.UNKNOWN, lower, upper)
    told = drawn_signals(last, floor=floor, ceiling=ceiling)
    signal = next((one for one in told if one.index == len(values) - 1), None)
    return _verdict(last, signal, _state(signal, good), lower, upper)


def drawn_limits(
    segment: Segment, *, floor: Decimal | None = None, ceiling: Decimal | None = None
) -> tuple[Decimal | None, Decimal | None]:
    """Lower and upper limit, None for one that is not known or that the figure can't have; one on the floor or ceiling is drawn."""
    lower, upper = segment.lower, segment.upper
    if lower is not None and floor is not None and lower < floor:
        lower = None
    if upper is not None and ceiling is not None and upper > ceiling:
        upper = None
    return lower, upper


def drawn_signals(
    segment: Segment, *, floor: Decimal | None = None, ceiling: Decimal | None = None
) -> tuple[Signal, ...]:
    """The signals of a segment without those of a limit that is not drawn."""
    lower, upper = drawn_limits(segment, floor=floor, ceiling=ceiling)
    limits = {-1: lower, 1: upper}
    return tuple(
        signal
        for signal in segment.signals
        if signal.rule not in RULES_OF_A_LIMIT or limits[signal.direction] is not None
    )


def assurance(
    segments: Sequence[Segment],
    *,
    target: Decimal | None,
    polarity: str,
    floor: Decimal | None = None,
    ceiling: Decimal | None = None,
) -> Assurance | None:
    """Whether the whole usual range of the last segment is on the good side of the target; None without target, direction or limits.

    Higher is good: lower limit >= target will meet, upper limit < target will miss, else it may. Lower is good: the mirror image. On the
    line is the better verdict. A limit that the figure can't have stands for the floor or ceiling itself: a share whose upper limit is
    104 reaches 100 at most, and meets "at most 100". Trial limits speak too; the caller knows that they are.
    """
    good = _good_direction(polarity)
    if not segments or target is None or not good:
        return None
    lower, upper = segments[-1].lower, segments[-1].upper
    if lower is None or upper is None:
        return None
    if floor is not None:
        lower = max(lower, floor)
    if ceiling is not None:
        upper = min(upper, ceiling)
    worst, best = (lower, upper) if good > 0 else (upper, lower)
    if (worst - target) * good >= 0:
        return Assurance.WILL_MEET
    if (best - target) * good < 0:
        return Assurance.WILL_MISS
    return Assurance.MAY


def _good_direction(polarity: str) -> int:
    if polarity not in GOOD_DIRECTION:
        raise ValueError(f"There is no polarity called {polarity!r}")
    return GOOD_DIRECTION[polarity]


def _state(signal: Signal | None, good: int) -> Variation:
    if signal is None:
        return Variation.USUAL
    if not good:
        return Variation.CHANGED
    return Variation.IMPROVING if signal.direction == good else Variation.WORSENING


def _verdict(
    segment: Segment | None, signal: Signal | None, state: Variation, lower: Decimal | None, upper: Decimal | None
) -> VariationVerdict:
    is_trial = segment is None or segment.provisional
    return VariationVerdict(
        state=state,
        rule=signal.rule if signal else None,
        direction=signal.direction if signal else 0,
        is_trial=is_trial,
        is_unusual=signal is not None,
        asks_for_words=signal is not None and not is_trial,
        lower=lower,
        mean=segment.mean if segment else None,
        upper=upper,
        points=segment.points if segment else 0,
    )
