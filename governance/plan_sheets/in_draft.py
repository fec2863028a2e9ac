"""A row for a plan that is still a draft: it adds an action or words one otherwise."""

from governance import action_dates
from governance.plan_sheets.columns import (
    AGREED,
    COMMITMENT,
    DUE,
    OUTCOME,
    PERSON,
    POST,
    PROPOSED,
    REFERENCE,
    REPORTED,
    STARTS,
    STEPS,
    TITLE,
)
from governance.plan_sheets.results import Line
from governance.plan_sheets.rows import Row
from lib import written
from lib.quarters import Year

NOT_YET = "The plan is not agreed yet, so nothing is reported on its actions. Leave this cell empty."
GONE = "This is no longer there. Upload the file again."


def lines(row: Row, year: Year) -> list[Line]:
    changes = row.changes(AGREED)
    if row.held and not row.held.action.is_open:
        return [row.no(REFERENCE, f"{row.held.action.reference} has ended, so it stays as it is.")] if changes else []
    wrong = {**_lacking(row), **_dates(row, year), **_gone(row)}
    refused = [row.no(name, why) for name, why in wrong.items() if name not in row.unread]
    at_fault = {line.field for line in refused}
    reported = [row.no(name, NOT_YET) for name in (*REPORTED, *PROPOSED) if row.offer.fields.get(name)]
    return [*(line for line in changes if line.field not in at_fault), *refused, *reported]


def _lacking(row: Row) -> dict[str, str]:
    found = {}
    if not row.value(TITLE):
        found[TITLE] = "Say what is to be done."
    if not row.value(POST) and not row.value(PERSON) and PERSON not in row.unread:
        found[POST] = "Say who leads it: a post, a person or both."
    if not row.value(STARTS):
        found[STARTS] = "Say on which day it starts."
    if not row.value(DUE):
        found[DUE] = "Say by which day it is due."
    return found


def _dates(row: Row, year: Year) -> dict[str, str]:
    """In the words of the page on which one action is written."""
    starts, due = row.value(STARTS), row.value(DUE)
    if not starts or not due:
        return {}
    found = {name: f"{why}." for name, why in action_dates.faults(year, starts, due).items()}
    outside = [text for text, day in row.value(STEPS) if not starts <= day <= due]
    if not found and outside:
        span = f"from {written.day_year(starts)} to {written.day_year(due)}"
        named = written.listed([f"“{text[:40]}”" for text in outside[:3]])
        found[STEPS] = f"A milestone must lie within its action, {span}: {named}."
    return found


def _gone(row: Row) -> dict[str, str]:
    """What was named when the file was read, and has been taken away since."""
    said = {name: row.offer.fields.get(name) for name in (COMMITMENT, OUTCOME, PERSON)}
    return {name: GONE for name, pk in said.items() if pk and not row.plan.knows(name, pk)}
