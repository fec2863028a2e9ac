"""What a file is, told by its first bytes and never by its name."""

import codecs
import re

from lib.sheets.grid import NOTHING, Unusable
from lib.sheets.parts import WORKBOOK
from lib.sheets.zip_guard import Parts

SAVE = "Open it in your spreadsheet program, save it as .xlsx and send that."
OLD_EXCEL = "This is an old Excel file (.xls). Open it in Excel, save it as .xlsx and send that."
PASSWORD = "This file is protected by a password. Save it without the password and send that."
MACROS = "This workbook holds macros (.xlsm), which are not taken. Save it as .xlsx, without them, and send that."
BINARY = f"This is a binary Excel file (.xlsb). {SAVE}"
ODS = f"This is an OpenDocument spreadsheet (.ods). {SAVE}"
PDF = "This is a PDF. Figures cannot be read from it: send the spreadsheet that it was made from."
PICTURE = "This is a picture. Figures cannot be read from it: send the spreadsheet itself."
WEB_PAGE = f"This is a web page (HTML), whatever its name says. {SAVE}"
WORD = "This is a Word document. Copy the table into a spreadsheet, save it as .xlsx and send that."
SLIDES = "This is a presentation. Copy the table into a spreadsheet, save it as .xlsx and send that."
NUMBERS = "This is an Apple Numbers file. Export it as Excel (.xlsx) and send that."
XML = f"This is an XML file, not a spreadsheet. {SAVE}"
PACKED = "This is a packed file. Unpack it and send the spreadsheet that is in it."
SCRIPT = "This is a program, whatever its name says. Send the spreadsheet itself."
RICH_TEXT = "This is a text document (RTF). Copy the table into a spreadsheet, save it as .xlsx and send that."

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STARTS = (
    (b"%PDF", PDF),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"BM\x00", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"RIFF", PICTURE),
    (b"{\\rtf", RICH_TEXT),
    (b"\x1f\x8b", PACKED),
    (b"Rar!", PACKED),
    (b"7z\xbc\xaf", PACKED),
    (b"BZh", PACKED),
    (b"\xfd7zXZ", PACKED),
    (b"\x09\x08", OLD_EXCEL),  # Excel 4 and before, without a container
)
_TAGS = (
    (b"<?xml", XML),
    (b"<!doctype html", WEB_PAGE),
    (b"<html", WEB_PAGE),
    (b"<table", WEB_PAGE),
    (b"<meta", WEB_PAGE),
    (b"<head", WEB_PAGE),
)
_MARKUP = re.compile(rb"<[a-z!?%/]")  # no heading begins so


def parts_of(content: bytes) -> Parts | None:
    """The parts of an XLSX file; None for what may be a text table. Raises Unusable with a sentence for any other kind of file."""
    if not content:
        raise Unusable(NOTHING)
    if content.startswith(OLE):
        raise Unusable(PASSWORD if ENCRYPTED in content else OLD_EXCEL)
    for start, sentence in _STARTS:
        if content.startswith(start):
            raise Unusable(sentence)
    written = _beginning(content)
    for start, sentence in _TAGS:
        if written.startswith(start):
            raise Unusable(WEB_PAGE if b"<html" in written else sentence)
    if written.startswith(b"mime-version:") or _MARKUP.match(written):
        raise Unusable(WEB_PAGE)
    if written.startswith(b"#!"):
        raise Unusable(SCRIPT)
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    parts = Parts(content)
    _workbook(parts)
    return parts


def _beginning(content: bytes) -> bytes:
    """The first words in small letters, whichever of the letters that have a mark they are stored in."""
    head = content[:2000]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode()
    return head.removeprefix(codecs.BOM_UTF8).lstrip().lower()


def _workbook(parts: Parts) -> None:
    names = {name.lower() for name in parts.names()}
    if "xl/workbook.bin" in names:
        raise Unusable(BINARY)
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unusable(MACROS)
    if "[content_types].xml" in names and WORKBOOK in parts:
        if (
            b"macroenabled"
            in parts.whole(next(name for name in parts.names() if name.lower() == "[content_types].xml")).lower()
        ):
            raise Unusable(MACROS)
        return
    if "mimetype" in names:
        raise Unusable(ODS if b"spreadsheet" in parts.whole("mimetype") else PACKED)
    if "word/document.xml" in names:
        raise Unusable(WORD)
    if "ppt/presentation.xml" in names:
        raise Unusable(SLIDES)
    if any(name.startswith("index/") and name.endswith(".iwa") for name in names):
        raise Unusable(NUMBERS)
    raise Unusable(PACKED)
