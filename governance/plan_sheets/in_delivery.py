"""A row for a plan that has been agreed: what was agreed stays, the quarter's update is drafted, and a new date proposed."""

import datetime as dt

from governance import dates
from governance.plan_sheets.columns import AGREED, COLOUR, DONE, MOVED, MOVED_WHY, NAMED, REPORTED, WHY
from governance.plan_sheets.held import Held
from governance.plan_sheets.results import CHANGED, Line
from governance.plan_sheets.rows import Row
from lib.quarters import Year
from lib.written import day_year


def lines(row: Row, year: Year, on: dt.date) -> list[Line]:
    assert row.held  # a row without an action is refused before
    return [*_agreed(row), *_update(row, row.held, on), *_move(row, row.held, year, on)]


def _agreed(row: Row) -> list[Line]:
    found = []
    for name in AGREED:
        if row.differs(name):
            stays = row.plan.say(name, row.was(name))
            said = f"it stays “{stays}”" if stays else "it stays empty"
            found.append(row.no(name, f"The plan is agreed, so a file changes no {_called(name)}: {said}."))
    return found


def _called(name: str) -> str:
    return "day it starts" if name == "starts_on" else "day it is due" if name == "due_on" else NAMED[name].lower()


def _update(row: Row, held: Held, on: dt.date) -> list[Line]:
    """Of a row without a word nothing is drafted, and what was drafted stays."""
    said = [name for name in REPORTED if row.offer.fields.get(name)]
    changes = row.changes(REPORTED)
    if not said or not changes:
        return []
    quarter = row.plan.quarter
    if held.update and held.update.is_agreed:
        return [row.no(said[0], f"The update for {quarter} has been agreed, and stays as it is.")]
    if not held.action.is_open:
        return [row.no(said[0], f"{held.action.reference} has ended, so nothing more is said of it.")]
    if on < quarter.start:
        return [row.no(said[0], f"{quarter} begins on {day_year(quarter.start)}: nothing can be said of it before.")]
    colour, wrong = row.value(COLOUR), {}
    if not row.value(DONE):
        wrong[DONE] = "Say what was done; “nothing” is an answer too."
    if not colour:
        wrong[COLOUR] = "Say how it goes: red, amber, green or blue."
    if colour in ("red", "amber") and not row.value(WHY):
        wrong[WHY] = f"Say why it is {colour}."
    refused = [row.no(name, why) for name, why in wrong.items() if name not in row.unread]
    return [*(line for line in changes if line.field not in wrong), *refused]


def _move(row: Row, held: Held, year: Year, on: dt.date) -> list[Line]:
    new, reason, action = row.offer.fields.get(MOVED), row.value(MOVED_WHY), held.action
    if new is None:
        lonely = row.offer.fields.get(MOVED_WHY) and held.move is None and MOVED not in row.unread
        return [row.no(MOVED_WHY, "Give the new date too, or take its reason out.")] if lonely else []
    if held.move and (new, reason) == (held.move.proposed, row.was(MOVED_WHY)):
        return []
    if held.move:
        waits = (
            f"A new date waits to be accepted already, {day_year(held.move.proposed)}. The chair decides on it first."
        )
        return [row.no(MOVED, waits)]
    if row.value(COLOUR) == "blue":
        return [row.no(MOVED, f"{action.reference} is said to be complete, so it needs no new date.")]
    why = dates.refusal(
        new, now=action.due_on, starts_on=action.starts_on, year=year, has_ended=not action.is_open, on=on
    ) or dates.behind(held.milestones, new)
    if why:
        return [row.no(MOVED, f"{why}.")]
    if not reason:
        at = MOVED_WHY if row.given(MOVED_WHY) else MOVED
        return [] if MOVED_WHY in row.unread else [row.no(at, "Say why the date moves.")]
    now = f"{day_year(new)}, because: {reason}"
    told = "It counts once the chair accepts it."
    return [Line(CHANGED, MOVED, NAMED[MOVED], row.offer.places[MOVED], day_year(action.due_on), now, told)]
