"""The 28 days, at the ends of months and years. Worked out on a calendar."""

import datetime as dt

import pytest

from governance import clock

DUE = dt.date(2018, 6, 1)  # a Friday


@pytest.mark.parametrize(
    ("sent_on", "due_on"),
    [
        (dt.date(2018, 5, 4), dt.date(2018, 6, 1)),
        (dt.date(2018, 2, 1), dt.date(2018, 3, 1)),  # February has exactly 28 days
        (dt.date(2020, 2, 1), dt.date(2020, 2, 29)),  # and 29 in a leap year
        (dt.date(2020, 2, 2), dt.date(2020, 3, 1)),
        (dt.date(2016, 2, 29), dt.date(2016, 3, 28)),  # Easter Monday, and still the day
        (dt.date(2018, 1, 31), dt.date(2018, 2, 28)),
        (dt.date(2018, 3, 3), dt.date(2018, 3, 31)),  # the last day of the year, a Saturday: it stays that day
        (dt.date(2018, 3, 4), dt.date(2018, 4, 1)),  # the first of the next, Easter Sunday
        (dt.date(2018, 3, 31), dt.date(2018, 4, 28)),
        (dt.date(2018, 4, 1), dt.date(2018, 4, 29)),
        (dt.date(2017, 11, 27), dt.date(2017, 12, 25)),  # Christmas Day
        (dt.date(2017, 12, 4), dt.date(2018, 1, 1)),
        (dt.date(2018, 2, 28), dt.date(2018, 3, 28)),  # the clocks change in between
        (dt.date(2017, 12, 31), dt.date(2018, 1, 28)),
    ],
)
def test_the_28th_day(sent_on, due_on):
    assert clock.due_on(sent_on) == due_on


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (dt.date(2018, 5, 4), "due on Friday 1 June 2018, in 28 days"),
        (dt.date(2018, 5, 23), "due on Friday 1 June 2018, in 9 days"),
        (dt.date(2018, 5, 31), "due on Friday 1 June 2018, in 1 day"),
        (dt.date(2018, 6, 1), "due today, Friday 1 June 2018"),
        (dt.date(2018, 6, 2), "1 day late"),
        (dt.date(2018, 6, 13), "12 days late"),
        (dt.date(2021, 3, 1), "1,004 days late"),
    ],
)
def test_how_it_stands_in_words(on, words):
    assert clock.words(DUE, on) == words


@pytest.mark.parametrize(
    ("answered_on", "words"),
    [
        (dt.date(2018, 5, 4), "in time"),
        (dt.date(2018, 6, 1), "in time"),
        (dt.date(2018, 6, 2), "1 day late"),
        (dt.date(2018, 6, 4), "3 days late"),  # the Monday after
    ],
)
def test_whether_an_answer_came_in_time(answered_on, words):
    assert clock.answered_words(DUE, answered_on) == words
