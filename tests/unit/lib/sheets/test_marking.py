"""A file given back with what is wrong marked in it."""

import io
from typing import Any

from openpyxl import load_workbook

from lib.sheets import WHAT_TO_CHANGE, Book, Cell, marked, read
from tests.unit.lib.sheets.made import parts, rels_xml, sheet_xml, styles_xml, workbook_xml, zipped

CSV = b"Indicator,Quarter,Number\nA1,2017-18 Q4,many\n=A2,2017-18 Q4,-5\n"
MARKS = {
    (1, 2): "Give a number, or leave it blank.",
    (2, 0): "There is no indicator “=A2”.",
    (5, 4): "This is missing.",
}


def opened(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def texts(book: Book, number: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in book.sheets[number].rows]


def test_what_was_sent_comes_back_cell_for_cell():
    book = read(CSV, "figures.csv")
    again = read(marked(book, 0, MARKS, "Figures"), "x")
    assert texts(again) == texts(book)
    assert [sheet.name for sheet in again.sheets] == ["figures", WHAT_TO_CHANGE]


def test_marked_cells_are_told_by_frame_heavy_letters_and_comment():
    sheet = opened(marked(read(CSV, "figures.csv"), 0, MARKS, "Figures"))["figures"]
    for place, sentence in {"C2": MARKS[1, 2], "A3": MARKS[2, 0], "E6": MARKS[5, 4]}.items():
        cell = sheet[place]
        assert cell.comment.text == sentence
        assert cell.fill.start_color.rgb == "00F9DEDA"
        assert {cell.border.left.style, cell.border.top.style, cell.border.right.style, cell.border.bottom.style} == {
            "medium"
        }
        assert cell.font.bold
    assert sheet["B2"].comment is None
    assert not sheet["B2"].font.bold


def test_a_last_sheet_lists_each_cell_with_its_sentence_and_leads_there():
    book = opened(marked(read(CSV, "figures.csv"), 0, MARKS, "Figures"))
    sheet = book[WHAT_TO_CHANGE]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Cell", "What it says", "What to change"],
        ["C2", "many", "Give a number, or leave it blank."],
        ["A3", "'=A2", "There is no indicator “=A2”."],
        ["E6", None, "This is missing."],
    ]
    assert [sheet[f"A{row}"].hyperlink.location for row in (2, 3, 4)] == [
        "'figures'!C2",
        "'figures'!A3",
        "'figures'!E6",
    ]
    assert book.active.title == "figures"


def test_no_text_of_it_can_start_a_formula():
    for sheet in opened(marked(read(CSV, "=cmd.csv"), 0, {(0, 0): "=1+1"}, "=x")):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n")
                assert isinstance(cell.value, int) or not str(cell.value).startswith(("=", "+", "-", "@"))


def workbook() -> Book:
    rows = (
        '<row r="1"><c r="A1" s="1"><v>43191</v></c><c r="B1" s="2"><v>0.125</v></c><c r="C1" s="3"><v>-1389.5</v></c></row>'
        '<row r="2"><c r="A2"><f>SUM(C1:C1)</f><v>1389.5</v></c><c r="B2" t="e"><v>#REF!</v></c><c r="C2" t="b"><v>1</v></c></row>'
        '<row r="3"><c r="A3"><v>1234567890123456789</v></c><c r="B3" s="4"><v>5</v></c><c r="C3" s="5"><v>0</v></c></row>'
    )
    sheets = (
        '<sheet name="Old" sheetId="1" state="hidden" r:id="rId1"/>',
        '<sheet name="New" sheetId="2" r:id="rId2"/>',
    )
    made = parts(
        rows,
        workbook=workbook_xml(*sheets),
        rels=rels_xml(("worksheets/sheet1.xml", "worksheet"), ("worksheets/sheet2.xml", "worksheet")),
        styles=styles_xml(
            "mmm-yy", "0.0%", "&quot;£&quot;#,##0.00", "0&quot; days&quot;", "0;0;&quot;-&quot;".replace("'", "")
        ),
    )
    return read(zipped({**made, "xl/worksheets/sheet2.xml": sheet_xml(rows)}), "x")


def test_numbers_days_and_formulas_come_back_as_they_were_seen():
    book = workbook()
    again = read(marked(book, 1, {}, "x"), "x")
    expected = [["Apr-18", "12.5%", "-£1,389.50"], ["1389.5", "#REF!", "TRUE"], ["1234567890123456789", "5 days", "-"]]
    assert texts(book, 1) == expected
    assert texts(again, 1) == [*expected[:2], ["1234567890123456789", "5 days", "0"]]
    assert [cell.number for cell in again.sheets[1].rows[0]] == [cell.number for cell in book.sheets[1].rows[0]]
    assert again.sheets[1].rows[0][0].day == book.sheets[1].rows[0][0].day
    assert again.sheets[1].rows[1][0] == Cell("1389.5", "number", book.sheets[1].rows[1][0].number)


def test_the_other_sheets_come_along_as_hidden_as_they_were():
    again = read(marked(workbook(), 1, {(0, 0): "Not a month of this quarter."}, "x"), "x")
    assert [(sheet.name, sheet.is_hidden) for sheet in again.sheets] == [
        ("Old", True),
        ("New", False),
        (WHAT_TO_CHANGE, False),
    ]


def test_a_hidden_sheet_with_marks_is_shown():
    book = opened(marked(workbook(), 0, {(0, 0): "Not a month of this quarter."}, "x"))
    assert (book["Old"].sheet_state, book.active.title) == ("visible", "Old")


def test_the_list_of_an_earlier_time_is_left_out():
    once = read(marked(read(CSV, "figures.csv"), 0, MARKS, "x"), "x")
    twice = read(marked(once, 0, {(1, 2): "Still no number."}, "x"), "x")
    assert [sheet.name for sheet in twice.sheets] == ["figures", WHAT_TO_CHANGE]
    assert texts(twice, 1) == [["Cell", "What it says", "What to change"], ["C2", "many", "Still no number."]]


def test_thousands_of_marks_are_all_listed():
    book = read(b"Number\n" + b"x\n" * 3_000, "x.csv")
    made = marked(book, 0, {(row, 0): "Give a number." for row in range(1, 3_001)}, "x")
    assert len(read(made, "x").sheets[1].rows) == 3_001


def test_it_is_the_same_each_time():
    book = read(CSV, "figures.csv")
    assert marked(book, 0, MARKS, "Figures") == marked(book, 0, MARKS, "Figures")


def test_plain_numbers_of_a_text_table_are_numbers_and_the_rest_stays_as_it_was_typed():
    book = read(b"a,b,c,d,e,f\n-5,1.5,007,1.50,+3,123456789012345678\n", "x.csv")
    sheet = opened(marked(book, 0, {}, "x"))["x"]
    assert [cell.value for cell in sheet[2]] == [-5, 1.5, "007", "1.50", "'+3", "123456789012345678"]
