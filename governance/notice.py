"""How long before a meeting its papers have to be out: clear working days. Pure: takes dates, knows no models and no clock.

A clear day is one that lies whole between the day a paper comes out and the day of the meeting: neither of the two is counted, nor are
weekends and England's bank holidays.
"""

import datetime as dt

from lib import working_days


def deadline(meeting_day: dt.date, clear_days: int) -> dt.date:
    """The last day on which a paper may come out so that so many clear working days lie between it and the meeting.

    Always a working day: a paper put out at the weekend before the first clear day comes after it, since nobody is there to send it. With 0
    clear days it is the working day before the meeting.
    """
    return working_days.add(meeting_day, -(clear_days + 1))


def clear_days(published_on: dt.date, meeting_day: dt.date) -> int:
    """How many clear working days lie between; 0 when the paper comes out on the day of the meeting or later."""
    return working_days.between(published_on, meeting_day - dt.timedelta(days=1))


def is_late(published_on: dt.date, meeting_day: dt.date, clear: int) -> bool:
    """Whether a paper that comes out on that day needs reasons for its urgency."""
    return published_on > deadline(meeting_day, clear)
