"""One row of a plan's sheet, cell by cell: what each means, or the sentence why it can't be taken."""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any

from governance.models import Brag
from governance.plan_sheets import columns
from governance.plan_sheets.columns import (
    COLOUR,
    COMMITMENT,
    DONE,
    DUE,
    INDICATORS,
    LONGEST,
    MOVED,
    NEXT,
    OUTCOME,
    PERSON,
    QUARTER,
    REFERENCE,
    STARTS,
    TITLE,
    VERSION,
    Layout,
)
from governance.plan_sheets.naming import Known
from governance.plan_sheets.offers import Offer, Place, Refusal
from indicators.uploads import periods
from indicators.uploads.headings import plain
from lib import written
from lib.quarters import Quarter
from lib.sheets import EMPTY, Cell

FORMULA = "This cell holds a formula. Put in its place what it comes to, and upload the file again"
COLOURS = {plain(name): str(brag) for brag in Brag for name in (brag.value, brag.label)}
COLOUR_NAMES = tuple(brag.value.capitalize() for brag in Brag)
SHOWN = 60  # characters of a cell in a sentence
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)", re.ASCII)
_APART = re.compile(r"[,;\n]+")
_SEEN = re.compile(r"(\d{1,9})/(\d{1,9})", re.ASCII)
LONG = (DONE, NEXT)  # in which lines are kept


class Refused(Exception):
    """A cell can't be taken. `field` is the column it stands in."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field

    @property
    def sentence(self) -> str:
        why = str(self)
        return why if why.endswith((".", "?", "!")) else f"{why}."


class Row:
    """One row being read; `refusals` are what could not be taken of it. `known` is None for the sheet of milestones."""

    def __init__(
        self, at: int, cells: Sequence[Cell], layout: Layout, known: Known | None, quarter: Quarter | None
    ) -> None:
        self.at, self.cells, self.layout, self.known, self.quarter = at, cells, layout, known, quarter
        self.refusals: list[Refusal] = []

    def cell(self, field: str) -> Cell:
        column = self.layout.columns.get(field)
        return EMPTY if column is None else self.cells[column]

    def place(self, field: str) -> Place:
        """Where a field stands; the row's first known cell where the sheet has no such column."""
        column = self.layout.columns.get(field, min(self.layout.columns.values()))
        return Place(self.layout.sheet, self.at, column)

    @property
    def label(self) -> str:
        return f"{self.cell(REFERENCE).line} {self.cell(TITLE).line}".strip()

    def offer(self) -> Offer:
        """Everything that could be read of the row; what could not is in `refusals`."""
        fields: dict[str, Any] = {}
        for name in (*columns.AGREED, *columns.REPORTED, *columns.PROPOSED):
            if name in self.layout.columns:
                self._take(name, fields)
        for check in (self._check_reference, self._check_quarter):
            try:
                check()
            except Refused as refused:
                self._refuse(refused)
        return Offer(
            place=self.place(REFERENCE),
            reference=self.cell(REFERENCE).line,
            title=self.cell(TITLE).line,
            fields=fields,
            places={name: self.place(name) for name in fields},
            seen=self._seen(),
        )

    def _take(self, name: str, fields: dict[str, Any]) -> None:
        readers: dict[str, Callable[[], Any]] = {
            COMMITMENT: lambda: self._one(COMMITMENT, "commitment of this plan’s year"),
            OUTCOME: lambda: self._one(OUTCOME, "outcome of the plan"),
            INDICATORS: self._indicators,
            PERSON: self._person,
            STARTS: lambda: self.day(STARTS),
            DUE: lambda: self.day(DUE),
            MOVED: lambda: self.day(MOVED),
            COLOUR: self._colour,
        }
        try:
            fields[name] = readers[name]() if name in readers else self.text(name)
        except Refused as refused:
            self._refuse(refused)

    def _refuse(self, refused: Refused) -> None:
        typed = self.cell(refused.field)
        self.refusals.append(
            Refusal(
                self.place(refused.field),
                refused.field,
                self.label,
                (typed.formula or typed.line)[:SHOWN],
                refused.sentence,
            )
        )

    # ------------------------------------------------------------ kinds of cells

    def _plain(self, field: str) -> Cell:
        cell = self.cell(field)
        if cell.formula:
            raise Refused(field, FORMULA)
        if cell.kind == "error":
            raise Refused(field, f"The cell holds an error, “{cell.line[:20]}”. Put in its place what it should be")
        return cell

    def text(self, field: str) -> str:
        cell, most = self._plain(field), LONGEST[field]
        said = cell.text if field in LONG else cell.line
        if len(said) > most:
            raise Refused(
                field, f"{columns.HEADINGS[field]} must be {most:,} characters or fewer; this has {len(said):,}"
            )
        return said

    def day(self, field: str) -> dt.date | None:
        cell = self._plain(field)
        if not cell.text:
            return None
        day = cell.day or periods.day(cell.line)
        if day is None:
            raise Refused(field, _no_such_day(cell.line))
        return day

    def _colour(self) -> str:
        cell = self._plain(COLOUR)
        if not cell.text:
            return ""
        if found := COLOURS.get(plain(cell.line)):
            return found
        raise Refused(COLOUR, f"“{cell.line[:SHOWN]}” is not one of the colours: {written.listed(COLOUR_NAMES)}")

    def _one(self, field: str, what: str) -> int | None:
        cell = self._plain(field)
        if not cell.text:
            return None
        assert self.known
        named = self.known.commitments if field == COMMITMENT else self.known.outcomes
        found = named.get(plain(cell.line), set())
        if not found:
            raise Refused(
                field,
                f"“{cell.line[:SHOWN]}” is not the key or the words of a{'n' if what[0] in 'aeiou' else ''} {what}",
            )
        if len(found) > 1:
            raise Refused(field, f"“{cell.line[:SHOWN]}” stands for more than one. Give its key")
        return next(iter(found))

    def _indicators(self) -> tuple[int, ...]:
        cell = self._plain(INDICATORS)
        assert self.known
        found: set[int] = set()
        for name in filter(None, (part.strip() for part in _APART.split(cell.text))):
            named = self.known.indicators(name)
            if len(named) != 1:
                why = (
                    "names more than one indicator: give its reference"
                    if named
                    else "is not the reference of an indicator you can see"
                )
                raise Refused(INDICATORS, f"“{name[:SHOWN]}” {why}")
            found.add(named[0])
        return tuple(sorted(found))

    def _person(self) -> int | None:
        cell = self._plain(PERSON)
        if not cell.text:
            return None
        assert self.known
        person = self.known.people.get(cell.line.casefold())
        if person is None:
            raise Refused(
                PERSON,
                f"Nobody with the address “{cell.line[:SHOWN]}” has an account here. Give the post alone, or ask for an account",
            )
        found: int = person.pk
        return found

    # ------------------------------------------------------------ the row itself

    def _check_reference(self) -> None:
        self._plain(REFERENCE)

    def _check_quarter(self) -> None:
        cell = self._plain(QUARTER)
        if not cell.text or self.quarter is None:
            return
        of = periods.quarter(cell.line)
        if of is None:
            raise Refused(QUARTER, f"“{cell.line[:SHOWN]}” is not a quarter like {self.quarter}")
        if of != self.quarter:
            raise Refused(QUARTER, f"This row is about {of}, and you chose {self.quarter}")

    def _seen(self) -> tuple[int, int] | None:
        match = _SEEN.fullmatch(self.cell(VERSION).line)
        return (int(match[1]), int(match[2])) if match else None


def _no_such_day(typed: str) -> str:
    """Says what is wrong with it: a day that the month has not, or no day at all."""
    said = typed[:SHOWN]
    if match := _NUMBERS.fullmatch(typed):
        day, month, year = map(int, match.groups())
        year += 2000 if year < 100 else 0
        if 1 <= month <= 12 and day and year:
            last = calendar.monthrange(year, month)[1]
            if day > last:
                of = f" {year}" if month == 2 else ""
                return f"“{said}” doesn’t exist: {calendar.month_name[month]}{of} has {last} days"
    return f"“{said}” is not a day like 25/04/2018, day first"
