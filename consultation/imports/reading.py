"""The table of answers in a file: its headings, and its rows by the numbers that a spreadsheet shows beside them. Pure but for `of`."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from consultation.imports.mapping import LONGEST_HEADING, Group, parts, plain
from lib import sheets
from lib.numerals import listed
from lib.sheets import Book, Cell, Sheet, Unusable, column_name

MOST_ROWS = 20_000
LOOKED_AT = 20  # rows, for the headings
MOST_VALUES = 300  # different answers to one question: more are words
SHOWN = 60  # characters of a value
TOO_MANY = f"This file has more than {MOST_ROWS:,} rows of answers. Split it into smaller files, and upload each."
ONLY_HEADINGS = "There are only headings in this file, and no row of answers below them."
ALL_HIDDEN = "Every sheet of this file that has something on it is hidden. Show the sheet with the answers, save the file and upload it again."


@dataclass(frozen=True)
class Table:
    """`rows` are those with anything in them, each with its number in the file; `notes` say what of the file is left out."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    notes: tuple[str, ...] = ()

    def named(self, column: int) -> str:
        """How a column is called in a sentence: by its letter, and its heading where it has one."""
        heading = self.headings[column]
        return f"{column_name(column)} (“{shortened(heading)}”)" if heading else column_name(column)

    def samples(self, column: int, most: int = 3) -> list[str]:
        """The first different values of it."""
        found: dict[str, None] = {}
        for _, cells in self.rows:
            if cells[column].text:
                found.setdefault(shortened(cells[column].line))
                if len(found) == most:
                    break
        return list(found)

    def values(self, group: Group) -> Counter[str]:
        """How often each different value stands in the columns of a group, by its plain form."""
        return Counter(plain(value) for value in self._values(group))

    def spellings(self, group: Group) -> dict[str, str]:
        """Each different value as it is first written, by its plain form."""
        found: dict[str, str] = {}
        for value in self._values(group):
            found.setdefault(plain(value), value)
        return found

    def _values(self, group: Group) -> Iterator[str]:
        for _, cells in self.rows:
            for column in group.columns:
                if not cells[column].formula and cells[column].kind != "error":
                    yield from parts(cells[column].text, group.splits)


def of(content: bytes, name: str) -> Table:
    """The table in a file. Raises Unusable with a sentence."""
    return table(sheets.read(content, name))


def table(book: Book) -> Table:
    sheet = _sheet(book)
    top = _headings_at(sheet)
    headings = tuple(cell.line for cell in sheet.rows[top])
    rows = tuple(
        (at + 1, cells) for at, cells in enumerate(sheet.rows) if at > top and any(cell.text for cell in cells)
    )
    if not rows:
        raise Unusable(ONLY_HEADINGS)
    if len(rows) > MOST_ROWS:
        raise Unusable(TOO_MANY)
    return Table(headings, rows, (*_left_out(book, sheet), *_same_headings(headings), *_above(sheet, top)))


def shortened(text: str, most: int = SHOWN) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _sheet(book: Book) -> Sheet:
    """The first that can be seen and has something on it."""
    filled = [sheet for sheet in book.sheets if sheet.rows]
    for sheet in filled:
        if not sheet.is_hidden:
            return sheet
    raise Unusable(ALL_HIDDEN if filled else "There is nothing in this file.")


def _headings_at(sheet: Sheet) -> int:
    """The first row with two or more cells filled: a title above the headings fills one. A file of one column begins with its heading."""
    for at, cells in enumerate(sheet.rows[:LOOKED_AT]):
        if sum(bool(cell.text) for cell in cells) >= 2:
            return at
    return next(at for at, cells in enumerate(sheet.rows) if any(cell.text for cell in cells))


def _left_out(book: Book, read: Sheet) -> list[str]:
    """What is on other sheets."""
    seen = [f"“{sheet.name[:40]}”" for sheet in book.sheets if sheet.rows and not sheet.is_hidden and sheet is not read]
    hidden = [f"“{sheet.name[:40]}”" for sheet in book.sheets if sheet.rows and sheet.is_hidden]
    notes = []
    if seen:
        notes.append(f"Only the sheet “{read.name[:40]}” is read. Left out: {listed(seen)}.")
    if hidden:
        notes.append(f"Hidden sheets are left out: {listed(hidden)}.")
    return notes


def _same_headings(headings: tuple[str, ...]) -> list[str]:
    where: dict[str, list[int]] = {}
    for at, heading in enumerate(headings):
        if plain(heading):
            where.setdefault(plain(heading[:LONGEST_HEADING]), []).append(at)
    return [
        f"Columns {listed([column_name(at) for at in places])} have the same heading, “{shortened(headings[places[0]])}”: "
        "tell them apart by their letters."
        for places in where.values()
        if len(places) > 1
    ]


def _above(sheet: Sheet, top: int) -> list[str]:
    if any(cell.text for cells in sheet.rows[:top] for cell in cells):
        return [f"Row {top + 1} is taken for the headings; what stands above it is left out."]
    return []
