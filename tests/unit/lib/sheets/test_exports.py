"""Tables for spreadsheets: nothing that somebody typed is worked out by whoever opens the file."""

import csv
from decimal import Decimal

import pytest

from lib.sheets import csv_of, harmless


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20 7946 0000", "'+44 20 7946 0000"),
        ("-5", "'-5"),
        ("@SUM(A1:A9)", "'@SUM(A1:A9)"),
        ("\t=1+1", "'\t=1+1"),
        ("\r=1+1", "'\r=1+1"),
        ("\n=1+1", "'\n=1+1"),
        ("  =1+1", "'  =1+1"),
        ("＝1+1", "'＝1+1"),
        (Decimal(-5), "'-5"),
    ],
)
def test_a_cell_that_would_start_a_formula_starts_with_an_apostrophe(cell, shown):
    assert harmless(cell) == shown


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("", ""),
        (None, ""),
        ("up 128 (8.7%)", "up 128 (8.7%)"),
        ("−27", "−27"),
        ("a=b", "a=b"),
        (Decimal("70.5"), "70.5"),
        (0, "0"),
    ],
)
def test_any_other_cell_is_left_as_it_is(cell, shown):
    assert harmless(cell) == shown


def test_a_file_starts_with_the_mark_that_excel_knows_utf8_by():
    made = csv_of([["Naïve", "=A1"], ["two\nlines", 'a "quote", a comma']])
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(made.decode("utf-8-sig").splitlines(keepends=True)))
    assert rows == [["Naïve", "'=A1"], ["two\nlines", 'a "quote", a comma']]
