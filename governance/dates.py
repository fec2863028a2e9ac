"""Where an action's date may move to. Pure: takes dates, knows no models and no clock."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar

from lib.numerals import in_full, listed
from lib.quarters import Year


class Step(Protocol):
    """A milestone."""

    text: str
    due_on: dt.date
    done_on: dt.date | None


Milestone = TypeVar("Milestone", bound=Step)


def refusal(new: dt.date, *, now: dt.date, starts_on: dt.date, year: Year, has_ended: bool, on: dt.date) -> str:
    """Why an action's date can't move to `new`, in a sentence; "" where it can. `now` is the date that counts, `year` the plan's.

    The last day of the year is the last that counts within it. A date can be brought forward, but not to a day before `on`: a new date
    is one to work towards, and none that excuses what was late.
    """
    if has_ended:
        return "This action has ended, so its date does not move any more"
    if new == now:
        return f"The new date must be another one than {in_full(now)}, which counts now"
    if new < starts_on:
        return f"The new date must be on or after {in_full(starts_on)}, the day the action starts"
    if new > year.end:
        return (
            f"The new date must be on or before {in_full(year.end)}, the last day of the plan’s year. "
            "What takes longer is carried forward at the year’s end"
        )
    if new < on:
        return f"{in_full(new)} is over: say that the action is complete, or carry it forward at the year’s end"
    return ""


def left_behind(milestones: Iterable[Milestone], new: dt.date) -> list[Milestone]:
    """Those still to be done that would fall after the new date."""
    return [step for step in milestones if step.done_on is None and step.due_on > new]


def behind(milestones: Iterable[Step], new: dt.date) -> str:
    """Why `new` would leave milestones outside their action, naming them, in a sentence; "" where it leaves none."""
    left = left_behind(milestones, new)
    if not left:
        return ""
    named = listed(f"“{step.text}” by {in_full(step.due_on)}" for step in left)
    last = in_full(max(step.due_on for step in left))
    return f"After {in_full(new)} there would still be to do: {named}. Tick what has been reached, or give {last} or a later day"
