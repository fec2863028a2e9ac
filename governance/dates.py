"""Where an action's date may move to. Pure: takes dates, knows no models and no clock."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar

from lib.quarters import Year


class Step(Protocol):
    """A milestone."""

    due_on: dt.date
    done_on: dt.date | None


Milestone = TypeVar("Milestone", bound=Step)


def refusal(new: dt.date, *, now: dt.date, starts_on: dt.date, year: Year, has_ended: bool) -> str:
    """Why an action's date can't move to `new`, in a sentence; "" where it can. `now` is the date that counts, `year` the plan's.

    The last day of the year is the last that counts within it. Back in time is allowed: a date can be brought forward.
    """
    if has_ended:
        return "This action has ended, so its date does not move any more"
    if new == now:
        return f"The new date must be another one than {words(now)}, which counts now"
    if new < starts_on:
        return f"The new date must be on or after {words(starts_on)}, the day the action starts"
    if new > year.end:
        return (
            f"The new date must be on or before {words(year.end)}, the last day of the plan’s year. "
            "What takes longer is carried forward at the year’s end"
        )
    return ""


def left_behind(milestones: Iterable[Milestone], new: dt.date) -> list[Milestone]:
    """Those still to be done that would fall after the new date."""
    return [step for step in milestones if step.done_on is None and step.due_on > new]


def words(day: dt.date) -> str:
    """ "31 March 2018"."""
    return f"{day.day} {day:%B %Y}"
