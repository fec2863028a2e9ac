"""Periods of days, by tables: joined, without others, and from a day on."""

import datetime as dt

import pytest

from lib import periods


def d(text):
    """ "3.5" is 3 May 2018; None stays open."""
    if text is None:
        return None
    day, month = text.split(".")
    return dt.date(2018, int(month), int(day))


def all_of(*pairs):
    return [(d(first), d(last)) for first, last in pairs]


@pytest.mark.parametrize(
    ("given", "joined"),
    [
        ([], []),
        ([("1.5", "3.5")], [("1.5", "3.5")]),
        ([("1.5", "3.5"), ("4.5", "6.5")], [("1.5", "6.5")]),  # day after day
        ([("1.5", "3.5"), ("5.5", "6.5")], [("1.5", "3.5"), ("5.5", "6.5")]),  # 4 May is between them
        ([("5.5", "6.5"), ("1.5", "3.5")], [("1.5", "3.5"), ("5.5", "6.5")]),
        ([("1.5", None), ("4.5", "6.5")], [("1.5", None)]),
        ([("1.5", "3.5"), ("2.5", None)], [("1.5", None)]),
        ([("1.5", "9.5"), ("2.5", "3.5")], [("1.5", "9.5")]),
        ([("28.2", "28.2"), ("1.3", "1.3")], [("28.2", "1.3")]),
        ([("31.3", "31.3"), ("1.4", None)], [("31.3", None)]),
    ],
)
def test_joined(given, joined):
    assert periods.joined(all_of(*given)) == all_of(*joined)


@pytest.mark.parametrize(
    ("given", "taken", "left"),
    [
        ([("1.5", "9.5")], [], [("1.5", "9.5")]),
        ([("1.5", "9.5")], [("3.5", "4.5")], [("1.5", "2.5"), ("5.5", "9.5")]),
        ([("1.5", "9.5")], [("1.5", "9.5")], []),
        ([("1.5", "9.5")], [("1.4", None)], []),
        ([("1.5", None)], [("5.5", None)], [("1.5", "4.5")]),
        ([("1.5", None)], [("1.4", "31.5")], [("1.6", None)]),
        ([("1.5", None)], [("1.4", "30.4")], [("1.5", None)]),
        ([("1.5", "2.5"), ("8.5", "9.5")], [("2.5", "8.5")], [("1.5", "1.5"), ("9.5", "9.5")]),
        ([("1.5", "9.5")], [("10.5", None)], [("1.5", "9.5")]),
    ],
)
def test_without(given, taken, left):
    assert periods.without(all_of(*given), all_of(*taken)) == all_of(*left)


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ([("1.4", "30.4")], []),
        ([("1.4", "1.5")], [("1.5", "1.5")]),
        ([("1.4", None)], [("1.5", None)]),
        ([("1.4", "2.4"), ("3.5", "4.5")], [("3.5", "4.5")]),
    ],
)
def test_since_the_first_of_may(given, left):
    assert periods.since(all_of(*given), d("1.5")) == all_of(*left)
