"""A delivery plan as a workbook: a row for each action, its milestones on a second sheet, and the columns of a quarter's update.

Uploaded as it is, it changes nothing.
"""

import datetime as dt
from typing import Any

from accounts.models import User
from governance.models import DeliveryPlan
from governance.plan_sheets import naming
from governance.plan_sheets.cells import COLOUR_NAMES
from governance.plan_sheets.columns import (
    ACTIONS,
    CHOICES,
    COLOUR,
    COMMITMENT,
    DONE,
    DUE,
    HEADINGS,
    INDICATORS,
    MEASURE,
    MILESTONES,
    MOVED,
    MOVED_WHY,
    NEXT,
    OUTCOME,
    PARTNERS,
    PERSON,
    POST,
    QUARTER,
    REFERENCE,
    RESOURCES,
    STARTS,
    STEP,
    STEP_DUE,
    TITLE,
    VERSION,
    WHY,
)
from governance.plan_sheets.held import Held, Plan
from lib.quarters import Quarter, Year
from lib.sheets import Choices, Column, ReadMe, Table
from lib.sheets import workbook as made
from lib.written import day_year

SPARE = 30  # rows with drop-downs for new actions of a draft
LOOKS: dict[str, dict[str, Any]] = {
    REFERENCE: {"width": 11},
    TITLE: {"width": 44},
    COMMITMENT: {"width": 40},
    OUTCOME: {"width": 40},
    INDICATORS: {"width": 14, "note": "Their references, with a comma between two: A1, D2"},
    POST: {"width": 26},
    PERSON: {"width": 28, "note": "Of somebody with an account here; a post alone is enough"},
    PARTNERS: {"width": 26},
    STARTS: {"kind": "date", "width": 13, "note": "Such as 25/04/2018"},
    DUE: {"kind": "date", "width": 13, "note": "Such as 25/04/2018, by 31 March of the plan’s year"},
    MEASURE: {"width": 34},
    RESOURCES: {"width": 28},
    QUARTER: {"width": 13},
    DONE: {"width": 44},
    NEXT: {"width": 40},
    COLOUR: {"width": 10, "choices": Choices(COLOUR_NAMES, "Choose Red, Amber, Green or Blue.")},
    WHY: {"width": 34, "note": "Of red and amber"},
    MOVED: {"kind": "date", "width": 14, "note": "It counts once the chair accepts it"},
    MOVED_WHY: {"width": 34},
    VERSION: {"is_hidden": True},
}
REPORT = (QUARTER, DONE, NEXT, COLOUR, WHY, MOVED, MOVED_WHY)
FIRST = (REFERENCE, TITLE, COMMITMENT, OUTCOME, INDICATORS, POST, PERSON, PARTNERS, STARTS, DUE, MEASURE, RESOURCES)


def last_ended(year: Year, on: dt.date) -> Quarter:
    """The last quarter of the year that is over on that day; before its first is over, its first."""
    over = [quarter for quarter in year.quarters if quarter.end < on]
    return over[-1] if over else year.quarters[0]


def of(plan: DeliveryPlan, quarter: Quarter, *, by: User) -> bytes:
    """An XLSX of the plan, as this person may see it. The number of queries does not grow with its actions."""
    held = Plan(plan, quarter, by)
    held.learn([])
    names = [REFERENCE, *FIRST[1:], *(() if plan.is_draft else REPORT), VERSION]
    commitments = tuple(one.text for one in naming.commitments(plan.year))
    outcomes = tuple(one.text for one in naming.outcomes(plan.year))
    tables = [
        Table(
            ACTIONS,
            tuple(_column(name, plan) for name in names),
            [_row(one, names, held) for one in held.held],
            spare=SPARE if plan.is_draft else 0,
            frozen_columns=2,
        ),
        _milestones(held),
        _choices(commitments, outcomes),
    ]
    return made(f"Delivery plan of {plan.body}, {plan.year}", tables, read_me=_read_me(plan, quarter))


def _column(name: str, plan: DeliveryPlan) -> Column:
    """Of an agreed plan only the quarter's update can be typed into, of a closed one nothing."""
    is_locked = not plan.is_draft and (name not in REPORT or name == QUARTER or not plan.is_running)
    return Column(HEADINGS[name], is_locked=is_locked, **LOOKS[name])


def _row(one: Held, names: list[str], held: Plan) -> list[Any]:
    texts = {
        REFERENCE: one.action.reference,
        QUARTER: str(held.quarter),
        VERSION: "{}/{}".format(*one.versions),
    }
    found: list[Any] = []
    for name in names:
        value = texts.get(name) or one.value(name)
        found.append(value if isinstance(value, dt.date) else texts.get(name) or held.say(name, value))
    return found


def _milestones(held: Plan) -> Table:
    locked = not held.plan.is_draft
    looks = (
        Column(HEADINGS[REFERENCE], width=11, is_locked=locked),
        Column(HEADINGS[TITLE], width=44, is_locked=locked, note="Of a new action, which has no reference yet"),
        Column(HEADINGS[STEP], width=48, is_locked=locked),
        Column(HEADINGS[STEP_DUE], "date", width=13, is_locked=locked),
    )
    rows = [[one.action.reference, one.action.title, text, day] for one in held.held for text, day in one.steps]
    return Table(MILESTONES, looks, rows, frozen_columns=2)


def _choices(commitments: tuple[str, ...], outcomes: tuple[str, ...]) -> Table:
    """What an action may serve, to be copied from."""
    looks = (
        Column(HEADINGS[COMMITMENT], width=80, is_locked=True),
        Column(HEADINGS[OUTCOME], width=80, is_locked=True),
    )
    rows = [
        [commitments[at] if at < len(commitments) else "", outcomes[at] if at < len(outcomes) else ""]
        for at in range(max(len(commitments), len(outcomes)))
    ]
    return Table(CHOICES, looks, rows)


def _read_me(plan: DeliveryPlan, quarter: Quarter) -> ReadMe:
    lines = [f"# {plan.body}: delivery plan for {plan.year}"]
    if plan.is_draft:
        lines += [
            "Change the actions on the sheet “Actions”, or add new ones below without a reference. Save it, and upload it: you see what would change before anything is recorded.",
            f"Every action starts in the plan’s year and is due by {day_year(plan.year.end)}.",
            "Its milestones are on the sheet “Milestones”, each with the reference of its action; of a new action with its title.",
            "Commitments and outcomes are copied from the sheet “Choices”, in their own words.",
            "An action or milestone whose row you take out stays as it is: nothing is taken out by a file.",
        ]
    elif plan.is_running:
        lines += [
            f"Fill in what was done in {quarter}, {quarter.months}, what is next and the colour. Save it, and upload it: you see what would change before anything is recorded.",
            "Red and amber want a reason. A new date is proposed with its reason, and counts once the chair accepts it.",
            "An empty row changes nothing. What is grey was agreed and can’t be changed here.",
            "The chair agrees the updates: until then they are drafts.",
        ]
    else:
        lines.append("This plan takes no changes now. The workbook is for reading.")
    return ReadMe(tuple(lines))
