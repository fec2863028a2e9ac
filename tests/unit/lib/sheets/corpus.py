"""Files that people send by mistake or in bad faith, made when asked for.

`REFUSED` gives for each the words that its sentence must hold; `READ` are odd but can be read. `CORPUS` is both, for anything that takes a file.
"""

import struct
import zipfile
from collections.abc import Callable

from tests.unit.lib.sheets.made import (
    CONTENT_TYPES,
    HEAD,
    MAIN,
    parts,
    raw,
    raw_zip,
    rels_xml,
    sheet_xml,
    strings_xml,
    styles_xml,
    workbook_xml,
    xlsx,
    zipped,
)

Maker = Callable[[], bytes]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ONE_SHEET = '<sheet name="Figures" sheetId="1" r:id="rId1"/>'
HEADINGS = "Indicator,Quarter,Number\r\n"


def _inline(text: str, place: str = "A1") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def _row(*cells: str, at: int = 1) -> str:
    return f'<row r="{at}">{"".join(cells)}</row>'


def _laughs() -> str:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    return f"<?xml version='1.0'?><!DOCTYPE sst [{entities}]><sst xmlns=\"{MAIN}\"><si><t>&j;</t></si></sst>"


def _outside(address: str) -> str:
    return (
        f"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM \"{address}\">]>"
        f'<worksheet xmlns="{MAIN}"><sheetData>{_row(_inline("&e;"))}</sheetData></worksheet>'
    )


def _overlapping() -> bytes:
    """A thousand entries that are all the same bytes: each counts, none takes room."""
    plain = raw_zip(raw(parts()))
    end = plain.rindex(b"PK\x05\x06")
    count, size, start = struct.unpack("<HII", plain[end + 10 : end + 20])
    central = plain[start : start + size]
    last = central.rindex(b"PK\x01\x02")
    twins = b"".join(central[last : last + 46] + f"xl/worksheets/twin{at:02}.xml"[:24].encode() for at in range(99))
    assert len(central[last + 46 :]) == 24
    central += twins
    finish = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count + 99, count + 99, len(central), start, 0)
    return plain[:start] + central + finish


def _nested() -> bytes:
    inner = zipped({"zeros": bytes(20_000_000)})
    for _ in range(3):
        inner = zipped({"inner.zip": inner})
    return zipped({**parts(), "xl/embeddings/inner.zip": inner})


def _many_parts() -> bytes:
    return zipped({**parts(), **{f"xl/media/{at}.xml": b"" for at in range(2500)}}, zipfile.ZIP_STORED)


def _encrypted_entries() -> bytes:
    return raw_zip(raw(parts()), flags=1)


def _ods() -> bytes:
    return zipped(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}, zipfile.ZIP_STORED
    )


def _cells(columns: int, rows: int) -> bytes:
    return b"\n".join([b",".join([b"1"] * columns)] * rows)


REFUSED: dict[str, tuple[Maker, str]] = {
    # ------------------------------------------------------------ other kinds of file
    "empty": (lambda: b"", "nothing in this file"),
    "old Excel": (lambda: OLE + bytes(600) + "Workbook".encode("utf-16-le"), "old Excel file (.xls)"),
    "old Excel without a container": (lambda: b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(30), "old Excel file (.xls)"),
    "password": (lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
    "encrypted entries": (_encrypted_entries, "password"),
    "OpenDocument": (_ods, ".ods"),
    "macros": (lambda: zipped({**parts(), "xl/vbaProject.bin": b"x"}), "macros (.xlsm)"),
    "macros by type": (
        lambda: xlsx(
            types=CONTENT_TYPES.replace(
                "openxmlformats-officedocument.spreadsheetml.sheet", "ms-excel.sheet.macroEnabled"
            )
        ),
        "macros (.xlsm)",
    ),
    "binary Excel": (lambda: zipped({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.bin": b"\x83\x01"}), ".xlsb"),
    "Word": (lambda: zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), "Word document"),
    "PowerPoint": (lambda: zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}), "presentation"),
    "Numbers": (lambda: zipped({"Index/Document.iwa": b"x", "preview.jpg": b"x"}), "Apple Numbers"),
    "zip of a CSV": (lambda: zipped({"figures.csv": HEADINGS}), "packed file"),
    "gzip": (lambda: b"\x1f\x8b\x08" + bytes(20), "packed file"),
    "PDF": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
    "PNG": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
    "JPEG": (lambda: b"\xff\xd8\xff\xe0" + bytes(50), "picture"),
    "HTML": (lambda: b"\xef\xbb\xbf\r\n <!DOCTYPE HTML><html><table><tr><td>1</td></tr></table></html>", "web page"),
    "HTML named xls": (
        lambda: b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table></table></html>",
        "web page",
    ),
    "XML": (lambda: b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>", "XML file"),
    "RTF": (lambda: b"{\\rtf1\\ansi figures}", "RTF"),
    "binary": (lambda: bytes(range(256)) * 4, "not a spreadsheet"),
    # ------------------------------------------------------------ text tables
    "blank lines": (lambda: b"\r\n \r\n,,,\r\n,,\r\n", "nothing in this file"),
    "blank lines of semicolons": (lambda: b";;;\r;;;\r", "nothing in this file"),
    "only a mark": (lambda: b"\xef\xbb\xbf", "nothing in this file"),
    "open quotation mark": (
        lambda: (HEADINGS + 'A1,"2017-18 Q4,5\r\nA2,2017-18 Q4,6\r\n').encode(),
        "row 2 and never closed",
    ),
    "stray quotation mark": (lambda: (HEADINGS + 'A1,2017-18 Q4,5\nA2,"five" or so,6\n').encode(), "row 3"),
    "nothing characters": (lambda: HEADINGS.encode() + b"A1,\0,5\n", "not a spreadsheet"),
    "nothing characters in UTF-16": (lambda: b"\xff\xfe" + (HEADINGS + "A1,\0,5\n").encode("utf-16-le"), "line 2"),
    "UTF-16 without its mark": (lambda: HEADINGS.encode("utf-16-le"), "letters are stored in a way"),
    "UTF-16 cut short": (lambda: b"\xff\xfe" + HEADINGS.encode("utf-16-le")[:-1], "cannot be read"),
    "UTF-32": (lambda: HEADINGS.encode("utf-32"), "UTF-32"),
    "no letter of Windows-1252": (lambda: (HEADINGS + "A1,").encode() + b"caf\xe9 \x81,5\n", "line 2"),
    "one huge line": (lambda: b"x" * 5_000_000, "longer than any spreadsheet shows"),
    "a cell of 40,000 letters": (lambda: b"a,b\n" + b"x" * 40_000 + b",1\n", "32,767 characters"),
    "a quotation mark opened at the start": (lambda: b'"' + b"a,b\n" * 200_000, "longer than any spreadsheet shows"),
    "301 columns": (lambda: _cells(301, 2), "300 columns"),
    "50,001 rows": (lambda: _cells(2, 50_001), "50,000 rows"),
    "600,001 cells": (lambda: _cells(200, 3_001), "more than can be read"),
    "more than 10 MB": (lambda: b"a,b\n" * 2_621_441, "10 MB"),
    # ------------------------------------------------------------ zips that are no good
    "cut short": (lambda: xlsx()[:-30], "could not be read"),
    "only the beginning of a zip": (lambda: b"PK\x03\x04", "could not be read"),
    "an empty zip": (lambda: b"PK\x05\x06" + bytes(18), "packed file"),
    "twice the same part": (lambda: raw_zip([*raw(parts()), *raw({"xl/workbook.xml": "<x/>"})]), "could not be read"),
    "bomb": (lambda: xlsx(strings=bytes(100_000_000)), "far too large"),
    "bomb in a part that is not needed": (
        lambda: zipped({**parts(), "xl/media/x.bin": bytes(100_000_000)}),
        "far too large",
    ),
    "more than 120 MB in many parts": (
        lambda: zipped({**parts(), **{f"xl/media/{at}": bytes(999_000) for at in range(125)}}),
        "far too large",
    ),
    "bomb that says it is small": (
        lambda: raw_zip(raw(parts(strings=bytes(50_000_000)), sharedStrings=500)),
        "could not be read",
    ),
    "a part that says it is larger": (lambda: raw_zip(raw(parts(), sheet1=5_000)), "could not be read"),
    "overlapping entries": (_overlapping, "far too large"),
    "2,500 parts": (_many_parts, "far too large"),
    "unusual compression": (lambda: zipped(parts(), zipfile.ZIP_BZIP2), "could not be read"),
    "wrong checksum": (
        lambda: xlsx().replace(b"PK\x03\x04\x14\0\0\0", b"PK\x03\x04\x14\0\0\0", 1)[:40] + b"!" + xlsx()[41:],
        "could not",
    ),
    # ------------------------------------------------------------ XML in bad faith
    "billion laughs": (lambda: xlsx(_row('<c r="A1" t="s"><v>0</v></c>'), strings=_laughs()), "entities"),
    "entity from a file": (lambda: xlsx(sheet=_outside("file:///etc/passwd")), "entities"),
    "entity from the network": (lambda: xlsx(sheet=_outside("http://127.0.0.1:9/x")), "entities"),
    "document type in the workbook": (
        lambda: xlsx(
            workbook=workbook_xml(ONE_SHEET).replace(HEAD, "<!DOCTYPE workbook SYSTEM 'http://127.0.0.1:9/x.dtd'>")
        ),
        "entities",
    ),
    "document type in the styles": (lambda: xlsx(styles=f"<!DOCTYPE x><styleSheet xmlns='{MAIN}'/>"), "entities"),
    "document type in the relationships": (
        lambda: xlsx(
            rels=rels_xml(("worksheets/sheet1.xml", "worksheet")).replace(HEAD, "<!DOCTYPE Relationships []>")
        ),
        "entities",
    ),
    # ------------------------------------------------------------ workbooks that are no good
    "empty workbook": (lambda: xlsx(""), "nothing in this file"),
    "chart sheet alone": (
        lambda: xlsx(rels=rels_xml(("chartsheets/sheet1.xml", "chartsheet"))),
        "nothing in this file",
    ),
    "sheet outside the file": (
        lambda: xlsx(
            rels=rels_xml(("http://127.0.0.1:9/s.xml", "worksheet")).replace("Target=", 'TargetMode="External" Target=')
        ),
        "nothing in this file",
    ),
    "sheet that is not there": (lambda: xlsx(sheet=None), "could not be read"),
    "no relationships": (lambda: xlsx(rels=None), "could not be read"),
    "sheet is no XML": (lambda: xlsx(sheet="Indicator,Quarter"), "could not be read"),
    "sheet cut short": (lambda: xlsx(sheet=sheet_xml(_row(_inline("A1")))[:-30]), "could not be read"),
    "letters that XML may not hold": (
        lambda: xlsx(sheet=sheet_xml(_row(_inline("a\x01b"))).encode()),
        "could not be read",
    ),
    "shared string that is not there": (lambda: xlsx(_row('<c r="A1" t="s"><v>7</v></c>')), "could not be read"),
    "shared string below none": (lambda: xlsx(_row('<c r="A1" t="s"><v>-1</v></c>')), "could not be read"),
    "cell nowhere": (lambda: xlsx(_row('<c r="1A"><v>1</v></c>')), "could not be read"),
    "cell outside a row": (lambda: xlsx('<c r="A1"><v>1</v></c>'), "could not be read"),
    "rows out of order": (
        lambda: xlsx(_row(_inline("a", "A2"), at=2) + _row(_inline("b", "A1"), at=1)),
        "could not be read",
    ),
    "row past the last": (lambda: xlsx('<row r="1048577"><c><v>1</v></c></row>'), "could not be read"),
    "merged area nowhere": (
        lambda: xlsx(sheet=sheet_xml(_row(_inline("a")), after='<mergeCells><mergeCell ref="?"/></mergeCells>')),
        "could not",
    ),
    "stray cell in the last row": (lambda: xlsx('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "50,000 rows"),
    "stray cell in the last column": (lambda: xlsx('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "300 columns"),
    "50,001 rows in XLSX": (lambda: xlsx("<row><c><v>1</v></c></row>" * 50_001), "50,000 rows"),
    "50,001 rows on two sheets": (lambda: _two_sheets("<row><c><v>1</v></c></row>" * 25_001), "50,000 rows"),
    "too wide for its length": (
        lambda: xlsx(_row('<c r="KN1"><v>1</v></c>') + "<row><c><v>1</v></c></row>" * 40_000),
        "more than can be read",
    ),
    "merged areas upon merged areas": (
        lambda: xlsx(
            sheet=sheet_xml(
                "<row><c><v>1</v></c></row>" * 10_000,
                after="<mergeCells>" + '<mergeCell ref="A1:KN10000"/>' * 5_000 + "</mergeCells>",
            )
        ),
        "more than can be read",
    ),
    "a text of 40,000 letters": (lambda: xlsx(_row(_inline("x" * 40_000))), "32,767 characters"),
    "a text of 50 MB": (lambda: xlsx(_row(_inline("0123456789abcdef" * 3_000_000))), "far too large"),
    "a text of 9 MB": (lambda: xlsx(_row(_inline("0123456789abcdef" * 570_000))), "32,767 characters"),
    "a shared text of 9 MB": (
        lambda: xlsx(_row(_inline("a")), strings=strings_xml(f"<t>{'x' * 9_000_000}</t>")),
        "32,767 characters",
    ),
    "a tag of 9 MB": (lambda: xlsx(f'<row><c r="{"A" * 9_000_000}"/></row>'), "more than can be read"),
    "a remark of 9 MB": (lambda: xlsx(f"<!--{'x' * 9_000_000}-->"), "more than can be read"),
    "a million names": (lambda: xlsx("".join(f'<a{at} b{at}=""/>' for at in range(500_000))), "more than can be read"),
    "a million name spaces": (
        lambda: xlsx("".join(f'<a xmlns:b{at}="u"/>' for at in range(500_000))),
        "more than can be read",
    ),
    "elements within elements": (lambda: xlsx(sheet="<a>" * 3_200_000), "more than can be read"),
    "letters that there are not": (
        lambda: xlsx(sheet='<?xml version="1.0" encoding="nonsense"?><worksheet/>'),
        "could not be read",
    ),
    "letters of several bytes": (
        lambda: xlsx(sheet='<?xml version="1.0" encoding="shift_jis"?><worksheet/>'),
        "could not be read",
    ),
    "number formats without end": (lambda: xlsx(styles=styles_xml(*["0"] * 11_000)), "could not be read"),
    "blanks that come to nothing": (
        lambda: xlsx(_row(_inline(" " * 299_000 + "a")) + _row(_inline(" " * 400_000), at=2)),
        "32,767",
    ),
    "millions of elements": (
        lambda: xlsx(sheet=sheet_xml("", after="".join(f"<a{at}/>" for at in range(2_000)) * 1_501)),
        "more than can be read",
    ),
    "101 sheets": (lambda: xlsx(workbook=workbook_xml(*[ONE_SHEET] * 101)), "100 sheets"),
}


def _two_sheets(rows: str) -> bytes:
    return zipped(
        {
            **parts(
                rows,
                workbook=workbook_xml(ONE_SHEET, '<sheet name="More" sheetId="2" r:id="rId2"/>'),
                rels=rels_xml(("worksheets/sheet1.xml", "worksheet"), ("worksheets/sheet2.xml", "worksheet")),
            ),
            "xl/worksheets/sheet2.xml": sheet_xml(rows),
        }
    )


def _with_chart_sheet() -> bytes:
    return zipped(
        {
            **parts(
                workbook=workbook_xml('<sheet name="Chart" sheetId="2" r:id="rId2"/>', ONE_SHEET),
                rels=rels_xml(("worksheets/sheet1.xml", "worksheet"), ("chartsheets/sheet1.xml", "chartsheet")),
            ),
            "xl/chartsheets/sheet1.xml": f'<chartsheet xmlns="{MAIN}"/>',
        }
    )


READ: dict[str, Maker] = {
    "dimension that lies": lambda: xlsx(
        sheet=sheet_xml(_row(_inline("Indicator")), before='<dimension ref="A1:XFD1048576"/>')
    ),
    "a million empty rows": lambda: xlsx(
        _row(_inline("Indicator")) + "".join(f'<row r="{at}" s="1"/>' for at in range(2, 1_000_000, 4))
    ),
    "a merged sheet": lambda: xlsx(
        sheet=sheet_xml(_row(_inline("Indicator")), after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    ),
    "nested zips": _nested,
    "chart sheet beside it": _with_chart_sheet,
    "numbers that are none": lambda: xlsx(
        _row(*[f'<c r="{c}1"><v>{v}</v></c>' for c, v in zip("ABCD", ["NaN", "1E999", "-", "1e-999"], strict=True)])
    ),
    "days that are none": lambda: xlsx(
        _row(*[f'<c r="{c}1" s="1"><v>{v}</v></c>' for c, v in zip("ABCDE", [-1, 0, 60, 2958466, 1e300], strict=True)]),
        styles=f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>',
    ),
    "style that is not there": lambda: xlsx(_row('<c r="A1" s="99999"><v>0.5</v></c>')),
    "styles without end": lambda: xlsx(
        _row('<c r="A1" s="1"><v>0.5</v></c>'),
        styles=f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="200" formatCode="{"0.0%;" * 500}"/></numFmts>'
        '<cellXfs><xf/><xf numFmtId="200"/></cellXfs></styleSheet>',
    ),
    "text with letters no database takes": lambda: xlsx(_row(_inline("a_x0000_b_xD800_"))),
    "rich text": lambda: xlsx(
        _row('<c r="A1" t="s"><v>0</v></c>'),
        strings=strings_xml("<r><t>Indi</t></r><r><rPr><b/></rPr><t>cator</t></r>"),
    ),
    "one column": lambda: b"Indicator\r\nA1\r\n",
    "ragged": lambda: b"a,b,c\n1\n1,2,3,4,5\n\n1,2\n",
    "prose": lambda: b"Dear all, here are our figures; sorry that they are late.\nBest wishes",
    "blanks by the million": lambda: xlsx(
        "".join(f"<row>{_inline(' ' * 290_000 + str(at), '')}</row>".replace('r=""', "") for at in range(30))
    ),
    "a format of a hundred places": lambda: xlsx(
        '<row><c s="1"><v>1e308</v></c><c s="2"><v>5e-300</v></c></row>',
        styles=styles_xml("0." + "0" * 100, "%" * 900 + "0"),
    ),
    "XML in UTF-16": lambda: xlsx(
        sheet=sheet_xml(_row(_inline("Indicator"))).replace("UTF-8", "UTF-16").encode("utf-16")
    ),
    "formulas": lambda: b"Indicator,Number\n=cmd|' /C calc'!A0,@SUM(A1)\n",
    "semicolons in UTF-16": lambda: b"\xff\xfe" + "Indicator;Number\r\ncaf\xe9;5\r\n".encode("utf-16-le"),
    "CR alone": lambda: b"Indicator,Number\rA1,5\r",
    "Windows-1252": lambda: "Indicator,Number\r\nDomestic abuse – “all”,£5\r\n".encode("cp1252"),
}

CORPUS: dict[str, Maker] = {**{name: maker for name, (maker, _) in REFUSED.items()}, **READ}
