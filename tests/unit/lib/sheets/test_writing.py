"""Workbooks to fill in, looked at with openpyxl as a spreadsheet program would."""

import datetime as dt
import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from lib.sheets import Choices, Column, ReadMe, Table, read, workbook
from lib.sheets.names import sheet_names

COLUMNS = (
    Column("Key", is_locked=True, is_hidden=True),
    Column("Indicator", is_locked=True, width=40),
    Column("Status", choices=Choices(("Provisional", "Final"), message="Choose provisional or final.")),
    Column("Number", kind="number", note="How many in the quarter."),
    Column("Per cent", kind="percent", places=1),
    Column("Taken on", kind="date"),
)
ROWS = [
    ("17", "A1 Burglary", "Final", Decimal("1389"), Decimal("12.5"), dt.date(2018, 4, 25)),
    ("18", "=A2", None, Decimal("0.0001"), None, None),
]


def opened(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def made(**changed: Any) -> Any:
    return opened(workbook("Quarter 4", [Table("Figures", COLUMNS, ROWS, spare=2, **changed)]))["Figures"]


def test_headings_stand_in_a_mulberry_band_that_stays_in_sight():
    sheet = made(frozen_columns=2)
    for cell in sheet[1]:
        assert cell.fill.start_color.rgb == "005A2350"
        assert (cell.font.color.rgb, cell.font.bold) == ("00FFFFFF", True)
    assert [cell.value for cell in sheet[1]] == ["Key", "Indicator", "Status", "Number", "Per cent", "Taken on"]
    assert sheet.freeze_panes == "C2"


def test_it_prints_across_as_wide_as_the_page_with_its_headings_on_each():
    sheet = made()
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"


def test_columns_are_as_wide_as_asked_or_as_their_content():
    sheet = made()
    assert sheet.column_dimensions["B"].width == 40
    assert 9 <= sheet.column_dimensions["C"].width <= 16
    assert sheet.column_dimensions["A"].hidden


def test_keys_are_locked_and_what_is_asked_for_is_not():
    sheet = made()
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.formatColumns  # a column may be made wider
    assert [cell.protection.locked for cell in sheet[1]] == [True] * 6
    for row in (2, 3):
        assert [cell.protection.locked for cell in sheet[row]] == [True, True, False, False, False, False]
    for row in (4, 5):  # the spare ones
        assert [cell.protection.locked for cell in sheet[row]] == [False] * 6


def test_a_table_without_keys_is_not_protected():
    sheet = opened(workbook("x", [Table("T", (Column("A"),), [["a"]])]))["T"]
    assert not sheet.protection.sheet


def test_a_short_list_is_a_drop_down_with_a_sentence_for_anything_else():
    (validation,) = made().data_validations.dataValidation
    assert (validation.type, validation.formula1) == ("list", '"Provisional,Final"')
    assert str(validation.sqref) == "C2:C5"
    assert (validation.showErrorMessage, validation.errorStyle) == (True, "stop")
    assert (validation.errorTitle, validation.error) == ("Not in the list", "Choose provisional or final.")
    assert validation.allow_blank


def test_a_list_that_does_not_fit_is_on_a_hidden_sheet():
    long = tuple(f"Organisation number {at}" for at in range(40))
    columns = (
        Column("A", choices=Choices(long)),
        Column("B", choices=Choices(("Yes, all", 'So "so"'), is_strict=False)),
        Column("C", choices=Choices(long)),
    )
    book = opened(workbook("x", [Table("T", columns, [[long[0], "Yes, all", None]])]))
    assert [validation.formula1 for validation in book["T"].data_validations.dataValidation] == [
        "'Lists'!$A$1:$A$40",
        "'Lists'!$B$1:$B$2",
        "'Lists'!$A$1:$A$40",
    ]
    assert book["T"].data_validations.dataValidation[1].errorStyle == "warning"
    assert book["Lists"].sheet_state == "hidden"
    assert book["Lists"]["B1"].value == "Yes, all"
    assert book["Lists"]["A40"].value == "Organisation number 39"


def test_a_note_is_a_comment_of_nobody():
    comment = made()["D1"].comment
    assert comment.text == "How many in the quarter."
    assert comment.author in (None, "", "None")


def test_numbers_are_shown_as_people_write_them():
    sheet = made()
    assert (sheet["D2"].value, sheet["D2"].number_format) == (1389, "#,##0")
    assert (sheet["D3"].value, sheet["D3"].number_format) == (0.0001, "#,##0.0000")
    assert (sheet["E2"].value, sheet["E2"].number_format) == (0.125, "0.0%")
    assert (sheet["F2"].value, sheet["F2"].number_format) == (dt.datetime(2018, 4, 25), "dd/mm/yyyy")
    assert (sheet["F3"].number_format, sheet["E4"].number_format, sheet["C4"].number_format) == (
        "dd/mm/yyyy",
        "0.0%",
        "@",
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 20", "-5", "@SUM(A1)", "\t=1", "\r=1", "＝1", "  =1", "'=1", "{=1}", "#REF!", "TRUE"]
)
def test_no_text_can_start_a_formula(text):
    content = workbook(text, [Table("T", (Column(text),), [[text]])], read_me=ReadMe((text,)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 2
    for xml in sheets:
        assert not re.search(r"<f[\s/>]", xml)
        assert 't="e"' not in xml
    for sheet in opened(content):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type == "s"
                assert not str(cell.value).lstrip(" \t\r\n").startswith(("=", "+", "-", "@", "＝"))


def test_a_sheet_of_words_comes_first():
    book = opened(
        workbook(
            "x",
            [Table("T", (Column("A"),), [["a"]])],
            read_me=ReadMe(("# How to fill this in", "Type in the white cells.")),
        )
    )
    assert book.sheetnames == ["Read me", "T"]
    assert [cell.value for cell in book["Read me"]["A"]] == ["How to fill this in", "Type in the white cells."]
    assert (book["Read me"]["A1"].font.bold, book["Read me"]["A2"].font.bold) == (True, False)


def test_it_names_nobody_and_is_the_same_each_time():
    first = workbook("Quarter <4>", [Table("Figures", COLUMNS, ROWS)])
    assert first == workbook("Quarter <4>", [Table("Figures", COLUMNS, ROWS)])
    properties = opened(first).properties
    assert properties.title == "Quarter <4>"
    assert properties.lastModifiedBy is None
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert b"creator" not in archive.read("docProps/core.xml")
        assert b"openpyxl" not in b"".join(archive.read(name) for name in archive.namelist())
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_table_of_nothing_has_its_headings():
    (sheet,) = read(workbook("x", [Table("T", COLUMNS)]), "x").sheets
    assert [cell.text for cell in sheet.rows[0]] == [column.heading for column in COLUMNS]
    assert len(sheet.rows) == 1


def test_a_row_of_another_length_is_a_mistake():
    with pytest.raises(ValueError, match="argument"):
        workbook("x", [Table("T", (Column("A"),), [["a", "b"]])])


def test_a_kind_that_there_is_not_is_a_mistake():
    with pytest.raises(ValueError, match="money"):
        Column("A", kind="money")


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["Figures"], ["Figures"]),
        (["2017/18: Q4 [all]?"], ["2017 18 Q4 all"]),
        (["Same", "same", "SAME"], ["Same", "same (2)", "SAME (3)"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 27 + " (2)"]),
        (["", "'", "History"], ["Sheet", "Sheet (2)", "History of figures"]),
    ],
)
def test_names_of_sheets_are_such_as_excel_takes(wanted, names):
    assert sheet_names(wanted) == names


def test_rows_and_headings_of_several_lines_have_room():
    columns = (Column("Number in the whole of the quarter", kind="number", width=12), Column("Words", width=20))
    sheet = opened(workbook("x", [Table("T", columns, [[1, "short"], [2, "one\ntwo\nthree"]])]))["T"]
    assert sheet.row_dimensions[1].height > 30
    assert sheet.row_dimensions[2].height is None
    assert sheet.row_dimensions[3].height > 35


def test_a_number_in_a_column_of_words_is_shown_plainly():
    sheet = opened(workbook("x", [Table("T", (Column("Year"),), [[2018]])]))["T"]
    assert (sheet["A2"].value, sheet["A2"].number_format) == (2018, "General")
