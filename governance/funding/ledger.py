"""What each project may cost and has cost: its years, its verified spend by quarter, its latest forecasts. Gathered at once for many."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from governance.funding import sums
from governance.models import Forecast, Project, ProjectYear
from indicators.models import Figure, Return
from lib.quarters import Quarter, Year


@dataclass(frozen=True)
class Line:
    """The money of one project. Amounts in pounds and pence; None is "not known", never nothing."""

    project: Project
    years: Mapping[Year, Decimal] = field(default_factory=dict)  # what of it is for each year; empty: not split
    spent: Mapping[Quarter, Decimal] = field(default_factory=dict)  # verified
    awaited: tuple[Quarter, ...] = ()  # opened and asked for, without a verified amount
    forecasts: Mapping[Year, Forecast] = field(default_factory=dict)  # the latest of each year

    @property
    def amount(self) -> Decimal:
        amount: Decimal = self.project.amount
        return amount

    @property
    def spent_so_far(self) -> Decimal | None:
        return sums.add(self.spent.values()).amount

    @property
    def left(self) -> Decimal | None:
        """Of the whole, after what is verified; less than nothing where more was spent."""
        return sums.less(self.amount, self.spent_so_far)

    @property
    def is_overspent(self) -> bool:
        return self.left is not None and self.left < 0

    def spent_in(self, year: Year) -> Decimal | None:
        """Verified spend of a year; None where no quarter of it is verified."""
        return sums.add(amount for quarter, amount in self.spent.items() if quarter.year == year).amount

    def money_in(self, year: Year) -> Decimal | None:
        """What of it is for a year: all of it where its whole life lies in that year; None where it is not split.

        A year without an amount has nothing where all of the money is in others, or where it lies outside the project's days; otherwise
        what it has is not known yet.
        """
        parts = split(self.project, self.years)
        if year in parts:
            return parts[year]
        is_whole = sums.add(parts.values()).known == self.amount
        return sums.NOTHING if parts and (is_whole or self._lies_outside(year)) else None

    def _lies_outside(self, year: Year) -> bool:
        first, last = self.project.starts_on, self.project.ends_on
        return bool((first and year < Year.of(first)) or (last and Year.of(last) < year))

    def forecast_in(self, year: Year) -> Decimal | None:
        made = self.forecasts.get(year)
        return made.amount if made else None

    def variance_in(self, year: Year) -> Decimal | None:
        """Forecast less the year's money: more than 0 is an overspend; None where one of them is not known."""
        return sums.less(self.forecast_in(year), self.money_in(year))

    def reason_in(self, year: Year) -> str:
        made = self.forecasts.get(year)
        return made.reason if made else ""


def split(project: Project, years: Mapping[Year, Decimal]) -> Mapping[Year, Decimal]:
    """A project's money by year: as somebody split it, or all of it in the one year that holds its whole life; empty where it is not split."""
    first, last = project.starts_on, project.ends_on
    if not years and first and last and Year.of(first) == Year.of(last):
        return {Year.of(first): project.amount}
    return years


def lines(projects: Iterable[Project], *, as_at: dt.datetime | None = None, until: Quarter | None = None) -> list[Line]:
    """A line for each project, in their order, with four queries however many there are.

    `as_at`: what was known then, by time of verification. `until`: quarters after it are left out.
    """
    every = list(projects)
    ids = [project.pk for project in every]
    by_spend = {project.spend_id: project.pk for project in every if project.spend_id is not None}
    years: dict[int, dict[Year, Decimal]] = defaultdict(dict)
    for row in ProjectYear.objects.filter(project__in=ids):
        years[row.project_id][row.year] = row.amount
    forecasts: dict[int, dict[Year, Forecast]] = defaultdict(dict)
    for made in Forecast.objects.known(as_at).filter(project__in=ids).select_related("made_by"):
        forecasts[made.project_id][made.year] = made  # in the order they were made: the latest stays
    spent = _spent(by_spend, as_at, until)
    awaited = _awaited(by_spend, spent, until)
    return [
        Line(project, years[project.pk], spent[project.pk], tuple(sorted(awaited[project.pk])), forecasts[project.pk])
        for project in every
    ]


def _spent(
    by_spend: Mapping[int, int], as_at: dt.datetime | None, until: Quarter | None
) -> dict[int, dict[Quarter, Decimal]]:
    """Verified amounts by project and quarter. One query."""
    figures = Figure.objects.verified(as_at).filter(for_return__indicator__in=list(by_spend))
    if until is not None:
        figures = figures.filter(for_return__round__quarter__lte=until)
    found: dict[int, dict[Quarter, Decimal]] = defaultdict(dict)
    rows = figures.latest_each().values_list("for_return__indicator", "for_return__round__quarter", "numerator")
    for indicator, quarter, amount in rows:
        if amount is not None:
            found[by_spend[indicator]][quarter] = amount.quantize(sums.NOTHING)
    return found


def _awaited(
    by_spend: Mapping[int, int], spent: Mapping[int, Mapping[Quarter, Decimal]], until: Quarter | None
) -> dict[int, set[Quarter]]:
    """Quarters that were asked for and have no verified amount, by project. One query."""
    returns = Return.objects.filter(indicator__in=list(by_spend)).exclude(
        missing_reason=Return.MissingReason.NOT_COLLECTED
    )
    if until is not None:
        returns = returns.filter(round__quarter__lte=until)
    found: dict[int, set[Quarter]] = defaultdict(set)
    for indicator, quarter in returns.values_list("indicator", "round__quarter"):
        project = by_spend[indicator]
        if quarter not in spent.get(project, {}):
            found[project].add(quarter)
    return found
