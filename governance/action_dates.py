"""Whether the dates of an action fit its year, and those of its milestones the action. Pure: takes dates, knows no records and no clock."""

import datetime as dt
from collections.abc import Sequence

from lib.numerals import in_full
from lib.quarters import Year


def faults(
    year: Year, starts_on: dt.date, due_on: dt.date, milestones: Sequence[tuple[str, dt.date | None]] = ()
) -> dict[str, str]:
    """What is wrong, each as a sentence under the name of its box; empty where all fits.

    `milestones` are words and day, in the rows of the page: the box of the second one's day is "milestone_2_due_on".
    """
    found = {}
    if starts_on < year.start:
        found["starts_on"] = f"Its year begins on {in_full(year.start)}: the action can’t start before then"
    elif starts_on > year.end:
        found["starts_on"] = f"Its year ends on {in_full(year.end)}: the action must start by then"
    if due_on > year.end:
        found["due_on"] = f"Its year ends on {in_full(year.end)}: carry it forward then"
    elif due_on < starts_on:
        found["due_on"] = f"It must be due on or after the day it starts, {in_full(starts_on)}"
    for number, (text, day) in enumerate(milestones, start=1):
        if not text.strip() and day is None:
            continue
        if not text.strip():
            found[f"milestone_{number}_text"] = f"Milestone {number}: say what is reached on that day"
        elif day is None:
            found[f"milestone_{number}_due_on"] = f"Milestone {number}: enter the day by which it is reached"
        elif not starts_on <= day <= due_on:
            found[f"milestone_{number}_due_on"] = (
                f"Milestone {number} must lie within the action: from {in_full(starts_on)} to {in_full(due_on)}"
            )
    return found
