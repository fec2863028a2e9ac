"""Which reminder a day calls for. Worked by hand on Friday 27 April 2018; 7 May is a bank holiday."""

import datetime as dt

import pytest

from accounts.models import Reminder
from lib import stages

DUE = dt.date(2018, 4, 27)
WEEK, DAY, THREE, SEVEN = "week_before", "on_the_day", "three_after", "seven_after"


@pytest.mark.parametrize(
    ("on", "days", "stage", "team"),
    [
        (dt.date(2018, 4, 19), -8, "", False),
        (dt.date(2018, 4, 20), -7, WEEK, False),
        (dt.date(2018, 4, 26), -1, WEEK, False),
        (dt.date(2018, 4, 27), 0, DAY, False),
        (dt.date(2018, 4, 28), 1, DAY, False),
        (dt.date(2018, 4, 29), 2, DAY, False),
        (dt.date(2018, 4, 30), 3, THREE, False),
        (dt.date(2018, 5, 3), 6, THREE, False),
        (dt.date(2018, 5, 4), 7, SEVEN, False),
        (dt.date(2018, 5, 5), 8, SEVEN, True),
        (dt.date(2019, 4, 27), 365, SEVEN, True),
    ],
)
def test_the_days_on_which_a_stage_begins(on, days, stage, team):
    assert (on - DUE).days == days
    assert stages.reached(DUE, on) == stage
    assert stages.team_is_told(DUE, on) == team


@pytest.mark.parametrize(
    ("on", "stage"), [(dt.date(2018, 4, 20), ""), (dt.date(2018, 4, 26), ""), (DUE, DAY), (dt.date(2018, 4, 30), THREE)]
)
def test_what_came_with_a_mail_of_its_own_is_not_announced_again(on, stage):
    assert stages.reached(DUE, on, was_told=True) == stage


def sent_over(days, due_on):
    """The stage that goes out on each day on which one does."""
    sent, found = set(), {}
    for day in days:
        stage = stages.reached(due_on, day)
        if stages.goes_out(day) and stage and stage not in sent:
            found[day] = stage
            sent.add(stage)
    return found


def days(first, last):
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


def test_what_falls_on_a_weekend_goes_on_monday():
    saturday = dt.date(2018, 4, 28)
    assert sent_over(days(dt.date(2018, 4, 16), dt.date(2018, 5, 11)), saturday) == {
        dt.date(2018, 4, 23): WEEK,  # a Monday; the 7th day before was a Saturday
        dt.date(2018, 4, 30): DAY,
        dt.date(2018, 5, 1): THREE,
        dt.date(2018, 5, 8): SEVEN,  # a Tuesday: the 5th was a Saturday, the 7th a bank holiday
    }


def test_two_stages_in_one_break_go_as_the_later_one():
    """Good Friday is 30 March, Easter Monday 2 April 2018: due on the Friday, 3 days after is the Monday."""
    due_on = dt.date(2018, 3, 30)
    assert sent_over(days(dt.date(2018, 3, 20), dt.date(2018, 4, 10)), due_on) == {
        dt.date(2018, 3, 23): WEEK,
        dt.date(2018, 4, 3): THREE,
        dt.date(2018, 4, 6): SEVEN,
    }


@pytest.mark.parametrize(
    ("missed", "sent"),
    [
        # nothing ran until the day before: then once, and on the day
        (days(dt.date(2018, 4, 16), dt.date(2018, 4, 25)), [WEEK, DAY, THREE, SEVEN]),
        # nothing ran around the day: it is not said afterwards that it is due today
        (days(dt.date(2018, 4, 26), dt.date(2018, 4, 30)), [WEEK, THREE, SEVEN]),
        # the quarter was opened long after: one reminder, the last
        (days(dt.date(2018, 4, 16), dt.date(2018, 5, 31)), [SEVEN]),
    ],
)
def test_a_missed_day_is_made_good_by_the_latest_stage_alone(missed, sent):
    ran = [day for day in days(dt.date(2018, 4, 16), dt.date(2018, 6, 15)) if day not in missed]
    assert list(sent_over(ran, DUE).values()) == sent


def test_the_log_knows_these_stages():
    assert {stage for stage, _ in stages.BEGINS} <= set(Reminder.Stage.values)
