"""What the pages about a file of figures say: how far it is, whose figures it holds, and what each cell would do, counts first."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils import timezone

from accounts.erasing import holding
from accounts.models import RoleGrant, User
from indicators.models import Figure, Return, Upload
from indicators.uploads import keeping
from indicators.uploads.comparing import CHANGED, NEW, ORDER, REFUSED, SAME, Line
from lib import written
from lib.govuk import Row

PER_PAGE = 100
WORDS = {NEW: "New", CHANGED: "Changed", SAME: "The same", REFUSED: "Refused"}
COLOURS = {REFUSED: "red", CHANGED: "blue"}  # what is new or the same is plain text


@dataclass(frozen=True)
class Shown:
    """A preview, or what became of it."""

    counts: Counter[str]
    restates: int
    worth: int  # of those that would change something: worth a look
    reasons: int
    notes: tuple[str, ...]
    notice: str
    page: Page
    total: int

    @property
    def changing(self) -> int:
        return self.counts[NEW] + self.counts[CHANGED]

    @property
    def headline(self) -> str:
        """ "12 new, 2 changed, 1 the same, 3 refused. 2 are worth a look."."""
        words = {NEW: "new", CHANGED: "changed", SAME: "the same", REFUSED: "refused"}
        said = [f"{self.counts[kind]:,} {words[kind]}" for kind in (NEW, CHANGED, SAME, REFUSED) if self.counts[kind]]
        if said and set(self.counts.elements()) == {SAME}:
            return f"Nothing new: {self.counts[SAME]:,} the same."
        if not said:
            return "There is no figure in this file."
        look = f" {self.worth:,} {'is' if self.worth == 1 else 'are'} worth a look." if self.worth else ""
        return f"{', '.join(said)}.{look}"

    @property
    def button(self) -> str:
        """ "Record the 14 figures", "Record 2 figures and 1 reason"."""
        figures, reasons = self.changing - self.reasons, self.reasons
        said = [_many(figures, "figure")] if figures else []
        said += [_many(reasons, "reason")] if reasons else []
        if len(said) == 2:
            return f"Record {' and '.join(said)}"
        one = "figure" if figures else "reason"
        return f"Record the {one}" if self.changing == 1 else f"Record the {said[0]}"

    @property
    def figures(self) -> str:
        """ "12 figures and 2 reasons for having none"."""
        figures, reasons = self.changing - self.reasons, self.reasons
        said = [f"{figures:,} figure{'' if figures == 1 else 's'}"] if figures else []
        said += [f"{reasons:,} reason{'' if reasons == 1 else 's'} for having none"] if reasons else []
        return " and ".join(said)

    @property
    def recorded(self) -> str:
        """ "12 figures and 2 reasons for having none recorded."."""
        return f"{self.figures} recorded."

    @property
    def waiting(self) -> str:
        figures = self.changing - self.reasons
        return (
            ("It is shown once it is verified." if figures == 1 else "They are shown once they are verified.")
            if figures
            else ""
        )

    @property
    def lines(self) -> list["Told"]:
        return [Told(line) for line in self.page]


@dataclass(frozen=True)
class Told:
    """One cell as the table shows it."""

    line: Line

    @property
    def state(self) -> str:
        return WORDS[self.line.kind]

    @property
    def colour(self) -> str:
        return COLOURS.get(self.line.kind, "")

    @property
    def label(self) -> str:
        return self.line.label or f"“{self.line.typed}”" if self.line.label or self.line.typed else "An empty cell"

    @property
    def months(self) -> str:
        """ "April 235, May 259, June 243": what it is the sum of; empty where a quarter was given."""
        months = self.line.offer.months if self.line.offer else ()
        say = written.pence if self.line.offer and self.line.offer.is_amount else written.figure
        return ", ".join(f"{month:%B} {say(number)}" for month, number in months)

    @property
    def worth(self) -> str:
        """ "Worth a look: ten times last quarter’s 1,604"; empty where nothing is unusual."""
        return f"Worth a look: {written.in_sentence(self.line.worth)}" if self.line.worth else ""

    @property
    def now(self) -> str:
        """A refused cell shows what stands in it."""
        return self.line.typed if self.line.kind == REFUSED else self.line.now


def in_sight(lines: Sequence[Line], user: User) -> tuple[Line, ...]:
    """Without those of returns that this person no longer sees, since they tell what was held. One query at most."""
    if user.has_role(RoleGrant.Role.COORDINATOR):
        return tuple(lines)
    told = {line.offer.indicator_id for line in lines if line.offer and line.version is not None}
    seen = (
        set(Return.objects.visible_to(user).filter(indicator__in=told).values_list("indicator", flat=True))
        if told
        else ()
    )
    return tuple(line for line in lines if not line.offer or line.version is None or line.offer.indicator_id in seen)


def preview(upload: Upload, page: object, user: User) -> Shown:
    """What is kept on the row, as far as this person sees it; `page` is the number asked for in the address."""
    kept = keeping.from_json(upload.preview)
    lines = in_sight(kept.comparison.lines, user)
    hidden = len(kept.comparison.lines) - len(lines)
    notes = kept.reading.notes
    if hidden:
        notes = (
            *notes,
            f"{hidden:,} cell{' is' if hidden == 1 else 's are'} about figures that you no longer see, and left out of the list.",
        )
    if upload.phase == Upload.Phase.RECORDING:  # what was recorded first
        order = [CHANGED, NEW, SAME, REFUSED]
        lines = tuple(sorted(lines, key=lambda line: (order.index(line.kind), not line.worth, line.place)))
    return Shown(
        counts=Counter({kind: len(kept.comparison.of(kind)) for kind in ORDER}),
        restates=sum(line.restates for line in kept.comparison.changing),
        worth=sum(bool(line.worth) for line in kept.comparison.changing),
        reasons=sum(bool(line.offer and line.offer.missing_reason) for line in kept.comparison.changing),
        notes=notes,
        notice=kept.notice,
        page=Paginator(lines, PER_PAGE).get_page(page),
        total=len(lines),
    )


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def facts(upload: Upload) -> list[Row]:
    """About the file, for a summary list. Needs the people loaded."""
    size = written.file_size(upload.file_bytes)
    found = [
        Row("File", f"{upload.file_name}, {size}"),
        Row("Uploaded", f"{upload.uploaded_by.label}, {written.moment(upload.uploaded_at)}"),
        Row("Whose figures", whose(upload)),
    ]
    if upload.recorded_by and upload.phase == Upload.Phase.RECORDING and upload.ended_at:
        found.append(Row("Recorded", written.moment(upload.ended_at)))
    if upload.restated_because and upload.phase == Upload.Phase.RECORDING:
        found.append(Row("Why verified figures change", upload.restated_because))
    if upload.undone_by:
        found.append(Row("Taken back", f"{upload.undone_by.label}, {written.moment(upload.undone_at)}"))
        found.append(Row("Why", upload.undone_because))
    return found


def whose(upload: Upload) -> str:
    """ "Farida Begum, by mail, 26 April 2018"; their own where nobody else is named."""
    if not upload.supplied_by_name:
        organisation = upload.uploaded_by.organisation
        return f"Their own: {organisation}" if organisation else "Their own"
    said = upload.supplied_by_name
    if upload.route:
        said += f", {written.in_sentence(Figure.Route(upload.route).label)}"
    return f"{said}, {written.day_year(upload.received_on)}" if upload.received_on else said


def kept_until(upload: Upload) -> str:
    """ "The file is kept until 20 May 2018, then removed."."""
    if not upload.file and holding.of_file(upload._meta.label_lower, upload.pk) == holding.ERASED:
        return "The file itself has been removed, because personal data was in it. What was read from it stays, unless that was removed too."
    if not upload.file:
        return "The file itself has been removed, 30 days after it was uploaded. What was read from it stays."
    until = timezone.localdate(upload.uploaded_at + Upload.KEPT_FOR)
    return f"The file itself is kept until {written.day_year(until)}, then removed. What was read from it stays."


def state(upload: Upload) -> tuple[str, str]:
    """The word for where an upload is, and the colour of its tag: none where it wants nothing of anybody."""
    if upload.undone_at:
        return "Taken back", ""
    if upload.is_recorded:
        return "Recorded", ""
    if upload.is_failed:
        return "Failed", "red"
    return (
        ("To look at", "blue")
        if upload.is_previewed
        else ("Being read", "blue")
        if upload.phase == Upload.Phase.READING
        else ("Being recorded", "blue")
    )


def suppliers(user: User, on: dt.date) -> list[User]:
    """Of the data leads that day, those for whom this person may upload: anybody for the partnership team, otherwise their own colleagues."""
    leads = User.objects.holding(RoleGrant.Role.DATA_LEAD, on).exclude(pk=user.pk)
    return list(leads if user.has_perm("indicators.run_round") else leads.filter(organisation=user.organisation_id))
