"""The priorities side by side."""

from reporting.dashboard import strip
from reporting.dashboard.leading import Leading
from tests.factories import snapshots
from tests.factories.dashboards import coded, of, part, trend


def only(snapshot, lead=Leading.RATINGS):
    (column,) = strip.build(snapshot, lead)
    return column


def test_every_indicator_of_a_priority_has_a_shape_that_leads_to_its_row():
    columns = strip.build(snapshots.rated(), Leading.RATINGS)
    assert [len(column.shapes) for column in columns] == [3, 4, 4, 4]
    assert columns[1].title == "B Violence"
    assert columns[1].shapes[2] == strip.Shape("row-violence-with-injury-hotspots", "B3", "red", "Red")


def test_counts_say_what_is_unrated_and_missing_too():
    codes = ("missing", "red", "data_only", "green", "not_yet_verified", "unrated", "green", "no_return")
    assert only(of(*coded(*codes))).counts == (
        "1 red, 2 green, 1 data only, 1 unrated, 1 not yet verified, 1 missing, 1 no return"
    )


def test_counts_of_one_state_say_it_alone():
    assert only(of(*coded("data_only", "data_only"))).counts == "2 data only"


def test_where_comparisons_lead_the_arrow_stands_with_its_word():
    (shape,) = only(of(part("A1", "data_only", long=trend("worse"))), Leading.YEAR_AGO).shapes
    assert (shape.direction, shape.words, shape.code) == ("down", "worse", "")


def test_last_quarters_arrow_stands_where_that_leads():
    both = part("A1", "data_only", long=trend(), short=trend("better"))
    (shape,) = only(of(both), Leading.LAST_QUARTER).shapes
    assert (shape.direction, shape.words) == ("up", "better")


def test_what_cannot_be_compared_says_its_state():
    parts = (part("A1", "missing"), part("A2", "not_yet_verified"), part("A3", "data_only"), part("A4", "no_return"))
    shapes = only(of(*parts), Leading.YEAR_AGO).shapes
    assert [(shape.code, shape.words) for shape in shapes] == [
        ("missing", "missing"),
        ("not_yet_verified", "not yet verified"),
        ("", "not comparable"),
        ("no_return", "no return"),
    ]


def test_a_priority_without_indicators_has_no_column():
    assert strip.build(of(), Leading.RATINGS) == ()
