"""The money as a workbook: a sheet for each kind of row, amounts as exact numbers to the penny, and what is not known left empty and told in a sheet of notes."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from governance.funding import held, notes, results
from governance.funding.held import Held
from governance.funding.ledger import Line
from governance.funding.saying import NOT_ASKED
from governance.models import FundingApplication
from lib.numerals import listed
from lib.quarters import Quarter, Year
from lib.sheets import Column, Table
from lib.sheets import workbook as made
from lib.sheets.values import Value
from lib.written import moment

MONEY: dict[str, Any] = {"kind": "number", "places": 2, "width": 15}
DAY: dict[str, Any] = {"kind": "date", "width": 13}
SAMPLE, PARTS = "Sample", "Sample in parts"
Rows = list[Sequence[Value]]


def of(user: User, now: dt.datetime, asked: str) -> tuple[bytes, str]:
    """The file, as this person may see it, and its name, with the year its forecasts are of. The number of queries doesn't grow with the rows."""
    money = held.gather(user, timezone.localdate(now))
    year = money.year(asked)
    moved = results.names(one for line in money.projects.lines for one in line.project.indicators.all())
    applications = list(_seen(user))
    tables = [
        _streams(money),
        _years(money),
        _projects(money, year, moved),
        _applications(applications),
        _posts(money),
        _changes(money),
        _notes(money, year, now),
    ]
    is_sample = money.holds_sample or any(one.is_sample for one in applications)
    return made("Money", tables), f"{'sample-' if is_sample else ''}money-{year}.xlsx"


def _table(name: str, columns: Iterable[tuple[str, dict[str, Any]]], rows: Rows, *, frozen: int = 1) -> Table:
    return Table(name, tuple(Column(heading, **look) for heading, look in columns), rows, frozen_columns=frozen)


def _streams(money: Held) -> Table:
    columns = [
        ("Stream", {"width": 44}),
        ("Funder", {"width": 34}),
        ("Programme", {"width": 26}),
        ("Terms", {"width": 44}),
        ("Amount (£)", MONEY),
        ("First day", DAY),
        ("Last day", DAY),
        ("Given to projects (£)", MONEY),
        ("Verified as spent (£)", MONEY),
        ("Printed in", {"width": 26}),
        ("Sample", {}),
    ]
    rows: Rows = [
        [
            line.stream.name,
            line.stream.funder,
            line.stream.programme,
            line.stream.terms,
            line.whole,
            line.stream.starts_on,
            line.stream.ends_on,
            line.projects.given.amount,
            line.projects.spent.amount,
            line.stream.source,
            SAMPLE if line.stream.is_sample else "",
        ]
        for line in money.streams
    ]
    return _table("Streams", columns, rows)


def _years(money: Held) -> Table:
    """What is held of each stream and year; a year without a row is not split, not known or not a year of the stream."""
    columns = [
        ("Stream", {"width": 44}),
        ("Year", {"width": 11}),
        ("Team", {"width": 30, "note": "What of the stream is set aside for it; empty: the whole stream’s"}),
        ("Amount (£)", MONEY),
        ("Note", {"width": 48}),
    ]
    rows: Rows = [
        [line.stream.name, str(row.year), row.team, row.amount, row.note]
        for line in money.streams
        for row in sorted(line.rows, key=lambda row: (row.year, row.team))
    ]
    return _table("Years", columns, rows)


def _projects(money: Held, year: Year, moved: dict[int, str]) -> Table:
    years, quarters = list(money.years), _quarters_of(money)
    columns = [
        ("Project", {"width": 44}),
        ("Stream", {"width": 36}),
        ("Theme", {"width": 26}),
        ("Priority", {"width": 10}),
        ("Lead body", {"width": 24}),
        ("Organisation", {"width": 24}),
        ("Team", {"width": 24}),
        ("Meant to move", {"width": 20}),
        ("Amount (£)", MONEY),
        *((f"For {one} (£)", MONEY) for one in years),
        *((f"Spent in {one} (£)", MONEY) for one in quarters),
        ("Verified as spent (£)", MONEY),
        ("Not spent yet (£)", MONEY),
        (f"Forecast for {year} (£)", MONEY),
        (f"Forecast less the money of {year} (£)", MONEY),
        ("Reason", {"width": 36}),
        ("First day", DAY),
        ("Last day", DAY),
        ("Closed on", DAY),
        ("Closed because", {"width": 30}),
        ("Spend", {"width": 18}),
        ("Sample", {"width": 16}),
    ]
    rows: Rows = [_project(line, money.on, year, years, quarters, moved) for line in money.projects.lines]
    return _table("Projects", columns, rows)


def _project(
    line: Line, on: dt.date, year: Year, years: list[Year], quarters: list[Quarter], moved: dict[int, str]
) -> list[Value]:
    project = line.project
    return [
        project.name,
        project.stream.name,
        project.theme,
        project.priority.letter if project.priority else "",
        project.lead_body.name if project.lead_body else "",
        project.organisation.name_on(on) if project.organisation else "",
        project.team,
        listed(moved[one.pk] for one in project.indicators.all()),
        line.amount,
        *(line.money_in(one) for one in years),
        *(line.spent.get(quarter) for quarter in quarters),
        line.spent_so_far,
        line.left,
        line.forecast_in(year),
        line.variance_in(year),
        line.reason_in(year),
        project.starts_on,
        project.ends_on,
        project.closed_on,
        project.closed_because,
        NOT_ASKED if project.spend_id is None else f"{len(line.awaited)} awaited" if line.awaited else "",
        SAMPLE if project.is_sample else PARTS if project.has_sample_parts else "",
    ]


def _quarters_of(money: Held) -> list[Quarter]:
    """From the first with a verified amount to the last; one between them without any is there too."""
    spent = {quarter for line in money.projects.lines for quarter in line.spent}
    if not spent:
        return []
    first, last = min(spent), max(spent)
    return [
        quarter
        for begins in range(first.year_begins, last.year_begins + 1)
        for quarter in Year(begins).quarters
        if first <= quarter <= last
    ]


def _seen(user: User) -> QuerySet[FundingApplication]:
    seen = FundingApplication.objects.visible_to(user).select_related("body", "stream", "priority")
    return seen.prefetch_related("years")


def _applications(applications: Iterable[FundingApplication]) -> Table:
    columns = [
        ("Application", {"width": 14}),
        ("Title", {"width": 44}),
        ("Body", {"width": 30}),
        ("State", {"width": 22}),
        ("Year", {"width": 11}),
        ("Asked for (£)", MONEY),
        ("Agreed (£)", MONEY),
        ("Stream", {"width": 36}),
        ("Priority", {"width": 10}),
        ("First day", DAY),
        ("Last day", DAY),
        ("Match funding (£)", {**MONEY, "note": "Of the whole application, not of the year"}),
        ("Match funding from", {"width": 26}),
        ("Decided on", DAY),
        ("Sample", {}),
    ]
    rows: Rows = [
        [
            one.reference,
            one.title,
            one.body.name,
            one.get_state_display(),
            str(part.year) if part else "",
            part.amount if part else None,
            part.agreed if part else None,
            one.stream.name if one.stream else "",
            one.priority.letter if one.priority else "",
            one.starts_on,
            one.ends_on,
            one.match_amount,
            one.match_from,
            one.decided_on,
            SAMPLE if one.is_sample else "",
        ]
        for one in applications
        for part in (list(one.years.all()) or [None])
    ]
    return _table("Applications", columns, rows, frozen=2)


def _posts(money: Held) -> Table:
    columns = [
        ("Posts", {"width": 40}),
        ("Number", {"kind": "number", "places": 0}),
        ("Who they are", {"width": 24}),
        ("For", {"width": 48}),
        ("Stream", {"width": 36}),
        ("Directed by", {"width": 28}),
        ("Priority", {"width": 10}),
        ("First day", DAY),
        ("Last day", DAY),
        ("Printed in", {"width": 26}),
        ("Sample", {}),
    ]
    rows: Rows = [
        [
            one.name,
            one.number,
            one.posts,
            one.what_for,
            one.stream.name if one.stream else "",
            one.body.name if one.body else "",
            one.priority.letter if one.priority else "",
            one.starts_on,
            one.ends_on,
            one.source,
            SAMPLE if one.is_sample else "",
        ]
        for one in money.posts
    ]
    return _table("Posts", columns, rows)


def _changes(money: Held) -> Table:
    columns = [
        ("Year", {"width": 11}),
        ("Kind", {"width": 11}),
        ("For", {"width": 48}),
        ("Amount (£)", {**MONEY, "note": "A saving is less than nothing, so that the column can be added up"}),
        ("Stream", {"width": 36, "note": "Its amount is what is left after the saving"}),
        ("Priority", {"width": 10}),
        ("Printed in", {"width": 26}),
        ("Sample", {}),
    ]
    rows: Rows = [
        [
            str(one.year),
            one.get_kind_display(),
            one.what_for,
            one.signed,
            one.stream.name if one.stream else "",
            one.priority.letter if one.priority else "",
            one.source,
            SAMPLE if one.is_sample else "",
        ]
        for one in money.changes
    ]
    return _table("Growth and savings", columns, rows)


def _notes(money: Held, year: Year, now: dt.datetime) -> Table:
    said: list[tuple[str, str]] = [
        ("When it was made", f"{moment(now)}. What was verified and entered until then is in it."),
        (
            "Empty cells",
            "What is not known is left empty: it is not £0. A sum for several years that is not split is in no year’s column.",
        ),
        ("Spend", "Verified amounts only, as they stand now; restated ones as they were restated."),
        (
            "Not spent yet",
            "The whole amount less what is verified as spent: at most that, where spend is awaited. Of a closed project it is what was not spent.",
        ),
        ("Forecast", f"Of {year}; the latest that was given. More than the year’s money is an overspend."),
    ]
    if money.holds_sample:
        said.append(
            (
                "Sample",
                "Rows marked “Sample” were made up to show how this works. Of projects marked “Sample in parts” only the amount "
                "for the whole of their life is real: how it is split by year, who delivers the project and what it serves, "
                "spends and promises were made up.",
            )
        )
    said += notes.every(money)
    return _table("Notes", [("About", {"width": 40}), ("Note", {"width": 110})], [list(one) for one in said])
