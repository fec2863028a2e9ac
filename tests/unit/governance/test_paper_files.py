"""What a paper is, by what is in it."""

import io
import zipfile

import pytest

from governance.paper_files import DOCX, MOST_BYTES, ODT, PDF, PPTX, XLSX, Unusable, kind_of


def archive(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return made.getvalue()


WORD = archive(word__document_xml=b"<x/>", _rels=b"")
EXCEL = archive(xl__workbook_xml=b"<x/>")
SLIDES = archive(ppt__presentation_xml=b"<x/>")
OPEN = archive(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<x/>")
OPEN_SHEET = archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7 and so on", "paper.pdf", PDF),
        (b"%PDF-1.4", "PAPER.PDF", PDF),
        (WORD, "paper.docx", DOCX),
        (EXCEL, "figures.xlsx", XLSX),
        (SLIDES, "talk.pptx", PPTX),
        (OPEN, "paper.odt", ODT),
    ],
)
def test_what_is_taken(content, name, kind):
    assert kind_of(content, name) == kind


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "paper.pdf", "The file is empty"),
        (b"%PDF-1.7", "paper.exe", "can’t be a file of this kind"),
        (b"%PDF-1.7", "paper", "can’t be a file of this kind"),
        (b"MZ\x90 a program", "paper.pdf", "named .pdf, but it isn’t a PDF file"),
        (b"<html>", "paper.docx", "named .docx, but it isn’t a Word file"),
        (WORD, "paper.pdf", "holds a Word file. Name it .docx"),
        (EXCEL, "paper.docx", "holds an Excel file. Name it .xlsx"),
        (OPEN_SHEET, "paper.odt", "it isn’t an OpenDocument text file"),
        (archive(other=b"x"), "paper.docx", "it isn’t a Word file"),
        (WORD[: len(WORD) // 2], "paper.docx", "it isn’t a Word file"),
        (archive(word__document_xml=b"", word__vbaProject_bin=b"x"), "paper.docx", "can’t hold macros"),
        (b"PK\x03\x04" + b"\x00" * 50, "paper.pptx", "it isn’t a PowerPoint file"),
    ],
)
def test_what_is_refused(content, name, sentence):
    with pytest.raises(Unusable, match=sentence.replace(".", r"\.")):
        kind_of(content, name)


def test_twenty_megabytes_are_taken_and_one_byte_more_is_not():
    head = b"%PDF-1.7"
    assert kind_of(head + b"x" * (MOST_BYTES - len(head)), "paper.pdf") == PDF
    with pytest.raises(Unusable, match="20 MB or smaller"):
        kind_of(head + b"x" * (MOST_BYTES - len(head) + 1), "paper.pdf")
