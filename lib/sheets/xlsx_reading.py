"""Reading XLSX: one pass over each sheet, cell by cell, holding nothing but the cells that have something in them.

Values are taken as they are stored and shown by their number format. A formula is kept as it is written, next to what the spreadsheet
worked out last; nothing is ever worked out here.
"""

import datetime as dt
import re
import sys
from decimal import Decimal

from lib.sheets import parts as other
from lib.sheets.formats import GENERAL, Format, day_of, exact, length_of, percentage
from lib.sheets.formula import moved
from lib.sheets.grid import (
    EMPTY,
    MOST_COLUMNS,
    NOT_READ,
    NOTHING,
    TOO_LONG,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    Cell,
    Sheet,
    Tally,
    Unusable,
    column_of,
    oblong,
    tidied,
)
from lib.sheets.xml import Count, parse
from lib.sheets.zip_guard import Parts

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MOST_MERGED = 20_000
MOST_KNOWN = 5_000  # cells that the next alike will be the same as; a table repeats itself near by
LONGEST_KNOWN = 100  # characters
_CELL = sys.getsizeof(Cell("")) + 24  # with its place in the row
_DECIMAL = sys.getsizeof(Decimal(1)) + 8
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def sheets_of(parts: Parts, tally: Tally) -> tuple[Sheet, ...]:
    count = Count()
    contents = other.contents(parts, count)
    if not contents.sheets:
        raise Unusable(NOTHING)
    formats = other.formats(parts, count)
    shared = other.shared_strings(parts, count, tally)
    made: list[Sheet] = []
    for name, is_hidden, part in contents.sheets:
        if part not in parts:
            raise Unusable(NOT_READ)
        reader = _Reader(shared, formats, contents.starts_1904, tally)
        parse(parts.chunks(part), count, start=reader.start, end=reader.end, text=reader.text)
        made.append(Sheet(name, is_hidden, reader.rows()))
    if not any(sheet.rows for sheet in made):
        raise Unusable(NOTHING)
    return tuple(made)


class _Reader:
    """Takes the elements of one sheet as they come."""

    def __init__(self, shared: list[Cell], formats: list[Format], starts_1904: bool, tally: Tally) -> None:
        self.shared, self.formats, self.starts_1904, self.tally = shared, formats, starts_1904, tally
        self.done: list[tuple[Cell, ...]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.known: dict[tuple[str, str, str], Cell] = {}
        self.at_row = self.at_column = 0
        self.row: dict[int, Cell] = {}
        self.inside = False
        self.type = self.style = self.value = self.formula = ""
        self.has_formula = False
        self.group = ""  # of formulas filled down or across: only the first of them is written out
        self.groups: dict[str, tuple[str, int, int]] = {}
        self.pieces: list[str] | None = None
        self.length = 0
        self.phonetic = False

    # ------------------------------------------------------------ elements
    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.inside = True
            reference = attributes.get("r")
            self.at_column = _place(reference)[1] if reference else self.at_column + 1
            self.type = attributes.get("t", "n")
            self.style = attributes.get("s", "")
            self.value = self.formula = ""
            self.has_formula = False
        elif name == "row":
            at = attributes.get("r", "")
            following = int(at) if at.isdecimal() and len(at) < 8 else self.at_row + 1
            if not self.at_row < following <= LAST_ROW:
                raise Unusable(NOT_READ)
            self.at_row, self.at_column, self.row = following, 0, {}
        elif not self.inside:
            if name == "mergeCell":
                self._merge(attributes.get("ref", ""))
        elif name in ("v", "f") or (name == "t" and not self.phonetic):
            self.pieces = []
            if name == "f":
                self.has_formula = True
                self.group = attributes.get("si", "") if attributes.get("t") == "shared" else ""
        elif name == "rPh":
            self.phonetic = True

    def text(self, piece: str) -> None:
        if self.pieces is not None:
            self.length += len(piece)
            if self.length > other.MOST_WRITTEN:
                raise Unusable(TOO_LONG)
            self.pieces.append(piece)

    def end(self, name: str) -> None:
        if name in ("v", "t", "f") and self.pieces is not None:
            written = "".join(self.pieces)
            if name == "f":
                self.formula = written
            else:
                self.value += written
            self.pieces = None
        elif name == "rPh":
            self.phonetic = False
        elif name == "c":
            self.inside = False
            self.length = 0
            if self.value or self.has_formula:
                self._take()
        elif name == "row" and self.row:
            gap = self.at_row - len(self.done) - 1
            self.tally.row(gap + 1)
            self.done.extend([()] * gap)
            width = max(self.row)
            self.done.append(tuple(self.row.get(column, EMPTY) for column in range(1, width + 1)))

    # ------------------------------------------------------------ cells
    def _take(self) -> None:
        if self.has_formula:
            cell = self._formula()
        elif self.type == "s":
            cell = self._shared()
        else:
            key = (self.type, self.style, self.value)
            found = self.known.get(key)
            if found is None:
                found = self._made()
                self._weigh(found)
                if len(self.known) >= MOST_KNOWN:
                    self.known.clear()
                if len(self.value) < LONGEST_KNOWN:
                    self.known[key] = found
            cell = found
        if cell.kind == "empty":
            return
        if self.at_column > MOST_COLUMNS:
            raise Unusable(TOO_MANY_COLUMNS)
        if not self.at_row:
            raise Unusable(NOT_READ)
        self.tally.cell()
        self.row[self.at_column] = cell

    def _weigh(self, cell: Cell) -> None:
        self.tally.text(cell.text)
        self.tally.take(_CELL + (_DECIMAL if cell.number is not None else 0))

    def _shared(self) -> Cell:
        value = self.value.strip()
        if not (value.isascii() and value.isdecimal() and len(value) < 9 and int(value) < len(self.shared)):
            raise Unusable(NOT_READ)
        return self.shared[int(value)]

    def _formula(self) -> Cell:
        result = self._shared() if self.type == "s" else self._made()
        formula = "=" + tidied(other.unescaped(self._written_out()))
        kind = "error" if result.kind == "error" else "formula"
        cell = Cell(result.text, kind, result.number, result.day, formula)
        self.tally.text(formula)
        self._weigh(cell)
        return cell

    def _written_out(self) -> str:
        if self.group and self.formula:
            self.groups[self.group] = (self.formula, self.at_row, self.at_column)
        elif self.group in self.groups:
            formula, row, column = self.groups[self.group]
            return moved(formula, self.at_row - row, self.at_column - column)
        return self.formula

    def _made(self) -> Cell:
        """What the cell shows, without its formula."""
        if self.type in ("str", "inlineStr", "s"):
            text = tidied(other.unescaped(self.value))
            return Cell(text) if text else EMPTY
        value = self.value.strip()
        if not value:
            return EMPTY
        if self.type == "b":
            return Cell("FALSE" if value in ("0", "false") else "TRUE", "boolean")
        if self.type == "e":
            return Cell(tidied(value), "error")
        if self.type == "d":
            return _iso(value)
        number = exact(value)
        if number is None:
            return Cell(tidied(value))
        style = self.style
        at = int(style) if style.isdecimal() and len(style) < 7 else -1
        return shown(number, self.formats[at] if 0 <= at < len(self.formats) else GENERAL, self.starts_1904)

    # ------------------------------------------------------------ merged cells
    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, left = _place(first)
        bottom, right = _place(last or first)
        if top > bottom or left > right or len(self.merged) >= MOST_MERGED:
            raise Unusable(NOT_READ)
        self.merged.append((top - 1, left - 1, bottom, right))

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        height = len(self.done)
        rows: dict[int, list[Cell]] = {}
        for top, left, bottom, right in self.merged:
            if top >= height or left >= len(self.done[top]) or self.done[top][left].kind == "empty":
                continue
            cell = self.done[top][left]
            right = min(right, MOST_COLUMNS)
            self.tally.cell((right - left) * (min(bottom, height) - top))
            for at in range(top, min(bottom, height)):
                row = rows.setdefault(at, list(self.done[at]))
                row.extend([EMPTY] * (right - len(row)))
                row[left:right] = [cell] * (right - left)
        for at, row in rows.items():
            self.done[at] = tuple(row)
        return oblong(self.done, self.tally)


def _place(reference: str) -> tuple[int, int]:
    """Row and column of "B3", counted from one."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise Unusable(NOT_READ)
    column = column_of(match[1]) + 1
    row = int(match[2])
    if not 1 <= row <= LAST_ROW or column > LAST_COLUMN:
        raise Unusable(TOO_MANY_ROWS if row > LAST_ROW else NOT_READ)
    return row, column


def shown(number: Decimal, style: Format, starts_1904: bool) -> Cell:
    """The cell for a number under its format."""
    if style.kind == "percent":
        return Cell(style.shows(number), "number", percentage(number))
    if style.kind == "number":
        return Cell(style.shows(number), "number", number)
    if style.kind == "time":
        length = length_of(number)
        return Cell(style.shows_moment(*length) if length else str(number), "number", number)
    moment = day_of(number, starts_1904)
    if moment is None:
        return Cell(GENERAL.shows(number), "number", number)
    return Cell(style.shows_moment(moment, moment.hour), "date", None, moment.date())


def _iso(value: str) -> Cell:
    """A date stored as text for the machine: 2018-04-25, 2018-04-25T09:30:00Z."""
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        return Cell(tidied(value))
    shows = "%d/%m/%Y" if moment.time() == dt.time() else "%d/%m/%Y %H:%M"
    return Cell(moment.strftime(shows), "date", None, moment.date())
