"""The status bar: on paper 132 by 13 with 0.8 between segments, no segment under 2.5, no number under 9."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.charts import NARROW, PACK, WIDE, status_bar
from indicators.charts.status import shares


def numbers(*given: float | str) -> list[Decimal]:
    return [Decimal(str(one)) for one in given]


def test_segments_in_their_order_as_wide_as_their_counts():
    chart = status_bar(red=3, amber=3, green=8, data_only=10, size=PACK)
    # 132 - 3 * 0.8 = 129.6, so 5.4 each: 16.2, 16.2, 43.2, 54. All but red lie half a stroke, 0.35, inside.
    assert [(one.state, one.box.left, one.box.right) for one in chart.segments] == [
        ("red", *numbers(0, 16.2)),
        ("amber", *numbers("17.4", "32.9")),
        ("green", *numbers("34.4", "76.9")),
        ("data only", *numbers("78.4", "131.7")),
    ]
    assert [one.number.words for one in chart.segments] == ["3", "3", "8", "10"]


def test_the_title_says_every_count():
    chart = status_bar(red=2, amber=1, green=6, data_only=3, missing=1)
    assert chart.title == "2 red, 1 amber, 6 green, 3 data only, 1 missing"
    assert status_bar("Violence", not_yet_verified=1, no_return=2).title == (
        "Violence: 1 not yet verified, 2 no return"
    )


def test_none_has_no_segment_and_none_at_all_says_so():
    assert [one.state for one in status_bar(green=4).segments] == ["green"]
    empty = status_bar("Violence")
    assert empty.segments == () and empty.nothing.words == "nothing to show"
    assert empty.title == "Violence: nothing to show"


def test_a_narrow_segment_has_no_number():
    chart = status_bar(red=1, green=19, size=PACK)
    # 131.2 / 20 = 6.56 is under 9.
    assert [one.number and one.number.words for one in chart.segments] == [None, "19"]


@pytest.mark.parametrize(
    ("counts", "room", "least", "widths"),
    [
        ([1, 1], 100, 5, [50, 50]),
        # One of 200 would be 0.5: it gets 5, the other 95.
        ([1, 199], 100, 5, [5, 95]),
        # Two small ones leave 90, of which 60 and 30.
        ([1, 1, 200, 100], 100, 5, [5, 5, 60, 30]),
        # No room for the least: evenly.
        ([1, 1000], 4, 5, [2, 2]),
    ],
)
def test_shares(counts, room, least, widths):
    assert shares(counts, Decimal(room), Decimal(least)) == widths


def test_each_state_is_told_apart_without_its_colour():
    chart = status_bar(red=1, amber=1, green=1, data_only=1, unrated=1, not_yet_verified=1, missing=1, no_return=1)
    patterned = {one.state for one in chart.segments if one.strokes}
    assert patterned == {"amber", "data only", "unrated"}
    assert len({one.pattern for one in chart.segments if one.strokes}) == 3
    for one in chart.segments:
        for stroke in one.strokes:
            assert one.box.left <= stroke.start.x <= stroke.end.x <= one.box.right
            assert one.box.top <= stroke.end.y <= stroke.start.y <= one.box.bottom


def test_below_zero_is_refused():
    with pytest.raises(ValueError, match="below zero"):
        status_bar(red=-1)


@given(st.lists(st.integers(0, 5000), min_size=8, max_size=8), st.sampled_from([WIDE, NARROW, PACK]))
def test_segments_never_overlap_nor_leave_the_bar(counts, size):
    names = ("red", "amber", "green", "data_only", "unrated", "not_yet_verified", "missing", "no_return")
    chart = status_bar(**dict(zip(names, counts, strict=True)), size=size)
    edges = [edge for one in chart.segments for edge in (one.box.left, one.box.right)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= chart.width for edge in edges)
    assert all(one.box.left < one.box.right for one in chart.segments)
