"""Everything that an edition publishes, as text: what a reader, a program or somebody who takes the files apart can find in it.

`surfaces` gives the text by where it stands: of the PDF its pages, its metadata and every string inside (alternative text, bookmarks,
form of tags); of the workbook each XML part of the archive; of the web page its text, attributes and titles of charts; tables and data as
they are. `holding` says which of them hold one of the numbers or words that nobody may learn.
"""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from typing import Any

import pikepdf

from reporting import companions, pdf
from reporting.imprint import Imprint
from reporting.snapshots.shape import Snapshot, Value


def surfaces(snapshot: Snapshot, imprint: Imprint, *, with_pdf: bool = True) -> dict[str, str]:
    """Setting the PDF takes seconds: where many snapshots are tried, `with_pdf=False` looks at the HTML it is set from."""
    found = {}
    for made in companions.make(snapshot, imprint):
        found |= {f"{made.form} {place}".strip(): text for place, text in texts(made.form, made.content).items()}
    if with_pdf:
        rendered = pdf.render(snapshot, imprint)
        found |= {f"pdf {place}": text for place, text in texts("pdf", rendered.pdf).items()}
    return found


def texts(form: str, content: bytes) -> dict[str, str]:
    """What stands in a file, by the part of it."""
    if form == "xlsx":
        return xlsx(content)
    if form == "pdf":
        return {"text": _pdf_text(content), "strings": "\n".join(_pdf_strings(content))}
    text = content.decode("utf-8-sig")
    return {"": text, "read": readable(text)} if form == "html" else {"": text}


def xlsx(content: bytes) -> dict[str, str]:
    """Every part of the archive, properties and styles too, with its entities resolved."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: unescape(archive.read(name).decode()) for name in archive.namelist()}


def readable(markup: str) -> str:
    """The text between tags, so that "1<span>2</span>" is found as 12 too."""
    return unescape(re.sub(r"<[^>]*>", "", markup))


def _pdf_text(content: bytes) -> str:
    command = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True, timeout=60).stdout.decode()


def _pdf_strings(content: bytes) -> Iterator[str]:
    """Metadata, and every string that an object of the file holds."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        if "/Metadata" in opened.Root:
            yield opened.Root.Metadata.read_bytes().decode()
        for name, value in opened.docinfo.items():
            yield f"{name} {value}"
        for thing in opened.objects:
            yield from _strings(thing)


def _strings(thing: Any) -> Iterator[str]:
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        for item in thing:
            if not (isinstance(item, pikepdf.Object) and item.is_indirect):
                yield from _strings(item)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for _, value in thing.items():
            if not (isinstance(value, pikepdf.Object) and value.is_indirect):
                yield from _strings(value)


# ---------------------------------------------------------------- what nobody may learn


def holding(found: Mapping[str, str], needles: Iterable[Decimal | str]) -> list[str]:
    """ "csv: 8123" for each needle and where it stands. Numbers are looked for as they would be written, with and without commas."""
    return [
        f"{place}: {needle}"
        for needle in needles
        for place, text in found.items()
        if _pattern(needle, place).search(text)
    ]


def _pattern(needle: Decimal | str, place: str) -> re.Pattern[str]:
    if isinstance(needle, str):
        return re.compile(re.escape(needle), re.IGNORECASE)
    whole, _, decimals = f"{needle.normalize():f}".partition(".")
    after = rf"\.{decimals}0*(?!\d)" if decimals else r"(?:\.0+)?(?!\d)(?!\.\d)"
    plain = rf"(?<![\d.]){whole}{after}"
    grouped = rf"(?<![\d.])(?<!\d,){int(whole):,}{after}(?!,\d{{3}})"
    # In a table a comma parts two numbers; a short number behind one is not the end of a longer.
    return re.compile(f"{plain}|{grouped}" if int(whole) > 999 or place.startswith("csv") else grouped)


def hidden(executive: Snapshot, public: Snapshot, *, least: int = 100) -> set[Decimal]:
    """The numbers behind what the public edition hides, of indicators that are in it.

    Only those from `least` up: smaller ones stand everywhere by chance, as a day, a share or another count.
    """
    own = {part.slug: part for one in executive.priorities for part in (*one.indicators, *one.context)}
    found: set[Decimal] = set()
    for priority in public.priorities:
        for part in (*priority.indicators, *priority.context):
            found |= set(_behind(own[part.slug], part))
    return {number for number in found if number >= least}


def _behind(was: Any, now: Any) -> Iterator[Decimal]:
    if isinstance(now, Value) and isinstance(was, Value):
        if now.hidden:
            yield from (number for number in (was.numerator, was.denominator) if number is not None)
            if was.percentage is not None:
                yield was.percentage.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    elif isinstance(now, tuple) and isinstance(was, tuple):
        for one, other in zip(was, now, strict=False):
            yield from _behind(one, other)
    elif is_dataclass(now) and is_dataclass(was) and type(now) is type(was):
        for field in fields(now):
            yield from _behind(getattr(was, field.name), getattr(now, field.name))
