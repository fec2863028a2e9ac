"""A year against the year before. The figures are those of the sample by hand: 2016-17, then 2017-18, a quarter each."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from lib.quarters import Quarter
from reporting.assessing import comparing
from reporting.snapshots.shape import Value
from tests.factories import snapshots as made_up

Q4 = Quarter.parse("2017-18 Q4")
CATALOGUE = Path(__file__).resolve().parents[4] / "indicators" / "data" / "indicators.json"
ENTRY = {entry["reference"]: entry for entry in json.loads(CATALOGUE.read_text())}


def two_years(reference, series, **changes):
    part = replace(made_up.indicator(ENTRY[reference], Q4, series), **changes)
    return comparing.two_years(part, Q4)


@pytest.mark.parametrize(
    ("reference", "series", "word", "change"),
    [
        # good is lower: 800 and 760, down 40 of 800
        ("B3", [200, 200, 200, 200, 190, 190, 190, 190], "better", "down 40 (5.0%)"),
        ("B3", [200, 200, 200, 200, 210, 210, 210, 210], "worse", "up 40 (5.0%)"),
        # two per cent, on the line, is similar: 800 and 784
        ("B3", [200, 200, 200, 200, 196, 196, 196, 196], "similar", "down 16 (2.0%)"),
        ("B3", [200, 200, 200, 200, 196, 196, 196, 195], "better", "down 17 (2.1%)"),
        # no good direction
        ("A1", [100, 100, 100, 100, 110, 110, 110, 110], "higher", "up 40 (10.0%)"),
        # a state of things at a day: the last quarters, 85 and 112
        ("B1", [64, 71, 78, 85, 91, 97, 104, 112], "better", "up 27 (31.8%)"),
        # need and met, pooled: 40 of 80, 60 of 80
        ("D2", [(10, 20)] * 4 + [(15, 20)] * 4, "better", "up 25 percentage points"),
        ("B3", [200, 200, 200, 200, 200, 200, 200, 200], "similar", "no change"),
    ],
)
def test_years_are_compared_by_their_totals(reference, series, word, change):
    found = two_years(reference, series)
    assert (found.move.word, found.change, found.why_not) == (word, change, "")


def test_a_missing_quarter_is_left_out_of_both_years():
    """Q4 is not there: 100 + 100 + 100 against 110 + 110 + 110, whatever Q4 of the year before was."""
    found = two_years("B3", [100, 100, 100, 900, 110, 110, 110, None])
    assert (found.this.text, found.this.sub, found.last.text, found.last.sub) == ("330", "to Q3", "300", "to Q3")
    assert found.change == "up 30 (10.0%)"


def test_a_year_with_a_gap_before_it_is_not_compared():
    found = two_years("B3", [100, None, 100, 100, 110, 110, 110, 110])
    assert (found.move.word, found.change) == ("not comparable", "")
    assert found.why_not == "Q2 of 2016-17 is not known"


def test_nothing_of_a_year_is_no_comparison():
    found = two_years("B3", [100, 100, 100, 100, None, None, None, None])
    assert (found.why_not, found.is_moved, found.is_held) == ("there is no verified figure for 2017-18", False, True)
    empty = two_years("B3", [None] * 8)
    assert not empty.is_held


@pytest.mark.parametrize(
    ("start", "is_compared"),
    [("2016-17 Q1", True), ("2016-17 Q2", False), ("2017-18 Q1", False), ("2017-18 Q4", False), ("2018-19 Q1", True)],
)
def test_years_are_never_compared_across_a_series_break(start, is_compared):
    """One at the very beginning of the year before, or after this year, lies between none of them."""
    breaks = ((Quarter.parse(start), "New classes of offences."),)
    found = two_years("B3", [100, 100, 100, 100, 120, 120, 120, 120], breaks=breaks)
    assert bool(found.change) == is_compared
    if not is_compared:
        assert found.why_not == f"a new series began in {start}: new classes of offences"


def test_what_a_public_edition_hides_is_not_compared_and_not_said_why():
    """The difference to a year that is shown would give the hidden one back."""
    shown = made_up.indicator(ENTRY["B3"], Q4, [1, 1, 1, 1, 100, 100, 100, 100])
    hidden = replace(shown.last_year_to_date, value=Value(None, None, None, hidden="withheld"))
    found = comparing.two_years(replace(shown, last_year_to_date=hidden), Q4)
    assert (found.move.word, found.change, found.why_not, found.is_moved) == ("not shown", "", "", False)
    assert found.last.text == ""
    this = replace(shown.year_to_date, value=Value(None, None, None, hidden="fewer"))
    assert comparing.two_years(replace(shown, year_to_date=this), Q4).change == ""


def test_a_printed_total_is_shown_and_not_compared():
    found = two_years(
        "B3", [None, None, None, None, 110, 110, 110, 110], baselines=(("2016-17", Decimal(500), "The plan"),)
    )
    assert (found.last.text, found.last.sub, found.change) == ("500", "printed", "")
    assert found.why_not == "no quarter of 2016-17 is held that could be compared"


def test_latest_figures_of_different_quarters_are_not_compared():
    """Two years of a state of things: Q4 of one and Q3 of the other."""
    found = two_years("B1", [64, 71, 78, None, 91, 97, 104, 112])
    assert found.why_not == "the latest figures are of different quarters"
