"""Shares, years to date, profiles and forecasts. Pure: numbers and quarters in, numbers out; summed as Decimal, rounded nowhere.

"Not known" is None: never zero, never a mean of percentages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from lib.numerals import figure, listed, percentage
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


# ---------------------------------------------------------------- which quarters

ANNUAL_WITH = 4  # a measure taken once a year is asked for with the last quarter


def due(frequency: str, quarters: Sequence[Quarter]) -> tuple[Quarter, ...]:
    """Those of `quarters` for which a figure is ever asked: all of them, or Q4 alone for what is measured once a year."""
    return tuple(quarter for quarter in quarters if frequency != "annual" or quarter.number == ANNUAL_WITH)


# ---------------------------------------------------------------- the year's profile

HUNDREDTH = Decimal("0.01")
EVEN = (Decimal(25),) * 4


def share_to_date(profile: Sequence[Decimal] | None, quarter: Quarter) -> Decimal:
    """Per cent of the year's target that falls into its quarters up to this one; 100 without a profile."""
    return HUNDRED if profile is None else sum(profile[: quarter.number], Decimal(0))


def seasonal_shares(figures: Sequence[Numbers | None]) -> tuple[Decimal, ...] | None:
    """Each quarter's share of its year in per cent, unrounded; None unless all four counts are known and come to more than zero."""
    counts = [numbers.numerator for numbers in figures if numbers is not None and numbers.denominator is None]
    known = [count for count in counts if count is not None]
    total = sum(known, Decimal(0))
    if len(known) != 4 or len(figures) != 4 or total <= 0:
        return None
    return tuple(HUNDRED * count / total for count in known)


def rounded_shares(shares: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """To hundredths that still add up to 100: what rounding down leaves over goes to the largest remainders, the earlier first."""
    floors = [share.quantize(HUNDREDTH, rounding=ROUND_FLOOR) for share in shares]
    left = int((HUNDRED - sum(floors, Decimal(0))) / HUNDREDTH)
    neediest = sorted(range(len(floors)), key=lambda place: (floors[place] - shares[place], place))[:left]
    return tuple(floor + HUNDREDTH if place in neediest else floor for place, floor in enumerate(floors))


# ---------------------------------------------------------------- the year's end

# Under twenty so far last year, one case more or less moves the forecast by more than it can tell.
LEAST_BASE = Decimal(20)


@dataclass(frozen=True)
class Forecast:
    """What the year would come to. `number` is None when no forecast is made; `basis` says in words what it rests on, or why there is none."""

    number: Decimal | None
    basis: str


def forecast(quarter: Quarter, figures: Mapping[Quarter, Numbers], *, mode: str, broken: str = "") -> Forecast:
    """The year's end, if the rest of it goes as it did last year: the year to date over last year's share of the same quarters.

    Formula: year to date × last year / last year to date (seasonal shares). Only for what is added up, when no quarter of either year is
    missing. `broken` tells of a series break between the two years, which rules it out.
    """
    if mode != "sum":
        return Forecast(None, "Only what is added up over the year has a forecast")
    if quarter.number == 4:
        return Forecast(None, "The year has ended")
    if broken:
        return Forecast(None, f"No forecast: {broken}")
    so_far = year_to_date(mode, [one for one in quarter.year.quarters if one <= quarter], figures)
    last_year = year_to_date(mode, quarter.year.previous.quarters, figures)
    if gaps := (*so_far.missing, *last_year.missing):
        return Forecast(None, f"No forecast: {listed(map(str, gaps))} {'is' if len(gaps) == 1 else 'are'} not known")
    before = year_to_date(mode, [one.year_ago for one in quarter.year.quarters if one <= quarter], figures)
    now, then, whole = (_count(of) for of in (so_far, before, last_year))
    if then < LEAST_BASE:
        same = "quarter" if quarter.number == 1 else "quarters"
        return Forecast(None, f"No forecast: {figure(then)} in the same {same} of last year is too few to go by")
    span = "Q1" if quarter.number == 1 else f"Q1 to Q{quarter.number}"
    verb = "was" if quarter.number == 1 else "were"
    basis = f"If the rest of the year goes as in {quarter.year.previous}, when {span} {verb} {percentage(HUNDRED * then / whole)} of the year"
    return Forecast(now * whole / then, basis)


def _count(of: YearToDate) -> Decimal:
    assert of.numbers is not None and of.numbers.numerator is not None  # nothing is missing
    return of.numbers.numerator
