"""Where a date may move to, at the edges of the action and of the plan's year."""

import datetime as dt
from dataclasses import dataclass

import pytest

from governance import dates
from lib.quarters import Year

D = dt.date


AS_IT_IS = {
    "now": D(2018, 1, 31),
    "starts_on": D(2017, 4, 1),
    "year": Year(2017),
    "has_ended": False,
}


def refusal(new, **other):
    return dates.refusal(new, **AS_IT_IS | other)


@pytest.mark.parametrize(
    "new, why",
    [
        (D(2018, 3, 31), ""),  # the last day of the year is one of its days
        (D(2018, 4, 1), "The new date must be on or before 31 March 2018"),
        (D(2018, 1, 30), ""),  # brought forward
        (D(2018, 1, 31), "The new date must be another one than 31 January 2018"),
        (D(2018, 2, 1), ""),
        (D(2017, 4, 1), ""),  # the day it starts
        (D(2017, 3, 31), "The new date must be on or after 1 April 2017"),
        (D(2018, 2, 28), ""),
        (D(2019, 1, 31), "The new date must be on or before 31 March 2018"),
    ],
)
def test_the_edges(new, why):
    assert refusal(new).startswith(why) and bool(refusal(new)) == bool(why)


def test_past_the_year_it_says_what_to_do():
    assert refusal(D(2018, 4, 1)).endswith("What takes longer is carried forward at the year’s end")


def test_the_leap_day_is_a_day_like_others():
    leap = {"now": D(2020, 1, 31), "starts_on": D(2019, 4, 1), "year": Year(2019)}
    assert refusal(D(2020, 2, 29), **leap) == ""
    assert refusal(D(2020, 3, 31), **leap) == ""
    assert refusal(D(2020, 4, 1), **leap) != ""


def test_what_has_ended_does_not_move():
    assert refusal(D(2018, 2, 28), has_ended=True) == "This action has ended, so its date does not move any more"


@dataclass
class Step:
    due_on: dt.date
    done_on: dt.date | None = None


def test_milestones_after_an_earlier_date_are_told_unless_they_are_done():
    on_the_day, after = Step(D(2018, 1, 15)), Step(D(2018, 1, 16))
    done = Step(D(2018, 1, 20), done_on=D(2018, 1, 10))
    assert dates.left_behind([on_the_day, after, done], D(2018, 1, 15)) == [after]
