"""What pages and others ask of meetings: the next one, by when its papers are due, what is missing for it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from accounts.models import User
from governance import notice, standing
from governance.models import AgendaItem, Body, Meeting, Paper
from lib import written
from lib.working_days import is_working_day

Purpose = AgendaItem.Purpose


def deadline(meeting: Meeting) -> dt.date:
    """By when its papers are to be out. Needs the body loaded."""
    return notice.deadline(meeting.day, meeting.body.paper_days)


def counted(meeting: Meeting) -> str:
    """The deadline and how it was counted, in a sentence."""
    clear, day = meeting.body.paper_days, deadline(meeting)
    if not clear:
        return f"Papers are to be out by {written.day(day)}, the working day before the meeting."
    days = "1 clear working day lies" if clear == 1 else f"{clear} clear working days lie"
    free = _bank_holidays(day, meeting.day)
    besides = f" and the bank holiday{'' if len(free) == 1 else 's'} on {written.listed(free)}" if free else ""
    return (
        f"Papers are to be out by {written.day(day)}, so that {days} between that day and the meeting. "
        f"Neither of the two is counted, nor are weekends{besides}."
    )


def _bank_holidays(first: dt.date, last: dt.date) -> list[str]:
    between = (first + dt.timedelta(days=n) for n in range(1, (last - first).days))
    return [written.day_short(day) for day in between if day.weekday() < 5 and not is_working_day(day)]


TOO_LATE = "That day has passed: a paper needs reasons for its urgency"
WITH_PAPERS = "items__papers__published_by"  # items come in the order of the agenda, papers as they came out


def loaded(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """With all that `missing` asks, in four queries for any number of meetings."""
    return meetings.select_related("body").prefetch_related(WITH_PAPERS)


def papers_in_force(item: AgendaItem) -> list[Paper]:
    """Those that no later one replaces. Needs the item's papers loaded."""
    papers = list(item.papers.all())
    replaced = {paper.replaces_id for paper in papers}
    return [paper for paper in papers if paper.pk not in replaced]


def without_paper(meeting: Meeting) -> list[AgendaItem]:
    """Items to decide that have no paper yet. Needs items and papers loaded."""
    return [item for item in meeting.items.all() if item.purpose == Purpose.DECIDE and not item.papers.all()]


def missing(meeting: Meeting, on: dt.date) -> list[str]:
    """What still has to be done about it, in words; nothing where it was called off. Needs its body, items and papers loaded."""
    if meeting.is_cancelled:
        return []
    if meeting.is_held:
        is_open = meeting.kind == Meeting.Kind.PUBLIC and not meeting.made_known
        return ["How what was discussed was made known"] if is_open else []
    if meeting.day < on:
        return ["Who was there, and the minutes"]
    bare = len(without_paper(meeting))
    if not meeting.items.all():
        wanted = "The agenda"
    elif bare:
        wanted = f"A paper for {written.in_words(bare)} item{'' if bare == 1 else 's'} to decide"
    else:
        return []
    return [f"{wanted}. {TOO_LATE}" if deadline(meeting) < on else wanted]


# ---------------------------------------------------------------- the list


@dataclass(frozen=True)
class Listed:
    """A meeting as the list shows it. `papers_by` is None where none are waited for any more."""

    meeting: Meeting
    papers_by: dt.date | None
    is_late: bool  # the deadline is over, and something to decide has no paper
    missing: tuple[str, ...]
    state: str  # of one that is over, in words: "Held", "Called off: the chair is away", "Not recorded yet"


def listed(meetings: Iterable[Meeting], on: dt.date) -> list[Listed]:
    """Needs what `loaded` loads."""
    found = []
    for meeting in meetings:
        waits = not meeting.is_cancelled and not meeting.is_held and meeting.day >= on
        by = deadline(meeting) if waits else None
        late = by is not None and by < on and bool(without_paper(meeting))
        found.append(Listed(meeting, by, late, tuple(missing(meeting, on)), _state(meeting)))
    return found


def _state(meeting: Meeting) -> str:
    if meeting.is_cancelled:
        return f"Called off: {meeting.cancelled_because}"
    return "Held" if meeting.is_held else "Not recorded yet"


def by_month(rows: Iterable[Listed]) -> list[tuple[str, list[Listed]]]:
    """("May 2018", rows), in the order in which they come."""
    grouped = groupby(rows, key=lambda row: f"{row.meeting.day:%B %Y}")
    return [(month, list(some)) for month, some in grouped]


def lede(coming: Sequence[Listed], on: dt.date, *, sees_all: bool = True) -> str:
    """ "The next is on Thursday 24 May 2018: CSP Executive." """
    planned = [row.meeting for row in coming if not row.meeting.is_cancelled]
    if not planned:
        return "No meeting is planned." if sees_all else "No meeting that is open to you is planned."
    first, late = planned[0], sum(row.is_late for row in coming)
    said = f"The next meeting is {'today' if first.day == on else f'on {written.day(first.day)}'}: {first.body.short_name}."
    if not late:
        return said
    return f"{said} Papers for {written.in_words(late)} meeting{'' if late == 1 else 's'} are late."


def runs_any(user: User) -> bool:
    """Whether there is a body whose meetings they may run."""
    its = standing.of(user)
    return bool(its.acts_as_chair | its.supports) or user.has_perm("governance.run_meetings")


def run_by(user: User, on: dt.date) -> QuerySet[Body]:
    """The bodies whose meetings somebody may run: all for the partnership team, their own for chairs and support officers."""
    bodies = Body.objects.standing(on)
    if user.has_perm("governance.run_meetings"):
        return bodies
    its = standing.of(user)
    return bodies.filter(pk__in=its.acts_as_chair | its.supports)
