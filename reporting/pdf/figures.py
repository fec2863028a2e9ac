"""Figures and their movement as the pack says them. Pure functions: numbers in, words out.

Nothing is judged here: "up" is a direction, not good or bad. Numbers are rounded half up, and only when they are said.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from lib.govuk_tags import figure, percentage
from reporting.snapshots.shape import Value

# What 0 of 0 says. Only need and met has such a pair: a base of 0 is refused everywhere else.
NOBODY = "nobody had the need"
# Under twenty a percentage says more than the figures do: from 1 to 2 is up 1, not "up 100%".
LEAST_BASE = Decimal(20)


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


def brief(value: Value) -> str:
    """The figure in one: "629", "70.5%", "nobody had the need"."""
    if value.percentage is not None:
        return percentage(value.percentage)
    return NOBODY if is_of_nobody(value) else figure(value.numerator)


def full(value: Value) -> str:
    """The figure with what it is made of: "629", "31 of 44, 70.5%", "70.5%", "nobody had the need"."""
    both = pair(value)
    return f"{both}, {brief(value)}" if both and value.percentage is not None else brief(value)


def plotted(value: Value) -> Decimal | None:
    """What a chart draws: the percentage, or the count; None where a pair makes no percentage."""
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
    if now.percentage is not None and then.percentage is not None:
        return _in_points(now.percentage - then.percentage)
    if now.numerator is None or then.numerator is None or now.denominator is not None or then.denominator is not None:
        return None
    return _in_figures(now.numerator - then.numerator, then.numerator)


def _in_points(difference: Decimal) -> Change:
    size = rounded(abs(difference))
    if not size:
        return Change("none", "no change")
    way = "up" if difference > 0 else "down"
    return Change(way, f"{way} {figure(size)} percentage {'point' if size == 1 else 'points'}")


def _in_figures(difference: Decimal, base: Decimal) -> Change:
    if not difference:
        return Change("none", "no change")
    way, size = ("up" if difference > 0 else "down"), abs(difference)
    if base < LEAST_BASE:
        return Change(way, f"{way} {figure(size)}")
    share = 100 * size / base
    said = percentage(share) if rounded(share) else "less than 0.1%"
    return Change(way, f"{way} {figure(size)} ({said})", share)
