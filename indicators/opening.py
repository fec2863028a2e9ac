"""Which quarters can be opened, which year's set a quarter would ask for, and with which dates."""

import datetime as dt
from dataclasses import dataclass

from indicators import deadlines
from indicators.models import Indicator, Round, Target
from lib import numerals
from lib.quarters import Quarter, Year
from priorities.models import Plan


@dataclass(frozen=True)
class SetOf:
    """A year's monitoring set, in counts; `beside`: the context measures that are collected with it."""

    year: Year
    indicators: int
    beside: int


@dataclass(frozen=True)
class Asked:
    """What a quarter would ask for, in counts."""

    indicators: int
    beside: int
    spend: int

    @property
    def words(self) -> str:
        """ "15 indicators, 8 measures beside them and 10 amounts of spend"; empty for nothing."""
        return numerals.listed(
            f"{number} {one if number == 1 else many}"
            for number, one, many in (
                (self.indicators, "indicator", "indicators"),
                (self.beside, "measure beside them", "measures beside them"),
                (self.spend, "amount of spend", "amounts of spend"),
            )
            if number
        )


@dataclass(frozen=True)
class Choices:
    """The quarters of every plan, and of the year before each, that have not been opened; and the likeliest."""

    quarters: tuple[Quarter, ...]
    suggested: Quarter | None


def choices(today: dt.date) -> Choices:
    """Suggested is the one after the latest opened; otherwise the last that has ended."""
    opened = set(Round.objects.values_list("quarter", flat=True))
    free = tuple(quarter for year in years_of_plans() for quarter in year.quarters if quarter not in opened)
    following = [quarter for quarter in free if opened and quarter > max(opened)]
    ended = [quarter for quarter in free if quarter.end < today]
    suggested = following[0] if following else ended[-1] if ended else next(iter(free), None)
    return Choices(free, suggested)


def to_take_over(quarter: Quarter) -> SetOf | None:
    """The set that the quarter's year would take over; None where it has one of its own, or there is none."""
    year = None if Indicator.objects.in_set(quarter.year).exists() else nearest_set(quarter.year)
    if year is None:
        return None
    families = list(Indicator.objects.in_set(year).values_list("family", flat=True))
    beside = families.count(Indicator.Family.CONTEXT)
    return SetOf(year, len(families) - beside, beside)


def asked(quarter: Quarter) -> list[Indicator]:
    """What the quarter would ask for: the indicators of its year's set, or of the one it would take over, and spend."""
    other = to_take_over(quarter)
    found = Indicator.objects.in_set(other.year if other else quarter.year)
    of_set = [indicator for indicator in found if is_asked_in(indicator, quarter)]
    return [*of_set, *Indicator.objects.spending_in(quarter)]


def how_many(quarter: Quarter) -> Asked:
    families = [indicator.family for indicator in asked(quarter)]
    beside, spend = families.count(Indicator.Family.CONTEXT), families.count(Indicator.Family.SPEND)
    return Asked(len(families) - beside - spend, beside, spend)


def is_asked_in(indicator: Indicator, quarter: Quarter) -> bool:
    """An annual measure is asked once, with the last quarter."""
    return indicator.frequency == Indicator.Frequency.QUARTERLY or quarter.number == 4


def has_been(quarter: Quarter, meets_on: dt.date | None, today: dt.date) -> bool:
    """Whether the meeting is over, so that no date can be counted back from it. Before the quarter's end it was not for its pack."""
    return meets_on is not None and quarter.end < meets_on < today


def dates(quarter: Quarter, meets_on: dt.date | None, today: dt.date) -> deadlines.Days:
    """The dates that are suggested on that day; the usual ones where the meeting has become too early since it was named."""
    try:
        return deadlines.work_out(quarter, meets_on, opened_on=today)
    except deadlines.TooEarly:
        return deadlines.from_quarter(quarter, opened_on=today)


def years_of_plans() -> tuple[Year, ...]:
    """The years for which figures are taken: those of every plan, and the one before each, which it is compared with."""
    years: set[Year] = set()
    for plan in Plan.objects.all():
        years |= {plan.years[0].previous, *plan.years}
    return tuple(sorted(years))


def nearest_set(year: Year) -> Year | None:
    """The year nearest to this one that has a set; of two as near, the earlier."""
    return year.nearest({target.year for target in Target.objects.all()})
