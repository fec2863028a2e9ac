"""What a spreadsheet file is to everybody else here: a book of sheets of cells, and the sentence for one that cannot be read."""

import datetime as dt
import re
import sys
from dataclasses import dataclass
from decimal import Decimal

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 50_000  # with anything in them, or above one that has; all sheets together
MOST_COLUMNS = 300
MOST_CELLS = 600_000  # with anything in them: 50,000 rows of twelve
MOST_PLACES = 4_000_000  # of the oblong around them; an empty place costs a pointer
MOST_CHARACTERS = 32_767  # in one cell, as in Excel
MOST_SHEETS = 100
MOST_MEMORY = 100_000_000  # bytes that the cells may take, counted while they are read

TOO_BIG = "This file is larger than 10 MB. Send only the sheet with the figures, or split it into smaller files."
TOO_MANY_ROWS = "This file has more than 50,000 rows. Split it into smaller files."
TOO_MANY_COLUMNS = "This file has more than 300 columns. Take out the columns that are not needed."
TOO_MANY_CELLS = "This file holds more than can be read at once. Split it into smaller files."
TOO_LONG = "One cell of this file holds more than 32,767 characters, which no spreadsheet shows. Take it out and send the file again."
NOTHING = "There is nothing in this file."
NOT_READ = "This file could not be read. It may be damaged: open it in your spreadsheet program, save it again as .xlsx, and send that."


class Unusable(ValueError):
    """A file that cannot be read. Its text is the sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, as a person sees it and as it is stored.

    `text` is tidied: no blanks at either end, single spaces, line breaks kept as "\\n" (`line` has none), no control characters, and no
    apostrophe that was only there to keep the text from being a formula. `kind` is one of "empty", "text", "number", "date", "formula",
    "error" and "boolean" ("TRUE", "FALSE"). A formula that came to an error is an "error" and still has its `formula`.
    A cell shown as 12.5% has the number 12.5. Cells of a CSV are "text" or "empty": what they mean is for the caller to say.
    """

    text: str
    kind: str = "text"
    number: Decimal | None = None
    day: dt.date | None = None
    formula: str = ""  # text, number and day are then what the spreadsheet worked out last: empty if it kept nothing

    @property
    def line(self) -> str:
        """The text in one line, for comparing headings."""
        return " ".join(self.text.split())


EMPTY = Cell("", "empty")


@dataclass(frozen=True)
class Sheet:
    """`rows[0]` is the first row of the file; every row is as long as the longest. Hidden rows and columns are included.

    Every cell of a merged area shows what its first one does. () if there is nothing on it.
    """

    name: str
    is_hidden: bool
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Book:
    kind: str  # "csv", "xlsx"
    sheets: tuple[Sheet, ...]


_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_GAP = re.compile(r"\n{3,}")
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*", re.ASCII)
_GUARDED = re.compile(r"'+ *[=+\-@\t\r\n＝＋－＠]")


def tidy(text: str) -> str:
    """White space as a person sees it: none at the ends, one at a time; line breaks kept, at most two together; nothing that cannot be seen."""
    if _PLAIN.fullmatch(text):
        return text
    lines = (" ".join(line.split()) for line in _BREAK.split(_UNSEEN.sub("", text)))
    return _GAP.sub("\n\n", "\n".join(lines)).strip("\n")


def unguarded(text: str) -> str:
    """Without the apostrophe that `guarded` or `harmless` set before what would start a formula."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text


def tidied(text: str) -> str:
    """The text of a cell as it is handed on."""
    text = tidy(text)
    return unguarded(text).strip() if text.startswith("'") else text


def guarded(text: str) -> str:
    """`harmless`, so that `unguarded` gives back exactly this: what looks guarded already is guarded once more."""
    return f"'{text}" if _GUARDED.match(f"'{text}") else text


def column_name(column: int) -> str:
    """0 -> "A", 26 -> "AA"."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    """ "A" -> 0, "AA" -> 26."""
    column = 0
    for letter in name.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1


class Tally:
    """Counts what is read of one file, over all its sheets, and stops as soon as it is too much."""

    def __init__(self) -> None:
        self.rows = self.cells = self.memory = self.places = 0

    def row(self, more: int = 1) -> None:
        self.rows += more
        if self.rows > MOST_ROWS:
            raise Unusable(TOO_MANY_ROWS)

    def text(self, text: str) -> None:
        if len(text) > MOST_CHARACTERS:
            raise Unusable(TOO_LONG)
        self.take(sys.getsizeof(text))

    def take(self, memory: int) -> None:
        self.memory += memory
        if self.memory > MOST_MEMORY:
            raise Unusable(TOO_MANY_CELLS)

    def cell(self, more: int = 1) -> None:
        self.cells += more
        if self.cells > MOST_CELLS:
            raise Unusable(TOO_MANY_CELLS)

    def oblong(self, rows: int, columns: int) -> None:
        self.places += rows * columns
        self.take(8 * rows * columns)
        if self.places > MOST_PLACES:
            raise Unusable(TOO_MANY_CELLS)


def oblong(rows: list[tuple[Cell, ...]], tally: Tally) -> tuple[tuple[Cell, ...], ...]:
    """The rows all as long as the longest, without the empty ones below and the empty columns on the right."""
    while rows and not any(cell.kind != "empty" for cell in rows[-1]):
        rows.pop()
    width = max((_filled(row) for row in rows), default=0)
    tally.oblong(len(rows), width)
    blank = (EMPTY,) * width
    for at, row in enumerate(rows):
        if len(row) != width:
            rows[at] = row[:width] + blank[len(row) :] if row else blank
    return tuple(rows)


def _filled(row: tuple[Cell, ...]) -> int:
    for at in range(len(row) - 1, -1, -1):
        if row[at].kind != "empty":
            return at + 1
    return 0
