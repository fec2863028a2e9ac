"""How a sheet may be laid out and stored: long and wide, months, merged headings, encodings, cells of a workbook, hidden sheets and keys."""

import datetime as dt
from decimal import Decimal

import pytest

from indicators.uploads import reading
from indicators.uploads.offers import Offer
from lib.sheets import Book, Cell, Sheet, Unusable
from tests.unit.indicators.uploads.world import Q1, Q2, Q3, Q4, World, read

pytestmark = pytest.mark.django_db
HEAD = "Reference,Quarter,Figure\n"


@pytest.fixture
def world() -> World:
    return World()


def one(world, text) -> Offer:
    found = read(text, world.sam)
    assert found.refusals == ()
    assert len(found.offers) == 1
    return found.offers[0]


def refused(world, text) -> str:
    found = read(text, world.sam)
    assert found.offers == ()
    assert len(found.refusals) == 1
    return found.refusals[0].why


# ---------------------------------------------------------------- layouts


def test_a_column_for_each_quarter(world):
    found = read("Indicator,2017-18 Q1,Q2 2017-18,2017-18-q3\nB2,11,12,\nD1,21,n/a,23\n", world.sam)
    told = [(offer.indicator_id, offer.quarter, offer.numerator, offer.place.name) for offer in found.offers]
    reports, arrests = world.reports.pk, world.arrests.pk
    assert told == [(reports, Q1, 11, "B2"), (reports, Q2, 12, "C2"), (arrests, Q1, 21, "B3"), (arrests, Q3, 23, "D3")]
    assert found.refusals == ()


def test_a_merged_year_above_its_quarters(world):
    """Reading gives every cell of a merged heading its words."""
    cells = [
        ["", "2017-18", "2017-18", "2017-18", "2017-18"],
        ["Indicator", "Q1", "Q2", "Q3", "Q4"],
        ["B2", "1", "2", "3", "4"],
    ]
    rows = tuple(tuple(Cell(text, "text" if text else "empty") for text in row) for row in cells)
    found = _read(world, Sheet("Figures", False, rows))
    assert [(offer.quarter, offer.numerator) for offer in found.offers] == [(Q1, 1), (Q2, 2), (Q3, 3), (Q4, 4)]


def test_titles_above_the_headings(world):
    assert (
        one(
            world, "Domestic abuse return,,\nSent to the partnership,,\n,,\nReference,Quarter,Figure\nB2,2017-18 Q4,5\n"
        ).place.name
        == "C5"
    )


def test_headings_further_down_than_twenty_rows_are_not_found(world):
    with pytest.raises(Unusable, match="No row of headings was found in the first 20 rows"):
        read("Title,,\n" * 20 + f"{HEAD}B2,2017-18 Q4,5\n", world.sam)
    assert one(world, "Title,,\n" * 19 + f"{HEAD}B2,2017-18 Q4,5\n")


def test_a_file_of_something_else(world):
    with pytest.raises(Unusable, match="Figures need a column “Indicator” or “Reference”"):
        read("Name of dog,Breed\nRex,Collie\n", world.sam)


def test_two_columns_of_figures(world):
    with pytest.raises(Unusable) as unusable:
        read("Ref,Quarter,Figure,Total\nB2,2017-18 Q4,5,6\n", world.sam)
    assert (
        str(unusable.value)
        == "Columns C (“Figure”) and D (“Total”) both mean the figure. Leave one of them, and upload the file again."
    )


def test_columns_that_are_not_known_are_named_and_left_out(world):
    found = read("Ref,Officer,Quarter,Figure,Phone\nB2,A. Person,2017-18 Q4,5,020 7946\n", world.sam)
    assert found.notes == (
        "Columns whose headings are not known here were left out, and nothing of them is kept: “Officer” and “Phone”.",
    )
    assert "Person" not in repr(found)
    assert "7946" not in repr(found)


# ---------------------------------------------------------------- months


def test_months_are_added_up(world):
    offer = one(world, "Ref,Month,Figure\nB2,Jan 2018,464\nB2,2018-02,462\nB2,01/03/2018,463\n")
    assert (offer.quarter, offer.numerator, offer.typed) == (Q4, 1389, "464 + 462 + 463")
    assert offer.months == ((dt.date(2018, 1, 1), 464), (dt.date(2018, 2, 1), 462), (dt.date(2018, 3, 1), 463))


def test_months_in_columns(world):
    offer = one(world, "Indicator,Jan-18,Feb-18,Mar-18\nB2,1,2,3\n")
    assert (offer.quarter, offer.numerator) == (Q4, 6)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("B2,201801,1\nB2,201802,2\n", "March 2018 is not in the file, so 2017-18 Q4 can’t be added up."),
        ("B2,201802,2\n", "January 2018 and March 2018 are not in the file, so 2017-18 Q4 can’t be added up."),
        ("B2,201801,1\nB2,201802,2\nB2,201803,\n", "March 2018 is not in the file, so 2017-18 Q4 can’t be added up."),
    ],
)
def test_two_months_are_no_quarter(world, rows, why):
    assert refused(world, f"Ref,Month,Figure\n{rows}") == why


def test_a_month_that_cannot_be_read_spoils_its_quarter(world):
    found = read("Ref,Month,Figure\nB2,201801,1\nB2,201802,<5\nB2,201803,3\n", world.sam)
    assert found.offers == ()
    assert [(refusal.place.name, refusal.why) for refusal in found.refusals] == [
        ("C3", "Type the exact number: small numbers are hidden in public reports, not here."),
        ("C2", "February 2018 can’t be read, so 2017-18 Q4 can’t be added up."),
    ]


def test_a_month_that_stands_there_twice(world):
    found = read("Ref,Month,Figure\nB2,201801,1\nB2,201801,1\nB2,201802,2\nB2,201803,3\n", world.sam)
    assert found.offers == ()
    assert [(refusal.place.name, refusal.why) for refusal in found.refusals] == [
        ("C2", "January 2018 stands in C3 as well. Leave one of them."),
        ("C3", "January 2018 stands in C2 as well. Leave one of them."),
    ]


def test_months_of_a_share_are_refused(world):
    assert refused(world, "Ref,Month,Figure,Out of\nD2,201801,1,2\n") == (
        "This is a share: give it by quarter. The months of a share can’t be added up."
    )


# ---------------------------------------------------------------- how the bytes came


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfReference,Quarter,Figure\nB2,2017-18 Q4,5\n",
        b"Reference,Quarter,Figure\rB2,2017-18 Q4,5\r",
        b"Reference,Quarter,Figure\r\nB2,2017-18 Q4,5\r\n",
        b"Reference;Quarter;Figure\nB2;2017-18 Q4;5\n",
        b"Reference\tQuarter\tFigure\nB2\t2017-18 Q4\t5\n",
        "Reference,Quarter,Figure\nB2,2017\N{EN DASH}18 Q4,5\n".encode("cp1252"),
        "Reference,Quarter,Figure\nB2,2017-18 Q4,5\n".encode("utf-16"),
        b'"Reference","Quarter","Figure"\n"B2","2017-18 Q4","5"\n',
    ],
)
def test_the_same_file_in_many_encodings(world, content):
    offer = one(world, content)
    assert (offer.indicator_id, offer.quarter, offer.numerator) == (world.reports.pk, Q4, 5)


# ---------------------------------------------------------------- cells of a workbook


def _row(*cells) -> tuple[Cell, ...]:
    return tuple(cell if isinstance(cell, Cell) else Cell(cell, "text" if cell else "empty") for cell in cells)


def _read(world, *sheets):
    return reading.read(Book("xlsx", sheets), by=world.sam)


def _workbook_cell(world, cell, reference="B2", heading="Figure"):
    return _read(
        world, Sheet("Figures", False, (_row("Reference", "Quarter", heading), _row(reference, "2017-18 Q4", cell)))
    )


def test_a_formula_gives_the_value_last_worked_out_and_says_so(world):
    found = _workbook_cell(world, Cell("1,389", "formula", Decimal(1389), formula="=SUM(A1:A3)"))
    assert found.offers[0].numerator == 1389
    assert found.notes == (
        "1 formula was not worked out here: the value last worked out in the spreadsheet was taken.",
    )


def test_a_formula_that_kept_no_value(world):
    found = _workbook_cell(world, Cell("", "formula", formula="=SUM(A1:A3)"))
    assert found.refusals[0].why == (
        "The number of reports: this formula has kept no value. Open the file in your spreadsheet program, save it, and upload it again."
    )


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (Cell("1,389", "number", Decimal("1389.4")), "The number of reports must be a whole number, like 1,234."),
        (Cell("-3", "number", Decimal(-3)), "The number of reports can’t be less than 0."),
        (Cell("#REF!", "error"), "The number of reports must be a whole number; the cell holds an error, “#REF!”."),
        (
            Cell("03/01/2018", "date", day=dt.date(2018, 1, 3)),
            "The number of reports must be a whole number; the cell holds a date, 03/01/2018.",
        ),
        (Cell("TRUE", "boolean"), "The number of reports must be a whole number, like 1,234."),
        (
            Cell("1E+300", "number", Decimal("1E+300")),
            "The number of reports must have at most 9 figures: check what you typed.",
        ),
        (Cell("see below"), "The number of reports must be a whole number, like 1,234."),
    ],
)
def test_numbers_that_are_none(world, cell, why):
    found = _workbook_cell(world, cell)
    assert [refusal.why for refusal in found.refusals] == [why]


def test_a_percentage_that_was_worked_out_is_rounded_to_four_places(world):
    found = _workbook_cell(
        world, Cell("70.5%", "formula", Decimal("70.454545454545"), formula="=31/44"), "C1", "Percentage"
    )
    assert found.offers[0].stated_percentage == Decimal("70.4545")


def test_a_date_for_a_month(world):
    rows = [_row("Ref", "Month", "Figure")]
    rows += [
        _row("B2", Cell("x", "date", day=dt.date(2018, month, 31 if month != 2 else 28)), str(month))
        for month in (1, 2, 3)
    ]
    assert _read(world, Sheet("Figures", False, tuple(rows))).offers[0].numerator == 6


def test_hidden_sheets_are_left_out_and_the_first_visible_one_with_headings_is_read(world):
    def sheet(name, number, hidden=False):
        return Sheet(name, hidden, (_row("Reference", "Quarter", "Figure"), _row("B2", "2017-18 Q4", number)))

    found = _read(
        world,
        sheet("Old", "1", hidden=True),
        Sheet("Read me", False, (_row("Words"),)),
        sheet("This", "2"),
        sheet("That", "3"),
    )
    assert [(offer.numerator, offer.place.sheet) for offer in found.offers] == [(2, 2)]
    assert found.notes == (
        "Only the sheet “This” was read. Left out: “Read me” and “That”.",
        "Hidden sheets were left out: “Old”.",
    )


def test_figures_on_hidden_sheets_alone(world):
    hidden = Sheet("Old", True, (_row("Reference", "Quarter", "Figure"), _row("B2", "2017-18 Q4", "1")))
    with pytest.raises(Unusable, match="Hidden sheets are not read: “Old”"):
        _read(world, hidden)


# ---------------------------------------------------------------- the hidden key of our own workbook


def test_the_version_is_taken_with_its_key(world):
    offer = one(world, "Ref,Quarter,Figure,Key,Version\nB2,2017-18 Q4,5,domestic-abuse-reports 2017-18-q4,3\n")
    assert offer.seen_version == 3


def test_a_row_under_another_key(world):
    why = refused(world, "Ref,Quarter,Figure,Key,Version\nB2,2017-18 Q4,5,arrests 2017-18-q4,3\n")
    assert why.startswith("This row of the workbook was moved or typed over")


@pytest.mark.parametrize("version", ["three", "-1", "1.5", "9999999999", "²"])
def test_a_version_that_was_changed(world, version):
    why = refused(
        world,
        f"Ref,Quarter,Figure,Key,Version\nB2,2017-18 Q4,5,arrests 2017-18-q4,{version}\n".replace(
            "arrests", "domestic-abuse-reports"
        ),
    )
    assert why == "The hidden columns of the workbook were changed: download it again."
