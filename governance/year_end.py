"""The end of a delivery plan's year: from when it is settled, and what its actions may become. Pure: takes dates, knows no records and no clock."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar

from lib.numerals import in_full
from lib.quarters import Year


class Step(Protocol):
    """A milestone."""

    due_on: dt.date
    done_on: dt.date | None


Milestone = TypeVar("Milestone", bound=Step)


def offered_from(year: Year) -> dt.date:
    """The first day of the year's last month: from then on it can be seen what will not be done by the end."""
    return year.end.replace(day=1)


def is_offered(year: Year, on: dt.date, *, last_quarter_asked: bool) -> bool:
    """Whether actions can be settled: in the last month and ever after, and earlier where the updates of the last quarter are asked for."""
    return last_quarter_asked or on >= offered_from(year)


def is_over(year: Year, on: dt.date) -> bool:
    """Whether the plan can be closed, once all is settled: the last day of the year is one of its days."""
    return on > year.end


def completion_refusal(done: dt.date, *, starts_on: dt.date, on: dt.date) -> str:
    """Why an action can't have been completed on that day; "" where it can."""
    if done > on:
        return "The day it was completed can’t be in the future"
    if done < starts_on:
        return f"It can’t have been completed before it started, on {in_full(starts_on)}"
    return ""


def new_date_refusal(new: dt.date, *, year: Year) -> str:
    """Why what is carried out of `year` can't be due on that day; "" where it can."""
    if new <= year.end:
        return f"The new date must be in {year.next}: from {in_full(year.next.start)} on"
    if new > year.next.end:
        return f"The new date must be on or before {in_full(year.next.end)}, the last day of {year.next}"
    return ""


def carried(milestones: Iterable[Milestone], *, starts_on: dt.date, due_on: dt.date) -> list[Milestone]:
    """Those that go along with an action into its new dates: not reached yet, and inside them. No date is shifted, the others stay behind."""
    return [step for step in milestones if step.done_on is None and starts_on <= step.due_on <= due_on]


def left_behind(milestones: Iterable[Milestone], *, starts_on: dt.date) -> list[Milestone]:
    """Those not reached that lie before the new start, wherever the new date is."""
    return [step for step in milestones if step.done_on is None and step.due_on < starts_on]
