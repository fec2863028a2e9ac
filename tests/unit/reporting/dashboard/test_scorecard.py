"""The scorecard: its columns, its cells, and the line under each row."""

import datetime as dt
from decimal import Decimal

import pytest

from lib.quarters import Quarter
from reporting.dashboard import scorecard
from reporting.dashboard.leading import Leading
from reporting.snapshots.shape import ForecastPart, Restatement, ToDate, UsualPart, Value, VerdictPart
from tests.factories import snapshots
from tests.factories.dashboards import of, part, trend

Q2 = Quarter.parse("2017-18 Q2")


def heads(snapshot, lead=Leading.RATINGS):
    return [column.words for column in scorecard.build(snapshot, lead).columns]


def row(one, **changes):
    (group,) = scorecard.build(of(one, **changes), Leading.RATINGS).groups
    return group.rows[0]


def cell(one, kind):
    return next(cell for cell in row(one).cells if cell.column.kind == kind)


def so_far(mode="sum", value=38, through=None, missing=()):
    known = None if value is None else Value(Decimal(value), None, None)
    return ToDate(mode, known, through, not missing, missing)


def ahead(number="861.4", code="amber"):
    verdict = VerdictPart(code, f"{code.capitalize()}: 861 forecast for the year.") if code else None
    return ForecastPart(Decimal(number), "If the rest goes as last year", verdict)


# ---------------------------------------------------------------- columns


def test_ratings_stand_first_where_they_lead():
    assert heads(of(part("A1", forecast=ahead()))) == [
        "Rating",
        "Q4",
        "On last quarter",
        "On a year ago",
        "Since 2016-17",
        "Year to date",
        "Same last year",
        "Year-end forecast",
    ]


def test_the_comparison_that_leads_stands_first_and_the_rating_on_the_right():
    snapshot = of(part("A1", "data_only"))
    assert heads(snapshot, Leading.YEAR_AGO)[:3] == ["Q4", "On a year ago", "On last quarter"]
    assert heads(snapshot, Leading.LAST_QUARTER)[:3] == ["Q4", "On last quarter", "On a year ago"]
    assert heads(snapshot, Leading.YEAR_AGO)[-1] == "Rating"


@pytest.mark.parametrize(
    ("quarter", "note"),
    [
        ("2017-18 Q4", "The year has ended, so there is no forecast."),
        ("2017-18 Q1", "There is no forecast yet: it needs all of last year’s figures, and this year’s so far."),
    ],
)
def test_without_a_forecast_there_is_no_column_but_the_reason(quarter, note):
    made = scorecard.build(of(part("A1"), quarter=Quarter.parse(quarter)), Leading.RATINGS)
    assert "Year-end forecast" not in [column.words for column in made.columns]
    assert made.note == note


def test_rows_stand_under_their_priority_in_plan_order():
    made = scorecard.build(snapshots.rated(), Leading.RATINGS)
    assert [group.title for group in made.groups][3] == "D Reducing Re-offending"
    assert [one.label for one in made.groups[0].rows] == [
        "A1 ASB calls to police",
        "A2 ASB repeat callers",
        "A3 Ordered into treatment",
    ]


@pytest.mark.parametrize(
    ("how_many", "caption"), [(1, "Scorecard, one indicator"), (15, "Scorecard, all 15 indicators")]
)
def test_the_caption_says_how_many(how_many, caption):
    parts = [part(f"A{number}") for number in range(how_many)]
    assert scorecard.build(of(*parts), Leading.RATINGS).caption == caption


# ---------------------------------------------------------------- cells


def test_a_verified_figure_is_strong_and_one_to_be_verified_is_not():
    assert (cell(part("A1"), "figure").text, cell(part("A1"), "figure").is_strong) == ("38", True)
    assert cell(part("A1", "not_yet_verified"), "figure").is_strong is False


def test_a_missing_figure_is_a_dash_and_never_zero():
    made = cell(part("A1", "missing"), "figure")
    assert (made.text, made.is_empty) == ("–", True)


def test_nobody_in_need_is_said_in_words():
    nobody = Value(Decimal(0), Decimal(0), None)
    assert cell(part("A1", cell={"value": nobody}), "figure").text == "none in need"


def test_a_trend_has_its_arrow_word_and_change():
    made = cell(part("A1", short=trend("worse", "+47")), "short")
    assert (made.direction, made.word, made.sub) == ("down", "Worse", "+47")


def test_what_cannot_be_compared_has_no_arrow():
    made = cell(part("A1"), "long")
    assert (made.direction, made.word, made.sub) == ("", "Not comparable", "")


@pytest.mark.parametrize(
    ("given", "text", "sub"),
    [
        (so_far(), "38", ""),
        (so_far(through=Quarter.parse("2017-18 Q3")), "38", "to Q3"),
        (so_far(missing=(Q2,)), "38", "without Q2"),
        (so_far("latest"), "latest: 38", ""),
        (so_far(value=None), "not known", ""),
    ],
)
def test_the_year_to_date_says_what_it_leaves_out(given, text, sub):
    made = cell(part("A1", year_to_date=given), "so_far")
    assert (made.text, made.sub) == (text, sub)


def test_the_same_period_of_a_year_not_known_is_a_dash():
    made = cell(part("A1", last_year_to_date=so_far(value=None)), "same_period")
    assert (made.text, made.is_empty) == ("–", True)


def test_a_forecast_is_whole_and_has_a_rating_of_its_own():
    made = cell(part("A1", "red", forecast=ahead()), "ahead")
    assert (made.text, made.code, made.word) == ("861", "amber", "Amber")


def test_a_forecast_without_a_target_has_no_rating():
    made = cell(part("A1", "data_only", forecast=ahead(code="")), "ahead")
    assert (made.text, made.code) == ("861", "")


def test_every_row_has_its_two_years_as_a_line_for_the_page():
    made = cell(part("A1"), "spark").chart
    assert (made.width, made.height) == (104, 28)


# ---------------------------------------------------------------- the line under the row


def test_the_sentence_of_every_rating_is_there_as_it_is():
    snapshot = snapshots.rated()
    rows = [row for group in scorecard.build(snapshot, Leading.RATINGS).groups for row in group.rows]
    assert [row.sentence for row in rows] == [one.verdict.sentence for one in snapshot.indicators]


def test_the_good_direction_is_said_where_the_sentence_does_not():
    assert row(part("A1", "data_only")).direction == "Good is lower."
    told = VerdictPart("green", "Green: 38 in Q4 is below the target of 40; good is lower.")
    assert row(part("A1", verdict=told)).direction == ""
    assert row(part("A1", verdict=told)).in_short == "Good is lower."


def test_the_forecasts_sentence_is_there_too():
    assert row(part("A1", forecast=ahead())).ahead == "Amber: 861 forecast for the year."


@pytest.mark.parametrize(
    ("state", "told", "in_short"),
    [
        ("worsening", "Worsening. 38 is above the usual range.", "Good is lower. Unusual, worsening."),
        ("improving", "Improving. 38 is above the usual range.", "Good is lower. Unusual, improving."),
        ("changed", "Changed. 38 is above the usual range.", "Good is lower. Unusual."),
        ("usual", "", "Good is lower."),
        ("unknown", "", "Good is lower."),
    ],
)
def test_what_is_unusual_stands_in_the_row_and_in_print(state, told, in_short):
    made = row(part("A1", usual=UsualPart(state, "38 is above the usual range.", True, False, "", "")))
    assert (made.usual, made.in_short) == (told, in_short)


TOO_FEW = ForecastPart(None, "No forecast: 14 in the same quarter of last year is too few to go by", None)
Q1 = Quarter.parse("2017-18 Q1")


def without_a_forecast(one, *others):
    """Why the first has none, in a quarter of the year's course."""
    (group,) = scorecard.build(of(one, *others, quarter=Q1), Leading.RATINGS).groups
    return group.rows[0].not_ahead


def test_a_dash_beside_forecasts_has_its_reason():
    assert without_a_forecast(part("A1", forecast=TOO_FEW, year_to_date=so_far()), part("A2", forecast=ahead())) == (
        "No forecast: 14 in the same quarter of last year is too few to go by."
    )


@pytest.mark.parametrize(
    "one",
    [
        part("A1", forecast=ahead(), year_to_date=so_far()),
        part("A1", forecast=TOO_FEW, year_to_date=so_far("latest")),  # never has one
        part("A1", "missing", forecast=TOO_FEW, year_to_date=so_far()),  # the row says that it is missing
    ],
    ids=["has one", "never has one", "missing"],
)
def test_no_reason_is_given_where_there_is_one_or_none_to_expect(one):
    assert without_a_forecast(one, part("A2", forecast=ahead())) == ""


def test_without_the_column_no_row_says_why_it_has_no_forecast():
    assert without_a_forecast(part("A1", forecast=TOO_FEW, year_to_date=so_far())) == ""


def test_restricted_restated_and_provisional_stand_by_the_name():
    one = part("A1", is_restricted=True, cell={"is_provisional": True})
    old = Value(Decimal(1), None, None)

    def restated(quarter):
        when = Quarter.parse(quarter)
        return Restatement(
            "A1", "Things", one.slug, when, old, old, "revision", "", dt.date(2018, 4, 1), "", None, False, True
        )

    made = row(one, restatements=tuple(map(restated, ("2017-18 Q2", "2016-17 Q4", "2017-18 Q2"))))
    assert made.notes == ("Restricted.", "2016-17 Q4 and Q2 restated.", "Provisional.")
    assert made.in_short == "Good is lower. Restricted. 2016-17 Q4 and Q2 restated. Provisional."
    older = row(one, restatements=tuple(map(restated, ("2014-15 Q2", "2017-18 Q1"))))
    assert older.notes[1] == "Q1 restated."  # what the row shows
    many = row(one, restatements=tuple(map(restated, ("2016-17 Q4", "2017-18 Q1", "2017-18 Q2", "2017-18 Q3"))))
    assert many.notes[1] == "Four quarters restated."


def test_met_and_need_are_said_beside_their_share():
    pair = Value(Decimal(31), Decimal(44), Decimal(100) * 31 / 44)
    assert row(part("A1", measure="need_met", cell={"value": pair})).notes == ("31 of 44 in the quarter.",)


def test_a_missing_figure_says_what_was_said_of_it_and_when_it_is_expected():
    one = part("A1", "missing", cell={"note": "The survey closes on 18 May", "expected_on": dt.date(2018, 5, 31)})
    assert row(one).notes == ("The survey closes on 18 May.", "Expected by 31 May 2018.")


def test_a_figure_sent_back_says_when_it_is_due_again():
    one = part("A1", "missing", state="awaited", cell={"reason": "Sent back", "expected_on": dt.date(2018, 5, 14)})
    assert row(one).notes == ("Due again by 14 May 2018.",)


def test_a_verified_figure_says_why_it_is_not_compared():
    one = part("A1", long=trend(why="what is counted changed in 2017-18 Q2"))
    assert row(one).notes == ("Not comparable with a year ago: what is counted changed in 2017-18 Q2.",)


def test_one_reason_for_all_is_not_said_in_each_row():
    parts = [part(f"A{number}", long=trend(why="2015-16 Q4 is not collected")) for number in (1, 2)]
    (group,) = scorecard.build(of(*parts), Leading.RATINGS).groups
    assert [one.notes for one in group.rows] == [(), ()]
