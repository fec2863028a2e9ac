"""The public meetings of each year: at least one, with senior persons of each responsible authority there, and what was discussed made known.

Crime and Disorder (Formulation and Implementation of Strategy) Regulations 2007, SI 2007/1830, regulation 12.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from governance import attendance
from governance.models import Attendance, Meeting
from lib import written
from lib.quarters import Year
from priorities.models import Plan


@dataclass(frozen=True)
class PublicMeeting:
    """`who` names those present by authority: "the police: Dana Reid, Superintendent"."""

    meeting: Meeting
    represented: attendance.Represented
    who: tuple[str, ...]


@dataclass(frozen=True)
class OfYear:
    year: Year
    held: tuple[PublicMeeting, ...]
    planned: tuple[Meeting, ...]
    is_over: bool

    @property
    def words(self) -> str:
        """Whether the year has its public meeting, in a sentence."""
        if self.held:
            return f"{written.in_words(len(self.held)).capitalize()} held."
        if self.planned:
            return f"Planned for {written.day(self.planned[0].day)}."
        return "None was held." if self.is_over else "None is planned yet."


def by_year(plan: Plan, meetings: Iterable[Meeting], on: dt.date) -> list[OfYear]:
    """Each year of the plan that has begun, and later ones with a meeting, latest first. `meetings`: public ones in the reader's sight. Two queries."""
    public = [one for one in meetings if not one.is_cancelled]
    rows: dict[int, list[Attendance]] = defaultdict(list)
    there = Attendance.objects.filter(meeting__in=[one.pk for one in public if one.is_held])
    for row in there.select_related("organisation", "membership").order_by("pk"):
        rows[row.meeting_id].append(row)
    found = []
    for year in reversed(plan.years):
        own = [one for one in public if year.start <= one.day <= year.end]
        held = tuple(_public(one, rows[one.pk]) for one in own if one.is_held)
        planned = tuple(one for one in own if not one.is_held)
        if own or year.start <= on:
            found.append(OfYear(year, held, planned, year.end < on))
    return found


def _public(meeting: Meeting, rows: list[Attendance]) -> PublicMeeting:
    names = defaultdict(list)
    for row in rows:
        if row.presence == Attendance.Presence.PRESENT and row.organisation is not None:
            names[row.organisation.kind].append(f"{row.name}, {row.post}" if row.post else row.name)
    who = tuple(
        f"{written.capitalised(words)}: {'; '.join(names[kind])}"
        for kind, words in attendance.AUTHORITIES.items()
        if names[kind]
    )
    return PublicMeeting(meeting, attendance.represented(rows), who)
