"""Reads the sheet of a delivery plan's actions: the partnership's own workbook, or anybody's with named columns."""

from dataclasses import dataclass, field

from accounts.models import User
from governance.plan_sheets import columns
from governance.plan_sheets.cells import Refused, Row
from governance.plan_sheets.columns import (
    MILESTONES,
    REFERENCE,
    STEP,
    STEP_ALIASES,
    STEP_DUE,
    STEPS,
    TITLE,
    VERSION,
    Layout,
)
from governance.plan_sheets.naming import Known
from governance.plan_sheets.offers import Offer, Place, Reading, Refusal, Step
from indicators.uploads.headings import plain
from lib import written
from lib.quarters import Quarter, Year
from lib.sheets import Book, Sheet, Unusable

MOST_ROWS = 500  # below the headings, with anything in them
NO_HEADINGS = (
    "No row of headings was found in the first 20 rows. A sheet of actions needs a column “Action” and at least one more, such as "
    "“Reference”, “Lead post” or “Due on”."
)
TOO_MANY = f"The file has more than {MOST_ROWS} rows. Send only the actions of this plan, or split it into two files."
OURS = ("Read me", columns.CHOICES, "Lists")  # sheets of our own workbook that hold no actions
NAMED = 8  # left-out columns and sheets that a note names


@dataclass
class Milestones:
    """What the second sheet says, by the reference or title of the action that it is of."""

    by_action: dict[str, list[tuple[Step, Place]]] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)
    refusals: list[Refusal] = field(default_factory=list)

    def of(self, offered: Offer) -> list[tuple[Step, Place]]:
        """Of an action that has a reference, by that; of a new one, by its title."""
        key = plain(offered.reference or offered.title)
        self.claimed.add(key)
        return self.by_action.get(key, [])


def read(book: Book, *, year: Year, quarter: Quarter | None, by: User) -> Reading:
    """What a sheet offers for a plan of that year, updates for that quarter. Raises Unusable for a file without known headings."""
    layout, sheet = _sheet(book)
    rows = [(at, row) for at, row in enumerate(sheet.rows) if at > layout.row and any(cell.text for cell in row)]
    if len(rows) > MOST_ROWS:
        raise Unusable(TOO_MANY)
    known = Known(year, by)
    milestones, steps_layout = _milestones(book, layout)
    offers: list[Offer] = []
    refusals: list[Refusal] = []
    for at, cells in rows:
        row = Row(at, cells, layout, known, quarter)
        offer = row.offer()
        if steps_layout is not None and (steps := milestones.of(offer)):
            offer.fields[STEPS] = tuple(sorted((step for step, _ in steps), key=lambda step: (step[1], step[0])))
            offer.places[STEPS] = steps[0][1]
        offers.append(offer)
        refusals += row.refusals
    return Reading(tuple(offers), (*refusals, *milestones.refusals, *_unclaimed(milestones)), _notes(book, layout))


def _sheet(book: Book) -> tuple[Layout, Sheet]:
    for number, sheet in enumerate(book.sheets):
        if sheet.is_hidden or sheet.name == MILESTONES:
            continue
        if layout := columns.find(number, sheet.rows, columns.ALIASES, wanted=TITLE):
            return layout, sheet
        if layout := columns.find(number, sheet.rows, columns.ALIASES, wanted=REFERENCE):
            return layout, sheet  # updates by reference alone
    raise Unusable(NO_HEADINGS)


def _milestones(book: Book, actions: Layout) -> tuple[Milestones, Layout | None]:
    """The first visible sheet with a column of milestones, other than that of the actions."""
    found = Milestones()
    for number, sheet in enumerate(book.sheets):
        if sheet.is_hidden or number == actions.sheet:
            continue
        layout = columns.find(number, sheet.rows, STEP_ALIASES, wanted=STEP)
        if layout is None or STEP_DUE not in layout.columns or not {REFERENCE, TITLE} & set(layout.columns):
            continue
        filled = [(at, row) for at, row in enumerate(sheet.rows) if at > layout.row and any(cell.text for cell in row)]
        if len(filled) > MOST_ROWS:
            raise Unusable(TOO_MANY)
        for at, cells in filled:
            _milestone(Row(at, cells, layout, None, None), found)
        return found, layout
    return found, None


def _milestone(row: Row, found: Milestones) -> None:
    reference, title = (row.cell(name).line for name in (REFERENCE, TITLE))
    key = reference or title
    try:
        text = row.text(STEP)
        day = row.day(STEP_DUE)
        if not key:
            raise Refused(
                REFERENCE, "Say which action it is a milestone of: give its reference, or the title of a new action"
            )
        if not text:
            raise Refused(STEP, "Say what the milestone is")
        if day is None:
            raise Refused(STEP_DUE, "Say by when the milestone is due")
    except Refused as refused:
        label = f"{reference} {title}".strip()
        place = row.place(refused.field)
        found.refusals.append(Refusal(place, STEPS, label, row.cell(refused.field).line[:60], refused.sentence))
        found.claimed.add(plain(key))
        return
    found.by_action.setdefault(plain(key), []).append(((text, day), row.place(STEP)))


def _unclaimed(milestones: Milestones) -> list[Refusal]:
    """Milestones whose action has no row."""
    return [
        Refusal(
            place,
            STEPS,
            "",
            text[:60],
            "No row of the actions has the reference or title that stands beside this milestone.",
        )
        for key, steps in milestones.by_action.items()
        if key not in milestones.claimed
        for (text, _), place in steps
    ]


def _notes(book: Book, layout: Layout) -> tuple[str, ...]:
    notes = []
    if layout.unknown:
        notes.append(
            f"Columns whose headings are not known here were left out, and nothing of them is kept: {_named(layout.unknown)}."
        )
    left = [
        sheet.name
        for number, sheet in enumerate(book.sheets)
        if number != layout.sheet and not sheet.is_hidden and sheet.rows and sheet.name not in (*OURS, MILESTONES)
    ]
    if left:
        notes.append(f"Other sheets were left out: {_named(left)}.")
    if VERSION not in layout.columns:
        notes.append("Actions that the file doesn’t name stay as they are: nothing is taken out by a file.")
    return tuple(notes)


def _named(names: list[str] | tuple[str, ...]) -> str:
    shown = [f"“{name[:60]}”" for name in names[:NAMED]]
    more = len(names) - len(shown)
    return written.listed([*shown, f"{more} more"] if more else shown)
