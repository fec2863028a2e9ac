"""Shares and years to date. Pure: numbers and quarters in, numbers out; summed as Decimal, rounded nowhere.

"Not known" is None: never zero, never a mean of percentages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lib.quarters import Quarter

HUNDRED = Decimal(100)


def share(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """100 × numerator / denominator, unrounded; None when either is not known or the denominator is zero."""
    if numerator is None or not denominator:
        return None
    return HUNDRED * numerator / denominator


@dataclass(frozen=True)
class Numbers:
    """What one quarter's figure holds: a count (numerator), a pair (both), or a stated percentage without its base."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    stated: Decimal | None = None

    @property
    def percentage(self) -> Decimal | None:
        """The share of a pair, or the stated one; None for a count and where the denominator is zero."""
        return self.stated if self.stated is not None else share(self.numerator, self.denominator)


@dataclass(frozen=True)
class YearToDate:
    """The quarters asked for, as one.

    `numbers` is None when nothing can be said. `through` is the last quarter that has a figure; `missing` are those asked for that have
    none; `is_complete` says that none is missing from the first quarter to `through`. Nothing missing and no numbers means that the
    figures can't be put together: stated percentages have no base to pool.
    """

    numbers: Numbers | None
    through: Quarter | None
    is_complete: bool
    missing: tuple[Quarter, ...]


def year_to_date(mode: str, quarters: Sequence[Quarter], figures: Mapping[Quarter, Numbers]) -> YearToDate:
    """The year so far over `quarters` (of one year, in order), from the figures known; figures of other quarters are left out.

    `mode`: "sum": numerators added up. "pooled": 100 × sum of numerators / sum of denominators. "latest": the last quarter that has a
    figure stands for the year. A quarter without a figure is named in `missing` and adds nothing.
    """
    known = [quarter for quarter in quarters if quarter in figures]
    missing = tuple(quarter for quarter in quarters if quarter not in figures)
    if not known:
        return YearToDate(None, None, False, missing)
    through = known[-1]
    return YearToDate(
        numbers=_together(mode, [figures[quarter] for quarter in known]),
        through=through,
        is_complete=not any(quarter < through for quarter in missing),
        missing=missing,
    )


def _together(mode: str, figures: Sequence[Numbers]) -> Numbers | None:
    if mode == "latest":
        return figures[-1]
    if mode not in ("sum", "pooled"):
        raise ValueError(f"There is no year to date called {mode!r}")
    if len(figures) == 1:
        return figures[0]
    numerators = [figure.numerator for figure in figures if figure.numerator is not None]
    if len(numerators) < len(figures):
        return None  # a stated percentage
    total = sum(numerators, Decimal(0))
    if mode == "sum":
        return Numbers(total)
    denominators = [figure.denominator for figure in figures if figure.denominator is not None]
    if len(denominators) < len(figures):
        return None
    return Numbers(total, sum(denominators, Decimal(0)))
