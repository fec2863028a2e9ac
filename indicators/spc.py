"""XmR control charts: mean, limits of the usual range, and the points that stand out. Pure: numbers in, numbers and indices out.

The method is Making Data Count's (NHS England), as NHSRplotthedots computes it: limits from the mean moving range, four rules. What a
chart says of an indicator is in `variation`.

Whether a value is on the mean or on a limit is decided in exact fractions: a mean need not end, and a rounded one would put equal values
beside it. Decimals come out last, one division each. A share that came in rounded (33.33... of 100) is taken as it came.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import groupby, pairwise

# 3 sigma, with sigma = mean moving range / 1.128 (the expected range of two values of a normal distribution with sigma 1): 3 / 1.128 =
# 2.6596. Making Data Count and Wheeler print 2.66, and so do we.
LIMIT_FACTOR = Decimal("2.66")
# The limit of the moving ranges themselves: 1 + 3 × 0.853 / 1.128 mean moving ranges (Nelson 1982).
SCREEN_FACTOR = Decimal("3.267")
NEAR = Fraction(2, 3)  # of the way from the mean to the limit: two sigma of three
RUN = 7  # values in a row, for a shift and for a trend
ENOUGH = 12  # values; of fewer the limits are for trial only


class Rule(StrEnum):
    """Why a point stands out, in order of precedence (NHSRplotthedots)."""

    OUTSIDE = "outside"  # beyond a limit
    TREND = "trend"  # one of seven or more that rise, or fall, each from the one before
    NEAR_LIMIT = "near_limit"  # one of two in three beyond two sigma, all three on one side of the mean
    SHIFT = "shift"  # one of seven or more on one side of the mean


PRECEDENCE = tuple(Rule)


@dataclass(frozen=True)
class Signal:
    """A point that stands out: `index` in the values, `direction` +1 up or -1 down.

    The direction of a trend is the way it moves, of the others the side of the mean.
    """

    index: int
    rule: Rule
    direction: int


@dataclass(frozen=True)
class Segment:
    """The values from `start` up to, not including, `end`, which share a mean and limits.

    `points` counts the values that are known. `mean` is None when none is; `lower` and `upper` are None, and nothing is signalled, when
    no two neighbours are known, or none of them differ (after screening) though the values do. Limits are as computed: what the figure
    can't have (below nought) is for the caller to leave out. `provisional`: fewer than twelve values, trial limits. `signals` come by index,
    then in the order of `Rule`, at most one of a rule to a point.
    """

    start: int
    end: int
    points: int
    mean: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    provisional: bool
    signals: tuple[Signal, ...]


def xmr(values: Sequence[Decimal | float | None], *, breaks: Sequence[int] = (), screen: bool = False) -> list[Segment]:
    """The segments of a series, one more than there are breaks inside it; none for no values.

    Limits are mean ± 2.66 × mean moving range. None is a gap: it gives no moving range and ends every run, and so does a break; a new
    segment starts at each index in `breaks`. `screen` leaves out moving ranges of at least 3.267 times their mean, once (Nelson 1982);
    the Making Data Count spreadsheets do not, and neither do we unless asked. Raises ValueError for a break outside the series and for a
    value that is no finite number.
    """
    for at in breaks:
        if not 0 <= at < len(values):
            raise ValueError(f"There is no break at {at} in a series of {len(values)} values")
    exact = [_exact(value) for value in values]
    edges = sorted({0, *breaks, len(exact)})
    return [_segment(exact[start:end], start, screen) for start, end in pairwise(edges)]


def _exact(value: Decimal | float | None) -> Fraction | None:
    if value is None:
        return None
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite():
        raise ValueError(f"A control chart can't hold {number}: give None for what is not known")
    return Fraction(number)


def _segment(values: Sequence[Fraction | None], start: int, screen: bool) -> Segment:
    known = [value for value in values if value is not None]
    mean = sum(known, Fraction(0)) / len(known) if known else None
    spread = _spread(values, screen)
    if spread == 0 and any(value != mean for value in known):
        spread = None  # what moved did so across a gap or was screened: the ranges left say nothing of what is usual
    signals = [] if mean is None or spread is None else _signals(values, mean, spread)
    return Segment(
        start=start,
        end=start + len(values),
        points=len(known),
        mean=None if mean is None else _decimal(mean),
        lower=None if mean is None or spread is None else _decimal(mean - spread),
        upper=None if mean is None or spread is None else _decimal(mean + spread),
        provisional=len(known) < ENOUGH,
        signals=tuple(Signal(start + index, rule, direction) for index, rule, direction in signals),
    )


def _spread(values: Sequence[Fraction | None], screen: bool) -> Fraction | None:
    """From the mean to a limit; None without two known neighbours."""
    ranges = [abs(step) for step in _steps(values) if step is not None]
    if not ranges:
        return None
    most = Fraction(SCREEN_FACTOR) * sum(ranges) / len(ranges)
    if screen and most > 0:  # where nothing ever moves, nothing stands out
        ranges = [one for one in ranges if one < most]
    return Fraction(LIMIT_FACTOR) * sum(ranges) / len(ranges)


def _steps(values: Sequence[Fraction | None]) -> list[Fraction | None]:
    """From each value to the next; None on either side of a gap."""
    return [None if one is None or other is None else other - one for one, other in pairwise(values)]


def _signals(values: Sequence[Fraction | None], mean: Fraction, spread: Fraction) -> list[tuple[int, Rule, int]]:
    away = [Fraction(0) if value is None else value - mean for value in values]  # a gap is on no side, like the mean
    sides = [_sign(distance) for distance in away]
    found: dict[tuple[int, Rule], int] = {}
    for index, distance in enumerate(away):
        if abs(distance) > spread:
            found[index, Rule.OUTSIDE] = sides[index]
    for index in _near(away, sides, spread):
        found[index, Rule.NEAR_LIMIT] = sides[index]
    for run, side in _runs(sides, RUN):
        for index in run:
            found[index, Rule.SHIFT] = side
    for run, way in _runs([_sign(step) for step in _steps(values)], RUN - 1):
        for index in (*run, run.stop):  # one more value than steps
            found.setdefault((index, Rule.TREND), way)  # a turning point keeps the way it was reached
    ordered = sorted(found, key=lambda place: (place[0], PRECEDENCE.index(place[1])))
    return [(index, rule, found[index, rule]) for index, rule in ordered]


def _near(away: Sequence[Fraction], sides: Sequence[int], spread: Fraction) -> Iterator[int]:
    is_near = [spread * NEAR < abs(distance) <= spread for distance in away]
    for first in range(len(away) - 2):
        three = range(first, first + 3)
        near = [index for index in three if is_near[index]]
        if len(near) >= 2 and abs(sum(sides[index] for index in three)) == 3:
            yield from near


def _runs(signs: Iterable[int], least: int) -> Iterator[tuple[range, int]]:
    """Where one sign, not nought, stands `least` times or more in a row."""
    first = 0
    for sign, group in groupby(signs):
        run = range(first, first + len(list(group)))
        if sign and len(run) >= least:
            yield run, sign
        first = run.stop


def _sign(number: Fraction | None) -> int:
    """+1, -1, or 0 for nought and for what is not known."""
    return 0 if not number else 1 if number > 0 else -1


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
