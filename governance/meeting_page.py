"""What the page of one meeting shows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from governance import attendance, meetings
from governance.models import AgendaItem, Attendance, Meeting, Paper
from lib import written
from lib.govuk import Row

Presence = Attendance.Presence


@dataclass(frozen=True)
class Item:
    """An item of the agenda in its place, with the papers in force and those that they replaced, latest first."""

    number: int
    item: AgendaItem
    papers: tuple[Paper, ...]
    replaced: tuple[Paper, ...]

    @property
    def wants_paper(self) -> bool:
        return self.item.purpose == AgendaItem.Purpose.DECIDE and not self.papers


def items(meeting: Meeting) -> list[Item]:
    """Three queries, none where `meetings.loaded` has loaded them."""
    found = []
    prefetch_related_objects([meeting], meetings.WITH_PAPERS)
    for number, item in enumerate(meeting.items.all(), start=1):
        force = meetings.papers_in_force(item)
        replaced = [paper for paper in item.papers.all() if paper not in force]
        found.append(Item(number, item, tuple(force), tuple(reversed(replaced))))
    return found


def lede(meeting: Meeting, on: dt.date) -> str:
    """Where the meeting stands, and what is missing for it. Needs what `meetings.loaded` loads."""
    if meeting.is_cancelled:
        return f"Called off: {meeting.cancelled_because}"
    if meeting.is_held:
        return f"Held on {written.day(meeting.day)}."
    if meeting.day < on:
        return "It is over. Nobody has recorded yet who was there and what was said."
    days = (meeting.day - on).days
    when = f"In {written.in_words(days)} day{'' if days == 1 else 's'}" if days else "Today"
    return " ".join([f"{when}, {clock(meeting)}.", *_missing(meeting, on)])


def _missing(meeting: Meeting, on: dt.date) -> list[str]:
    bare, by = len(meetings.without_paper(meeting)), meetings.deadline(meeting)
    too_late = [f"{meetings.TOO_LATE}."] if by < on else []
    if not meeting.items.all():
        return [
            f"There is no agenda yet. Papers were due on {written.day(by)}." if too_late else "There is no agenda yet.",
            *too_late,
        ]
    if not bare:
        return []
    what = "One item to decide has" if bare == 1 else f"{written.in_words(bare).capitalize()} items to decide have"
    return [f"{what} no paper, {'which was' if by < on else 'which is'} due on {written.day(by)}.", *too_late]


def clock(meeting: Meeting) -> str:
    """ "10:00 to 12:00", London time."""
    ends = f" to {written.clock(meeting.ends_at)}" if meeting.ends_at else ""
    return f"{written.clock(meeting.starts_at)}{ends}"


def facts(meeting: Meeting) -> list[Row]:
    """When and where; its kind stands above the heading."""
    rows = [
        Row("When", f"{written.day(meeting.day)}, {clock(meeting)}"),
        Row("Where", meeting.place or "Not said yet"),
    ]
    if meeting.quarter:
        rows.append(Row("Figures", f"{meeting.quarter} ({meeting.quarter.months})"))
    return rows


@dataclass(frozen=True)
class There:
    """Somebody as the page lists them: "Dana Reid, Superintendent, for Owen Tranter"."""

    name: str
    besides: str  # post, organisation, for whom


def attendance_groups(rows: Iterable[Attendance], on: dt.date) -> list[tuple[str, list[There]]]:
    """("Present", those), ("Guests", those), ("Apologies", those), ("Absent", those); groups without anybody are left out."""
    groups: dict[str, list[There]] = {"Present": [], "Guests": [], "Apologies": [], "Absent": []}
    for row in rows:
        is_guest = row.membership_id is None and not row.stands_in_for
        called = "Guests" if is_guest else str(Presence(row.presence).label)
        besides = [
            row.post,
            attendance.organisation_name(row, on),
            f"for {row.stands_in_for}" if row.stands_in_for else "",
        ]
        post_alone = row.post == row.name
        groups[called].append(There(row.name, ", ".join(part for part in besides[post_alone:] if part)))
    return [(called, some) for called, some in groups.items() if some]
