"""Everything about one project: what it is for, how much it has, how much of it is spent, what is left, what is forecast, when it ends."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts import audit
from accounts.models import User
from governance.funding import ledger, moved, outputs, spending
from governance.funding.forecasting import years_of
from governance.funding.ledger import Line
from governance.funding.moved import Moved
from governance.funding.outputs import OutputLine
from governance.funding.reporting import ReportLine, report_lines
from governance.funding.spending import Spent
from governance.models import Forecast, FundingApplication, Project
from indicators import charts
from indicators.models import Lead
from lib.govuk import Row
from lib.numerals import pounds
from lib.quarters import Quarter, Year
from lib.written import day_year, in_sentence
from priorities.models import Commitment


@dataclass(frozen=True)
class YearPart:
    """One financial year: its money, what was spent of it, what is expected by its end. None is "not known"."""

    year: Year
    money: Decimal | None
    spent: Decimal | None
    left_out: str  # of what is spent: "without Q4"
    forecast: Forecast | None
    variance: Decimal | None
    quarters: tuple[Spent, ...]

    @property
    def variance_words(self) -> str:
        """ "£500 less than the year’s money", "as the year’s money"; empty where one of the two is not known."""
        if self.variance is None:
            return ""
        if not self.variance:
            return "as the year’s money"
        return f"{pounds(abs(self.variance))} {'more' if self.variance > 0 else 'less'} than the year’s money"


@dataclass(frozen=True)
class ProjectPage:
    project: Project
    line: Line
    headline: str
    answers: tuple[Row, ...]
    years: tuple[YearPart, ...]
    until: Quarter  # of the lines of eight quarters
    spend_chart: charts.Quarters
    latest_spent: Spent | None
    moved: tuple[Moved, ...]
    outputs: tuple[OutputLine, ...]
    ended_outputs: tuple[OutputLine, ...]
    reports: tuple[ReportLine, ...]
    commitments: tuple[Commitment, ...]
    application: FundingApplication | None  # in the reader's sight
    givers: tuple[str, ...]  # who gives its spend
    return_quarter: Quarter | None  # the next return to its funder is about
    history: tuple[audit.Line, ...]


def gather(project: Project, user: User, on: dt.date) -> ProjectPage:
    """`project` with stream, spend, priority, body, organisation and application loaded. The number of queries is fixed."""
    (line,) = ledger.lines([project])
    spent = spending.quarters(project, user, on)
    until = last_quarter(project, on)
    counted = outputs.lines(project.outputs.all(), None)
    reports = tuple(report_lines(project, on))
    return ProjectPage(
        project=project,
        line=line,
        headline=headline(line, spent),
        answers=tuple(_answers(line, spent, on)),
        years=tuple(_years(line, spent)),
        until=until,
        spend_chart=moved.spend_chart(line.spent, until),
        latest_spent=next((one for one in reversed(spent) if one.amount is not None), None),
        moved=moved.gather(project, user, until),
        outputs=tuple(one for one in counted if not one.output.ended_because),
        ended_outputs=tuple(one for one in counted if one.output.ended_because),
        reports=reports,
        commitments=tuple(project.commitments.select_related("priority").order_by("year", "order")),
        application=_application(project, user),
        givers=_givers(project, on),
        return_quarter=_return_quarter(project, reports, on),
        history=tuple(audit.lines(audit.history(project))),
    )


def last_quarter(project: Project, on: dt.date) -> Quarter:
    """The last quarter that is over, or its own last one where that came before."""
    over, own = Quarter.of(on).previous, project.asked_until
    return min(over, own) if own else over


def headline(line: Line, spent: Sequence[Spent]) -> str:
    """ "£7,000.10 of £20,000 is spent." and how many quarters that rests on."""
    if line.project.spend_id is None:
        return f"{pounds(line.amount)} in all. {spending.NOBODY}, so how much of it is spent is not known."
    if line.spent_so_far is None:
        return f"None of its {pounds(line.amount)} is verified as spent yet. {spending.how_many(spent)}".strip()
    return f"{pounds(line.spent_so_far)} of {pounds(line.amount)} is spent and verified. {spending.how_many(spent)}".strip()


def _answers(line: Line, spent: Sequence[Spent], on: dt.date) -> list[Row]:
    return [
        Row("What it is for", line.project.purpose or "Not said yet"),
        Row("Money", f"{pounds(line.amount)} for the whole of its life"),
        Row("Spent", spent_words(line, spent)),
        Row("Left", left_words(line, spent)),
        Row("Forecast", forecast_words(line, on)),
        Row("Ends", ends_words(line.project, on)),
    ]


def spent_words(line: Line, spent: Sequence[Spent]) -> str:
    """ "£4,100.50, verified, without 2017-18 Q4"."""
    if line.project.spend_id is None:
        return f"Not known: {in_sentence(spending.NOBODY)}"
    if line.spent_so_far is None:
        return "Nothing is verified yet"
    without = spending.left_out(spending.awaited(spent))
    return f"{pounds(line.spent_so_far)}, verified{f', {without}' if without else ''}"


def left_words(line: Line, spent: Sequence[Spent]) -> str:
    """Of the whole: at most that much while an amount is awaited."""
    left = line.left
    if left is None:
        return "Not known"
    if left < 0:
        return f"Nothing: {pounds(-left)} more was spent than it has"
    return f"{pounds(left)} at most" if left and spending.awaited(spent) else pounds(left)


def forecast_words(line: Line, on: dt.date) -> str:
    """Of this year, else of the latest year that has one."""
    if not line.forecasts:
        return "None has been given yet"
    year = Year.of(on) if Year.of(on) in line.forecasts else max(line.forecasts)
    return f"{pounds(line.forecasts[year].amount)} in {year}"


def ends_words(project: Project, on: dt.date) -> str:
    if project.closed_on:
        return f"Closed on {day_year(project.closed_on)}"
    if project.ends_on is None:
        return "Its last day is not known"
    return f"{day_year(project.ends_on)}{', and so it is over' if project.ends_on < on else ''}"


def _years(line: Line, spent: Sequence[Spent]) -> list[YearPart]:
    by_year: dict[Year, list[Spent]] = defaultdict(list)
    for one in spent:
        by_year[one.quarter.year].append(one)
    return [
        YearPart(
            year=year,
            money=line.money_in(year),
            spent=line.spent_in(year),
            left_out=spending.left_out(spending.awaited(spent), year),
            forecast=line.forecasts.get(year),
            variance=line.variance_in(year),
            quarters=tuple(by_year[year]),
        )
        for year in sorted({*years_of(line), *by_year})
    ]


def _application(project: Project, user: User) -> FundingApplication | None:
    if project.application_id is None:
        return None
    seen = FundingApplication.objects.visible_to(user).filter(pk=project.application_id).select_related("body")
    return seen.first()


def _givers(project: Project, on: dt.date) -> tuple[str, ...]:
    if project.spend_id is None:
        return ()
    leads = Lead.objects.not_over(on).filter(indicator=project.spend_id, duty=Lead.Duty.DATA, user__is_active=True)
    return tuple(lead.user.label for lead in leads.select_related("user").order_by("starts_on", "pk"))


def _return_quarter(project: Project, reports: Sequence[ReportLine], on: dt.date) -> Quarter | None:
    """What the next report tells about; without one, the last quarter that is over. None before any is."""
    awaited = [line.report.until_quarter for line in reports if line.report.is_open]
    if awaited:
        return min(awaited)
    last = last_quarter(project, on)
    return None if project.starts_on and last < Quarter.of(project.starts_on) else last
