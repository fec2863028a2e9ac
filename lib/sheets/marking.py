"""A file given back to whoever sent it, with what has to be changed marked in it."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from lib.sheets.archive import archived
from lib.sheets.formats import format_of
from lib.sheets.grid import EMPTY, Book, Cell, column_name
from lib.sheets.looks import Looks
from lib.sheets.names import sheet_names
from lib.sheets.values import Stored, stored, stored_text, written
from lib.sheets.writing import LOOKED_AT, comment, for_printing, heading, page, put, width_of

WHAT_TO_CHANGE = "What to change"
MOST_COMMENTS = 1000  # all sentences are on the extra sheet; so many floating notes no spreadsheet opens quickly

_SHAPE = re.compile(r"(?P<before>[^\d.,%-]*)(?P<whole>\d[\d,]*)(?:\.(?P<decimals>\d+))?(?P<after>[^\d.,]*)")
_PLAIN_NUMBER = re.compile(r"-?[1-9][0-9]{0,8}(\.[0-9]{0,5}[1-9])?")
_DATES = (
    "dd/mm/yyyy",
    "mmm-yy",
    "mmm yyyy",
    "mmmm yyyy",
    "d mmm yyyy",
    "d mmmm yyyy",
    "d-mmm-yy",
    "dd-mmm-yy",
    "yyyy-mm-dd",
    "d/m/yyyy",
)


def marked(book: Book, sheet_number: int, marks: Mapping[tuple[int, int], str], title: str) -> bytes:
    """An XLSX copy of what was read, cell for cell in its place: values only, of formulas what they came to.

    `marks` holds a sentence for each cell of that sheet to be changed, by row and column counted from 0. Such a cell is pale red in a red
    frame and has its sentence as a comment; a last sheet, "What to change", lists them all and leads to each. The marked sheet is the one
    that opens; the list of an earlier time is left out.
    """
    made = Workbook(write_only=True)
    looks = Looks(made)
    marked_one = book.sheets[sheet_number]
    sheets = [sheet for sheet in book.sheets if sheet is marked_one or sheet.name != WHAT_TO_CHANGE]
    names = sheet_names([sheet.name for sheet in sheets], [WHAT_TO_CHANGE])
    for at, (sheet, name) in enumerate(zip(sheets, names, strict=False)):
        copy = page(made, name)
        if sheet is marked_one:
            made.active = at
            _copied(copy, sheet.rows, marks, looks, book.kind == "csv")
        else:
            copy.sheet_state = "hidden" if sheet.is_hidden else "visible"
            _copied(copy, sheet.rows, {}, looks, False)
    opens = next(name for sheet, name in zip(sheets, names, strict=False) if sheet is marked_one)
    _listed(page(made, names[-1]), opens, marked_one.rows, marks, looks)
    return archived(made, written(title))


def _copied(
    page_: Worksheet,
    rows: tuple[tuple[Cell, ...], ...],
    marks: Mapping[tuple[int, int], str],
    looks: Looks,
    is_csv: bool,
) -> None:
    width = max([len(rows[0]) if rows else 0, *(column + 1 for _, column in marks)])
    height = max([len(rows), *(row + 1 for row, _ in marks)])
    for at in range(width):
        texts = [row[at].text for row in rows[:LOOKED_AT] if at < len(row)]
        page_.column_dimensions[column_name(at)].width = width_of([], texts)
    commented = 0
    for at in range(height):
        row = rows[at] if at < len(rows) else ()
        cells = []
        for column in range(width):
            cell = row[column] if column < len(row) else EMPTY
            item = _kept(cell, is_csv)
            sentence = marks.get((at, column))
            if sentence is None:
                cells.append(None if item.value is None else put(page_, item, looks.copy(item.shape or "General")))
                continue
            made = put(page_, item, looks.marked(item.shape or "General"))
            if commented < MOST_COMMENTS:
                made.comment = comment(sentence)
                commented += 1
            cells.append(made)
        page_.append(cells)


def _listed(
    page_: Worksheet, name: str, rows: tuple[tuple[Cell, ...], ...], marks: Mapping[tuple[int, int], str], looks: Looks
) -> None:
    for letter, width in zip("ABC", (9, 32, 80), strict=True):
        page_.column_dimensions[letter].width = width
    for_printing(page_)
    page_.append([heading(page_, text, looks) for text in ("Cell", "What it says", "What to change")])
    for at, ((row, column), sentence) in enumerate(sorted(marks.items())):
        place = f"{column_name(column)}{row + 1}"
        text = rows[row][column].text if row < len(rows) and column < len(rows[row]) else ""
        page_.append(
            [
                put(page_, stored_text(place), looks.link),
                put(page_, stored_text(text), looks.words),
                put(page_, stored_text(sentence), looks.words),
            ]
        )
        page_._hyperlinks.append(  # type: ignore[attr-defined]  # a cell that is written at once cannot yet say where it is
            Hyperlink(ref=f"A{at + 2}", location=f"{quote_sheetname(name)}!{place}", display=place)
        )


def _kept(cell: Cell, is_csv: bool) -> Stored:
    """The value of a cell, in a number format that shows what was seen. Of a CSV plain numbers become numbers: nobody knows '-5."""
    if is_csv and _PLAIN_NUMBER.fullmatch(cell.text):
        return Stored(Decimal(cell.text), "n", "General")
    if cell.number is not None:
        return _number(cell.text, cell.number)
    if cell.day is not None:
        item = stored(cell.day)
        if item.type != "d":
            return item
        return Stored(cell.day, "d", next((shape for shape in _DATES if _looks(shape, cell)), "dd/mm/yyyy"))
    if cell.kind == "boolean":
        return Stored(cell.text == "TRUE", "b")
    return stored_text(cell.text)


def _looks(shape: str, cell: Cell) -> bool:
    return (
        cell.day is not None and format_of(shape).shows_moment(dt.datetime.combine(cell.day, dt.time()), 0) == cell.text
    )


def _number(text: str, number: Decimal) -> Stored:
    percent = text.endswith("%")
    item = stored(number, "percent" if percent else "number")
    match = _SHAPE.fullmatch(text.removeprefix("-"))
    if item.type != "n" or item.value is None or not match:
        return item if item.type != "n" else Stored(item.value, "n", "General")
    shape = ("#,##0" if "," in match["whole"] else "0") + (
        f".{'0' * len(match['decimals'])}" if match["decimals"] else ""
    )
    before, after = (
        _quoted(part) for part in (match["before"], match["after"].removesuffix("%") if percent else match["after"])
    )
    return Stored(item.value, "n", f"{before}{shape}{after}{'%' if percent else ''}")


def _quoted(text: str) -> str:
    return f'"{text}"' if text and '"' not in text else ""
