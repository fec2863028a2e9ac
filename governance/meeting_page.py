"""What the page of one meeting shows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

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
    """Two queries, three with the names of who published."""
    found = []
    held = meeting.items.order_by("order", "pk").prefetch_related("papers__published_by")
    for number, item in enumerate(held, start=1):
        force = meetings.papers_in_force(item)
        replaced = [paper for paper in item.papers.all() if paper not in force]
        found.append(Item(number, item, tuple(force), tuple(reversed(replaced))))
    return found


def when(meeting: Meeting) -> str:
    """ "Thursday 24 May 2018, 10:00 to 12:00", London time."""
    ends = f" to {written.clock(meeting.ends_at)}" if meeting.ends_at else ""
    return f"{written.day(meeting.day)}, {written.clock(meeting.starts_at)}{ends}"


def lede(meeting: Meeting, on: dt.date) -> str:
    """Where the meeting stands, in a sentence."""
    if meeting.is_cancelled:
        return f"Called off: {meeting.cancelled_because}"
    if meeting.is_held:
        return f"Held on {written.day(meeting.day)}."
    if meeting.day < on:
        return f"It was to be on {written.day(meeting.day)}. Nobody has recorded yet who was there and what was said."
    if meeting.day == on:
        return f"Today, {when(meeting).partition(', ')[2]}."
    days = (meeting.day - on).days
    return f"{when(meeting)}: in {written.in_words(days)} day{'' if days == 1 else 's'}."


def facts(meeting: Meeting) -> list[Row]:
    rows = [
        Row("Kind", meeting.get_kind_display()),
        Row("When", when(meeting)),
        Row("Where", meeting.place or "Not said yet"),
    ]
    if meeting.quarter:
        rows.append(Row("Takes the figures of", f"{meeting.quarter} ({meeting.quarter.months})"))
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
