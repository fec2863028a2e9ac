"""A file with a column a month: whole quarters, and every way in which one can be damaged."""

import datetime as dt
from decimal import Decimal

import pytest

from indicators.feeds import reading
from lib import sheets
from lib.sheets import Book, Cell, Sheet, Unusable
from tests.unit.indicators.feeds.files import (
    ALL,
    BURGLARY,
    INJURY,
    TRAFFICKING,
    VIOLENCE,
    WIDE,
    YEAR,
    injury,
    numbers,
    quarters,
    read,
    series,
    the_offer,
    the_refusal,
    whys,
    wide,
)

Q = "Violence, borough, 2017-18 Q"
WHOLE = {"2017-18 Q1": 767, "2017-18 Q2": 743, "2017-18 Q3": 703, "2017-18 Q4": 629}


def renamed(was: str, now: str) -> tuple[str, ...]:
    return tuple(now if month == was else month for month in YEAR)


class TestWholeQuarters:
    def test_months_make_the_published_quarters(self):
        found = read(wide(injury(*INJURY)))
        assert numbers(found) == WHOLE
        assert sum(WHOLE.values()) == 2842
        assert (found.refusals, found.notes) == ((), ())

    def test_the_year_before_too(self):
        months = ("201604", "201605", "201606", "201607", "201608", "201609", "201610", "201611", "201612", "201701", "201702", "201703")  # fmt: skip
        row = injury(235, 259, 243, 294, 227, 262, 256, 215, 214, 223, 184, 251)
        kept = quarters("2016-17 Q1", "2016-17 Q2", "2016-17 Q3", "2016-17 Q4")
        found = numbers(read(wide(row, months=months), kept=kept))
        assert found == {"2016-17 Q1": 737, "2016-17 Q2": 783, "2016-17 Q3": 685, "2016-17 Q4": 658}
        assert sum(found.values()) == 2863

    def test_each_offer_tells_its_months_and_where_they_stand(self):
        offer = the_offer(read(wide(injury(*INJURY)), kept=ALL[1:2]))
        assert offer.months == (
            (dt.date(2017, 7, 1), Decimal(312)),
            (dt.date(2017, 8, 1), Decimal(209)),
            (dt.date(2017, 9, 1), Decimal(222)),
        )
        assert (offer.typed, offer.place.name) == ("312 + 209 + 222", "G2")

    def test_categories_are_added_up_month_by_month(self):
        rows = wide([*BURGLARY, "Tower Hamlets", *[10] * 12], [*TRAFFICKING, "Tower Hamlets", *range(12)])
        found = read(rows, series(BURGLARY, TRAFFICKING), kept=ALL[:1])
        assert the_offer(found).months[2] == (dt.date(2017, 6, 1), Decimal(12))
        assert the_offer(found).numerator == 33  # 10 + 11 + 12

    def test_other_areas_are_not_taken(self):
        found = read(wide([*VIOLENCE, "Hackney", *[9] * 12], injury(*INJURY)))
        assert numbers(found) == WHOLE
        assert found.notes == ("1 other line is about other areas or categories, and not kept.",)

    def test_names_match_whatever_their_blanks_and_capitals(self):
        found = read(wide(["  VIOLENCE", "with   injury ", "tower hamlets", *INJURY]))
        assert numbers(found) == WHOLE

    def test_a_name_that_the_publisher_cut_off_is_just_a_name(self):
        cut = ("Miscellaneous", "Making, Supplying or Possessing Articles for use i")
        found = read(wide([*cut, "Tower Hamlets", *[1] * 12]), series(cut), kept=ALL[:1])
        assert numbers(found) == {"2017-18 Q1": 3}

    def test_columns_may_stand_in_any_order(self):
        backwards = [*VIOLENCE, "Tower Hamlets", *reversed(INJURY)]
        assert numbers(read(wide(backwards, months=YEAR[::-1]))) == WHOLE

    def test_titles_above_the_headings_are_passed_over(self):
        assert numbers(read([["Recorded crime"], ["Published 3 May 2018"], *wide(injury(*INJURY))])) == WHOLE

    @pytest.mark.parametrize("heading", ["BOROUGH", " Borough ", "borough"])
    def test_headings_match_whatever_their_blanks_and_capitals(self, heading):
        rows = wide(injury(*INJURY))
        rows[0][2] = heading
        assert numbers(read(rows)) == WHOLE

    def test_a_quarter_without_any_is_nought_and_not_missing(self):
        assert numbers(read(wide(injury(*[0] * 12)), kept=ALL[:1])) == {"2017-18 Q1": 0}


class TestQuartersNotKept:
    def test_they_are_left_out_and_counted_in_one_note(self):
        found = read(wide(injury(*INJURY)), kept=ALL[2:3])
        assert numbers(found) == {"2017-18 Q3": 703}
        assert found.notes == (
            "3 quarters were never opened here and are left out: 2017-18 Q1 to 2017-18 Q2 and 2017-18 Q4.",
        )

    def test_the_last_one_in_part_is_named_as_such(self):
        found = read(wide(injury(*INJURY[:10]), months=YEAR[:10]), kept=ALL[:3])
        assert found.refusals == ()
        assert found.notes == ("2017-18 Q4 has only January of its three months. It is left out.",)

    def test_a_damaged_cell_there_is_nobody_s_business(self):
        assert read(wide(injury("n/a", *INJURY[1:])), kept=ALL[1:]).refusals == ()


class TestIncomplete:
    def test_a_quarter_of_which_one_month_is_there_is_refused_with_that_month(self):
        found = read(wide(injury(*INJURY[:10]), months=YEAR[:10]))
        assert list(numbers(found)) == ["2017-18 Q1", "2017-18 Q2", "2017-18 Q3"]
        assert whys(found) == {f"{Q}4": "2017-18 Q4 has only January of its three months."}

    def test_the_file_of_january_2022(self):
        months = ("202110", "202111", "202112", "202201")
        found = read(wide(injury(238, 262, 241, 240), months=months), kept=quarters("2021-22 Q3", "2021-22 Q4"))
        assert numbers(found) == {"2021-22 Q3": 741}
        assert the_refusal(found).why == "2021-22 Q4 has only January of its three months."

    def test_a_file_that_begins_within_a_quarter(self):
        found = read(wide(injury(*INJURY[1:]), months=YEAR[1:]))
        assert whys(found) == {f"{Q}1": "2017-18 Q1 has only May and June of its three months."}

    def test_a_gap_between_months(self):
        months, row = (*YEAR[:4], *YEAR[5:]), (*INJURY[:4], *INJURY[5:])
        found = read(wide(injury(*row), months=months))
        assert whys(found) == {f"{Q}2": "2017-18 Q2 has only July and September of its three months."}
        assert list(numbers(found)) == ["2017-18 Q1", "2017-18 Q3", "2017-18 Q4"]

    def test_a_whole_quarter_that_is_not_there_is_not_offered(self):
        found = read(wide(injury(*INJURY[:3], *INJURY[6:]), months=(*YEAR[:3], *YEAR[6:])))
        assert list(numbers(found)) == ["2017-18 Q1", "2017-18 Q3", "2017-18 Q4"]
        assert whys(found) == {f"{Q}2": "2017-18 Q2 has none of its three months."}


class TestDamagedHeadings:
    @pytest.mark.parametrize("damaged", ["2017O5", "20175", "2017-05", "May 2017", "201713"])
    def test_one_in_the_middle_refuses_its_quarter_alone(self, damaged):
        found = read(wide(injury(*INJURY), months=renamed("201705", damaged)))
        assert list(numbers(found)) == ["2017-18 Q2", "2017-18 Q3", "2017-18 Q4"]
        refusal = the_refusal(found)
        assert refusal.why == (
            "2017-18 Q1 has only April and June of its three months. "
            f"The heading “{damaged}” in E1 can’t be read as a month like “201704”."
        )
        assert (refusal.label, refusal.place.name, refusal.typed) == (f"{Q}1", "E1", damaged)

    def test_the_first_one(self):
        found = read(wide(injury(*INJURY), months=renamed("201704", "2017O4")))
        assert "The heading “2017O4” in D1 can’t be read" in whys(found)[f"{Q}1"]

    def test_the_last_one(self):
        found = read(wide(injury(*INJURY), months=renamed("201803", "20183")))
        assert whys(found) == {
            f"{Q}4": "2017-18 Q4 has only January and February of its three months. "
            "The heading “20183” in O1 can’t be read as a month like “201704”."
        }

    def test_two_beside_each_other_in_two_quarters(self):
        months = renamed("201706", "2017O6")[:3] + renamed("201707", "2017O7")[3:]
        found = read(wide(injury(*INJURY), months=months))
        assert "“2017O6” in F1" in whys(found)[f"{Q}1"] and "2017O7" not in whys(found)[f"{Q}1"]
        assert "“2017O7” in G1" in whys(found)[f"{Q}2"]

    def test_an_empty_one(self):
        found = read(wide(injury(*INJURY), months=renamed("201705", "")))
        assert whys(found)[f"{Q}1"].endswith("The heading in E1 is empty.")

    def test_backwards_too(self):
        months = renamed("201705", "2017O5")[::-1]
        found = read(wide([*VIOLENCE, "Tower Hamlets", *reversed(INJURY)], months=months))
        assert list(whys(found)) == [f"{Q}1"]

    def test_a_month_that_stands_twice_refuses_its_quarter(self):
        found = read(wide(injury(*INJURY), months=renamed("201705", "201704")))
        assert whys(found)[f"{Q}1"] == (
            "2017-18 Q1 has only June of its three months. April 2017 has more than one column, D1 and E1."
        )
        assert list(numbers(found)) == ["2017-18 Q2", "2017-18 Q3", "2017-18 Q4"]

    def test_a_heading_that_is_no_month_and_stands_in_no_month_s_place_is_left_unread(self):
        rows = wide([*injury(*INJURY), "x", 2842], months=(*YEAR, "Remarks", "Total"))
        found = read(rows)
        assert numbers(found) == WHOLE
        assert found.notes == ("2 columns mean nothing here and stay unread: “Remarks” and “Total”.",)

    def test_one_between_two_months_that_follow_each_other_is_left_unread(self):
        months = (*YEAR[:2], "Remarks", *YEAR[2:])
        found = read(wide(injury(*INJURY[:2], "x", *INJURY[2:]), months=months))
        assert numbers(found) == WHOLE

    def test_dates_as_a_spreadsheet_holds_them_are_months(self):
        head = [Cell(text) for text in ("Group", "Offence", "Borough")]
        head += [Cell("01/04/2017", "date", day=dt.date(2017, month, 1)) for month in (4, 5, 6)]
        row = [Cell(text) for text in (*VIOLENCE, "Tower Hamlets")]
        row += [Cell(f"{number:,}", "number", Decimal(number)) for number in (229, 1251, 287)]
        book = Book("xlsx", (Sheet("Crime", False, (tuple(head), tuple(row))),))
        assert numbers(reading.read(book, WIDE, [series()], ALL)) == {"2017-18 Q1": 1767}


class TestCells:
    @pytest.mark.parametrize(
        ("cell", "number"),
        [("229", 229), ("1,229", 1229), (" 229 ", 229), ("229.0", 229), ("0", 0), ("229.00", 229), ("1 229", 1229)],
    )
    def test_a_whole_number(self, cell, number):
        found = read(wide(injury(cell, 0, 0, *INJURY[3:])), kept=ALL[:1])
        assert the_offer(found).numerator == number

    @pytest.mark.parametrize(
        "cell",
        ["n/a", "-", "..", "<5", "229.5", "-3", "*", "12%", "1e3", "c", "1,22", "TRUE", "٢٢٩", "9" * 10],
    )  # fmt: skip
    def test_anything_else_refuses_its_quarter(self, cell):
        found = read(wide(injury(229, cell, *INJURY[2:])))
        assert list(numbers(found)) == ["2017-18 Q2", "2017-18 Q3", "2017-18 Q4"]
        refusal = the_refusal(found)
        assert refusal.why == f"May 2017 of “Violence > With Injury” is “{cell}”, not a whole number."
        assert (refusal.place.name, refusal.typed) == ("E2", cell)

    def test_an_empty_one_is_not_nought(self):
        found = read(wide(injury(229, "", *INJURY[2:])))
        assert whys(found) == {f"{Q}1": "May 2017 of “Violence > With Injury” is empty."}

    @pytest.mark.parametrize(
        ("cell", "number"),
        [
            (Cell("229", "number", Decimal(229)), 229),
            (Cell("229.0", "number", Decimal("229.0")), 229),
            (Cell("1,229", "formula", Decimal(1229), formula="=A1"), 1229),
            (Cell("229", "formula", formula="=A1"), 229),
            (Cell("229.4", "number", Decimal("229.4")), None),
            (Cell("-1", "number", Decimal(-1)), None),
            (Cell("NaN", "number", Decimal("NaN")), None),
            (Cell("big", "number", Decimal("1E+30")), None),
            (Cell("#REF!", "error", formula="=A1"), None),
            (Cell("TRUE", "boolean", Decimal(1)), None),
            (Cell("1 April 2017", "date", Decimal(42826), dt.date(2017, 4, 1)), None),
            (Cell("", "formula", formula="=A1"), None),
        ],
    )
    def test_of_a_spreadsheet(self, cell, number):
        assert reading.whole(cell) == number

    def test_formulas_are_taken_by_what_they_came_to_and_counted(self):
        head = [Cell(text) for text in ("Group", "Offence", "Borough", *YEAR[:3])]
        row = [Cell(text) for text in (*VIOLENCE, "Tower Hamlets")]
        row += [Cell("9", "formula", Decimal(9), formula="=4+5"), Cell("1"), Cell("2")]
        book = Book("xlsx", (Sheet("Crime", False, (tuple(head), tuple(row))),))
        found = reading.read(book, WIDE, [series()], ALL)
        assert numbers(found) == {"2017-18 Q1": 12}
        assert found.notes == ("1 cell holds a formula: what the spreadsheet worked out last is taken.",)

    def test_a_sum_that_is_no_count_any_more(self):
        found = read(wide(injury("999999999", "1", "0", *INJURY[3:])), kept=ALL[:1])
        assert the_refusal(found).why == "1,000,000,000 has more than 9 figures: that is no count."


class TestRenamed:
    def test_a_category_that_is_not_in_the_file_refuses_its_series_and_says_what_it_may_be_called(self):
        rows = wide(
            ["Burglary", "Burglary - Residential", "Tower Hamlets", *[5] * 12],
            ["Burglary", "Burglary - Business and Community", "Tower Hamlets", *[6] * 12],
            injury(*INJURY),
        )
        wanted = series(("Burglary", "Burglary in a Dwelling - Residential"), label="Burglary, borough")
        found = read(rows, wanted, series())
        assert {offer.quarter for offer in found.offers} == set(ALL)  # of the other series alone
        assert len(found.offers) == 4
        assert the_refusal(found).label == "Burglary, borough"
        assert the_refusal(found).why.startswith(
            "“Burglary > Burglary in a Dwelling - Residential” isn’t in this file. Is it called “Burglary - Residential”"
        )
        assert the_refusal(found).why.endswith("Nothing is taken for this series.")

    def test_one_of_several_is_enough_to_take_nothing(self):
        rows = wide([*BURGLARY, "Tower Hamlets", *[5] * 12], ["Burglary", "Shops", "Tower Hamlets", *[6] * 12])
        found = read(rows, series(BURGLARY, ("Burglary", "Business and Community")))
        assert found.offers == ()

    def test_what_the_series_has_already_is_never_suggested(self):
        rows = wide([*BURGLARY, "Tower Hamlets", *[5] * 12])
        found = read(rows, series(BURGLARY, ("Burglary", "Domestic (attempted)")))
        assert the_refusal(found).why == (
            "“Burglary > Domestic (attempted)” isn’t in this file. Nothing is taken for this series."
        )

    def test_a_category_that_moved_to_another_group(self):
        rows = wide(["Violent crime", "With Injury", "Tower Hamlets", *INJURY])
        assert "Is it called “Violent crime > With Injury” now?" in the_refusal(read(rows)).why

    def test_one_that_another_area_still_has_is_not_in_the_file_for_this_one(self):
        rows = wide([*VIOLENCE, "Hackney", *INJURY], [*BURGLARY, "Tower Hamlets", *INJURY])
        assert "isn’t in this file" in the_refusal(read(rows)).why

    def test_an_area_with_another_name(self):
        rows = wide([*VIOLENCE, "Tower Hamlets LB", *INJURY], [*VIOLENCE, "Hackney", *INJURY])
        assert the_refusal(read(rows)).why == (
            "The area “Tower Hamlets” isn’t in this file. Is it called “Tower Hamlets LB” now? "
            "Nothing is taken for this series."
        )

    def test_a_line_that_stands_twice(self):
        found = read(wide(injury(*INJURY), [*VIOLENCE, "Hackney", *INJURY], injury(*INJURY)))
        assert the_refusal(found).why == (
            "“Violence > With Injury” stands in more than one row for Tower Hamlets: 2 and 4. "
            "Which one counts can’t be told. Nothing is taken for this series."
        )

    def test_a_category_of_another_depth(self):
        found = read(wide(injury(*INJURY)), series(("Violence",)))
        assert the_refusal(found).why.startswith("“Violence” doesn’t have the 2 levels of this file.")

    def test_a_further_line_beside_those_added_up_is_noticed(self):
        rows = wide(
            *([group, name, "Tower Hamlets", *[1] * 12] for group, name in [("W", "a"), ("W", "b"), ("W", "c")])
        )
        found = read(rows, series(("W", "a"), ("W", "b"), label="Weapons"))
        assert len(found.offers) == 4
        assert found.notes[-1] == (
            "Weapons leaves out “c”, which stands beside what it adds up. If it belongs to it, add it."
        )


class TestNotTheFile:
    @pytest.mark.parametrize(
        ("rows", "sentence"),
        [
            ([["a", "b"], [1, 2]], "This is not the file that is looked for: none of its first 30 rows has the headings “Group”, “Offence” and “Borough”."),
            ([["Group", "Offence", "Borough name", "201704"], list("abc1")], "No column of this file is headed “Borough”. Is it called “Borough name” now?"),
            ([["Group", "Offence", "201704"], list("ab1")], "No column of this file is headed “Borough”."),
            ([["Group", "Offence", "Borough", "Total"], list("abc1")], "No column of this file is headed by a month like “201704”."),
            ([["Group", "Offence", "Borough", "Borough", "201704"], list("abcd1")], "“Borough” heads more than one column: C and D. Which one counts can’t be told."),
        ],
    )  # fmt: skip
    def test_it_says_what_is_missing(self, rows, sentence):
        with pytest.raises(Unusable) as refused:
            read(rows)
        assert str(refused.value) == sentence

    def test_every_sheet_hidden(self):
        book = sheets.Book("xlsx", (Sheet("Crime", True, ((Cell("Group"),),)),))
        with pytest.raises(Unusable, match="Every sheet of this file is hidden"):
            reading.read(book, WIDE, [series()], ALL)


def test_quarters_that_this_file_may_not_fill_are_refused_each_with_its_sentence():
    found = read(wide(injury(*INJURY)), series(refused={ALL[0]: "Not by this file."}))
    assert whys(found) == {f"{Q}1": "Not by this file."}
    assert list(numbers(found)) == ["2017-18 Q2", "2017-18 Q3", "2017-18 Q4"]
