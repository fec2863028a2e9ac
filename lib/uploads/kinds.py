"""What a file is: told by what is in it, and it must agree with its name. Nothing is unpacked but one or two short parts.

Pure: takes bytes. A place that takes files has a function (content, name) -> Kind made of these, and says by it what it takes.
"""

import codecs
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import puremagic

from lib import file_names
from lib.sheets import Unusable, kinds
from lib.sheets.csv_reading import encoding_of
from lib.sheets.zip_guard import BURSTS, Parts

OFFICE = "application/vnd.openxmlformats-officedocument."
HEAD = 1024  # a PDF says within so many bytes that it is one, and so does whatever it is besides
MARKUP = (b"<html", b"<script", b"<!doctype html", b"<svg", b"<?php")
TYPES, MIMETYPE = "[Content_Types].xml", "mimetype"
MACROS = "A file can’t hold macros. Save it without them, or as PDF"
TWO_AT_ONCE = "This file is a PDF and something else at once. Print it as a PDF again, then choose that"
GROWS = "This file would grow far too large when opened. Save it again, with smaller pictures, or as PDF"
OLD_OFFICE = (
    "This is a file of an old Office program. Open it, save it as .docx, .xlsx or .pptx, or as PDF, and choose that"
)


@dataclass(frozen=True)
class Kind:
    """`ending` is that of the name, `words` what people call it, `content_type` what it is served as; `others` are endings that it has as well."""

    ending: str
    words: str
    content_type: str
    others: tuple[str, ...] = ()

    @property
    def endings(self) -> tuple[str, ...]:
        return (self.ending, *self.others)

    @property
    def named(self) -> str:
        return f"{'an' if self.words[0] in 'EO' else 'a'} {self.words}"


PDF = Kind(".pdf", "PDF", "application/pdf")
DOCX = Kind(".docx", "Word", f"{OFFICE}wordprocessingml.document")
XLSX = Kind(".xlsx", "Excel", f"{OFFICE}spreadsheetml.sheet")
PPTX = Kind(".pptx", "PowerPoint", f"{OFFICE}presentationml.presentation")
ODT = Kind(".odt", "OpenDocument text", "application/vnd.oasis.opendocument.text")
CSV = Kind(".csv", "CSV", "text/csv; charset=utf-8", (".txt", ".tsv"))
# The part that only this kind of office file holds.
HEART = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}


def spreadsheet(content: bytes, name: str) -> Kind:
    """XLSX or CSV. Raises Unusable with what to send instead for everything else, and for one that has another's name."""
    found = XLSX if kinds.parts_of(content) is not None else CSV
    if found is CSV:
        if what := _program_or_such(content):
            raise Unusable(f"This is {what}, whatever its name says. Send the spreadsheet as .xlsx or .csv.")
        encoding_of(content)
    named = file_names.ending(name)
    if named in found.endings:
        return found
    if named in (XLSX.ending, *CSV.endings):
        raise Unusable(f"This file is named {named}, but it is {found.named} file. Name it {found.ending}.")
    said = f"A file named {named} can’t be taken" if named else "The name of this file has no ending"
    raise Unusable(f"{said}. Save it as .xlsx or .csv and send that.")


def document(content: bytes, name: str, among: Iterable[Kind], *, like: str) -> Kind:
    """One of the kinds `among`. Raises Unusable, with `like` for what to send instead, for everything else, and for one that has another's name."""
    named = next((kind for kind in among if file_names.ending(name) in kind.endings), None)
    if named is None:
        raise Unusable(f"A paper can’t be a file of this kind. {like}")
    found = _pdf(content) if content.startswith(b"%PDF-") else _office(content)
    if found is None:
        what = _program_or_such(content)
        raise Unusable(
            f"The file is named {named.ending}, but it isn’t {named.named} file{what and f': it is {what}'}. {like}"
        )
    if found != named:
        raise Unusable(f"The file is named {named.ending}, but holds {found.named} file. Name it {found.ending}")
    return found


def _pdf(content: bytes) -> Kind:
    """A PDF that is a web page or an archive as well is one thing to who looks at it and another to who opens it."""
    head = content[:HEAD].lower()
    if any(mark in head for mark in MARKUP) or zipfile.is_zipfile(BytesIO(content)):
        raise Unusable(TWO_AT_ONCE)
    return PDF


def _office(content: bytes) -> Kind | None:
    """Office files are archives that begin as one."""
    if content.startswith(kinds.OLE):
        raise Unusable(kinds.PASSWORD if kinds.ENCRYPTED in content else OLD_OFFICE)
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        parts = Parts(content)
        names = {name.lower() for name in parts.names()}
        types = parts.whole(TYPES).lower() if TYPES in parts else b""
        says = parts.whole(MIMETYPE).strip() if MIMETYPE in parts else b""
    except Unusable as why:
        if str(why) == kinds.PASSWORD:
            raise
        if str(why) == BURSTS:
            raise Unusable(GROWS) from why
        return None
    if b"macroenabled" in types or any(map(_is_macro, names)):
        raise Unusable(MACROS)
    if says:
        return ODT if says == ODT.content_type.encode() else None
    return next((kind for part, kind in HEART.items() if part in names), None)


def _is_macro(part: str) -> bool:
    """Of Office, and of OpenDocument."""
    return part.endswith("vbaproject.bin") or part.startswith(("basic/", "scripts/"))


def _program_or_such(content: bytes) -> str:
    """What is neither text nor taken anywhere, in a word or two; "" for text and for what nobody knows."""
    if b"\0" not in content[:HEAD] or content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ""
    try:
        found = puremagic.magic_string(content[:HEAD])
    except (puremagic.PureError, ValueError):
        return ""
    if any(one.extension in (".exe", ".dll", ".class", ".lnk") or "executable" in one.name.lower() for one in found):
        return "a program"
    families = {one.mime_type.partition("/")[0] for one in found}
    words = {"image": "a picture", "video": "a film", "audio": "a recording"}
    return next((said for family, said in words.items() if family in families), "")
