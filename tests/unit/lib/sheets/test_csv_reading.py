"""Text tables as people save them: letters, delimiters, line ends, quotation marks."""

import pytest

from lib.sheets import EMPTY, Cell, Unusable, csv_of, read


def texts(content: bytes) -> list[list[str]]:
    (sheet,) = read(content, "figures.csv").sheets
    return [[cell.text for cell in row] for row in sheet.rows]


TABLE = [["Indicator", "Note"], ["A1", "Café – £5"], ["A2", "two"]]


def written(delimiter: str = ",", end: str = "\r\n") -> str:
    return "".join(delimiter.join(row) + end for row in TABLE)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=["CRLF", "LF", "CR"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("cp1252", b""),
    ],
    ids=["UTF-8", "UTF-8 with mark", "UTF-16 LE", "UTF-16 BE", "Windows-1252"],
)
def test_letters_delimiter_and_line_ends_are_told(encoding, mark, delimiter, end):
    assert texts(mark + written(delimiter, end).encode(encoding)) == TABLE


@pytest.mark.parametrize(
    "name", ["Figures Q4.csv", "C:\\fakepath\\Figures Q4.csv", "/tmp/Figures Q4.CSV", "Figures\0 Q4.csv"]
)
def test_a_book_of_one_sheet_named_after_the_file(name):
    book = read(b"a,b\n1,\n", name)
    assert book.kind == "csv"
    (sheet,) = book.sheets
    assert (sheet.name, sheet.is_hidden) == ("Figures Q4", False)
    assert sheet.rows == ((Cell("a"), Cell("b")), (Cell("1"), EMPTY))


def test_what_a_cell_means_is_left_to_the_caller():
    (row,) = read(b'"1,389",12.5%,<5,n/a,-,..,25/04/2018,=A1,TRUE\n', "x").sheets[0].rows
    assert {cell.kind for cell in row} == {"text"}
    assert {cell.number for cell in row} == {cell.day for cell in row} == {None}
    assert [cell.text for cell in row] == ["1,389", "12.5%", "<5", "n/a", "-", "..", "25/04/2018", "=A1", "TRUE"]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        (b'A1,"first\r\nsecond",5', ["A1", "first\nsecond", "5"]),
        (b'A1,"first\rsecond",5', ["A1", "first\nsecond", "5"]),
        (b'A1,"says ""no""",5', ["A1", 'says "no"', "5"]),
        (b'A1, "with, a comma",5', ["A1", "with, a comma", "5"]),
        (b'A1,5" pipe,5', ["A1", '5" pipe', "5"]),
        (b"A1,'-3,'=1+1", ["A1", "-3", "=1+1"]),
        (b"A1,'tis,''", ["A1", "'tis", "''"]),
        (b"A1,  a \t  b\xc2\xa0 ,\xc2\xa0", ["A1", "a b", ""]),
    ],
)
def test_cells_are_read_as_they_were_meant(line, cells):
    assert texts(b"Indicator,Note,Number\r\n" + line + b"\r\n") == [["Indicator", "Note", "Number"], cells]


def test_a_comma_in_every_number_does_not_make_columns():
    assert texts(b"Area;Rate\r\nBow;1,5\r\nMile End;2,5\r\n") == [["Area", "Rate"], ["Bow", "1,5"], ["Mile End", "2,5"]]


def test_semicolons_in_some_notes_do_not_make_columns():
    assert texts(b"Area,Note\nBow,late; sorry\nMile End,fine\n") == [
        ["Area", "Note"],
        ["Bow", "late; sorry"],
        ["Mile End", "fine"],
    ]


def test_a_title_above_the_table_does_not_hide_its_columns():
    assert texts(b"Crimes, by area; 2017-18\n\nArea|Number\nBow|5\nMile End|7\n") == [
        ["Crimes, by area; 2017-18", ""],
        ["", ""],
        ["Area", "Number"],
        ["Bow", "5"],
        ["Mile End", "7"],
    ]


@pytest.mark.parametrize("first", [b"sep=;\r\n", b"SEP=;\n", b"\xef\xbb\xbfsep=;\r"])
def test_the_first_line_of_excel_names_the_delimiter_and_is_no_row(first):
    assert texts(first + b"a,b;c\r\n1,2;3\r\n") == [["a,b", "c"], ["1,2", "3"]]


def test_the_first_line_of_excel_in_utf_16():
    assert texts(b"\xff\xfe" + "sep=|\r\na,b|é\r\n".encode("utf-16-le")) == [["a,b", "é"]]


def test_a_heading_that_begins_like_it_is_a_heading():
    assert texts(b"sep=arated,b\r\n1,2\r\n") == [["sep=arated", "b"], ["1", "2"]]


def test_rows_keep_their_places_and_are_all_as_long():
    assert texts(b"a,b,c\n\n1\n1,2,3,,\n,\n\n") == [["a", "b", "c"], ["", "", ""], ["1", "", ""], ["1", "2", "3"]]


def test_columns_that_are_empty_at_the_end_do_not_count():
    assert texts(b"a,b" + b"," * 500 + b"\n1,2\n") == [["a", "b"], ["1", "2"]]


def test_a_column_that_is_empty_in_the_middle_stays():
    assert texts(b"a,,c\n1,,3\n") == [["a", "", "c"], ["1", "", "3"]]


def test_fifty_thousand_rows_are_read():
    assert len(read(b"a,b\n" * 50_000 + b",\n" * 100_000, "x").sheets[0].rows) == 50_000


def test_exactly_ten_megabytes_are_read_and_a_byte_more_is_not():
    rows = b"\n".join([b"x" * 209] * 49_930)
    content = rows + b"\n" * (10 * 1024 * 1024 - len(rows))
    assert len(content) == 10_485_760
    assert len(read(content, "x").sheets[0].rows) == 49_930
    with pytest.raises(Unusable, match="10 MB"):
        read(content + b"\n", "x")


def test_what_csv_of_writes_comes_back():
    rows = [["Indicator", "Change", "Words"], ["=A1", "-3", "one\ntwo"], ["–", "", 'a "b", c']]
    assert texts(csv_of(rows)) == rows
