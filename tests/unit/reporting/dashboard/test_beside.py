"""Context and annual measures, beside the indicators."""

from dataclasses import replace

from lib.quarters import Quarter
from reporting import dashboard
from reporting.dashboard import beside
from tests.factories import snapshots
from tests.factories.dashboards import of, part, trend


def rows(*parts):
    return beside.build(of(part("A1"), context=parts)).rows


def measure(**changes):
    return part("", "data_only", short_name="Violence, borough", family="context", **changes)


def test_a_measure_has_its_latest_figure_and_how_it_moved_on_a_year_ago():
    (row,) = rows(measure(long=trend("higher", "+18")))
    assert (row.label, row.kind, row.text, row.when) == ("Violence, borough", "Context", "38", "")
    assert (row.word, row.direction, row.signed) == ("Higher", "up", "+18")


def test_a_figure_of_another_quarter_says_which_and_is_not_compared():
    made = measure()
    history = tuple(
        replace(cell, state="not_collected", value=None) if cell.quarter > Quarter.parse("2016-17 Q4") else cell
        for cell in made.history
    )
    (row,) = rows(replace(made, frequency="annual", history=history))
    assert (row.kind, row.when, row.word) == ("Once a year", "2016-17 Q4", "")


def test_measures_without_a_figure_are_named_in_a_sentence():
    made = beside.build(snapshots.sample())
    assert [row.label for row in made.rows] == [
        "Violence with injury, borough",
        "VWI sanction detection rate",
        "Youth re-offending rate",
    ]
    assert made.without.startswith("Without a figure since 2016-17: Satisfaction, VWI victims; ")


def test_without_measures_there_is_no_such_part():
    assert not beside.build(of(part("A1"))).is_there


def test_measures_are_never_counted():
    made = dashboard.build(of(part("A1", "green"), context=(measure(), measure())))
    assert made.headline.strong == "No red, no amber, 1 green."
    assert made.strip[0].counts == "1 green"
    assert made.scorecard.caption == "Scorecard, one indicator"
