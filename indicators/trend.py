"""Better or worse than last quarter and than the same quarter last year. Pure.

The change counts as similar up to two per cent of the earlier count, or two percentage points: a smaller one is not worth a word.
Comparison never crosses a series break or a missing quarter, and says so.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from indicators.aggregate import Numbers
from lib.numerals import change, figure, percentage

SIMILAR_PER_CENT = Decimal(2)
SIMILAR_POINTS = Decimal(2)
# Under twenty a percentage says more than the figures do: from 1 to 2 is up 1, not "up 100%".
LEAST_BASE = Decimal(20)


class Trend(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    SIMILAR = "similar"
    HIGHER = "higher"  # no good direction
    LOWER = "lower"
    NOT_COMPARABLE = "not_comparable"
    NOT_SHOWN = "not_shown"  # in a public edition: it would give a small number back

    @property
    def word(self) -> str:
        return self.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Change:
    """From one figure to another. `difference` is in what is counted, or in percentage points; `per_cent` of the earlier count.

    `per_cent` is None for points, and where the earlier count is too small for it to say something.
    """

    difference: Decimal
    is_points: bool
    base: Decimal

    @property
    def per_cent(self) -> Decimal | None:
        return None if self.is_points or abs(self.base) < LEAST_BASE else 100 * self.difference / abs(self.base)

    @property
    def direction(self) -> str:
        """ "up", "down" or "none", as it shows after rounding: less than a twentieth of a point is no move."""
        size = self._shown
        return "none" if not size else "up" if self.difference > 0 else "down"

    @property
    def _shown(self) -> Decimal:
        size = abs(self.difference)
        return size.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) if self.is_points else size

    @property
    def is_similar(self) -> bool:
        """On the line is similar."""
        if self.is_points:
            return abs(self.difference) <= SIMILAR_POINTS
        return abs(self.difference) * 100 <= abs(self.base) * SIMILAR_PER_CENT

    @property
    def signed(self) -> str:
        """ "+128", "−3.1 points", "no change"."""
        if self.direction == "none":
            return "no change"
        if not self.is_points:
            return change(self.difference)
        return f"{change(self.difference, 1)} points"

    @property
    def words(self) -> str:
        """ "up 128 (8.7%)", "down 3.1 percentage points", "no change"."""
        if self.direction == "none":
            return "no change"
        if self.is_points:
            return f"{self.direction} {figure(self._shown)} percentage {'point' if self._shown == 1 else 'points'}"
        said = f"{self.direction} {figure(self._shown)}"
        if self.per_cent is None:
            return said
        size = abs(self.per_cent)
        return f"{said} ({percentage(size) if size >= Decimal('0.05') else 'less than 0.1%'})"


def change_between(now: Numbers | None, then: Numbers | None) -> Change | None:
    """Counts in figures, shares in points; None where the two can't be compared: one is not known, or a share of nothing."""
    if now is None or then is None:
        return None
    if now.percentage is not None and then.percentage is not None:
        return Change(now.percentage - then.percentage, True, then.percentage)
    counts = (now.denominator, then.denominator, now.stated, then.stated) == (None,) * 4
    if not counts or now.numerator is None or then.numerator is None:
        return None
    return Change(now.numerator - then.numerator, False, then.numerator)


@dataclass(frozen=True)
class Comparison:
    """How a figure stands to an earlier one. `change` is None, and `why` says why, when they are not comparable."""

    trend: Trend
    change: Change | None = None
    why: str = ""

    @property
    def direction(self) -> str:
        return self.change.direction if self.change else ""

    @property
    def words(self) -> str:
        """ "+128", or empty."""
        return self.change.signed if self.change else ""


def compare(now: Numbers | None, then: Numbers | None, polarity: str, *, why_not: str = "") -> Comparison:
    """`polarity`: "higher", "lower" or "none". `why_not` tells of a missing figure or a series break between the two, which rules it out."""
    moved = None if why_not else change_between(now, then)
    if moved is None:
        return Comparison(Trend.NOT_COMPARABLE, None, why_not or _why_not(now, then))
    if moved.is_similar:
        return Comparison(Trend.SIMILAR, moved)
    rose = moved.difference > 0
    if polarity not in ("higher", "lower"):
        return Comparison(Trend.HIGHER if rose else Trend.LOWER, moved)
    return Comparison(Trend.BETTER if rose == (polarity == "higher") else Trend.WORSE, moved)


def _why_not(now: Numbers | None, then: Numbers | None) -> str:
    if now is None or then is None:
        return "one of the two is not known"
    if 0 in (now.denominator, then.denominator):
        return "one of the two is a share of nothing"
    return "one of the two is a count and the other a percentage"
