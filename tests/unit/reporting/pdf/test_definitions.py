"""Definitions: what stands with each indicator, and how the pack is read."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.aims import Aim
from reporting.pdf.parts import definitions
from tests.factories import snapshots
from tests.factories.snapshot_parts import alone, part, target


def entry(one):
    return definitions.build(alone(one)).entries[0]


def test_method_limits_areas_and_target_stand_with_what_is_counted():
    one = replace(
        part("violence-with-injury-hotspots", snapshots.rated()),
        method="Counted by the day of recording.",
        known_limits="Late reports are added",
        areas="Four hotspots",
        target=target(Aim("minimum_and_target", "year_to_date", Decimal(2700), Decimal(2800), None, tuple(map(Decimal, (26, 27, 24, 23))))),
    )  # fmt: skip
    assert entry(one).more == (
        ("Method", "Counted by the day of recording."),
        ("Known limits", "Late reports are added."),
        ("Areas", "Four hotspots."),
        (
            "Target for 2017-18",
            "Minimum expectation and target: 2,700, minimum expectation 2,800, rated by the year to date, "
            "spread over the quarters 26%, 27%, 24% and 23%. Agreed by CSP Executive, 25 May 2017.",
        ),
    )


@pytest.mark.parametrize(
    ("slug", "aim", "words"),
    [
        (
            "ete-need-met",
            Aim("points", "year_to_date", Decimal(62), None, Decimal(3)),
            "Tolerance in percentage points: 62%, tolerance 3 percentage points, rated by the year to date. "
            "Agreed by CSP Executive, 25 May 2017.",
        ),
        (
            "asb-repeat-callers",
            Aim("last_year", "latest", None, None, Decimal(5), is_agreed=False),
            "Against last year: last year’s figure, tolerance 5%, rated by the latest figure. Proposed, not yet agreed.",
        ),
    ],
)
def test_targets_in_words(slug, aim, words):
    assert entry(replace(part(slug), target=target(aim))).more == (("Target for 2017-18", words),)


def test_data_only_says_nothing_of_a_target():
    assert entry(part("asb-calls")).more == ()


def test_how_to_read_explains_ratings_only_where_there_are_any():
    assert [term for term, _ in definitions.build(snapshots.sample()).reading] == [
        "Data only", "Not yet verified", "Missing", "Arrows and words", "Usual range", "Forecast", "Eight quarters", "Letters",
    ]  # fmt: skip
    rated = dict(definitions.build(snapshots.rated()).reading)
    assert list(rated)[:2] == ["Ratings", "Unrated"]
    assert "On the line is the better colour." in rated["Ratings"]
    assert "within 2% of the earlier figure, or 2 percentage points" in rated["Arrows and words"]
    assert "plus or minus 2.66 times the mean moving range" in rated["Usual range"]
