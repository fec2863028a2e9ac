"""The dates of a quarter's collection, worked out: back from the day the CSP Executive meets, or on from the quarter's end. Pure.

All are counted in working days of England (`lib.working_days`). Dates come as a mapping by the names of the round's columns.
"""

import datetime as dt
from collections.abc import Collection, Mapping

from lib import working_days
from lib.quarters import Quarter

Days = Mapping[str, dt.date]

# In the order in which they follow each other; a commentary may be due before or after the last day for verifying.
NAMES = ("opens_on", "due_on", "verify_by", "commentary_due_on", "closes_on")
# What the meeting decides. The quarter opens when it is over, whenever the meeting is.
FROM_THE_MEETING = NAMES[1:]

# Back from the meeting. Its papers go out with 5 clear working days between sending and meeting, as council law asks of its committees, so
# on the 6th working day before. Before them the pack is built, read and approved: it closes on the 10th, four working days earlier. The
# words come in two days before it closes, so that what is not clear can be asked; figures are verified two days before the words, which
# are about them; and verifying a quarter's set takes a week, with time to send one back.
PAPERS_GO_OUT = 6
CLOSES = 10
WORDS_DUE = 12
VERIFY_BY = 14
DUE = 19
# A figure needs a working week after the quarter's end, or after the quarter is opened, or nobody can give it in time.
LEAST_TO_GIVE = 5

# On from the quarter's end, or from the day on which a quarter long past is opened, where no meeting is known.
DUE_AFTER, WORDS_AFTER, VERIFY_AFTER, CLOSE_AFTER = 20, 25, 25, 29


class TooEarly(ValueError):
    """The meeting leaves no time to give the figures. Its text says so; `first_day` is the earliest meeting that would."""

    def __init__(self, quarter: Quarter, due_on: dt.date, start: dt.date, first_day: dt.date) -> None:
        after = "the quarter’s end" if start == quarter.end else "it opens"
        left = working_days.between(start, due_on)
        if due_on <= start:
            when = f"before {after}"
        else:
            when = f"{left} working day{'' if left == 1 else 's'} after {after}"
        super().__init__(
            f"That is too early for {quarter}: figures would be due on {_words(due_on)}, {when}. "
            f"Its dates can be worked out from a meeting on {_words(first_day)} or later"
        )
        self.first_day = first_day


def from_meeting(quarter: Quarter, meets_on: dt.date, *, opened_on: dt.date) -> Days:
    """Back from the meeting. Raises TooEarly where that leaves less than a working week to give a figure."""
    start = max(quarter.end, opened_on)
    due_on = working_days.add(meets_on, -DUE)
    if working_days.between(start, due_on) < LEAST_TO_GIVE:
        raise TooEarly(quarter, due_on, start, working_days.add(working_days.add(start, LEAST_TO_GIVE), DUE))
    return {
        "opens_on": _opens_on(quarter, opened_on),
        "due_on": due_on,
        "verify_by": working_days.add(meets_on, -VERIFY_BY),
        "commentary_due_on": working_days.add(meets_on, -WORDS_DUE),
        "closes_on": working_days.add(meets_on, -CLOSES),
    }


def from_quarter(quarter: Quarter, *, opened_on: dt.date) -> Days:
    """On from the quarter's end; from the day it is opened where figures would be due before that."""
    is_past = working_days.add(quarter.end, DUE_AFTER) < opened_on
    start = opened_on if is_past else quarter.end
    return {
        "opens_on": _opens_on(quarter, opened_on),
        "due_on": working_days.add(start, DUE_AFTER),
        "verify_by": working_days.add(start, VERIFY_AFTER),
        "commentary_due_on": working_days.add(start, WORDS_AFTER),
        "closes_on": working_days.add(start, CLOSE_AFTER),
    }


def work_out(quarter: Quarter, meets_on: dt.date | None, *, opened_on: dt.date) -> Days:
    """From the meeting where one is known, otherwise from the quarter's end. Raises TooEarly."""
    if meets_on is None:
        return from_quarter(quarter, opened_on=opened_on)
    return from_meeting(quarter, meets_on, opened_on=opened_on)


def by_hand(dates: Mapping[str, dt.date | None], worked_out: Days) -> list[str]:
    """The names of those that somebody set to another day than worked out, in order. The opening never moves, and no day is nobody's."""
    return [name for name in FROM_THE_MEETING if (day := dates.get(name)) is not None and day != worked_out[name]]


def moved(held: Mapping[str, dt.date | None], worked_out: Days, *, by_hand: Collection[str]) -> dict[str, dt.date]:
    """What moves with the meeting: those nobody has touched, with the day worked out. The opening stays, and what is not asked for."""
    return {
        name: worked_out[name]
        for name in FROM_THE_MEETING
        if name not in by_hand and held.get(name) is not None and held[name] != worked_out[name]
    }


def gone_by(held: Mapping[str, dt.date | None], new: Days, today: dt.date) -> list[str]:
    """The names of those that would move from a day still to come to one that is over: nobody could keep them."""
    return [name for name, day in new.items() if day < today <= (held.get(name) or dt.date.min)]


def _opens_on(quarter: Quarter, opened_on: dt.date) -> dt.date:
    """The first working day after the quarter, or the day it is opened where that is over."""
    return max(working_days.add(quarter.end, 1), opened_on)


def _words(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
