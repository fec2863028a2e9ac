"""Workbooks for people to fill in or to read: styled, key columns locked, drop-downs, notes, ready to print."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from lib.sheets.archive import archived
from lib.sheets.looks import Looks
from lib.sheets.names import sheet_names
from lib.sheets.values import NOTHING, Stored, Value, stored, stored_text, written

KINDS = ("text", "number", "date", "percent")
NARROWEST, WIDEST = 9, 48  # characters
LOOKED_AT = 300  # rows, for the width of a column
MOST_INLINE = 250  # characters of a drop-down's list; Excel takes 255
LISTS = "Lists"
LINE = 13  # points
_SHAPES = {"text": "@", "number": "General", "date": "dd/mm/yyyy", "percent": "0.0%"}


@dataclass(frozen=True)
class Choices:
    """A drop-down. Anything else is refused by the spreadsheet with `message`, or only questioned if not `is_strict`."""

    values: tuple[str, ...]
    message: str = "Choose one from the list."
    is_strict: bool = True


@dataclass(frozen=True)
class Column:
    """One column of a table. `kind` is "text", "number", "date" or "percent" (12.5 means 12.5%).

    `width` in characters, None for one that suits; `places` decimals are shown, None for as many as each number has. `is_locked` columns
    cannot be changed, once any column of the table is; `is_hidden` ones are not shown. `note` is a comment on the heading.
    """

    heading: str
    kind: str = "text"
    width: int | None = None
    places: int | None = None
    is_locked: bool = False
    is_hidden: bool = False
    choices: Choices | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is not a kind of column")


@dataclass(frozen=True)
class Table:
    """A sheet: its headings in row 1, a row of values below for each row; `notes` are comments by row and column, from (0, 0).

    If any column is locked the sheet is protected, without a password; `spare` empty rows below the last can be filled in whole.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Value]] = ()
    spare: int = 0
    frozen_columns: int = 0

    @property
    def is_protected(self) -> bool:
        return any(column.is_locked for column in self.columns)


@dataclass(frozen=True)
class ReadMe:
    """A first sheet of words. A line that starts with "# " is a heading."""

    lines: tuple[str, ...]
    name: str = "Read me"


def workbook(title: str, tables: Sequence[Table], *, read_me: ReadMe | None = None) -> bytes:
    """An XLSX file: the same bytes for the same content. No text in it can start a formula; `read` gives the text without its guard."""
    made = Workbook(write_only=True)
    looks = Looks(made)
    names = sheet_names([read_me.name] if read_me else [], [table.name for table in tables], [LISTS])
    if read_me:
        _read_me(page(made, names.pop(0)), read_me, looks)
    lists = _Lists(names[-1])
    for name, table in zip(names, tables, strict=False):
        _table(page(made, name), table, looks, lists)
    if lists.columns:
        lists.write(page(made, lists.name), looks)
    return archived(made, written(title))


def page(made: Workbook, name: str) -> Worksheet:
    """A sheet that is written row by row: what is set for all of it has to be set first."""
    return cast(Worksheet, made.create_sheet(name))


def _table(sheet: Worksheet, table: Table, looks: Looks, lists: "_Lists") -> None:
    columns = table.columns
    rows = [
        [stored(value, column.kind, column.places) for value, column in zip(row, columns, strict=True)]
        for row in table.rows
    ]
    widths = []
    for at, column in enumerate(columns):
        widths.append(column.width or width_of([column.heading], [row[at].value for row in rows[:LOOKED_AT]]))
        dimension = sheet.column_dimensions[get_column_letter(at + 1)]
        dimension.width = widths[at]
        dimension.hidden = column.is_hidden
    for_printing(sheet, frozen_columns=table.frozen_columns)
    if table.is_protected:
        protect(sheet)
    last = len(rows) + table.spare + 1
    for at, column in enumerate(columns):
        if column.choices and last > 1:
            letter = get_column_letter(at + 1)
            sheet.data_validations.append(lists.validation(column.choices, f"{letter}2:{letter}{last}"))
    shown = [at for at, column in enumerate(columns) if not column.is_hidden]
    sheet.row_dimensions[1].height = 12 + LINE * max(
        (_lines(columns[at].heading, widths[at]) for at in shown), default=1
    )
    sheet.append(
        [heading(sheet, column.heading, looks, is_text=column.kind == "text", note=column.note) for column in columns]
    )
    is_entry = [table.is_protected and not column.is_locked for column in columns]
    for number, row in enumerate(rows, 2):
        lines = max((_lines(str(row[at].value), widths[at]) for at in shown if row[at].type == "s"), default=1)
        if lines > 1:  # programs differ in whether they make room for it themselves
            sheet.row_dimensions[number].height = 4 + LINE * min(lines, 30)
        sheet.append(
            [
                put(sheet, item, looks.body(item.shape or _SHAPES[column.kind], table.is_protected, entry))
                for item, column, entry in zip(row, columns, is_entry, strict=True)
            ]
        )
    for _ in range(table.spare):
        sheet.append([put(sheet, NOTHING, looks.body(_SHAPES[column.kind], False, True)) for column in columns])


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column, about: letters are a little narrower than the noughts that a width is counted in."""
    return sum(max(1, math.ceil(len(line) * 19 / (width * 20))) for line in text.split("\n"))


def put(sheet: Worksheet, item: Stored, look: Any) -> Any:
    """A cell that holds exactly this, in this look."""
    cell: Any = WriteOnlyCell(sheet)
    cell._value = item.value  # not .value, which would take "=1" for a formula and "#REF!" for an error
    cell.data_type = item.type
    cell._style = look
    return cell


def heading(sheet: Worksheet, text: str, looks: Looks, *, is_text: bool = True, note: str = "") -> Any:
    cell = put(sheet, stored_text(text), looks.heading(is_text))
    if note:
        cell.comment = comment(note)
    return cell


def comment(text: str) -> Comment:
    """A comment that is large enough for its text; nobody is named as its author."""
    text = written(text)[:2000]
    lines = sum(len(line) // 38 + 1 for line in text.split("\n"))
    return Comment(text, "", width=280, height=min(24 + 18 * lines, 400))


def width_of(headings: Sequence[str], values: Iterable[object]) -> int:
    """Wide enough for the longest word of a heading and for most of the values."""
    words = max((len(word) for text in headings for word in text.split()), default=0)
    lines = max((len(line) for value in values if value is not None for line in str(value).split("\n")), default=0)
    halves = max((len(text) for text in headings), default=0) // 2
    return max(NARROWEST, min(WIDEST, max(words, lines, halves) + 3))


def for_printing(sheet: Worksheet, *, frozen_columns: int = 0) -> None:
    """Headings stay in sight and stand on every page; A4, landscape, as wide as the page."""
    sheet.freeze_panes = f"{get_column_letter(frozen_columns + 1)}2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    _as_wide_as_the_page(sheet)


def _as_wide_as_the_page(sheet: Worksheet) -> None:
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter = HeaderFooterItem(left=_HeaderFooterPart("&A"), right=_HeaderFooterPart("Page &P of &N"))


def protect(sheet: Worksheet) -> None:
    """Against slips, not against people: there is no password, and columns can be made wider."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def _read_me(sheet: Worksheet, read_me: ReadMe, looks: Looks) -> None:
    sheet.column_dimensions["A"].width = 96
    sheet.sheet_view.showGridLines = False
    _as_wide_as_the_page(sheet)
    for number, line in enumerate(read_me.lines, 1):
        sheet.row_dimensions[number].height = 30 if line.startswith("# ") else 4 + 15 * _lines(line, 100)
        sheet.append(
            [put(sheet, stored_text(line.removeprefix("# ")), looks.title if line.startswith("# ") else looks.words)]
        )


class _Lists:
    """The lists of drop-downs that do not fit into one, on a hidden sheet of their own."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.columns: dict[tuple[str, ...], int] = {}

    def validation(self, choices: Choices, cells: str) -> DataValidation:
        values = tuple(str(stored(value).value or "") for value in choices.values)
        inline = ",".join(values)
        if len(inline) <= MOST_INLINE and not any(
            "," in value or '"' in value or value != value.strip() for value in values
        ):
            source = f'"{inline}"'
        else:
            column = get_column_letter(self.columns.setdefault(values, len(self.columns)) + 1)
            source = f"{quote_sheetname(self.name)}!${column}$1:${column}${len(values)}"
        made = DataValidation(type="list", formula1=source, allow_blank=True, sqref=cells, showErrorMessage=True)
        made.errorStyle = "stop" if choices.is_strict else "warning"
        made.errorTitle = "Not in the list"
        made.error = choices.message[:255]
        return made

    def write(self, sheet: Worksheet, looks: Looks) -> None:
        sheet.sheet_state = "hidden"
        for row in range(max(map(len, self.columns))):
            values = [values[row] if row < len(values) else None for values in self.columns]
            sheet.append([put(sheet, Stored(value, "s"), looks.plain) for value in values])
