"""The 28 days in which the partnership answers a scrutiny committee (Crime and Disorder (Overview and Scrutiny) Regulations 2009,
SI 2009/942). Pure: takes dates, knows no records and no clock.

They are calendar days, counted from the day on which the request was sent. Where the 28th is no working day it stays that day:
nothing moves it, and whoever answers on the working day after it is late. Requests for information are to be answered "as soon as
reasonably possible"; here the same 28 days are their last day.
"""

import datetime as dt

DAYS = 28


def due_on(sent_on: dt.date) -> dt.date:
    """The last day on which an answer is in time."""
    return sent_on + dt.timedelta(days=DAYS)


def days_late(due: dt.date, on: dt.date) -> int:
    """Calendar days after the last day; 0 on it and before."""
    return max((on - due).days, 0)


def words(due: dt.date, on: dt.date) -> str:
    """How the clock stands for what is not answered: "due on Friday 1 June 2018, in 9 days"; "12 days late"."""
    if late := days_late(due, on):
        return f"{_days(late)} late"
    if due == on:
        return f"due today, {_day(due)}"
    return f"due on {_day(due)}, in {_days((due - on).days)}"


def answered_words(due: dt.date, answered_on: dt.date) -> str:
    """Whether the answer came in time: "in time"; "3 days late"."""
    late = days_late(due, answered_on)
    return f"{_days(late)} late" if late else "in time"


def _days(number: int) -> str:
    return f"{number:,} day{'' if number == 1 else 's'}"


def _day(day: dt.date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
