"""A second publisher: a line a month, other columns, area codes, months in words. Nothing but the layout says so."""

import pytest

from indicators.feeds import layout, reading
from indicators.feeds.reading import Series
from lib import sheets
from lib.sheets import Book, Cell, Sheet, Unusable
from tests.unit.indicators.feeds.files import ALL, LONG, content, numbers, the_refusal, whys

HEAD = ["Area code", "Area name", "Crime type", "Measure", "Period", "Count"]
CODE = "E09000030"
MONTHS = ("April 2017", "May 2017", "June 2017")
ROBBERY = Series(7, "Robbery", CODE, (("Robbery",),))


def line(
    period: str, count: object, kind: str = "Robbery", measure: str = "Offences", code: str = CODE
) -> list[object]:
    return [code, "Tower Hamlets", kind, measure, period, count]


QUARTER = [line(period, count) for period, count in zip(MONTHS, (10, 20, 30), strict=True)]


def read(rows, *wanted, laid_out=LONG, kept=ALL):
    book = sheets.read(content([HEAD, *rows], ";"), "crime.csv")
    return reading.read(book, laid_out, wanted or (ROBBERY,), kept)


def test_a_line_a_month_with_semicolons_and_area_codes():
    found = read(QUARTER)
    assert numbers(found) == {"2017-18 Q1": 60}
    assert [offer.place.name for offer in found.offers] == ["F2"]
    assert found.notes == ("1 column means nothing here and stays unread: “Area name”.",)


def test_lines_may_stand_in_any_order_and_other_measures_areas_and_kinds_are_not_taken():
    others = [
        line("May 2017", 9, measure="Outcomes"),
        line("May 2017", 9, code="E0"),
        line("May 2017", 9, kind="Theft"),
    ]
    found = read([*others, *QUARTER[::-1]])
    assert numbers(found) == {"2017-18 Q1": 60}
    assert (
        found.notes[0] == "2 other lines are about other areas or categories, and not kept."
    )  # `only` drops the third


def test_categories_are_added_up():
    both = Series(7, "Robbery", CODE, (("Robbery",), ("Snatch",)))
    found = read([*QUARTER, *(line(period, 1, kind="Snatch") for period in MONTHS)], both)
    assert numbers(found) == {"2017-18 Q1": 63}


def test_a_month_without_a_line_refuses_its_quarter():
    found = read([QUARTER[0], QUARTER[2]])
    assert whys(found) == {
        "Robbery, 2017-18 Q1": "2017-18 Q1 has only April and June of its three months for “Robbery”."
    }


def test_a_month_that_cannot_be_read_is_named():
    found = read([QUARTER[0], line("Mai 2017", 20), QUARTER[2]])
    assert the_refusal(found).why == (
        "2017-18 Q1 has only April and June of its three months for “Robbery”. "
        "The month in E3 can’t be read as a month like “April 2017”."
    )
    assert (the_refusal(found).place.name, the_refusal(found).typed) == ("E3", "Mai 2017")


def test_a_month_that_stands_twice_is_refused_and_not_added_up():
    found = read([*QUARTER, line("May 2017", 21)])
    assert the_refusal(found).why == "May 2017 of “Robbery” stands more than once, in F3 and F5."


def test_a_number_that_is_none():
    assert the_refusal(read([*QUARTER[:2], line("June 2017", "<5")])).why == (
        "June 2017 of “Robbery” is “<5”, not a whole number."
    )


class TestAbsentIsZero:
    LAID_OUT = layout.read(
        {
            "levels": ["Crime type"],
            "area": "Area code",
            "months": {"column": "Period", "written": "%B %Y", "numbers": "Count"},
            "absent_is_zero": True,
        }
    )

    def test_a_month_that_the_file_has_for_others_is_nought(self):
        rows = [QUARTER[0], QUARTER[2], line("May 2017", 3, kind="Theft")]
        assert numbers(read(rows, laid_out=self.LAID_OUT)) == {"2017-18 Q1": 40}

    def test_a_month_that_the_file_has_for_nobody_is_not(self):
        found = read([QUARTER[0], QUARTER[2]], laid_out=self.LAID_OUT)
        assert "only April and June" in the_refusal(found).why

    def test_nor_is_one_while_a_month_of_the_series_cannot_be_read(self):
        rows = [QUARTER[0], line("Mai 2017", 20), QUARTER[2], line("May 2017", 3, kind="Theft")]
        assert "The month in E3 can’t be read" in the_refusal(read(rows, laid_out=self.LAID_OUT)).why

    def test_a_whole_quarter_of_noughts_has_a_place(self):
        rows = [*QUARTER, *(line(period, 1, kind="Theft") for period in ("July 2017", "August 2017", "September 2017"))]
        found = read(rows, laid_out=self.LAID_OUT)
        assert numbers(found) == {"2017-18 Q1": 60, "2017-18 Q2": 0}


class TestSheets:
    def laid_out(self, name: str):
        return layout.read(
            {
                "levels": ["Crime type"],
                "area": "Area code",
                "months": {"column": "Period", "written": "%B %Y", "numbers": "Count"},
                "sheet": name,
            }
        )

    def book(self, *names: str) -> Book:
        rows = tuple(tuple(Cell(str(text)) for text in row) for row in (HEAD, *QUARTER))
        return Book("xlsx", tuple(Sheet(name, name == "Hidden", rows if name != "Notes" else ()) for name in names))

    def test_the_one_that_is_named_even_if_it_is_hidden(self):
        found = reading.read(self.book("Notes", "Hidden"), self.laid_out("hidden"), [ROBBERY], ALL)
        assert numbers(found) == {"2017-18 Q1": 60}
        assert found.offers[0].place.sheet == 1

    def test_without_a_name_the_first_that_has_the_headings_and_can_be_seen(self):
        found = reading.read(self.book("Notes", "Hidden", "Data"), LONG, [ROBBERY], ALL)
        assert found.offers[0].place.sheet == 2

    def test_one_that_is_not_there(self):
        with pytest.raises(Unusable, match="This file has no sheet called “Data”. Is it called “Data 2018” now?"):
            reading.read(self.book("Notes", "Data 2018"), self.laid_out("Data"), [ROBBERY], ALL)
