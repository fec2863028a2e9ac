"""Which reminder a day calls for: counted in calendar days from the day something is due, however many days went by unseen."""

import datetime as dt

from lib import working_days

WEEK_BEFORE = "week_before"
ON_THE_DAY = "on_the_day"
THREE_AFTER = "three_after"
SEVEN_AFTER = "seven_after"

# Each stage with the day it begins, counted from the day it is due; it lasts until the next one begins.
BEGINS = ((SEVEN_AFTER, 7), (THREE_AFTER, 3), (ON_THE_DAY, 0), (WEEK_BEFORE, -7))
TEAM_FROM = 8  # the day from which the partnership team is told too


def goes_out(on: dt.date) -> bool:
    """Whether reminders are sent on that day: what falls on a weekend or bank holiday goes on the next working day."""
    return working_days.is_working_day(on)


def reached(due_on: dt.date, on: dt.date, *, was_told: bool = False) -> str:
    """The latest stage that has begun by that day; empty while none has.

    A missed day is made good by it, and the stages before it are over. `was_told`: a mail of its own said when it is due (it was sent
    back), so nothing is said before that day.
    """
    days = (on - due_on).days
    stage = next((stage for stage, begins in BEGINS if days >= begins), "")
    return "" if was_told and stage == WEEK_BEFORE else stage


def team_is_told(due_on: dt.date, on: dt.date) -> bool:
    """From the 8th day after the day it was due."""
    return (on - due_on).days >= TEAM_FROM
