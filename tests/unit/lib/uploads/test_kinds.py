"""What a file is, by what is in it and by its name, in both kinds of place: for spreadsheets and for papers."""

import zipfile

import pytest

from governance.paper_files import kind_of as paper
from lib.sheets import Unusable
from lib.uploads.kinds import CSV, PDF, XLSX, spreadsheet
from tests.unit.lib.sheets.corpus import OLE
from tests.unit.lib.sheets.made import CONTENT_TYPES, parts, xlsx, zipped

TABLE = b"Indicator,Quarter,Number\r\nB2,2017-18 Q4,5\r\n"
PROGRAM = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + bytes(44) + b"\x80\0\0\0" + bytes(60) + b"PE\0\0L\x01"
ELF = b"\x7fELF\x02\x01\x01" + bytes(60)
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(50)
PAGE = b"<html><body><script>alert(1)</script></body></html>"
LOCKED = OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")
WORD = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}
MACROS = CONTENT_TYPES.replace("openxmlformats-officedocument.spreadsheetml.sheet", "ms-excel.sheet.macroEnabled")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (TABLE, "figures.csv", CSV),
        (TABLE, "C:\\Figures\\FIGURES.CSV", CSV),
        (TABLE, "figures.txt", CSV),
        ("Área;Número\r\n".encode("utf-16"), "figures.tsv", CSV),
        ("Offence,“Sex, gender”,£\n".encode("cp1252"), "figures.csv", CSV),
        (b"<5,BMI,ID3,MZ\n1,2,3,4\n", "figures.csv", CSV),  # the first letters of other kinds of file
        (b"x" * (10 * 1024 * 1024), "figures.csv", CSV),  # one line: for the reader to refuse
        (xlsx(), "figures.xlsx", XLSX),
        (xlsx(), "figures.csv\u202e.xlsx", XLSX),
    ],
)
def test_spreadsheets_that_are_taken(content, name, kind):
    assert spreadsheet(content, name) == kind


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (PROGRAM, "figures.csv", "This is a program, whatever its name says"),
        (ELF, "figures.csv", "This is a program, whatever its name says"),
        (b"#!/bin/sh\nrm -r figures\n", "figures.csv", "This is a program, whatever its name says"),
        (b"\0\0\0\x18ftypmp42" + bytes(50), "figures.csv", "This is a film"),
        (PICTURE, "figures.xlsx", "This is a picture"),
        (PAGE, "figures.csv", "This is a web page (HTML)"),
        (b"\xef\xbb\xbf\n  <!-- 1 --><svg onload=x>", "figures.csv", "This is a web page (HTML)"),
        (PAGE.decode().encode("utf-16"), "figures.csv", "This is a web page (HTML)"),
        (b"<script>alert(1)</script>,1\n", "figures.csv", "This is a web page (HTML)"),
        (b"<?php phpinfo();", "figures.csv", "This is a web page (HTML)"),
        (b"%PDF-1.7\n" + PAGE, "figures.csv", "This is a PDF"),
        (TABLE + xlsx(), "figures.csv", "not a spreadsheet"),
        (bytes(range(256)), "figures.csv", "not a spreadsheet"),
        (b"a,caf\xe9 \x81\n", "figures.csv", "In line 1 there is a letter that cannot be read"),
        (b"", "figures.csv", "nothing in this file"),
        (zipped(WORD), "figures.xlsx", "This is a Word document"),
        (zipped({**parts(), "xl/vbaProject.bin": b"x"}), "figures.xlsx", "This workbook holds macros"),
        (xlsx(types=MACROS), "figures.xlsx", "This workbook holds macros"),
        (LOCKED, "figures.xlsx", "protected by a password"),
        (OLE + bytes(600), "figures.xls", "This is an old Excel file"),
        (zipped({**parts(), "xl/../../../etc/cron.d/x": b"x"}), "figures.xlsx", "could not be read"),
        (zipped({**parts(), "xl\\..\\..\\x.exe": b"x"}), "figures.xlsx", "could not be read"),
        (xlsx(), "figures.csv", "This file is named .csv, but it is an Excel file. Name it .xlsx."),
        (TABLE, "figures.xlsx", "This file is named .xlsx, but it is a CSV file. Name it .csv."),
        (TABLE, "figures.csv.exe", "A file named .exe can’t be taken"),
        (xlsx(), "figures.xlsm", "A file named .xlsm can’t be taken"),
        (TABLE, "figures", "The name of this file has no ending"),
    ],
)
def test_what_is_no_spreadsheet(content, name, sentence):
    with pytest.raises(Unusable) as refused:
        spreadsheet(content, name)
    assert sentence in str(refused.value)


def test_a_pdf_is_taken_as_a_paper():
    assert paper(b"%PDF-1.7\n1 0 obj << /Title (the <b>north</b>) >>", "paper.pdf") == PDF


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (PROGRAM, "paper.pdf", "it isn’t a PDF file: it is a program. Send it as PDF"),
        (PICTURE, "paper.docx", "it isn’t a Word file: it is a picture. Send it as PDF"),
        (b"%PDF-1.7\n" + PAGE, "paper.pdf", "a PDF and something else at once"),
        (b"%PDF-1.7\n" + zipped(WORD), "paper.pdf", "a PDF and something else at once"),
        (PAGE + b"%PDF-1.7", "paper.pdf", "it isn’t a PDF file"),
        (PAGE + zipped(WORD), "paper.docx", "it isn’t a Word file"),
        (zipped({**WORD, "[Content_Types].xml": "ms-word.document.macroEnabled.main"}), "paper.docx", "hold macros"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "Basic/x.xml": ""}), "a.odt", "hold macros"),
        (zipped({**WORD, "../../x": b"x"}), "paper.docx", "it isn’t a Word file"),
        (zipped({**WORD, "word/media/x.bmp": bytes(150_000_000)}), "paper.docx", "grow far too large when opened"),
        (zipped({**WORD, **{f"x/{at}": b"" for at in range(2500)}}, zipfile.ZIP_STORED), "a.docx", "grow far too"),
        (LOCKED, "paper.docx", "protected by a password"),
        (OLE + bytes(600), "paper.docx", "a file of an old Office program"),
        (zipped(WORD), "paper.docm", "can’t be a file of this kind"),
    ],
)
def test_what_is_no_paper(content, name, sentence):
    with pytest.raises(Unusable) as refused:
        paper(content, name)
    assert sentence in str(refused.value)
