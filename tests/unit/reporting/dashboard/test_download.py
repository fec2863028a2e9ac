"""The dashboard as a table for spreadsheets."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from reporting.dashboard import download
from reporting.snapshots.shape import ForecastPart, Value, VerdictPart
from tests.factories import snapshots
from tests.factories.dashboards import of, part, trend, words


def read(snapshot):
    text = download.csv_file(snapshot).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def only(one, **changes):
    (row,) = read(of(one, **changes))
    return row


def test_there_is_one_row_for_each_indicator_in_plan_order_and_the_measures_beside_after_them():
    snapshot = snapshots.rated()
    rows = read(snapshot)
    counted = [row["Reference"] for row in rows if row["Counted in the set"] == "yes"]
    assert counted == [one.reference for one in snapshot.indicators]
    assert [row["Counted in the set"] for row in rows[15:]] == ["no"] * 11


def test_every_sentence_and_word_of_the_page_is_in_it():
    snapshot = snapshots.rated()
    rows = read(snapshot)[:15]
    assert [row["Why"] for row in rows] == [one.verdict.sentence for one in snapshot.indicators]
    b3 = next(row for row in rows if row["Reference"] == "B3")
    assert (b3["Rating"], b3["Figure"], b3["Year to date"], b3["Same period last year"]) == (
        "Red",
        "629",
        "2842",
        "2863",
    )
    assert b3["Restated"] == "B3, 2017-18 Q2 restated: was 771, now 743. 28 offences lay outside the hotspot areas."
    assert (b3["By when"], b3["Explanation"]) == ("31 July 2018", "Sent by Oona Harcastle, superintendent")


def test_numbers_are_digits_alone():
    pair = Value(Decimal("31.0000"), Decimal("44.0000"), Decimal(100) * 31 / 44)
    row = only(part("A1", measure="need_met", cell={"value": pair}))
    assert (row["Figure"], row["Met or part"], row["Need or base"], row["Unit"]) == ("70.5", "31", "44", "per cent")
    assert only(part("A1", cell={"value": Value(Decimal("1561.0000"), None, None)}))["Figure"] == "1561"


def test_what_is_not_known_is_empty_and_never_zero():
    row = only(part("A1", "missing", cell={"reason": "Awaiting partner", "note": "The survey closes on 18 May"}))
    assert (row["Figure"], row["State"]) == ("", "Missing: awaiting partner")
    assert row["Note"] == "The survey closes on 18 May"


def test_nobody_in_need_is_said_in_words():
    row = only(part("A1", measure="need_met", cell={"value": Value(Decimal(0), Decimal(0), None)}))
    assert (row["Figure"], row["Need or base"]) == ("none in need", "0")


def test_a_change_is_said_without_a_sign():
    row = only(part("A1", long=trend("better", "+128", words="up 128 (8.7%)"), short=trend(why="Q3 is missing")))
    assert (row["On a year ago"], row["Change on a year ago"]) == ("Better", "up 128 (8.7%)")
    assert (row["On last quarter"], row["Change on last quarter"]) == ("Not comparable", "Q3 is missing")


def test_the_forecast_has_its_own_rating_and_sentence():
    ahead = ForecastPart(Decimal("861.7"), "If the rest goes as last year", VerdictPart("amber", "Amber: 862."))
    row = only(part("A1", "red", forecast=ahead))
    assert (row["Rating"], row["Year-end forecast"], row["Forecast rating"]) == ("Red", "862", "Amber")
    assert (row["Why the forecast"], row["Forecast is based on"]) == ("Amber: 862.", "If the rest goes as last year")


def test_a_forecast_is_rounded_half_up_as_on_the_page():
    assert only(part("A1", forecast=ForecastPart(Decimal("862.5"), "", None)))["Year-end forecast"] == "863"


def test_an_explanation_that_is_owed_says_by_whom():
    assert only(part("A1", words=words("incomplete")))["Explanation"].endswith(
        "Owed by Signe Marlowe, since 4 May 2018."
    )
    assert only(part("A1"))["Explanation"] == "Not asked for"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\n="])
def test_what_somebody_typed_is_never_a_formula(start):
    typed = f'{start}HYPERLINK("http://example.org")'
    one = part(
        "A1",
        short_name=typed,
        name=typed,
        unit=typed,
        cell={"note": typed, "reason": typed},
        words=words(what_happened=typed, why=typed, what_next=typed, who=typed, by=typed),
    )
    text = download.csv_file(of(one)).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert len(cells) > 60
    assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))] == []


def test_no_cell_of_the_whole_sample_starts_as_a_formula():
    for snapshot in (snapshots.rated(), snapshots.sample(), snapshots.first_quarter(), snapshots.many(150)):
        cells = [cell for row in read(snapshot) for cell in row.values()]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_it_opens_in_excel_in_the_right_letters():
    assert download.csv_file(snapshots.rated()).startswith(b"\xef\xbb\xbfQuarter,")


def test_where_nothing_was_asked_there_are_the_headings_alone():
    assert read(snapshots.nothing_asked()) == []


def test_the_name_of_the_file_says_when_it_is_a_sample():
    sample = snapshots.sample()
    assert download.file_name(sample, "Tower Hamlets") == "sample-tower-hamlets-csp-dashboard-2017-18-q4.csv"
    real = replace(sample, is_sample=False)
    assert download.file_name(real, "Tower Hamlets") == "tower-hamlets-csp-dashboard-2017-18-q4.csv"


def test_restricted_indicators_mark_every_row():
    assert {row["Marking"] for row in read(snapshots.rated())} == {"OFFICIAL-SENSITIVE"}
    assert only(part("A1"))["Marking"] == "OFFICIAL"
