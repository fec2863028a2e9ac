"""Figures and their movement as the pack says them. Pure functions: numbers in, words out.

Nothing is judged here: "up" is a direction, not good or bad. Numbers are rounded half up, and only when they are said.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from indicators.aggregate import Numbers
from indicators.trend import change_between
from lib.numerals import figure, percentage
from reporting.pdf.hiding import NOT_SHOWN
from reporting.snapshots.shape import Value

# What 0 of 0 says. Only need and met has such a pair: a base of 0 is refused everywhere else.
NOBODY = "nobody had the need"


def rounded(value: Decimal) -> Decimal:
    """To one decimal, half up, the way a percentage is said."""
    return value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def pair(value: Value) -> str:
    """ "31 of 44"; "" when there are not two numbers."""
    if value.numerator is None or value.denominator is None:
        return ""
    return f"{figure(value.numerator)} of {figure(value.denominator)}"


def is_of_nobody(value: Value) -> bool:
    """Need and met where nobody had the need: a figure, and no percentage."""
    return value.denominator is not None and value.percentage is None


# Where the words for a hidden figure have not been put into the snapshot: see `reporting.pdf.hiding`.
HIDDEN = {"fewer": "too few to show", "withheld": NOT_SHOWN}


def brief(value: Value) -> str:
    """The figure in one: "629", "70.5%", "nobody had the need"; of a public edition also "fewer than 5", "not shown"."""
    if value.hidden:
        return HIDDEN.get(value.hidden, value.hidden)
    if value.percentage is not None:
        return percentage(value.percentage)
    return NOBODY if is_of_nobody(value) else figure(value.numerator)


def full(value: Value) -> str:
    """The figure with what it is made of: "629", "31 of 44, 70.5%", "70.5%", "nobody had the need", "fewer than 5"."""
    both = pair(value)
    return f"{both}, {brief(value)}" if both and value.percentage is not None else brief(value)


def plotted(value: Value) -> Decimal | None:
    """What a chart draws: the percentage, or the count; None where a pair makes no percentage, and where it is hidden."""
    if value.percentage is not None:
        return value.percentage
    return value.numerator if value.denominator is None else None


@dataclass(frozen=True)
class Change:
    """How a figure moved. `direction`: "up", "down" or "none". `words`: "up 29 (4.4%)", "no change"."""

    direction: str
    words: str
    share: Decimal | None = None  # the size of the move in per cent of where it started, where that says something

    @property
    def arrow(self) -> str:
        return {"up": "↑", "down": "↓"}.get(self.direction, "→")


def change(now: Value, then: Value) -> Change | None:
    """From `then` to `now`: counts in figures and per cent, percentages in points; None where the two can't be compared."""
    moved = change_between(numbers(now), numbers(then))
    if moved is None:
        return None
    share = None if moved.per_cent is None or moved.direction == "none" else abs(moved.per_cent)
    return Change(moved.direction, moved.words, share)


def numbers(value: Value) -> Numbers:
    """A figure as calculation takes it."""
    return Numbers(value.numerator, value.denominator, value.percentage if value.numerator is None else None)
