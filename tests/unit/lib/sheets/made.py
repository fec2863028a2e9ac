"""XLSX files made by hand, part by part, so that a test can have any of them wrong."""

import io
import struct
import zipfile
import zlib

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/><Override '
    'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def workbook_xml(*sheets: str, before: str = "") -> str:
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATED}">{before}<sheets>{"".join(sheets)}</sheets></workbook>'


def rels_xml(*targets: tuple[str, str]) -> str:
    """Target and kind: ("worksheets/sheet1.xml", "worksheet")."""
    inner = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATED}/{kind}" Target="{target}"/>'
        for at, (target, kind) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    return f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def styles_xml(*codes: str) -> str:
    """Style 0 is General, style n the n-th code."""
    formats = "".join(f'<numFmt numFmtId="{164 + at}" formatCode="{code}"/>' for at, code in enumerate(codes))
    styles = "".join(f'<xf numFmtId="{164 + at}"/>' for at in range(len(codes)))
    return f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'


def strings_xml(*items: str) -> str:
    return f'{HEAD}<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def parts(
    rows: str = '<row r="1"><c r="A1"><v>1</v></c></row>', **changed: str | bytes | None
) -> dict[str, str | bytes]:
    """The parts of a workbook of one sheet, by name; `changed` by what they are: sheet, workbook, rels, styles, strings, types. None leaves one out."""
    names = {
        "types": "[Content_Types].xml",
        "workbook": "xl/workbook.xml",
        "rels": "xl/_rels/workbook.xml.rels",
        "sheet": "xl/worksheets/sheet1.xml",
        "styles": "xl/styles.xml",
        "strings": "xl/sharedStrings.xml",
    }
    given: dict[str, str | bytes | None] = {
        "types": CONTENT_TYPES,
        "workbook": workbook_xml('<sheet name="Figures" sheetId="1" r:id="rId1"/>'),
        "rels": rels_xml(("worksheets/sheet1.xml", "worksheet")),
        "sheet": sheet_xml(rows),
        **changed,
    }
    return {names[key]: value for key, value in given.items() if value is not None}


def zipped(files: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=compression)
    return made.getvalue()


def xlsx(rows: str = '<row r="1"><c r="A1"><v>1</v></c></row>', **changed: str | bytes | None) -> bytes:
    return zipped(parts(rows, **changed))


def raw_zip(entries: list[tuple[str, bytes, int | None]], *, flags: int = 0, method: int = 8) -> bytes:
    """A zip written byte by byte: name, content, and the size it says it has (None for the true one)."""
    body, central = b"", b""
    for name, content, says in entries:
        squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = squeezer.compress(content) + squeezer.flush() if method == 8 else content
        sizes = struct.pack("<III", zlib.crc32(content), len(packed), len(content) if says is None else says)
        header = struct.pack("<HHHHH", 20, flags, method, 0, 33) + sizes
        central += b"PK\x01\x02" + struct.pack("<H", 20) + header
        central += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, len(body)) + name.encode()
        body += b"PK\x03\x04" + header + struct.pack("<HH", len(name), 0) + name.encode() + packed
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(central), len(body), 0)
    return body + central + end


def raw(files: dict[str, str | bytes], **sizes: int) -> list[tuple[str, bytes, int | None]]:
    """For `raw_zip`; `sizes` are those that a part lies about, by the beginning of its file's name."""
    made: list[tuple[str, bytes, int | None]] = []
    for name, content in files.items():
        says = next((size for start, size in sizes.items() if name.rpartition("/")[2].startswith(start)), None)
        made.append((name, content.encode() if isinstance(content, str) else content, says))
    return made
