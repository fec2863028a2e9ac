"""A meeting's time is London's, on both sides of the days on which the clocks change."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from governance.forms.meetings import clock, moment
from governance.models import Meeting

D, T = dt.date, dt.time


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("10:00", T(10, 0)),
        ("10.30", T(10, 30)),
        ("1430", T(14, 30)),
        ("9", T(9, 0)),
        ("10am", T(10, 0)),
        ("2.30pm", T(14, 30)),
        ("12pm", T(12, 0)),
        ("12 am", T(0, 0)),
        (" 18:30 ", T(18, 30)),
        ("23:59", T(23, 59)),
    ],
)
def test_times_as_people_type_them(typed, expected):
    assert clock(typed, "The time") == expected


@pytest.mark.parametrize("typed", ["", "ten", "24:00", "10:60", "13pm", "0am", "10:0", "-1", "1:2:3", "٣"])
def test_what_is_no_time(typed):
    with pytest.raises(ValidationError, match="The time must be a time, like 10:00"):
        clock(typed, "The time")


@pytest.mark.parametrize(
    ("day", "time", "utc"),
    [
        (D(2018, 3, 24), T(10, 0), dt.datetime(2018, 3, 24, 10, 0)),  # GMT
        (D(2018, 3, 25), T(0, 30), dt.datetime(2018, 3, 25, 0, 30)),  # before the clocks go forward at 1
        (D(2018, 3, 25), T(2, 0), dt.datetime(2018, 3, 25, 1, 0)),  # after
        (D(2018, 4, 1), T(0, 0), dt.datetime(2018, 3, 31, 23, 0)),  # the financial year begins, by London
        (D(2018, 5, 24), T(10, 0), dt.datetime(2018, 5, 24, 9, 0)),  # BST
        (D(2018, 10, 28), T(0, 30), dt.datetime(2018, 10, 27, 23, 30)),  # before the clocks go back at 2
        (D(2018, 10, 28), T(1, 30), dt.datetime(2018, 10, 28, 0, 30)),  # there are two: the first
        (D(2018, 10, 28), T(2, 0), dt.datetime(2018, 10, 28, 2, 0)),  # after
    ],
)
def test_the_moment_of_a_meeting(day, time, utc):
    at = moment(day, time)
    assert at.astimezone(dt.UTC).replace(tzinfo=None) == utc
    assert Meeting(starts_at=at.astimezone(dt.UTC)).day == day


@pytest.mark.parametrize("time", [T(1, 0), T(1, 30), T(1, 59)])
def test_the_hour_that_is_left_out_in_spring(time):
    with pytest.raises(ValidationError, match="There is no such time on that day"):
        moment(D(2018, 3, 25), time)
