"""The parts of an XLSX file beside its sheets: which sheets there are, the shared strings, the number formats."""

import posixpath
import re
import sys
from dataclasses import dataclass, field

from lib.sheets.formats import BUILT_IN, Format, format_of
from lib.sheets.grid import EMPTY, MOST_SHEETS, NOT_READ, TOO_LONG, Cell, Tally, Unusable, tidied
from lib.sheets.xml import Count, parse, related
from lib.sheets.zip_guard import Parts

TOO_MANY_SHEETS = "This workbook has more than 100 sheets. Send only the sheets with figures."
WORKBOOK = "xl/workbook.xml"
MOST_WRITTEN = 300_000  # characters of one text as XML, where _x000A_ may stand for one
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class Contents:
    """What xl/workbook.xml says: the sheets in order, and from which day dates are counted."""

    sheets: list[tuple[str, bool, str]] = field(default_factory=list)  # name, hidden, part
    starts_1904: bool = False


def contents(parts: Parts, count: Count) -> Contents:
    targets = _targets(parts, count)
    found = Contents()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            found.starts_1904 = attributes.get("date1904", "") in ("1", "true")
        elif name == "sheet":
            part = targets.get(related(attributes, "id"), "")
            if part:
                found.sheets.append(
                    (tidied(attributes.get("name", "")), attributes.get("state", "visible") != "visible", part)
                )
                if len(found.sheets) > MOST_SHEETS:
                    raise Unusable(TOO_MANY_SHEETS)

    parse(parts.chunks(WORKBOOK), count, start=start)
    return found


def _targets(parts: Parts, count: Count) -> dict[str, str]:
    """The parts that are sheets of cells, by the id the workbook calls them by. Charts, macros and what lies outside the file are none."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode", "Internal") != "Internal":
            return
        target = attributes.get("Target", "")
        if attributes.get("Type", "").endswith("/worksheet"):
            if len(found) > 2 * MOST_SHEETS:
                raise Unusable(TOO_MANY_SHEETS)
            found[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    name = "xl/_rels/workbook.xml.rels"
    if name not in parts:
        raise Unusable(NOT_READ)
    parse(parts.chunks(name), count, start=start)
    return found


def unescaped(text: str) -> str:
    """_x000D_ stands for a character that XML could not hold."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def shared_strings(parts: Parts, count: Count, tally: Tally) -> list[Cell]:
    """A cell for each, so that a text that many cells share is held once."""
    name = _named(parts, "xl/sharedStrings.xml")
    cells: list[Cell] = []
    pieces: list[str] = []
    wanted = phonetic = False
    length = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal wanted, phonetic, length
        if name == "t":
            wanted = not phonetic
        elif name == "rPh":  # how a Japanese text is read aloud
            phonetic = True
        elif name == "si":
            pieces.clear()
            length = 0

    def text(piece: str) -> None:
        nonlocal length
        if wanted:
            length += len(piece)
            if length > MOST_WRITTEN:
                raise Unusable(TOO_LONG)
            pieces.append(piece)

    def end(name: str) -> None:
        nonlocal wanted, phonetic
        if name == "t":
            wanted = False
        elif name == "rPh":
            phonetic = False
        elif name == "si":
            tally.take(8)
            cells.append(text_cell("".join(pieces), tally))

    if name:
        parse(parts.chunks(name), count, start=start, end=end, text=text)
    return cells


def text_cell(text: str, tally: Tally) -> Cell:
    shown = tidied(unescaped(text))
    if not shown:
        return EMPTY
    tally.text(shown)
    cell = Cell(shown)
    tally.take(sys.getsizeof(cell) + 16)
    return cell


def _named(parts: Parts, wanted: str) -> str:
    """Some programs write sharedstrings.xml. "" if there is none."""
    return next((name for name in parts.names() if name.lower() == wanted.lower()), "")


def formats(parts: Parts, count: Count) -> list[Format]:
    """By the number a cell gives as its style."""
    codes = dict(BUILT_IN)
    styles: list[int] = []
    within = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal within
        if name == "numFmt" and within != "dxfs":
            number = attributes.get("numFmtId", "")
            if number.isdecimal():
                codes[int(number)] = attributes.get("formatCode", "")
                if len(codes) > 10_000:
                    raise Unusable(NOT_READ)
        elif name in ("cellXfs", "cellStyleXfs", "dxfs"):
            within = name
        elif name == "xf" and within == "cellXfs":
            number = attributes.get("numFmtId", "0")
            styles.append(int(number) if number.isdecimal() else 0)
            if len(styles) > 100_000:
                raise Unusable(NOT_READ)

    def end(name: str) -> None:
        nonlocal within
        if name == within:
            within = ""

    name = _named(parts, "xl/styles.xml")
    if name:
        parse(parts.chunks(name), count, start=start, end=end)
    known = {number: format_of(codes.get(number, "General")) for number in set(styles)}
    return [known[number] for number in styles]
