"""Meetings of a body: called, moved, called off; and their agenda. The dates of a quarter follow the meeting that its figures come to."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance.minuting import ItemRow
from governance.models import AgendaItem, Body, Meeting
from indicators import actions as indicators_actions
from indicators.models import Round
from lib import written
from lib.editing import Stale, write
from lib.quarters import Quarter

THIS = "This meeting"
NO_SUCH_TIME = "There is no such time on that day: the clocks go forward"
MOST_ITEMS = 40

audit.kinds(
    {
        "meeting_added": "Meeting added",
        "meeting_changed": "Meeting changed",
        "meeting_called_off": "Meeting called off",
        "agenda_changed": "Agenda changed",
    }
)


@transaction.atomic
def add(
    body: Body,
    *,
    kind: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime | None,
    place: str,
    quarter: Quarter | None,
    by: User,
) -> Meeting:
    """Call a meeting. One of the CSP Executive may be that to which the figures of a quarter come: the dates of its round follow it."""
    hold(body)
    meeting = Meeting(body=body, kind=kind, starts_at=starts_at, ends_at=ends_at, place=place.strip(), quarter=quarter)
    _check(meeting)
    meeting.save(force_insert=True)
    audit.record("meeting_added", meeting, by=by, changes=audit.changes({}, facts(meeting)))
    _follow(quarter, meeting.day, by)
    return meeting


@transaction.atomic
def change(
    meeting: Meeting,
    *,
    kind: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime | None,
    place: str,
    quarter: Quarter | None,
    version: int,
    by: User,
) -> Meeting:
    """Move a planned meeting, or change what else is said of it. Saying what is said already changes nothing and leaves no trace."""
    hold(meeting.body)
    stands = _standing(meeting, version)
    before, was = facts(stands), stands.quarter
    fields = {"kind": kind, "starts_at": starts_at, "ends_at": ends_at, "place": place.strip(), "quarter": quarter}
    for name, value in fields.items():
        setattr(stands, name, value)
    changes = audit.changes(before, facts(stands))
    if not changes:
        return meeting
    _check(stands)
    write(meeting, version=version, what=THIS, **fields)
    audit.record("meeting_changed", meeting, by=by, changes=changes)
    if was is not None and was != quarter:
        _follow(was, None, by)
    _follow(quarter, meeting.day, by)
    return meeting


@transaction.atomic
def call_off(meeting: Meeting, *, reason: str, version: int, by: User) -> Meeting:
    """It will not take place. It stays on the record with the reason; the dates of its quarter go back to what they are without a meeting."""
    hold(meeting.body)
    stands = _standing(meeting, version)
    if not reason.strip():
        raise ValidationError({"reason": "Say why the meeting is called off"})
    write(meeting, version=version, what=THIS, state=Meeting.State.CANCELLED, cancelled_because=reason.strip())
    audit.record("meeting_called_off", meeting, by=by, comment=reason.strip())
    _follow(stands.quarter, None, by)
    return meeting


@transaction.atomic
def set_agenda(meeting: Meeting, *, rows: Sequence[ItemRow], version: int, by: User) -> Meeting:
    """The agenda as it now is, in the order of `rows`. Those left out are taken off, unless a paper is there for them."""
    hold(meeting.body)
    _standing(meeting, version)
    if len(rows) > MOST_ITEMS:
        raise ValidationError(f"An agenda holds at most {MOST_ITEMS} items")
    held = {item.pk: item for item in meeting.items.prefetch_related("papers")}
    kept = {row.pk for row in rows if row.pk is not None}
    if kept - set(held):
        raise Stale(THIS)
    for item in (item for pk, item in held.items() if pk not in kept):
        if item.papers.all():
            raise ValidationError(f"“{item.title}” has a paper, so it stays on the agenda")
    before = _agenda(meeting)
    AgendaItem.objects.filter(meeting=meeting).exclude(pk__in=kept).delete()
    for place, row in enumerate(rows, start=1):
        fields = {"order": place, "title": row.title, "purpose": row.purpose, "presenter": row.presenter}
        if row.pk is None:
            AgendaItem.objects.create(meeting=meeting, **fields)
        else:
            AgendaItem.objects.filter(pk=row.pk).update(**fields)
    after = _agenda(meeting)
    if after != before:
        write(meeting, version=version, what=THIS)
        audit.record("agenda_changed", meeting, by=by, changes=[audit.change("Agenda", before, after)])
    return meeting


def hold(body: Body) -> None:
    """Whatever changes a body's meetings or the numbers of its decisions does so one at a time; always the first row that is locked."""
    Body.objects.select_for_update().get(pk=body.pk)


def facts(meeting: Meeting) -> dict[str, object]:
    """A meeting as the trail tells it, in London time."""
    return {
        "Kind": meeting.get_kind_display(),
        "Starts": written.moment(meeting.starts_at),
        "Ends": written.moment(meeting.ends_at),
        "Place": meeting.place,
        "Takes the figures of": meeting.quarter,
    }


def _standing(meeting: Meeting, version: int) -> Meeting:
    """The row as it is now. Refuses one that has moved on, was held, or was called off."""
    stands = Meeting.objects.select_related("body").get(pk=meeting.pk)
    if stands.version != version:
        raise Stale(THIS)
    if stands.is_held:
        raise ValidationError("The meeting was held, so this stays as it is")
    if stands.is_cancelled:
        raise ValidationError("The meeting was called off, so this stays as it is")
    return stands


def _check(meeting: Meeting) -> None:
    if timezone.is_naive(meeting.starts_at):
        raise TypeError("A meeting starts at a moment, with its time zone")
    if meeting.quarter is not None and meeting.body.kind != Body.Kind.EXECUTIVE:
        raise ValidationError({"quarter": "The figures of a quarter come to the CSP Executive’s meeting"})
    others = Meeting.objects.standing().exclude(pk=meeting.pk)
    if others.filter(body=meeting.body, starts_at=meeting.starts_at).exists():
        raise ValidationError({"starts": f"{meeting.body} has a meeting at that time already"})
    if meeting.quarter is not None and (other := others.filter(quarter=meeting.quarter).first()):
        taken = f"The figures of {meeting.quarter} go to the meeting on {written.day_year(other.day)} already"
        raise ValidationError({"quarter": taken})
    if meeting.ends_at is not None and meeting.ends_at <= meeting.starts_at:
        raise ValidationError({"ends": "The meeting must end after it starts"})


def _follow(quarter: Quarter | None, day: dt.date | None, by: User) -> None:
    """Move the dates of the quarter that its figures' meeting decides; those set by hand stay. Nothing where it isn't opened yet."""
    if quarter is not None and (round_ := Round.objects.filter(quarter=quarter).first()):
        indicators_actions.reschedule(round_, executive_meets_on=day, by=by)


def _agenda(meeting: Meeting) -> str:
    items = AgendaItem.objects.filter(meeting=meeting).order_by("order", "pk")
    return "; ".join(
        f"{place}. {item.title} ({item.get_purpose_display().lower()}{', ' if item.presenter else ''}{item.presenter})"
        for place, item in enumerate(items, start=1)
    )
