"""What the page about a file of actions says: how many rows would do what, counts first, and each cell that changes or can't be taken."""

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from governance.models import PlanUpload
from governance.plan_sheets import keeping
from governance.plan_sheets.columns import MILESTONES, STEPS
from governance.plan_sheets.results import CHANGED, NEW, REFUSED, SAME, Comparison, Line, Result
from lib import written
from lib.govuk import Row

PER_PAGE = 50
WORDS = {NEW: "New", CHANGED: "Changed", SAME: "The same", REFUSED: "Refused"}
COLOURS = {REFUSED: "red", CHANGED: "blue", NEW: "blue"}  # what is the same is plain text


@dataclass(frozen=True)
class Shown:
    """A preview, or what became of it."""

    comparison: Comparison
    notes: tuple[str, ...]
    quarter: str
    page: Page

    @property
    def counts(self) -> Counter[str]:
        return Counter(one.kind for one in self.comparison.results)

    @property
    def headline(self) -> str:
        """ "2 new, 1 changed, 9 the same."."""
        said = [
            f"{self.counts[kind]:,} {WORDS[kind].lower()}"
            for kind in (NEW, CHANGED, SAME, REFUSED)
            if self.counts[kind]
        ]
        if not said:
            return "There is no action in this file."
        if set(self.counts.elements()) == {SAME}:
            return f"Nothing new: {self.counts[SAME]:,} the same."
        return f"{written.listed(said)}."

    @property
    def things(self) -> str:
        """ "3 actions", "1 update for 2017-18 Q4"."""
        number = len(self.comparison.changing)
        thing = "update" if self.comparison.is_report else "action"
        return f"{number:,} {thing}{'' if number == 1 else 's'}{f' for {self.quarter}' if self.comparison.is_report else ''}"

    @property
    def button(self) -> str:
        """ "Record the 3 actions", "Draft the update for 2017-18 Q4"."""
        said = self.things.removeprefix("1 ") if len(self.comparison.changing) == 1 else self.things
        return f"{'Draft' if self.comparison.is_report else 'Record'} the {said}"

    @property
    def recorded(self) -> str:
        one = len(self.comparison.changing) == 1
        return f"{self.things} {'was' if one else 'were'} {'drafted' if self.comparison.is_report else 'recorded'}."

    @property
    def rows(self) -> list["Told"]:
        return [Told(one) for one in self.page]


@dataclass(frozen=True)
class Told:
    """One row as the table shows it."""

    result: Result

    @property
    def state(self) -> str:
        return WORDS[self.result.kind]

    @property
    def colour(self) -> str:
        return COLOURS.get(self.result.kind, "")

    @property
    def label(self) -> str:
        return self.result.label or "A row without a name"

    @property
    def cells(self) -> list["ToldCell"]:
        return [ToldCell(line) for line in self.result.lines]


@dataclass(frozen=True)
class ToldCell:
    line: Line

    @property
    def name(self) -> str:
        """ "D7"; of the second sheet "Milestones C3"."""
        return f"{MILESTONES} {self.line.place.name}" if self.line.field == STEPS else self.line.place.name

    @property
    def state(self) -> str:
        """Of a refused cell nothing: its row says so, and the cell why."""
        if self.line.kind == REFUSED:
            return ""
        if not self.line.was:
            return "New"
        return "Changed" if self.line.now else "Taken out"


def preview(upload: PlanUpload, page: object) -> Shown:
    """What is kept on the row; `page` is the number asked for in the address."""
    kept = keeping.from_json(upload.preview)
    results = Paginator(kept.comparison.results, PER_PAGE).get_page(page)
    return Shown(kept.comparison, kept.reading.notes, str(kept.quarter), results)


def facts(upload: PlanUpload) -> list[Row]:
    """About the file, for an aside. Needs the people loaded."""
    found = [
        Row("File", upload.file_name),
        Row("Uploaded", f"{upload.uploaded_by.label}, {written.moment(upload.uploaded_at)}"),
    ]
    if upload.recorded_by:
        found.append(Row("Recorded", f"{upload.recorded_by.label}, {written.moment(upload.recorded_at)}"))
    return found
