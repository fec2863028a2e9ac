"""Where a date may move to, at the edges of the action and of the plan's year."""

import datetime as dt
from dataclasses import dataclass

import pytest

from governance import dates
from lib.numerals import in_full
from lib.quarters import Year

D = dt.date


AS_IT_IS = {
    "now": D(2018, 1, 31),
    "starts_on": D(2017, 4, 1),
    "year": Year(2017),
    "has_ended": False,
    "on": D(2017, 4, 1),
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


@pytest.mark.parametrize(
    "new, on, is_over",
    [
        (D(2018, 2, 28), D(2018, 2, 27), False),
        (D(2018, 2, 28), D(2018, 2, 28), False),  # its last day is still one to work in
        (D(2018, 2, 28), D(2018, 3, 1), True),
        (D(2018, 3, 31), D(2018, 3, 31), False),
        (D(2018, 3, 31), D(2018, 4, 1), True),  # the year is over: nothing is left but to carry forward
        (D(2018, 1, 30), D(2018, 1, 31), True),  # brought forward, into the past
    ],
)
def test_a_date_that_is_over_is_no_new_date(new, on, is_over):
    why = f"{in_full(new)} is over: say that the action is complete, or carry it forward at the year’s end"
    assert refusal(new, on=on) == (why if is_over else "")


def test_past_the_year_it_says_what_to_do():
    assert refusal(D(2018, 4, 1)).endswith("What takes longer is carried forward at the year’s end")


def test_the_leap_day_is_a_day_like_others():
    leap = {"now": D(2020, 1, 31), "starts_on": D(2019, 4, 1), "year": Year(2019), "on": D(2020, 1, 31)}
    assert refusal(D(2020, 2, 29), **leap) == ""
    assert refusal(D(2020, 3, 31), **leap) == ""
    assert refusal(D(2020, 4, 1), **leap) != ""


def test_what_has_ended_does_not_move():
    assert refusal(D(2018, 2, 28), has_ended=True) == "This action has ended, so its date does not move any more"


@dataclass
class Step:
    due_on: dt.date
    done_on: dt.date | None = None
    text: str = "The first course is held"


def test_milestones_after_an_earlier_date_are_told_unless_they_are_done():
    on_the_day, after = Step(D(2018, 1, 15)), Step(D(2018, 1, 16))
    done = Step(D(2018, 1, 20), done_on=D(2018, 1, 10))
    assert dates.left_behind([on_the_day, after, done], D(2018, 1, 15)) == [after]


def test_a_day_that_leaves_milestones_outside_the_action_names_them_and_how_to_go_on():
    later = Step(D(2018, 1, 26), text="The last course is held")
    steps = [Step(D(2018, 1, 16)), later, Step(D(2018, 1, 30), done_on=D(2018, 1, 10))]
    assert dates.behind(steps, D(2018, 1, 26)) == ""
    assert dates.behind(steps, D(2018, 1, 25)) == (
        "After 25 January 2018 there would still be to do: “The last course is held” by 26 January 2018. "
        "Tick what has been reached, or give 26 January 2018 or a later day"
    )
    assert dates.behind(steps, D(2018, 1, 15)).startswith(
        "After 15 January 2018 there would still be to do: “The first course is held” by 16 January 2018 and “The last"
    )
