"""What is written comes back the same."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.sheets import Cell, Column, Table, csv_of, read, workbook
from lib.sheets.grid import guarded, tidied, tidy, unguarded
from lib.sheets.values import Value

quickly = settings(max_examples=25, deadline=None)  # of many values each: making a workbook is what takes long
TEXT = st.text(max_size=40).map(tidy)
GUARDED = st.text(alphabet=st.sampled_from("'=+-@＝ _x00A1\tab"), max_size=8).map(tidy)
AMOUNTS = st.decimals(min_value=Decimal("-99999999999999.9999"), max_value=Decimal("99999999999999.9999"), places=4)
DAYS = st.dates(min_value=dt.date(1900, 1, 1))


def cells(values: Sequence[Value], kind: str = "text") -> list[Cell]:
    rows = [[value, "x"] for value in values]
    (sheet,) = read(workbook("x", [Table("T", (Column("Heading", kind=kind), Column("End")), rows)]), "x").sheets
    return [row[0] for row in sheet.rows[1:]]


def many(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(values, min_size=1, max_size=60)


@quickly
@given(many(st.one_of(TEXT, GUARDED)))
def test_text(texts):
    read_back = cells(texts)
    assert [cell.text for cell in read_back] == texts
    assert {cell.kind for cell in read_back} <= {"text", "empty"}


@quickly
@given(many(AMOUNTS))
def test_numbers_of_four_places_and_eighteen_digits(numbers):
    for number, cell in zip(numbers, cells(numbers, "number"), strict=True):
        assert Decimal(cell.text.replace(",", "")) == number
        if len(number.normalize().as_tuple().digits) <= 15:
            assert (cell.kind, cell.number) == ("number", number)


@quickly
@given(many(st.decimals(min_value=-1000, max_value=1000, places=4)))
def test_percentages(numbers):
    for number, cell in zip(numbers, cells(numbers, "percent"), strict=True):
        assert (cell.kind, cell.number) == ("number", number)
        assert Decimal(cell.text.rstrip("%")) == number


@quickly
@given(many(st.integers(min_value=-(10**20), max_value=10**20)))
def test_whole_numbers(numbers):
    assert [int(cell.text.replace(",", "")) for cell in cells(numbers, "number")] == numbers


@quickly
@given(many(DAYS))
def test_days(days):
    for day, cell in zip(days, cells(days, "date"), strict=True):
        assert cell.text == f"{day.day:02}/{day.month:02}/{day.year}"
        assert cell.day == day or (day < dt.date(1900, 3, 1) and cell.kind == "text")


@pytest.mark.parametrize(
    ("value", "kind", "cell"),
    [
        (Decimal("12345678901234.5678"), "number", Cell("12345678901234.5678")),  # a spreadsheet would make it ...4.6
        (Decimal("-12345678901234.5678"), "number", Cell("-12345678901234.5678")),
        (Decimal("12345678901.2345"), "number", Cell("12,345,678,901.2345", "number", Decimal("12345678901.2345"))),
        (Decimal("1234.5600"), "number", Cell("1,234.56", "number", Decimal("1234.56"))),
        (Decimal("0.1") + Decimal("0.2"), "number", Cell("0.3", "number", Decimal("0.3"))),
        (Decimal("1E+3"), "number", Cell("1,000", "number", Decimal(1000))),
        (0, "number", Cell("0", "number", Decimal(0))),
        (Decimal("-0.0"), "number", Cell("0", "number", Decimal(0))),
        (Decimal("12.34567890123456"), "percent", Cell("12.34567890123456%")),
        (Decimal("NaN"), "number", Cell("", "empty")),
        (True, "text", Cell("TRUE", "boolean")),
        (None, "number", Cell("", "empty")),
        ("", "text", Cell("", "empty")),
        ("1389", "number", Cell("1389")),
        ("<5", "number", Cell("<5")),
        ("#REF!", "text", Cell("#REF!")),
        ("=1+1", "text", Cell("=1+1")),
        ("'=1+1", "text", Cell("'=1+1")),
        ("'quoted'", "text", Cell("'quoted'")),
        ("first\nsecond", "text", Cell("first\nsecond")),
        ("a\x00b\ud800c\x0bd", "text", Cell("abcd")),
        ("_x000D_", "text", Cell("_x000D_")),
        ("\N{GRINNING FACE} naïve – £5", "text", Cell("\N{GRINNING FACE} naïve – £5")),
        ("x" * 40_000, "text", Cell("x" * 32_766 + "…")),
        (dt.date(2018, 4, 25), "date", Cell("25/04/2018", "date", None, dt.date(2018, 4, 25))),
        (dt.date(1900, 2, 28), "date", Cell("28/02/1900")),
        (dt.date(987, 6, 5), "date", Cell("05/06/0987")),
        (dt.datetime(2018, 4, 25, 9, 30), "text", Cell("25/04/2018 09:30", "date", None, dt.date(2018, 4, 25))),
    ],
)
def test_each_value_at_its_limits(value, kind, cell):
    assert cells([value], kind) == [cell]


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=2, max_size=5))
def test_a_text_table(rows):
    """Of those that `harmless` need not guard: an apostrophe of one's own before a sign is taken for its guard."""
    rows = [["Heading", "Other"], *([cell.lstrip("'=") or "a" for cell in row] for row in rows)]
    rows = [[tidy(cell) or "a" for cell in row] for row in rows]
    (sheet,) = read(csv_of(rows), "x").sheets
    assert [[cell.text for cell in row] for row in sheet.rows] == rows


@given(st.one_of(st.text(max_size=10), st.text(alphabet="'= -", max_size=6)))
def test_the_guard_comes_off_again(text):
    assert unguarded(guarded(text)) == text


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    assert tidy(tidy(text)) == tidy(text)
    tidied(text).encode()


@pytest.mark.parametrize(
    ("text", "tidy_text"),
    [
        ("  a   b\t c ", "a b c"),
        ("a\N{NO-BREAK SPACE}b", "a b"),
        ("a \r\n  b", "a\nb"),
        ("a\r\rb", "a\n\nb"),
        ("\n a\n \n\t\nb \n", "a\n\nb"),
        ("\ufeffa\u200b", "a"),
        ("\x00", ""),
        (" ", ""),
    ],
)
def test_white_space_is_tidied(text, tidy_text):
    assert tidy(text) == tidy_text


def test_a_cell_in_one_line():
    assert Cell("Number\n\nof offences").line == "Number of offences"
