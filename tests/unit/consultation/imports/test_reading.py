"""The table in a file, and what makes one doubt that it has a row for each person."""

import pytest

from consultation.imports import doubting, reading
from consultation.imports.mapping import plain
from lib import sheets
from lib.sheets import Book, Cell, Sheet, Unusable

TEXTS = {plain(text) for text in ("Drugs", "Gangs", "Burglary", "Road safety", "Anti-social behaviour")}


def of(text: str | bytes) -> reading.Table:
    return reading.of(text.encode() if isinstance(text, str) else text, "survey.csv")


def sheet(name: str, *rows: str, hidden: bool = False) -> Sheet:
    cells = tuple(tuple(Cell(text) if text else sheets.EMPTY for text in row.split(",")) for row in rows)
    return Sheet(name, hidden, cells)


def test_rows_have_the_numbers_that_a_spreadsheet_shows():
    table = of("First,Feeling\nGangs,Fine\n,\nDrugs,\n")
    assert table.headings == ("First", "Feeling")
    assert [number for number, _ in table.rows] == [2, 4]
    assert table.samples(0) == ["Gangs", "Drugs"]


def test_semicolons_and_a_byte_order_mark():
    table = of(b"\xef\xbb\xbfFirst;Feeling\r\nGangs;Fine\r\n")
    assert table.headings == ("First", "Feeling")


def test_a_title_above_the_headings_is_left_out_and_said():
    table = of("Survey of 2018\n\nFirst,Feeling\nGangs,Fine\n")
    assert table.headings == ("First", "Feeling")
    assert table.notes == ("Row 3 is taken for the headings; what stands above it is left out.",)


def test_headings_that_are_the_same_are_told_by_their_letters():
    assert of("Q1,Safe,q1\na,b,c\n").notes == (
        "Columns A and C have the same heading, “Q1”: tell them apart by their letters.",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is nothing in this file."),
        ("\n\n,,\n", "There is nothing in this file."),
        ("First,Feeling\n", "There are only headings in this file, and no row of answers below them."),
        (f"First,{'x' * 50_000}\nGangs,Fine\n", "One cell of this file holds more than 32,767 characters"),
        ("First\n" + "Gangs\n" * 20_001, "This file has more than 20,000 rows of answers."),
        ("PK\x03\x04 broken", "could not be read"),
    ],
)
def test_files_that_cannot_be_read(text, said):
    with pytest.raises(Unusable, match=said.replace(".", r"\.")):
        of(text)


def test_twenty_thousand_rows_are_read():
    assert len(of("First\n" + "Gangs\n" * 20_000).rows) == 20_000


def test_hidden_and_further_sheets_are_left_out_and_said():
    book = Book(
        "xlsx",
        (sheet("Old", "a,b", "c,d", hidden=True), sheet("Answers", "First,Safe", "Gangs,Yes"), sheet("Notes", "x,y")),
    )
    table = reading.table(book)
    assert table.headings == ("First", "Safe")
    assert table.notes == (
        "Only the sheet “Answers” is read. Left out: “Notes”.",
        "Hidden sheets are left out: “Old”.",
    )
    with pytest.raises(Unusable, match="is hidden"):
        reading.table(Book("xlsx", (sheet("Old", "a,b", "c,d", hidden=True),)))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            "Drugs,339\nASB,311\nGangs,130\nRoad safety,101\nBurglary,508\n",
            "This looks like totals: 5 rows that add up to 1,389. Enter them under published totals.",
        ),
        ("Drugs,339\nGangs,130\nTotal,469\n", "This looks like totals: 2 rows that add up to 469."),
        ('Drugs,"1,339"\nGangs,130\n', "This looks like totals: 2 rows that add up to 1,469."),
        ("Drugs,24.4%\nGangs,9.4%\n", "This looks like percentages: 2 rows, one for each answer."),
        ("Drugs,61.5\nGangs,38.4\n", "This looks like percentages"),
        ("Drugs,Gangs\nGangs,Drugs\n", None),  # people, each with a first and a second choice
        ("Drugs,17\nDrugs,18\nGangs,19\n", None),  # the same concern twice: people
        ("Drugs,1\nGangs,2\n", None),
        ("Mrs Dove,339\nMr Hawk,311\n", None),
    ],
)
def test_a_sheet_that_looks_like_totals(rows, said):
    doubt = doubting.looks_like_totals(of(f"Concern,Number\n{rows}"), TEXTS)
    assert (doubt.sentence[: len(said)] if doubt and said else doubt) == said


def test_a_column_of_percentages_is_said():
    table = of("First,Share\nGangs,24.4%\nDrugs,22%\n")
    assert doubting.percentages(table, [0, 1]) == [
        "Column B holds percentages: a file has a row for each person, with what they answered."
    ]
