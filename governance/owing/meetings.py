"""What bodies and their meetings want of whom: what arose, decisions to be seen to, and papers for what is to be decided."""

import datetime as dt

from accounts.models import User
from governance import asking, meetings
from governance.models import Decision, Meeting, Membership, Undertaking
from lib import written
from lib.owed import Owed, stage

BEFORE = dt.timedelta(days=7)  # papers are asked for from a week before their deadline
FURTHEST = dt.timedelta(days=60)  # no deadline for papers lies further before its meeting


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """All that is owed on that day, by its owner; by NOBODY where no person is named or that person has left. With `person` only theirs.

    Papers are owed by the body's support officers, without one by its chair, else by NOBODY. At most six queries.
    """
    return sorted([*_arising(on, person), *_decisions(on, person), *_papers(on, person)])


def _arising(on: dt.date, person: User | None) -> list[Owed]:
    found = Undertaking.objects.open().filter(kind=Undertaking.Kind.ARISING).select_related("owner", "body")
    if person is not None:
        found = found.filter(owner=person)
    return [
        Owed(
            one.due_on,
            asking.holder(one.owner),
            f"governance.undertaking:{one.pk}",
            stage(one.due_on, on),
            f"Action arising, {one.body.short_name}: {one.text}",
            "governance:undertaking-list",
        )
        for one in found
    ]


def _decisions(on: dt.date, person: User | None) -> list[Owed]:
    found = Decision.objects.not_done().select_related("owner", "body")
    if person is not None:
        found = found.filter(owner=person)
    return [
        Owed(
            one.due_on,
            asking.holder(one.owner),
            f"governance.decision:{one.pk}",
            stage(one.due_on, on),
            f"Decision {one.reference}: {_short(one.text)}",
            "governance:decision-detail",
            (one.pk,),
        )
        for one in found
    ]


def _papers(on: dt.date, person: User | None) -> list[Owed]:
    planned = Meeting.objects.filter(state=Meeting.State.PLANNED).from_day(on).before_day(on + FURTHEST)
    if person is not None:
        planned = planned.filter(body__in=Membership.objects.in_force(on).of(person).values("body"))
    wanting = [
        (meeting, bare, by)
        for meeting in meetings.loaded(planned)
        if (bare := meetings.without_paper(meeting)) and (by := meetings.deadline(meeting)) - BEFORE <= on
    ]
    people = asking.people({meeting.body_id for meeting, _, _ in wanting}, on)
    return [
        Owed(
            by,
            who,
            f"governance.meeting:{meeting.pk}:papers",
            stage(by, on),
            f"{_count(len(bare))} for {meeting.body.short_name}, {written.day_year(meeting.day)}",
            "governance:meeting-detail",
            (meeting.pk,),
        )
        for meeting, bare, by in wanting
        for who in people.drafting(meeting.body_id)
        if person is None or who == person.pk
    ]


def _count(bare: int) -> str:
    return "A paper to decide on" if bare == 1 else f"{written.in_words(bare).capitalize()} papers to decide on"


def _short(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:99].rstrip()}…"
