"""Labels at the right end, 18 apart, between 20 and 200."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.charts.apart import apart


def placed(wanted: list[float], first: int) -> list[Decimal]:
    return apart([Decimal(str(one)) for one in wanted], first, least=Decimal(18), top=Decimal(20), bottom=Decimal(200))


@pytest.mark.parametrize(
    ("wanted", "first", "stand"),
    [
        ([], 0, []),
        ([50], 0, [50]),
        # Far apart: nothing moves.
        ([50, 100, 150], 1, [50, 100, 150]),
        # Three at the same height: the latest figure in the middle stays.
        ([100, 100, 100], 1, [82, 100, 118]),
        # The latest at the top of three stays, the others go down.
        ([100, 100, 100], 0, [100, 118, 136]),
        # A push goes on to the next: 105 to 118, 120 to 136.
        ([100, 105, 120], 0, [100, 118, 136]),
        # At the upper edge the latest gives way: 25 has 20 for the one above it, and stands at 38.
        ([24, 25, 90], 1, [20, 38, 90]),
        # At the lower edge all move up: 200, 182, 164.
        ([195, 196, 199], 0, [164, 182, 200]),
        # One beyond an edge comes inside.
        ([10], 0, [20]),
        ([230], 0, [200]),
        # As in the reference picture: upper limit 148.8, latest 151, target 159.9, mean 189.1, lower limit 229.5 (edge 200).
        ([148.8, 151, 159.9, 189.1, 229.5], 1, [128, 146, 164, 182, 200]),
    ],
)
def test_pushed_apart(wanted, first, stand):
    assert placed(wanted, first) == stand


def test_more_than_there_is_room_for_stand_evenly():
    stand = apart([Decimal(50)] * 5, 0, least=Decimal(18), top=Decimal(0), bottom=Decimal(60))
    assert stand == [0, 15, 30, 45, 60]


@given(st.lists(st.integers(-50, 300), min_size=1, max_size=10).map(sorted), st.data())
def test_always_apart_and_always_inside(wanted, data):
    stand = placed(wanted, data.draw(st.integers(0, len(wanted) - 1)))
    assert all(below - above >= 18 for above, below in zip(stand, stand[1:], strict=False))
    assert 20 <= stand[0] and stand[-1] <= 200
