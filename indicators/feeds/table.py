"""Finds in a book where a layout's columns stand, and which months it holds. Pure."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from indicators.feeds import months
from indicators.feeds.layout import Layout, heading_key, key
from indicators.uploads.offers import Place
from lib.numerals import listed
from lib.sheets import Book, Cell, Sheet, Unusable

LOOKED_AT = 30  # rows: headings may stand below a title and notes
COMPARED = 120  # letters of a name, to find what is like it
MOST_COMPARED = 2_000  # names
LIKE_ENOUGH = 0.5
MOST_NAMED = 2

Key = tuple[str, tuple[str, ...]]  # an area and a category, as they are compared
Cells = dict[dt.date, list[tuple[Place, Cell]]]


@dataclass(frozen=True)
class Damage:
    """A month whose column, or line, can't be told: the cell where it should stand, and a sentence about it."""

    place: Place
    typed: str
    why: str


@dataclass(frozen=True)
class Line:
    """A line of the file that counts: its row, area and category as written."""

    row: int
    area: str
    category: tuple[str, ...]

    @property
    def key(self) -> Key:
        return key(self.area), tuple(key(level) for level in self.category)


@dataclass(frozen=True)
class Table:
    """The part of a book that a layout is about. Long files have their months line by line, wide ones in `columns`."""

    layout: Layout
    number: int  # of the sheet, from 0
    sheet: Sheet
    head: int  # the row of the headings
    where: Mapping[str, int]  # the column under each heading
    columns: Mapping[dt.date, int]  # of each month that stands once
    damaged: Mapping[dt.date, Damage]  # of those that don't
    unknown: tuple[str, ...]  # headings that mean nothing to the layout

    @cached_property
    def lines(self) -> list[Line]:
        """Every line under the headings that names an area and a category, and that `only` leaves in."""
        return list(self._lines())

    def _lines(self) -> Iterator[Line]:
        area, levels = self.where[self.layout.area], [self.where[level] for level in self.layout.levels]
        only = [(self.where[heading], key(value)) for heading, value in self.layout.only.items()]
        for row in range(self.head + 1, len(self.sheet.rows)):
            cells = self.sheet.rows[row]
            category = tuple(cells[column].line for column in levels)
            if cells[area].text and any(category) and all(key(cells[column].line) == said for column, said in only):
                yield Line(row, cells[area].line, category)

    @cached_property
    def by_key(self) -> dict[Key, list[Line]]:
        found: dict[Key, list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.key].append(line)
        return dict(found)

    @cached_property
    def areas(self) -> dict[str, str]:
        """By the name as it is compared, as it is written."""
        return {key(line.area): line.area for line in self.lines}

    @cached_property
    def months(self) -> list[dt.date]:
        """Those that the file holds anywhere, damaged ones too."""
        if self.layout.is_wide:
            return sorted({*self.columns, *self.damaged})
        read = (self._month(line.row) for line in self.lines)
        return sorted({month for month in read if month})

    def cells(self, at: Key) -> tuple[Cells, list[Damage]]:
        """The numbers of one category, by month, each with where it stands; and what of it has no month that can be read."""
        found: Cells = defaultdict(list)
        if self.layout.is_wide:
            for line in self.by_key[at]:
                for month, column in self.columns.items():
                    found[month].append(self._at(line.row, column))
            return found, []
        damages = []
        for line in self.by_key[at]:
            if month := self._month(line.row):
                found[month].append(self._at(line.row, self.where[self.layout.number_column]))
            else:
                place, cell = self._at(line.row, self.where[self.layout.month_column])
                what = f"can’t be read as a month like “{self.layout.like}”" if cell.text else "is empty"
                damages.append(Damage(place, cell.line, f"The month in {place.name} {what}."))
        return found, damages

    def _at(self, row: int, column: int) -> tuple[Place, Cell]:
        return Place(self.number, row, column), self.sheet.rows[row][column]

    def _month(self, row: int) -> dt.date | None:
        return _month_in(self.sheet.rows[row][self.where[self.layout.month_column]], self.layout)


def find(book: Book, layout: Layout) -> Table:
    """Where the layout's columns stand in the book. Raises Unusable with a sentence when they don't."""
    sheets = [(number, sheet) for number, sheet in enumerate(book.sheets) if _is_meant(sheet, layout, book)]
    if not sheets:
        raise Unusable(_no_sheet(book, layout))
    best: tuple[int, int, int] | None = None  # how many headings are there, in which sheet and row
    for number, sheet in sheets:
        for head, row in enumerate(sheet.rows[:LOOKED_AT]):
            there = len(_where(row, layout))
            if best is None or there > best[0]:
                best = there, number, head
    if best is None:
        raise Unusable("There is nothing in this file.")
    _, number, head = best
    sheet = book.sheets[number]
    where = _where(sheet.rows[head], layout)
    if missing := [heading for heading in layout.headings if heading not in where]:
        raise Unusable(_no_heading(missing[0], sheet.rows[head], layout, where))
    _refuse_twice(sheet.rows[head], layout)
    columns, damaged, unknown = _months(sheet.rows[head], number, head, layout, set(where.values()))
    return Table(layout, number, sheet, head, where, columns, damaged, unknown)


def like(name: str, among: Iterable[str]) -> list[str]:
    """The names most like this one, at most two, the likest first."""
    wanted = key(name)[:COMPARED]
    matcher = SequenceMatcher(b=wanted, autojunk=False)
    scored = []
    for other in list(among)[:MOST_COMPARED]:
        compared = key(other)[:COMPARED]
        matcher.set_seq1(compared)
        if matcher.real_quick_ratio() < LIKE_ENOUGH or matcher.quick_ratio() < LIKE_ENOUGH:
            continue
        scored.append((matcher.ratio() + _shared(wanted, compared), other))
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    return [other for score, other in scored[:MOST_NAMED] if score >= LIKE_ENOUGH]


def asked(names: Sequence[str]) -> str:
    """ " Is it called “Burglary - Residential” now?"; empty without a name."""
    return f" Is it called {' or '.join(f'“{name}”' for name in names)} now?" if names else ""


def _shared(one: str, other: str) -> float:
    """The share of words that both have: a name is oftener cut or turned round than respelt."""
    mine, theirs = set(one.split()), set(other.split())
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


# ---------------------------------------------------------------- headings


def _is_meant(sheet: Sheet, layout: Layout, book: Book) -> bool:
    if layout.sheet and book.kind != "csv":
        return key(sheet.name) == key(layout.sheet)
    return not sheet.is_hidden


def _no_sheet(book: Book, layout: Layout) -> str:
    if not layout.sheet:
        return "Every sheet of this file is hidden."
    named = like(layout.sheet, [sheet.name for sheet in book.sheets])
    return f"This file has no sheet called “{layout.sheet}”.{asked(named)}"


def _where(row: Sequence[Cell], layout: Layout) -> dict[str, int]:
    """The column under each heading that this row has."""
    called = {heading_key(name): heading for heading in layout.headings for name in layout.names(heading)}
    found: dict[str, int] = {}
    for column, cell in enumerate(row):
        if heading := called.get(heading_key(cell.line[:COMPARED])):
            found.setdefault(heading, column)
    return found


def _refuse_twice(row: Sequence[Cell], layout: Layout) -> None:
    for heading in layout.headings:
        keys = {heading_key(name) for name in layout.names(heading)}
        columns = [column for column, cell in enumerate(row) if heading_key(cell.line[:COMPARED]) in keys]
        if len(columns) > 1:
            places = listed(Place(0, 0, column).name.rstrip("1") for column in columns)
            raise Unusable(f"“{heading}” heads more than one column: {places}. Which one counts can’t be told.")


def _no_heading(heading: str, row: Sequence[Cell], layout: Layout, where: Mapping[str, int]) -> str:
    if not where:
        wanted = listed(f"“{one}”" for one in layout.headings)
        return f"This is not the file that is looked for: none of its first {LOOKED_AT} rows has the headings {wanted}."
    free = [cell.line for column, cell in enumerate(row) if cell.text and column not in where.values()]
    names = [name for name in free if not months.parse(name, layout.month)]
    return f"No column of this file is headed “{heading}”.{asked(like(heading, names))}"


def _month_in(cell: Cell, layout: Layout) -> dt.date | None:
    """A date that a spreadsheet holds is as good as the month's name."""
    return months.first(cell.day) if cell.day else months.parse(cell.line, layout.month)


def _months(
    row: Sequence[Cell], number: int, head: int, layout: Layout, taken: set[int]
) -> tuple[dict[dt.date, int], dict[dt.date, Damage], tuple[str, ...]]:
    """The column of each month, the months that can't be told with the reason, and the headings that are no months."""
    others = [(column, cell) for column, cell in enumerate(row) if column not in taken]
    if not layout.is_wide:
        return {}, {}, tuple(cell.line for _, cell in others if cell.text)
    read = [(column, month) for column, cell in others if (month := _month_in(cell, layout))]
    if not read:
        raise Unusable(f"No column of this file is headed by a month like “{layout.like}”.")
    columns: dict[dt.date, int] = {}
    damaged: dict[dt.date, Damage] = {}
    for column, month in read:
        if month in columns:
            places = [Place(number, head, columns[month]), Place(number, head, column)]
            why = f"{months.named(month)} has more than one column, {listed(place.name for place in places)}."
            damaged.setdefault(month, Damage(places[1], row[column].line, why))
        columns.setdefault(month, column)
    unread = [(column, cell.line) for column, cell in others if not _month_in(cell, layout)]
    unknown = []
    for column, text, month in _meant(unread, read):
        if month is None or month in columns or month in damaged:
            unknown.append(text)
            continue
        place = Place(number, head, column)
        said = f"The heading “{text}” in {place.name}" if text else f"The heading in {place.name}"
        what = f"can’t be read as a month like “{layout.like}”" if text else "is empty"
        damaged[month] = Damage(place, text, f"{said} {what}.")
    kept = {month: column for month, column in columns.items() if month not in damaged}
    return kept, damaged, tuple(text for text in unknown if text)


def _meant(
    unread: Sequence[tuple[int, str]], read: Sequence[tuple[int, dt.date]]
) -> Iterator[tuple[int, str, dt.date | None]]:
    """Each heading that is no month, with the month that its column would have by where it stands; None where none is meant.

    Between two months every heading may be a damaged one; those with figures in them are likelier. Outside, only those are.
    """
    step = -1 if read[-1][1] < read[0][1] else 1
    stretches: dict[int, list[tuple[int, str]]] = defaultdict(list)  # by how many months stand before them
    for column, text in unread:
        stretches[sum(at < column for at, _ in read)].append((column, text))
    for before, stretch in stretches.items():
        is_outside = before in (0, len(read))
        likely = [one for one in stretch if sum(letter.isdigit() for letter in one[1]) >= 2]
        likely = likely or ([] if is_outside else stretch)
        for one in stretch:
            if one not in likely:
                yield *one, None
                continue
            at = likely.index(one)
            if before:
                yield *one, months.plus(read[before - 1][1], step * (at + 1))
            else:
                yield *one, months.plus(read[0][1], -step * (len(likely) - at))
