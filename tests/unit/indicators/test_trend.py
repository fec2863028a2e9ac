"""Better or worse than before, and how a change is said. Worked out by hand; offences are the Met Police's for Tower Hamlets."""

from decimal import Decimal

import pytest

from indicators.aggregate import Numbers
from indicators.trend import Change, Comparison, Trend, change_between, compare


def count(number: int | str) -> Numbers:
    return Numbers(Decimal(number))


def pair(met: int, need: int) -> Numbers:
    return Numbers(Decimal(met), Decimal(need))


def stated(percentage: str) -> Numbers:
    return Numbers(stated=Decimal(percentage))


# ---------------------------------------------------------------- better, worse, similar

# Now, then, and whether it rose.
MOVED = [
    (count(783), count(737), True),  # 46 / 737 = 6.24%
    (count(629), count(658), False),  # 29 / 658 = 4.41%
    (count(10201), count(10000), True),  # 2.01%
    (count(9799), count(10000), False),
    (count(200001), count("196079"), True),  # 3,922 / 196,079 = 2.0002%
    (count(1), count(0), True),
    (count(0), count(1), False),
    (count(-52), count(-50), False),  # 4% of the size of -50
    (stated("72.01"), stated("70"), True),
    (stated("67.99"), stated("70"), False),
    (pair(31, 44), pair(30, 44), True),  # 1 / 44 is 2.27 points
    (pair(30, 44), stated("70.45"), False),  # 68.18 - 70.45 = -2.27
]
SIMILAR = [
    (count(10200), count(10000)),  # exactly 2%
    (count(9800), count(10000)),
    (count(51), count(50)),
    (count(49), count(50)),
    (count(658), count(658)),
    (count(0), count(0)),
    (count(-51), count(-50)),  # 2% of the size of -50
    (stated("72"), stated("70")),  # exactly two points
    (stated("68"), stated("70")),
    (stated("70"), pair(30, 44)),  # 70 - 68.18 = 1.82
    (stated("2"), stated("0")),
    (pair(0, 5), pair(0, 9)),
]


@pytest.mark.parametrize(("now", "then", "rose"), MOVED)
@pytest.mark.parametrize(
    ("polarity", "up", "down"),
    [
        ("higher", Trend.BETTER, Trend.WORSE),
        ("lower", Trend.WORSE, Trend.BETTER),
        ("none", Trend.HIGHER, Trend.LOWER),
    ],
)
def test_a_change_beyond_two_per_cent_or_two_points(now, then, rose, polarity, up, down):
    assert compare(now, then, polarity).trend == (up if rose else down)


@pytest.mark.parametrize(("now", "then"), SIMILAR)
@pytest.mark.parametrize("polarity", ["higher", "lower", "none"])
def test_on_the_line_is_similar(now, then, polarity):
    assert compare(now, then, polarity).trend == Trend.SIMILAR


def test_two_per_cent_are_of_the_earlier_figure():
    # 102 on 100 is 2%; back again, 2 / 102 is 1.96%. 98 on 100 is 2%; back again, 2 / 98 is 2.04%.
    assert compare(count(102), count(100), "lower").trend == Trend.SIMILAR
    assert compare(count(100), count(102), "lower").trend == Trend.SIMILAR
    assert compare(count(98), count(100), "lower").trend == Trend.SIMILAR
    assert compare(count(100), count(98), "lower").trend == Trend.WORSE


def test_percentages_are_compared_in_points_and_never_in_per_cent():
    # From 4% to 6% is half as much again, and two points.
    assert compare(stated("6"), stated("4"), "higher").trend == Trend.SIMILAR


def test_down_to_zero_and_up_from_it():
    assert compare(count(0), count(3), "lower") == Comparison(Trend.BETTER, Change(Decimal(-3), False, Decimal(3)), "")
    assert compare(count(3), count(0), "lower").trend == Trend.WORSE
    assert compare(count(0), count(0), "lower").words == "no change"


def test_what_is_similar_may_still_have_moved():
    similar = compare(count(4100), count(4050), "lower")  # 50 / 4,050 = 1.23%
    assert (similar.trend, similar.direction, similar.words) == (Trend.SIMILAR, "up", "+50")


# ---------------------------------------------------------------- not comparable


@pytest.mark.parametrize(
    ("now", "then", "why"),
    [
        (None, count(5), "one of the two is not known"),
        (count(5), None, "one of the two is not known"),
        (None, None, "one of the two is not known"),
        (None, pair(0, 0), "one of the two is not known"),
        (pair(0, 0), pair(1, 2), "one of the two is a share of nothing"),
        (pair(1, 2), pair(0, 0), "one of the two is a share of nothing"),
        (pair(0, 0), stated("70"), "one of the two is a share of nothing"),
        (pair(0, 0), pair(0, 0), "one of the two is a share of nothing"),
        (count(5), pair(1, 2), "one of the two is a count and the other a percentage"),
        (stated("70"), count(70), "one of the two is a count and the other a percentage"),
    ],
)
@pytest.mark.parametrize("polarity", ["higher", "lower", "none"])
def test_what_can_not_be_compared_says_why(now, then, why, polarity):
    compared = compare(now, then, polarity)
    assert compared == Comparison(Trend.NOT_COMPARABLE, None, why)
    assert (compared.words, compared.direction) == ("", "")
    assert change_between(now, then) is None


def test_nothing_is_not_compared_with_a_count():
    assert change_between(Numbers(), count(5)) is None
    assert change_between(count(5), Numbers()) is None


def test_what_rules_it_out_goes_before_the_figures():
    broken = compare(count(642), count(702), "lower", why_not="what is counted changed in 2019-20 Q4")
    assert broken == Comparison(Trend.NOT_COMPARABLE, None, "what is counted changed in 2019-20 Q4")


@pytest.mark.parametrize(
    ("trend", "word"),
    [
        (Trend.BETTER, "Better"),
        (Trend.WORSE, "Worse"),
        (Trend.SIMILAR, "Similar"),
        (Trend.HIGHER, "Higher"),
        (Trend.LOWER, "Lower"),
        (Trend.NOT_COMPARABLE, "Not comparable"),
    ],
)
def test_trends_have_words(trend, word):
    assert trend.word == word


# ---------------------------------------------------------------- how a change is said


@pytest.mark.parametrize(
    ("now", "then", "signed", "words"),
    [
        (count(629), count(703), "−74", "down 74 (10.5%)"),  # 74 / 703 = 10.526
        (count(629), count(658), "−29", "down 29 (4.4%)"),  # 29 / 658 = 4.407
        (count(4104), count(3978), "+126", "up 126 (3.2%)"),  # 126 / 3,978 = 3.167
        (count(17684), count(16320), "+1,364", "up 1,364 (8.4%)"),  # 1,364 / 16,320 = 8.358
        (count(38), count(38), "no change", "no change"),
        (count("38.0000"), count(38), "no change", "no change"),
        (count(2), count(1), "+1", "up 1"),  # too small a base for per cent
        (count(25), count(19), "+6", "up 6"),
        (count(25), count("19.99"), "+5.01", "up 5.01"),
        (count(25), count(20), "+5", "up 5 (25.0%)"),
        (count(0), count(20), "−20", "down 20 (100.0%)"),
        (count(-25), count(-20), "−5", "down 5 (25.0%)"),
        (count(3), count(0), "+3", "up 3"),
        (count(0), count(3), "−3", "down 3"),
        (count(18290), count(18289), "+1", "up 1 (less than 0.1%)"),
        (count(2001), count(2000), "+1", "up 1 (0.1%)"),  # 0.05 rounds up
        (pair(19, 31), pair(20, 31), "−3.2 points", "down 3.2 percentage points"),  # 61.290 - 64.516
        (pair(31, 44), pair(30, 44), "+2.3 points", "up 2.3 percentage points"),  # 70.4545 - 68.1818
        (stated("71.0"), stated("70.0"), "+1.0 points", "up 1 percentage point"),
        (stated("69"), stated("70"), "−1.0 points", "down 1 percentage point"),
        (stated("73"), stated("70"), "+3.0 points", "up 3 percentage points"),
        (stated("70.25"), stated("70"), "+0.3 points", "up 0.3 percentage points"),  # half up, both
        (stated("69.75"), stated("70"), "−0.3 points", "down 0.3 percentage points"),
        (stated("70.05"), stated("70"), "+0.1 points", "up 0.1 percentage points"),
        (stated("70.04"), stated("70"), "no change", "no change"),
        (stated("69.96"), stated("70"), "no change", "no change"),
        (pair(1, 2), stated("50"), "no change", "no change"),
    ],
)
def test_changes(now, then, signed, words):
    change = change_between(now, then)
    assert change is not None
    assert (change.signed, change.words) == (signed, words)
    assert change.direction == words.split()[0].replace("no", "none")


def test_a_change_knows_its_size():
    # 629 - 703 = -74; 100 × 74 / 703 = 10.526
    change = change_between(count(629), count(703))
    assert change == Change(Decimal(-74), False, Decimal(703))
    assert round(change.per_cent, 3) == Decimal("-10.526")


@pytest.mark.parametrize(("base", "is_known"), [(0, False), (19, False), ("19.9999", False), (20, True), (-20, True)])
def test_per_cent_of_too_little_say_nothing(base, is_known):
    assert (change_between(count(25), count(base)).per_cent is not None) == is_known


def test_points_have_no_per_cent_of_their_own():
    assert change_between(stated("75"), stated("50")).per_cent is None
