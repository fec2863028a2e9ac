"""XML read as it comes, without a tree. A document type is refused, so there are no entities to expand and nothing to fetch."""

from collections.abc import Callable, Iterable
from pyexpat import ExpatError, ParserCreate
from typing import Any

from lib.sheets.grid import NOT_READ, TOO_MANY_CELLS, Unusable

MOST_ELEMENTS = 3_000_000  # all parts together; an element can be four bytes long
LONGEST_TAG = 400_000  # bytes; a tag is held until it ends
MOST_NAMES = 5_000  # of elements and attributes, and of name spaces: the parser remembers them all
DEEPEST = 200  # elements within elements; it remembers those too

_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # "Strict Open XML Spreadsheet"
)
_RELATED = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
FORBIDDEN = "This file holds a document type or entities, which no spreadsheet program writes, so it was not read. Save it again as .xlsx and send that."


class _Names(dict[str, str]):
    """ "{main} row" -> "row"; anything else is left as it is, so that an element of an extension is not taken for one of ours."""

    def __missing__(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        if space in _MAIN or space.endswith("/package/2006/relationships"):
            short = local
        elif space in _RELATED:
            short = f"r:{local}"
        else:
            short = name
        if len(self) < 1000:
            self[name] = short
        return short


class Count:
    """Elements read so far."""

    def __init__(self) -> None:
        self.left = MOST_ELEMENTS


def parse(
    chunks: Iterable[bytes],
    count: Count,
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Calls `start(name, attributes)`, `end(name)` and `text(...)` as they come; text may come in several pieces."""
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    names = _Names()
    depth = spaces = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        count.left -= 1
        if count.left < 0 or depth > DEEPEST:
            raise Unusable(TOO_MANY_CELLS)
        start(names[name], attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(names[name])

    def declared(*_: Any) -> None:
        nonlocal spaces
        spaces += 1
        if spaces > MOST_NAMES:
            raise Unusable(TOO_MANY_CELLS)

    def refused(*_: Any) -> int:
        raise Unusable(FORBIDDEN)

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.StartNamespaceDeclHandler = declared
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refused
    parser.EntityDeclHandler = refused
    parser.UnparsedEntityDeclHandler = refused
    parser.ExternalEntityRefHandler = refused
    fed = 0
    try:
        for chunk in chunks:
            fed += len(chunk)
            parser.Parse(chunk, False)
            if fed - parser.CurrentByteIndex > LONGEST_TAG or len(parser.intern) > MOST_NAMES:
                raise Unusable(TOO_MANY_CELLS)
        parser.Parse(b"", True)
    except Unusable:
        raise
    except (
        ExpatError,
        LookupError,
        ValueError,
    ) as error:  # LookupError, ValueError: letters that the parser does not know
        raise Unusable(NOT_READ) from error


def related(attributes: dict[str, str], name: str) -> str:
    """The attribute r:name, under either name space; "" without it."""
    return next((attributes[f"{space} {name}"] for space in _RELATED if f"{space} {name}" in attributes), "")
