"""How figures and their movement are said. Expected words worked out by hand."""

from decimal import Decimal

import pytest

from reporting.pdf import figures
from reporting.snapshots.shape import Value


def count(number) -> Value:
    return Value(Decimal(number), None, None)


def pair(met, need) -> Value:
    return Value(Decimal(met), Decimal(need), 100 * Decimal(met) / Decimal(need) if need else None)


def stated(percentage) -> Value:
    return Value(None, None, Decimal(percentage))


@pytest.mark.parametrize(
    ("value", "brief", "full"),
    [
        (count(16320), "16,320", "16,320"),
        (count("16320.0000"), "16,320", "16,320"),
        (count(0), "0", "0"),
        (pair(31, 44), "70.5%", "31 of 44, 70.5%"),  # 70.4545...
        (pair(1, 3), "33.3%", "1 of 3, 33.3%"),
        (pair(7, 8), "87.5%", "7 of 8, 87.5%"),
        (pair(1, 16), "6.3%", "1 of 16, 6.3%"),  # 6.25, half up
        (pair(0, 0), "nobody had the need", "nobody had the need"),
        (pair(0, 12), "0.0%", "0 of 12, 0.0%"),
        (stated("70"), "70.0%", "70.0%"),
    ],
)
def test_figures(value, brief, full):
    assert figures.brief(value) == brief
    assert figures.full(value) == full


@pytest.mark.parametrize(
    ("now", "then", "arrow", "words"),
    [
        (count(629), count(703), "↓", "down 74 (10.5%)"),  # 74 / 703 = 10.526
        (count(629), count(658), "↓", "down 29 (4.4%)"),  # 29 / 658 = 4.407
        (count(4104), count(3978), "↑", "up 126 (3.2%)"),
        (count(38), count(38), "→", "no change"),
        (count(2), count(1), "↑", "up 1"),  # too small a base for per cent
        (count(25), count(19), "↑", "up 6"),
        (count(25), count(20), "↑", "up 5 (25.0%)"),
        (count(3), count(0), "↑", "up 3"),
        (count(18290), count(18289), "↑", "up 1 (less than 0.1%)"),
        (pair(19, 31), pair(20, 31), "↓", "down 3.2 percentage points"),  # 61.290 - 64.516
        (stated("71.0"), stated("70.0"), "↑", "up 1 percentage point"),
        (stated("70.04"), stated("70.0"), "→", "no change"),
    ],
)
def test_changes(now, then, arrow, words):
    change = figures.change(now, then)
    assert change is not None
    assert (change.arrow, change.words) == (arrow, words)


@pytest.mark.parametrize(
    ("now", "then"),
    [(pair(0, 0), pair(1, 2)), (count(3), pair(1, 2)), (stated("70"), count(3)), (pair(0, 0), pair(0, 0))],
)
def test_what_can_not_be_compared_is_not(now, then):
    assert figures.change(now, then) is None
