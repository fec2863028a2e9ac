"""Workbooks: what each kind of cell comes to."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from openpyxl import Workbook

from lib.sheets import EMPTY, Cell, Unusable, read
from tests.unit.lib.sheets.made import parts, rels_xml, sheet_xml, strings_xml, styles_xml, workbook_xml, xlsx, zipped


def rows(content: bytes) -> tuple[tuple[Cell, ...], ...]:
    (sheet,) = read(content, "x.xlsx").sheets
    return sheet.rows


def only(cell: str, **changed: str | bytes | None) -> Cell:
    ((found,),) = rows(xlsx(f'<row r="1">{cell}</row>', **changed))
    return found


def number(stored: str, code: str) -> Cell:
    return only(f'<c r="A1" s="1"><v>{stored}</v></c>', styles=styles_xml(code))


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("0.1", "0.1"),
        ("0.30000000000000004", "0.3"),
        ("434.99999999999994", "435"),
        ("1389", "1389"),
        ("1389.0", "1389"),
        ("-0", "0"),
        ("1E3", "1000"),
        ("1.5e-4", "0.00015"),
        ("299.999999999872", "299.999999999872"),
        ("9007199254740993", "9007199254740993"),
        ("70.50", "70.5"),
        (" 7 ", "7"),
    ],
)
def test_a_number_is_what_was_stored_without_the_tail_of_a_float(stored, meant):
    cell = only(f'<c r="A1"><v>{stored}</v></c>')
    assert (cell.kind, str(cell.number), cell.text) == ("number", meant, meant)


@pytest.mark.parametrize("stored", ["NaN", "INF", "1E999", "abc", "1,5", "0x10", "१"])
def test_what_is_no_number_is_text(stored):
    assert only(f'<c r="A1"><v>{stored}</v></c>') == Cell(stored)


def test_a_percentage_is_its_percentage():
    assert number("0.125", "0.0%") == Cell("12.5%", "number", Decimal("12.5"))
    assert number("0.125", "0%") == Cell("13%", "number", Decimal("12.5"))
    assert number("1", "0%").number == Decimal(100)
    assert number("0.28999999999999998", "0%") == Cell("29%", "number", Decimal(29))


def test_a_date_is_told_by_its_format():
    assert number("43215", "dd/mm/yyyy") == Cell("25/04/2018", "date", None, dt.date(2018, 4, 25))
    assert number("43191", "mmm-yy") == Cell("Apr-18", "date", None, dt.date(2018, 4, 1))
    assert number("43215.395833333336", "dd/mm/yyyy hh:mm") == Cell(
        "25/04/2018 09:30", "date", None, dt.date(2018, 4, 25)
    )


def test_the_format_that_follows_the_computer_is_shown_as_in_britain():
    styles = styles_xml("x").replace('numFmtId="164"/></cellXfs>', 'numFmtId="14"/></cellXfs>')
    assert only('<c r="A1" s="1"><v>43215</v></c>', styles=styles).text == "25/04/2018"


@pytest.mark.parametrize(
    ("stored", "day"),
    [
        ("1", dt.date(1900, 1, 1)),
        ("59", dt.date(1900, 2, 28)),
        ("60", None),
        ("61", dt.date(1900, 3, 1)),
        ("2958465", dt.date(9999, 12, 31)),
        ("2958465.9999999", None),
        ("2958466", None),
        ("0", None),
        ("-1", None),
    ],
)
def test_days_at_the_ends_of_the_calendar(stored, day):
    cell = number(stored, "dd/mm/yyyy")
    assert cell.day == day
    assert cell.kind == ("date" if day else "number")
    assert (cell.number is None) == bool(day)


@pytest.mark.parametrize(
    ("stored", "day"), [("0", dt.date(1904, 1, 1)), ("41753", dt.date(2018, 4, 25)), ("2957004", None)]
)
def test_dates_may_be_counted_from_1904(stored, day):
    workbook = workbook_xml('<sheet name="F" sheetId="1" r:id="rId1"/>', before='<workbookPr date1904="1"/>')
    assert only(f'<c r="A1" s="1"><v>{stored}</v></c>', styles=styles_xml("dd/mm/yyyy"), workbook=workbook).day == day


def test_a_date_typed_as_text_stays_text():
    assert only('<c r="A1" t="inlineStr"><is><t>25/04/2018</t></is></c>') == Cell("25/04/2018")


@pytest.mark.parametrize(
    ("stored", "cell"),
    [
        ("2018-04-25", Cell("25/04/2018", "date", None, dt.date(2018, 4, 25))),
        ("2018-04-25T09:30:00Z", Cell("25/04/2018 09:30", "date", None, dt.date(2018, 4, 25))),
        ("soon", Cell("soon")),
    ],
)
def test_a_date_may_be_stored_in_letters(stored, cell):
    assert only(f'<c r="A1" t="d"><v>{stored}</v></c>') == cell


def test_a_time_of_day_is_a_number():
    assert number("0.395833333333333", "hh:mm") == Cell("09:30", "number", Decimal("0.395833333333333"))
    assert number("1.5", "[h]:mm") == Cell("36:00", "number", Decimal("1.5"))


def test_booleans_and_errors():
    assert only('<c r="A1" t="b"><v>1</v></c>') == Cell("TRUE", "boolean")
    assert only('<c r="A1" t="b"><v>0</v></c>') == Cell("FALSE", "boolean")
    assert only('<c r="A1" t="e"><v>#REF!</v></c>') == Cell("#REF!", "error")


def test_shared_strings_with_and_without_formatting():
    strings = strings_xml(
        "<t>Indicator</t>", "<r><t>Num</t></r><r><rPr><b/></rPr><t>ber</t></r><rPh><t>nam</t></rPh>", "<t/>"
    )
    made = xlsx(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>',
        strings=strings,
    )
    assert rows(made) == ((Cell("Indicator"), Cell("Number")),)


def test_inline_strings_with_formatting_and_escaped_letters():
    assert only('<c r="A1" t="inlineStr"><is><r><t>Num</t></r><r><t>ber_x000A_of</t></r></is></c>') == Cell(
        "Number\nof"
    )
    assert only('<c r="A1" t="inlineStr"><is><t>_x005F_x000A_</t></is></c>') == Cell("_x000A_")


@pytest.mark.parametrize(
    ("xml", "cell"),
    [
        ("<c r='A1'><f>SUM(B2:B4)</f><v>7</v></c>", Cell("7", "formula", Decimal(7), None, "=SUM(B2:B4)")),
        ("<c r='A1'><f>SUM(B2:B4)</f></c>", Cell("", "formula", None, None, "=SUM(B2:B4)")),
        ("<c r='A1'><f>SUM(B2:B4)</f><v/></c>", Cell("", "formula", None, None, "=SUM(B2:B4)")),
        ("<c r='A1' s='1'><f>B2/B3</f><v>0.125</v></c>", Cell("12.5%", "formula", Decimal("12.5"), None, "=B2/B3")),
        (
            "<c r='A1' s='2'><f>TODAY()</f><v>43215</v></c>",
            Cell("25/04/2018", "formula", None, dt.date(2018, 4, 25), "=TODAY()"),
        ),
        ("<c r='A1' t='str'><f>\"n/\"&amp;\"a\"</f><v>n/a</v></c>", Cell("n/a", "formula", None, None, '="n/"&"a"')),
        ("<c r='A1' t='b'><f>1=1</f><v>1</v></c>", Cell("TRUE", "formula", None, None, "=1=1")),
        ("<c r='A1' t='e'><f>1/0</f><v>#DIV/0!</v></c>", Cell("#DIV/0!", "error", None, None, "=1/0")),
        ("<c r='A1'><f t='shared' si='0'/><v>7</v></c>", Cell("7", "formula", Decimal(7), None, "=")),
        (
            "<c r='A1'><f>HYPERLINK(\"http://127.0.0.1:9/\")</f></c>",
            Cell("", "formula", None, None, '=HYPERLINK("http://127.0.0.1:9/")'),
        ),
    ],
)
def test_a_formula_is_never_worked_out(xml, cell):
    assert only(xml, styles=styles_xml("0.0%", "dd/mm/yyyy")) == cell


def test_a_formula_filled_down_is_told_at_each_of_its_cells():
    made = xlsx(
        '<row r="2"><c r="C2"><f t="shared" ref="C2:D3" si="0">A2+$B$1+SUM(A$2:$B2)+"A2"</f><v>1</v></c>'
        '<c r="D2"><f t="shared" si="0"/><v>2</v></c></row><row r="3"><c r="C3"><f t="shared" si="0"/><v>3</v></c></row>'
    )
    found = rows(made)
    assert found[1][2].formula == '=A2+$B$1+SUM(A$2:$B2)+"A2"'
    assert found[1][3].formula == '=B2+$B$1+SUM(B$2:$B2)+"A2"'
    assert found[2][2].formula == '=A3+$B$1+SUM(A$2:$B3)+"A2"'


def test_every_cell_of_a_merged_area_shows_the_first():
    made = xlsx(
        sheet=sheet_xml(
            '<row r="1"><c r="A1" t="inlineStr"><is><t>Area</t></is></c><c r="B1" t="inlineStr"><is><t>2017-18</t></is></c><c r="C1"/></row>'
            '<row r="2"><c r="B2"><v>1</v></c><c r="C2"><v>2</v></c></row>',
            after='<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>',
        )
    )
    assert [[cell.text for cell in row] for row in rows(made)] == [["Area", "2017-18", "2017-18"], ["Area", "1", "2"]]


def test_a_merged_heading_names_columns_that_are_empty_below():
    made = xlsx(
        sheet=sheet_xml(
            '<row r="1"><c r="A1" t="inlineStr"><is><t>2017-18</t></is></c></row>',
            after='<mergeCells><mergeCell ref="A1:D1"/></mergeCells>',
        )
    )
    assert [[cell.text for cell in row] for row in rows(made)] == [["2017-18"] * 4]


def test_sheets_in_order_hidden_ones_told():
    made = Workbook()
    made.active.title = "Figures"
    made.active["A1"] = "x"
    for name, state in (("Old", "hidden"), ("Very old", "veryHidden"), ("Empty", "visible")):
        sheet = made.create_sheet(name)
        sheet.sheet_state = state
        if name != "Empty":
            sheet["B2"] = "y"
    saved = io.BytesIO()
    made.save(saved)
    sheets = read(saved.getvalue(), "x").sheets
    assert [(sheet.name, sheet.is_hidden) for sheet in sheets] == [
        ("Figures", False),
        ("Old", True),
        ("Very old", True),
        ("Empty", False),
    ]
    assert sheets[1].rows == ((EMPTY, EMPTY), (EMPTY, Cell("y")))
    assert sheets[3].rows == ()


def test_hidden_rows_and_columns_are_read():
    made = xlsx(
        sheet=sheet_xml(
            '<row r="1" hidden="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>',
            before='<cols><col min="1" max="1" hidden="1"/></cols>',
        )
    )
    assert [[cell.text for cell in row] for row in rows(made)] == [["1", "2"]]


def test_cells_and_rows_that_do_not_say_where_they_are():
    assert rows(
        xlsx("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c r='B3'><v>4</v></c><c><v>5</v></c></row>")
    ) == (
        (Cell("1", "number", Decimal(1)), EMPTY, Cell("3", "number", Decimal(3))),
        (EMPTY, EMPTY, EMPTY),
        (EMPTY, Cell("4", "number", Decimal(4)), Cell("5", "number", Decimal(5))),
    )


def test_styled_empty_rows_and_columns_do_not_count():
    made = xlsx(
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="1048576"><c r="A1048576" s="0"/></row>'
    )
    assert rows(made) == ((Cell("1", "number", Decimal(1)),),)


def test_strict_files_and_files_with_prefixes_are_read():
    strict = "http://purl.oclc.org/ooxml"
    made = {
        name: str(content)
        .replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", f"{strict}/spreadsheetml/main")
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            f"{strict}/officeDocument/relationships",
        )
        for name, content in parts().items()
    }
    assert rows(zipped(made))[0][0].number == 1
    prefixed = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1">'
        "<x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert rows(xlsx(sheet=prefixed))[0][0].number == 1


def test_elements_of_an_extension_are_not_taken_for_cells():
    extra = '<extLst><ext xmlns:e="urn:e"><e:row r="5"><e:c r="A5"><e:v>9</e:v></e:c></e:row></ext></extLst>'
    assert len(rows(xlsx(sheet=sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>', after=extra)))) == 1


@pytest.mark.parametrize(
    "target", ["/xl/worksheets/sheet1.xml", "worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml"]
)
def test_a_sheet_may_be_named_from_the_top_or_from_beside(target):
    assert rows(xlsx(rels=rels_xml((target, "worksheet"))))[0][0].number == 1


def test_the_name_of_the_file_does_not_matter():
    assert read(xlsx(), "figures.csv").kind == "xlsx"
    assert read(b"a,b\n", "figures.xlsx").kind == "csv"


def test_a_workbook_of_openpyxl_is_read_as_openpyxl_reads_it():
    made = Workbook()
    made.active.append(["Indicator", 1389, 12.5, True, dt.date(2018, 4, 25), None, "x" * 300, "=A1", "#N/A"])
    saved = io.BytesIO()
    made.save(saved)
    (row,) = rows(saved.getvalue())
    assert [cell.kind for cell in row] == [
        "text",
        "number",
        "number",
        "boolean",
        "date",
        "empty",
        "text",
        "formula",
        "error",
    ]
    assert row[4].day == dt.date(2018, 4, 25)


def test_fifty_thousand_rows_are_read_and_one_more_is_not():
    row = "<row><c><v>1</v></c></row>"
    assert len(rows(xlsx(row * 50_000))) == 50_000
    with pytest.raises(Unusable, match="50,000 rows"):
        read(xlsx(row * 50_001), "x")


def test_the_three_hundredth_column_is_read():
    assert len(rows(xlsx('<row r="1"><c r="KN1"><v>1</v></c></row>'))[0]) == 300
    with pytest.raises(Unusable, match="300 columns"):
        read(xlsx('<row r="1"><c r="KO1"><v>1</v></c></row>'), "x")
