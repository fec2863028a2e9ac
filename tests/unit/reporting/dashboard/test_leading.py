"""What the page leads with."""

from dataclasses import replace

import pytest

from reporting.dashboard.leading import Leading, few_are_rated, leading
from tests.factories import snapshots
from tests.factories.dashboards import coded, of, part, trend


def compared(parts, **trends):
    return tuple(replace(one, **trends) for one in parts)


@pytest.mark.parametrize(
    ("codes", "few"),
    [
        (("red", "data_only"), False),  # exactly half
        (("red", "amber", "green", "data_only", "missing", "not_yet_verified"), False),
        (("red", "data_only", "data_only"), True),
        (("green", "unrated", "data_only", "missing"), True),
        (("green", "unrated", "missing", "not_yet_verified", "no_return"), False),  # half of the two that have a figure
        (("red",) + ("missing",) * 14, False),
        (("missing", "not_yet_verified"), True),
        (("green",), False),
        (("data_only",), True),
        ((), False),
    ],
)
def test_ratings_lead_from_exactly_half_of_the_known_figures_on(codes, few):
    assert few_are_rated(of(*coded(*codes))) is few


def test_where_few_are_rated_the_year_ago_leads():
    parts = compared(coded("red", "data_only", "data_only"), short=trend("better"), long=trend("worse"))
    assert leading(of(*parts)) == Leading.YEAR_AGO


def test_one_that_can_be_compared_with_a_year_ago_is_enough():
    assert leading(of(part("A1", "data_only"), part("A2", "data_only", long=trend("similar")))) == Leading.YEAR_AGO


def test_without_a_year_ago_last_quarter_leads():
    parts = compared(coded("data_only", "data_only"), short=trend("better"))
    assert leading(of(*parts)) == Leading.LAST_QUARTER


def test_where_nothing_can_be_compared_the_place_of_the_ratings_leads():
    assert leading(snapshots.first_quarter()) == Leading.RATINGS


def test_comparisons_do_not_lead_where_half_are_rated():
    parts = compared(coded("red", "data_only"), long=trend("better"))
    assert leading(of(*parts)) == Leading.RATINGS


@pytest.mark.parametrize("made", [snapshots.nothing_asked, snapshots.nothing_sent])
def test_a_quarter_without_figures_has_nothing_to_compare(made):
    assert leading(made()) == Leading.RATINGS
