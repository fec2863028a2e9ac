"""Finds the row of headings in a sheet, and what each column holds. Pure.

Two layouts are known: long, a row for each indicator and quarter or month; and wide, a row for each indicator and a column for each quarter
or month, whose year may stand in the row above.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.uploads import periods
from lib.quarters import Quarter
from lib.sheets import Cell, Unusable, column_name

LOOKED_AT = 20  # rows, for the headings
Period = Quarter | dt.date  # a quarter, or the first day of a month

REFERENCE, INDICATOR, KEY, VERSION = "reference", "indicator", "key", "version"
YEAR, QUARTER, MONTH = "year", "quarter", "month"
FIGURE, BASE, PERCENTAGE = "figure", "base", "percentage"
PROVISIONAL, SOURCE, TAKEN_ON = "provisional", "source", "taken on"
REASON, NOTE, EXPECTED_ON = "reason", "note", "expected on"
BESIDE = "beside"  # of our own workbook, for looking at

NAMED = {
    REFERENCE: "reference, ref, ref no, indicator ref, indicator reference, indicator no, code, indicator code",
    INDICATOR: "indicator, indicator name, name, name of indicator, measure, kpi, short name, slug",
    KEY: "key",
    VERSION: "version",
    YEAR: "year, financial year, fy",
    QUARTER: "quarter, qtr, period, financial quarter, reporting period, reporting quarter",
    MONTH: "month, calendar month, month ending, month beginning",
    FIGURE: "figure, number, value, count, actual, met, numerator, number met, need met, total, this quarter",
    BASE: "need, base, out of, denominator, number in need, in need, need identified",
    PERCENTAGE: "percentage, per cent, percent, pct, %",
    PROVISIONAL: "provisional, final or provisional, provisional or final, is it final",
    SOURCE: "source, where it is from, data source",
    TAKEN_ON: "taken on, extracted on, date of extraction, extracted, date extracted, date taken",
    REASON: "no figure because, reason, why there is no figure, reason for no figure, reason there is no figure",
    NOTE: "note, notes",
    EXPECTED_ON: "expected on, expected, when expected",
    BESIDE: "what is asked, last quarter, same quarter last year, state",
}
ALIASES = {alias: what for what, aliases in NAMED.items() for alias in aliases.split(", ")}
INDICATORS, NUMBERS = (REFERENCE, INDICATOR), (FIGURE, PERCENTAGE)
_UNSAID = re.compile(r"[^\w%]+")


@dataclass(frozen=True)
class Layout:
    """Where things stand. `columns` holds what is known by name; `periods` the columns of a wide sheet, empty for a long one."""

    row: int  # of the headings; the data begins below
    columns: dict[str, int]
    periods: dict[int, Period]
    unknown: tuple[str, ...]  # headings that mean nothing here

    @property
    def is_wide(self) -> bool:
        return bool(self.periods)


def plain(text: str) -> str:
    """A heading or name for comparing: "Out  of:" and "out of" are the same."""
    return _UNSAID.sub(" ", text.casefold()).strip()


def find(rows: Sequence[Sequence[Cell]]) -> Layout | None:
    """The layout by the first row that is one of headings; None where there is none. Raises Unusable where two columns claim the same."""
    for at in range(min(LOOKED_AT, len(rows))):
        above = rows[at - 1] if at else ()
        if layout := _layout(at, rows[at], above, rows):
            return layout
    return None


def _layout(at: int, row: Sequence[Cell], above: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> Layout | None:
    named: dict[str, list[int]] = defaultdict(list)
    spans: dict[int, Period] = {}
    unknown: list[int] = []
    for column, cell in enumerate(row):
        over = above[column] if above else None
        if period := _period(cell, over):
            spans[column] = period
        elif what := ALIASES.get(plain(cell.line)) or (ALIASES.get(plain(over.line)) if over else None):
            named[what].append(column)
        elif cell.text:
            unknown.append(column)
    if not any(what in named for what in INDICATORS):
        return None
    if not spans and not (any(what in named for what in NUMBERS) and (QUARTER in named or MONTH in named)):
        return None
    if spans and (QUARTER in named or MONTH in named):
        spans, unknown = {}, sorted([*unknown, *spans])  # a long sheet with something beside it
    columns = {what: _one(what, found, row, rows[at + 1 :]) for what, found in named.items()}
    return Layout(at, columns, spans, tuple(row[column].line for column in unknown))


def _period(cell: Cell, over: Cell | None) -> Period | None:
    if cell.kind == "empty":
        return None
    if cell.day:
        return cell.day.replace(day=1)
    if found := periods.quarter(cell.line) or periods.month(cell.line):
        return found
    return periods.in_year(over.line, cell.line) if over and over.text else None


def _one(what: str, found: list[int], row: Sequence[Cell], below: Sequence[Sequence[Cell]]) -> int:
    """The column that holds it. A heading merged over empty columns is one; two with something in them are one too many."""
    if len(found) > 1:
        filled = [column for column in found if any(cells[column].text for cells in below)]
        if len(filled) > 1 and what not in (BESIDE, *INDICATORS):
            names = " and ".join(f"{column_name(column)} (“{row[column].line}”)" for column in filled)
            raise Unusable(f"Columns {names} both mean the {what}. Leave one of them, and upload the file again.")
        found = filled or found
    return found[0]
