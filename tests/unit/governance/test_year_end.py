"""When a plan's year is settled, and what an action may become: the days before and after 31 March, by hand."""

import datetime as dt
from dataclasses import dataclass

import pytest

from governance import year_end
from lib.quarters import Year

THIS = Year(2017)
D = dt.date


@dataclass
class Step:
    due_on: dt.date
    done_on: dt.date | None = None


@pytest.mark.parametrize(
    ("on", "asked", "offered", "over"),
    [
        (D(2018, 2, 28), False, False, False),
        (D(2018, 2, 28), True, True, False),
        (D(2018, 3, 1), False, True, False),
        (D(2018, 3, 31), False, True, False),
        (D(2018, 4, 1), False, True, True),
        (D(2019, 4, 1), False, True, True),
    ],
)
def test_when_it_is_offered_and_when_the_year_is_over(on, asked, offered, over):
    assert year_end.is_offered(THIS, on, last_quarter_asked=asked) is offered
    assert year_end.is_over(THIS, on) is over


def test_in_a_leap_year():
    assert year_end.offered_from(Year(2019)) == D(2020, 3, 1)
    assert not year_end.is_offered(Year(2019), D(2020, 2, 29), last_quarter_asked=False)


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (D(2018, 3, 31), "The new date must be in 2018-19: from 1 April 2018 on"),
        (D(2018, 4, 1), ""),
        (D(2019, 3, 31), ""),
        (D(2019, 4, 1), "The new date must be on or before 31 March 2019, the last day of 2018-19"),
    ],
)
def test_the_new_date_lies_in_the_next_year(new, refusal):
    assert year_end.new_date_refusal(new, year=THIS) == refusal


@pytest.mark.parametrize(
    ("done", "refusal"),
    [
        (D(2017, 3, 31), "It can’t have been completed before it started, on 1 April 2017"),
        (D(2017, 4, 1), ""),
        (D(2018, 4, 3), ""),
        (D(2018, 4, 4), "The day it was completed can’t be in the future"),
    ],
)
def test_the_day_it_was_completed(done, refusal):
    assert year_end.completion_refusal(done, starts_on=D(2017, 4, 1), on=D(2018, 4, 3)) == refusal


def test_milestones_that_go_along_and_those_that_stay():
    before, first, last, after = Step(D(2018, 3, 31)), Step(D(2018, 4, 1)), Step(D(2018, 9, 28)), Step(D(2018, 9, 29))
    done = Step(D(2018, 5, 1), done_on=D(2018, 3, 1))
    steps = [before, first, last, after, done]
    assert year_end.carried(steps, starts_on=D(2018, 4, 1), due_on=D(2018, 9, 28)) == [first, last]
    assert year_end.left_behind(steps, starts_on=D(2018, 4, 1)) == [before]
