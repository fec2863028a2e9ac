"""What the pages show on which a project reports: the years of its forecast, the quarters of its outputs, its funder's days."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from governance.funding import ledger, outputs, spending
from governance.funding.forecasting import years_of
from governance.funding.ledger import Line
from governance.funding.outputs import OutputLine
from governance.models import Forecast, FunderReport, Project
from indicators.wording import days_late
from lib.numerals import in_words
from lib.owed import stage
from lib.quarters import Quarter, Year
from lib.written import capitalised, day_year

SHOWN = 8  # quarters to choose from at once


@dataclass(frozen=True)
class ForecastPage:
    line: Line
    year: Year
    years: tuple[Year, ...]
    history: tuple[Forecast, ...]  # of the year, latest first

    @property
    def money(self) -> Decimal | None:
        return self.line.money_in(self.year)

    @property
    def spent(self) -> Decimal | None:
        return self.line.spent_in(self.year)

    @property
    def left_out(self) -> str:
        """Of what is spent: "without Q4"."""
        return spending.left_out(self.line.awaited, self.year)

    @property
    def others(self) -> tuple[Year, ...]:
        return tuple(year for year in self.years if year != self.year)


@dataclass(frozen=True)
class OutputsPage:
    """`quarter` is None before any is over or begun."""

    quarter: Quarter | None
    quarters: tuple[Quarter, ...]  # to choose from, oldest first
    lines: tuple[OutputLine, ...]

    @property
    def others(self) -> tuple[Quarter, ...]:
        return tuple(quarter for quarter in self.quarters if quarter != self.quarter)

    @property
    def headline(self) -> str:
        """ "One of two outputs is counted in 2017-18 Q4."."""
        asked = [line for line in self.lines if not line.output.ended_because]
        counted = sum(self.quarter in line.counts for line in asked)
        return f"{how_many(counted, len(asked), 'output', 'counted')} in {self.quarter}."


@dataclass(frozen=True)
class ReportLine:
    report: FunderReport
    state: str  # "Overdue", "Due", "Sent", "No longer wanted"
    late: str  # "3 working days"
    return_quarter: Quarter | None  # the return that there can be for it


def forecast_page(project: Project, asked: str, on: dt.date) -> ForecastPage | None:
    """Of the year asked for ("2017-18"), else of this one, else of the nearest; None where no year of the project is known.

    Raises ValueError for anything that is no year of it.
    """
    year = Year.parse(asked) if asked else None
    (line,) = ledger.lines([project])
    years = years_of(line)
    if year is not None and year not in years:
        raise ValueError(f"{project} has no {year}")
    chosen = year or Year.of(on).nearest(years)
    if chosen is None:
        return None
    made = Forecast.objects.filter(project=project, year=chosen).select_related("made_by")
    return ForecastPage(line, chosen, tuple(years), tuple(made.order_by("-made_at", "-pk")))


def outputs_page(project: Project, asked: str, on: dt.date) -> OutputsPage:
    """Of the quarter asked for ("2017-18-q4"), else of the last that is over. Raises ValueError for one that nothing can be counted in."""
    quarter = Quarter.parse(asked) if asked else None
    quarters = quarters_to_count(project, on)
    if quarter is not None and quarter not in quarters:
        raise ValueError(f"{project} counts nothing in {quarter}")
    over = [one for one in quarters if one.end < on]
    chosen = quarter or (over[-1] if over else quarters[-1] if quarters else None)
    lines = outputs.lines(project.outputs.all())
    return OutputsPage(chosen, tuple(quarters), tuple(lines))


def quarters_to_count(project: Project, on: dt.date) -> list[Quarter]:
    """From its first to its last, as far as they have begun; the last eight of them where its days are not known."""
    now, own = Quarter.of(on), project.asked_until
    last = min(now, own) if own else now
    first = Quarter.of(project.starts_on) if project.starts_on else last.plus(1 - SHOWN)
    found = []
    while first <= last:
        found.append(first)
        first = first.next
    return found


def quarters_to_report(project: Project, on: dt.date) -> list[Quarter]:
    """Those that a report may tell about: from its first quarter, or this year's, to its last, or two years on."""
    first = Quarter.of(project.starts_on) if project.starts_on else Year.of(on).previous.quarters[0]
    last = project.asked_until or Quarter.of(on).plus(SHOWN)
    found = []
    while first <= last:
        found.append(first)
        first = first.next
    return found


def report_lines(project: Project, on: dt.date) -> list[ReportLine]:
    """In the order of their days."""
    return [_report(one, on) for one in project.funder_reports.select_related("sent_by").order_by("due_on")]


def headline(lines: Sequence[ReportLine]) -> str:
    """ "One of two reports is sent. The next is due on 31 May 2018."."""
    wanted = [line.report for line in lines if not line.report.dropped_because]
    if not wanted:
        return "No day is set on which the funder wants to hear of it."
    awaited = [report.due_on for report in wanted if report.is_open]
    said = f"{how_many(len(wanted) - len(awaited), len(wanted), 'report', 'sent')}."
    return f"{said} The next is due on {day_year(min(awaited))}." if awaited else said


def how_many(there: int, every: int, thing: str, done: str) -> str:
    """ "Two of three reports are sent", "None of two outputs is counted", "Both reports are sent", "The one report is not sent"."""
    if every == 1:
        return f"The one {thing} is {'' if there else 'not '}{done}"
    if there == every:
        return f"{'Both' if every == 2 else f'All {in_words(every)}'} {thing}s are {done}"
    some = capitalised(in_words(there)) if there else "None"
    return f"{some} of {in_words(every)} {thing}s {'is' if there < 2 else 'are'} {done}"


def _report(report: FunderReport, on: dt.date) -> ReportLine:
    quarter: Quarter = report.until_quarter
    there = quarter if quarter.start <= on else None
    if report.sent_on:
        return ReportLine(report, "Sent", "", there)
    if report.dropped_because:
        return ReportLine(report, "No longer wanted", "", None)
    if stage(report.due_on, on) == "overdue":
        return ReportLine(report, "Overdue", days_late(report.due_on, on), there)
    return ReportLine(report, "Due", "", there)
