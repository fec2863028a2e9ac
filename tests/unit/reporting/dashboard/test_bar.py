"""All ratings as one bar."""

from reporting.dashboard import bar
from tests.factories import snapshots
from tests.factories.dashboards import coded, of


def test_the_bar_counts_all_that_the_headline_counts_in_its_order():
    codes = ["missing", "red", "data_only", "green", "green", "unrated", "not_yet_verified", "no_return", "amber"]
    wide, narrow = bar.build(of(*coded(*codes)))
    title = "All 9: 1 red, 1 amber, 2 green, 1 data only, 1 unrated, 1 not yet verified, 1 missing, 1 no return"
    assert (wide.title, narrow.title) == (title, title)
    assert wide.width > narrow.width


def test_where_nothing_has_a_colour_there_is_no_bar():
    assert bar.build(snapshots.sample()) is None
    assert bar.build(snapshots.nothing_asked()) is None
