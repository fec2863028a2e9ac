"""The columns of a delivery plan's sheet: their headings, the other names people give them, and what each holds. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.uploads.headings import plain
from lib.sheets import Cell, Unusable, column_name

LOOKED_AT = 20  # rows, for the headings
ACTIONS, MILESTONES, CHOICES = "Actions", "Milestones", "Choices"  # the sheets

REFERENCE, VERSION, QUARTER = "reference", "version", "quarter"
TITLE, COMMITMENT, OUTCOME, INDICATORS = "title", "commitment", "outcome", "indicators"
POST, PERSON, PARTNERS = "owner_post", "owner", "partners"
STARTS, DUE = "starts_on", "due_on"
MEASURE, RESOURCES, STEPS = "success_measure", "resources", "milestones"
DONE, NEXT, COLOUR, WHY = "done", "next", "brag", "brag_reason"
MOVED, MOVED_WHY = "proposed", "move_reason"
STEP, STEP_DUE = "step", "step_due"  # of the sheet of milestones

# Heading by heading as they are written; the keys are fields of an action, of its update, or of the date that is proposed.
HEADINGS = {
    REFERENCE: "Reference",
    TITLE: "Action",
    COMMITMENT: "Commitment",
    OUTCOME: "Outcome",
    INDICATORS: "Indicators",
    POST: "Lead post",
    PERSON: "Lead’s email address",
    PARTNERS: "Partners",
    STARTS: "Starts on",
    DUE: "Due on",
    MEASURE: "Success measure",
    RESOURCES: "Resources",
    QUARTER: "Quarter",
    DONE: "Done",
    NEXT: "Next",
    COLOUR: "Colour",
    WHY: "Reason for the colour",
    MOVED: "Proposed new date",
    MOVED_WHY: "Reason for the new date",
    VERSION: "Version",
    STEP: "Milestone",
    STEP_DUE: "Due on",
}
NAMED = {STEPS: "Milestones", **HEADINGS}
ALSO = {
    REFERENCE: "ref, ref no, action ref, action reference, number, no",
    TITLE: "title, what, what we will do, action title",
    COMMITMENT: "commitment served, plan commitment",
    OUTCOME: "outcome served",
    INDICATORS: "indicator, indicators expected to move, kpis, measures",
    POST: "lead, post, lead officer, owner, lead post or name",
    PERSON: "lead email, email, email address, lead email address, lead person",
    PARTNERS: "partner, with",
    STARTS: "start, start date, from, starts",
    DUE: "due, due date, by, by when, deadline, end date, target date",
    MEASURE: "measure of success, success measures, how we will know",
    RESOURCES: "resource, resources needed",
    QUARTER: "period, qtr",
    DONE: "what was done, progress, update, done this quarter",
    NEXT: "what is next, next steps, next quarter",
    COLOUR: "brag, rag, status, brag status, rag status, rating",
    WHY: "reason, reason for colour, why, brag reason, rag reason",
    MOVED: "new date, proposed date, revised date, revised due date",
    MOVED_WHY: "reason for new date, why the new date, reason for revised date",
    VERSION: "",
}
ALIASES = {
    plain(name): field
    for field, names in ALSO.items()
    for name in (HEADINGS[field], *names.split(", "))
    if name  # a version has no other name
}
STEP_ALIASES = {
    **{name: field for name, field in ALIASES.items() if field in (REFERENCE, TITLE)},
    **dict.fromkeys(("milestone", "milestones", "step", "text"), STEP),
    **{name: STEP_DUE for name, field in ALIASES.items() if field == DUE},
    "date": STEP_DUE,
}

AGREED = (TITLE, COMMITMENT, OUTCOME, INDICATORS, POST, PERSON, PARTNERS, STARTS, DUE, MEASURE, RESOURCES, STEPS)
REPORTED = (DONE, NEXT, COLOUR, WHY)
PROPOSED = (MOVED, MOVED_WHY)
# The longest text that each takes; the others are no texts.
LONGEST = {
    TITLE: 200,
    POST: 120,
    PARTNERS: 300,
    MEASURE: 300,
    RESOURCES: 300,
    DONE: 4000,
    NEXT: 4000,
    WHY: 300,
    MOVED_WHY: 300,
    STEP: 200,
}


@dataclass(frozen=True)
class Layout:
    """Where things stand in one sheet: the row of headings and the column of each field that is known."""

    sheet: int
    row: int
    columns: dict[str, int]
    unknown: tuple[str, ...] = ()


def find(sheet: int, rows: Sequence[Sequence[Cell]], aliases: dict[str, str], *, wanted: str) -> Layout | None:
    """The layout by the first row that has a column of what is wanted and one more; None where there is none.

    Raises Unusable where two columns claim the same.
    """
    for at, row in enumerate(rows[:LOOKED_AT]):
        found: dict[str, int] = {}
        twice: list[tuple[str, int]] = []
        unknown = []
        for column, cell in enumerate(row):
            field = aliases.get(plain(cell.line))
            if field is None:
                unknown += [cell.line] if cell.text else []
            elif field in found:
                twice.append((field, column))
            else:
                found[field] = column
        if wanted not in found or len(found) < 2:
            continue
        for field, column in twice:
            names = f"{column_name(found[field])} and {column_name(column)}"
            raise Unusable(
                f"Columns {names} both mean “{HEADINGS[field]}”. Leave one of them, and upload the file again."
            )
        return Layout(sheet, at, found, tuple(unknown))
    return None
