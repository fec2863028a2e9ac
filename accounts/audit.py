"""The audit trail: one explicit line inside each action, and what the pages ask of it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection, models

from accounts.models import AuditEvent, User
from accounts.models.audit import AuditEventQuerySet as Events

# What an event is called on screen, by its code. An unknown code is a bug, so `record` refuses it. Each app adds its own with
# `kinds`, next to its actions.
KINDS: dict[str, str] = {}
NOTHING = "nothing"
AT_ONCE = 1_000  # events in one statement


def kinds(new: Mapping[str, str]) -> None:
    """Make codes known, with the words for the screen: {"return_submitted": "Return submitted"}."""
    for code, words in new.items():
        if KINDS.setdefault(code, words) != words:
            raise ValueError(f"Audit kind {code!r} is already {KINDS[code]!r}")


def change(what: str, was: object, now: object) -> dict[str, str]:
    """One line of "from what to what", in readable text; None and "" read as "nothing"."""
    return {"what": what, "was": _text(was), "now": _text(now)}


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> list[dict[str, str]]:
    """The lines for the values that differ, in the order of `after`; keys are the words people read."""
    return [change(what, before.get(what), now) for what, now in after.items() if before.get(what) != now]


def _text(value: object) -> str:
    return NOTHING if value is None or value == "" else str(value)


class Entry(NamedTuple):
    """One of several events: what was done, to what, from what to what, and why."""

    kind: str
    subject: models.Model
    changes: Sequence[Mapping[str, str]] = ()
    comment: str = ""


def record(
    kind: str,
    subject: models.Model,
    *,
    by: User | None,
    changes: Iterable[Mapping[str, str]] = (),
    comment: str = "",
    outsider: str = "",
) -> AuditEvent:
    """Write one event, inside the action's transaction. `by=None` means that the schedule or a command did it, or an `outsider` who has no account."""
    event = _event(Entry(kind, subject, list(changes), comment), by)
    if by is None and outsider:
        event.actor_label, event.scheduled = outsider[:250], False
    event.save(force_insert=True)
    return event


def record_several(entries: Iterable[Entry], *, by: User | None) -> int:
    """Write many events with few statements, each as `record` would; how many there were."""
    left, count = iter(entries), 0
    while some := [_event(entry, by) for entry in islice(left, AT_ONCE)]:
        AuditEvent.objects.bulk_create(some)
        count += len(some)
    return count


def _event(entry: Entry, by: User | None) -> AuditEvent:
    if entry.kind not in KINDS:
        raise ValueError(f"Unknown audit kind {entry.kind!r}")
    subject = entry.subject
    return AuditEvent(
        kind=entry.kind,
        actor=by,
        actor_label=by.label if by else "The system",
        scheduled=by is None,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=str(subject)[:250],
        subject_version=getattr(subject, "version", None),
        changes=list(entry.changes),
        comment=entry.comment,
    )


def history(subject: models.Model) -> Events:
    """Everything that happened to one record, newest first."""
    return AuditEvent.objects.about(subject._meta.label_lower, subject.pk)


RECENT = 1_000  # ids that are looked at for events which were given theirs earlier and committed later


def trail_version() -> str:
    """A text that changes with everything recorded, for what is kept ready until then. One query.

    Every action writes its event in its own transaction, so what is kept under this version holds all that had been committed when it was
    read: read it first, then what is to be kept. Events commit in another order than that of their ids, so the greatest id alone would
    miss one that comes late: the number of events among the last thousand ids tells of it. The moment of the newest tells a database that
    was brought back from a backup, and then went another way, from what it was before.
    """
    table = connection.ops.quote_name(AuditEvent._meta.db_table)
    with connection.cursor() as cursor:  # the ORM takes longer to word this than the database to answer it
        cursor.execute(
            f"SELECT MAX(id), COUNT(*), MAX(at) FROM {table} WHERE id > (SELECT MAX(id) FROM {table}) - %s", [RECENT]
        )
        return "-".join(map(str, cursor.fetchone()))


def newest_at() -> dt.datetime | None:
    """The moment of the newest event, by the clock of whoever wrote it; None while there is none."""
    return AuditEvent.objects.aggregate(newest=models.Max("at"))["newest"]


@dataclass(frozen=True)
class Line:
    """An event as a page shows it, without looking anything up: `words` is what was done, `changes` from what to what."""

    at: dt.datetime
    who: str
    words: str
    subject: str
    changes: list[str]  # "Post: Analyst → Senior analyst", or "Post: Analyst" where there was nothing before
    comment: str


def lines(events: Iterable[AuditEvent]) -> list[Line]:
    """Events in the words of the screen."""
    return [
        Line(
            at=event.at,
            who=event.actor_label,
            words=KINDS.get(event.kind, event.kind),
            subject=event.subject_label,
            changes=[_in_words(**line) for line in event.changes],
            comment=event.comment,
        )
        for event in events
    ]


def _in_words(what: str, was: str, now: str) -> str:
    return f"{what}: {now}" if was == NOTHING else f"{what}: {was} → {now}"


def narrow(events: Events, *, by: str, kind: str, q: str, first: dt.date | None, last: dt.date | None) -> Events:
    """The events that match; `by` is a person's id, "system" or empty, `q` part of what it was done to. Empty values ask for nothing."""
    if by == "system":
        events = events.filter(actor__isnull=True)
    elif by:
        events = events.filter(actor=by)
    if kind:
        events = events.filter(kind=kind)
    if q:
        events = events.filter(subject_label__icontains=q)
    if first:
        events = events.since_day(first)
    return events.until_day(last) if last else events


def since(subject: models.Model, version: int) -> list[AuditEvent]:
    """What was done to a record after the version a form was opened at, oldest first: for the lost-edit guard."""
    events: Any = history(subject).filter(subject_version__gt=version).order_by("at", "pk")
    return list(events)
