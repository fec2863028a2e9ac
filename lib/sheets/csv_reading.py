"""Reading text tables: which letters, which delimiter, which rows."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from lib.sheets.grid import EMPTY, MOST_COLUMNS, NOTHING, TOO_MANY_COLUMNS, Cell, Sheet, Tally, Unusable, oblong, tidied

# Of two that fit as well, the one that is seldom written inside a cell.
DELIMITERS = ("\t", ";", "|", ",")
LOOKED_AT = 200  # rows, to tell the delimiter

MOST_KNOWN = 5_000  # cells that the next alike will be the same as; a table repeats itself near by
LONGEST_KNOWN = 100  # characters
_CELL = 88  # bytes of a Cell and its place in the row
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def sheet_of(content: bytes, name: str, tally: Tally) -> Sheet:
    encoding, skipped = encoding_of(content)
    lines = _lines(content, encoding, skipped)
    first = next(lines, "")
    if first[:4].lower() == "sep=" and len(first.rstrip("\r\n")) == 5 and first[4] not in '" ':
        delimiter = first[4]
        skipped += len(first.encode(encoding))  # as in Excel, that line is no row
    else:
        delimiter = _delimiter(content, encoding, skipped)
    rows = oblong(list(_rows(_lines(content, encoding, skipped), delimiter, tally)), tally)
    if not rows:
        raise Unusable(NOTHING)
    return Sheet(name, False, rows)


def _lines(content: bytes, encoding: str, skipped: int) -> Iterator[str]:
    """Line by line with its end, whichever of the three it is; the file is never held a second time as text."""
    stream = io.BytesIO(content)
    stream.seek(skipped)
    return io.TextIOWrapper(stream, encoding=encoding, newline="")


def encoding_of(content: bytes) -> tuple[str, int]:
    """Encoding and length of the byte order mark. UTF-8 where it can be, else Windows-1252."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Unusable("This file is in UTF-32. Save it as “CSV UTF-8” and send that.")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, _readable(content, encoding, len(mark))
    if b"\0" in content:
        raise Unusable(
            "This file is not a spreadsheet, or its letters are stored in a way that cannot be told. "
            "Save it as .xlsx or as “CSV UTF-8” and send that."
        )
    try:
        return "utf-8", _readable(content, "utf-8", 0)
    except Unusable:
        return "cp1252", _readable(content, "cp1252", 0)


def _readable(content: bytes, encoding: str, skipped: int) -> int:
    """The length of the mark again, once every letter is known to be one."""
    decoder = codecs.getincrementaldecoder(encoding)()
    step = 1 << 16
    line = 1
    for at in range(skipped, len(content), step):
        try:
            text = decoder.decode(content[at : at + step], final=at + step >= len(content))
        except UnicodeDecodeError as error:
            line += _line_ends(error.object[: error.start].decode(encoding, "replace"))
            raise Unusable(
                f"In line {line} there is a letter that cannot be read. Save the file as .xlsx or as “CSV UTF-8” and send that."
            ) from error
        if "\0" in text:
            line += _line_ends(text[: text.index("\0")])
            raise Unusable(
                f"In line {line} there is something that is not text. Save the file as .xlsx or as “CSV UTF-8” and send that."
            )
        line += _line_ends(text)
    return skipped


def _line_ends(text: str) -> int:
    return text.count("\n") or text.count("\r")


def _delimiter(content: bytes, encoding: str, skipped: int) -> str:
    """The one that parts most rows into the same number of columns; a comma if none does."""
    best, most = ",", 0.0
    for delimiter in DELIMITERS:
        rows = csv.reader(_lines(content, encoding, skipped), delimiter=delimiter, skipinitialspace=True)
        try:
            widths = Counter(len(row) for row in islice(rows, LOOKED_AT) if row)
        except csv.Error:
            continue
        share = max((rows for width, rows in widths.items() if width > 1), default=0) / max(widths.total(), 1)
        if share > most:
            best, most = delimiter, share
    return best


def _rows(lines: Iterator[str], delimiter: str, tally: Tally) -> Iterator[tuple[Cell, ...]]:
    known: dict[str, Cell] = {}
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    count = 0
    waiting = 0
    try:
        for row in reader:
            count += 1
            cells = tuple(known.get(text) or _cell(text, known, tally) for text in row)
            filled = sum(cell is not EMPTY for cell in cells)
            if not filled:
                waiting += 1
                continue
            while len(cells) > MOST_COLUMNS and cells[-1] is EMPTY:
                cells = cells[:-1]
            if len(cells) > MOST_COLUMNS:
                raise Unusable(TOO_MANY_COLUMNS)
            tally.row(waiting + 1)
            tally.cell(filled)
            yield from ((),) * waiting
            waiting = 0
            yield cells
    except csv.Error as error:
        raise Unusable(_sentence(str(error), count + 1)) from error


def _cell(text: str, known: dict[str, Cell], tally: Tally) -> Cell:
    shown = tidied(text)
    if not shown:
        return EMPTY
    tally.text(shown)
    tally.take(_CELL)
    cell = Cell(shown)
    if len(known) >= MOST_KNOWN:
        known.clear()
    if len(text) < LONGEST_KNOWN:
        known[text] = cell
    return cell


def _sentence(error: str, row: int) -> str:
    if "unexpected end" in error:
        return f"A quotation mark is opened in row {row} and never closed. Close it, or save the file as .xlsx, and send it again."
    if "field limit" in error:
        return f"A cell in row {row} is longer than any spreadsheet shows. A quotation mark before it may not have been closed."
    return f"In row {row} there is a quotation mark in the middle of a cell. Take it out, or save the file as .xlsx, and send it again."
