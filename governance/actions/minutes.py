"""What happened at a meeting: who was there, what was said in short, what was decided, what arose."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.models import User
from governance.actions import decisions, undertakings
from governance.actions.meetings import THIS, hold
from governance.minuting import GuestHere, MemberHere, Minutes, NewInterest
from governance.models import AgendaItem, Attendance, Interest, Meeting, Membership
from lib import written
from lib.editing import Stale, write

Presence = Attendance.Presence

audit.kinds(
    {
        "attendance_taken": "Attendance recorded",
        "minutes_saved": "Minutes saved",
        "interest_declared": "Interest declared",
    }
)


@transaction.atomic
def take_attendance(
    meeting: Meeting,
    *,
    members: Sequence[MemberHere],
    guests: Sequence[GuestHere],
    version: int,
    on: dt.date,
    by: User,
) -> Meeting:
    """Who was there, instead of what was said before. From then on the meeting counts as held. `on` is today.

    Who came for a member, and guests, have rows of their own; a stand-in speaks for the member's organisation.
    """
    hold(meeting.body)
    _refuse(meeting, version, on)
    places = {
        one.pk: one
        for one in Membership.objects.filter(
            body=meeting.body, pk__in=[row.membership_id for row in members]
        ).select_related("user")
    }
    before = _present(meeting)
    rows = [row for one in members for row in _rows(meeting, places[one.membership_id], one)]
    rows += [
        Attendance(
            meeting=meeting,
            name=guest.name,
            post=guest.post,
            organisation_id=guest.organisation_id,
            presence=Presence.PRESENT,
        )
        for guest in guests
    ]
    _refuse_twice(rows)
    Attendance.objects.filter(meeting=meeting).delete()
    Attendance.objects.bulk_create(rows)
    changes = [
        audit.change(what, before.get(what), now) for what, now in _present(meeting).items() if now != before.get(what)
    ]
    changes += [audit.change(what, was, "") for what, was in before.items() if what not in {row.name for row in rows}]
    if changes or not meeting.is_held:
        write(meeting, version=version, what=THIS, state=Meeting.State.HELD)
        audit.record("attendance_taken", meeting, by=by, changes=changes)
    return meeting


@transaction.atomic
def write_up(meeting: Meeting, *, minutes: Minutes, version: int, on: dt.date, by: User) -> Meeting:
    """Save what was written, and record what is new: decisions get their numbers, actions arising their owners. It counts as held from then on."""
    hold(meeting.body)
    _refuse(meeting, version, on)
    items = {item.pk: item for item in meeting.items.all()}
    if set(minutes.items) - set(items):
        raise Stale(THIS)
    changes = _write_items(meeting, items, minutes)
    fields = {"minutes": minutes.beyond.strip(), "made_known": minutes.made_known.strip()}
    changes += audit.changes(
        {"Beyond the items": meeting.minutes, "Made known": meeting.made_known},
        {"Beyond the items": fields["minutes"], "Made known": fields["made_known"]},
    )
    anything_new = minutes.decisions or minutes.arising or minutes.interests
    if not changes and not anything_new and meeting.is_held:
        return meeting
    write(meeting, version=version, what=THIS, state=Meeting.State.HELD, **fields)
    audit.record("minutes_saved", meeting, by=by, changes=changes)
    for interest in minutes.interests:
        _declare(meeting, interest, items, by)
    for decision in minutes.decisions:
        decisions.record(
            meeting.body,
            text=decision.text,
            reason=decision.reason,
            decided_on=meeting.day,
            meeting=meeting,
            item=items.get(decision.item_id or 0),
            owner=decision.owner,
            owner_post=decision.owner_post,
            due_on=decision.due_on,
            by=by,
        )
    for arising in minutes.arising:
        undertakings.add(
            meeting.body,
            text=arising.text,
            due_on=arising.due_on,
            owner=arising.owner,
            owner_post=arising.owner_post,
            meeting=meeting,
            by=by,
        )
    return meeting


def _refuse(meeting: Meeting, version: int, on: dt.date) -> None:
    stands = Meeting.objects.get(pk=meeting.pk)
    if stands.version != version:
        raise Stale(THIS)
    if stands.is_cancelled:
        raise ValidationError("The meeting was called off")
    if stands.day > on:
        raise ValidationError(
            f"The meeting is on {written.day(stands.day)}: what happened there is recorded on that day or later"
        )


def _write_items(meeting: Meeting, items: dict[int, AgendaItem], minutes: Minutes) -> list[dict[str, str]]:
    changes = []
    for pk, text in minutes.items.items():
        if text.strip() != items[pk].minute:
            changes.append(audit.change(items[pk].title, items[pk].minute, text.strip()))
            AgendaItem.objects.filter(pk=pk).update(minute=text.strip())
    if title := minutes.another_item.strip():
        last: int = meeting.items.aggregate(last=Max("order"))["last"] or 0
        AgendaItem.objects.create(meeting=meeting, order=last + 1, title=title)
        changes.append(audit.change("Item taken besides", "", title))
    return changes


def _declare(meeting: Meeting, told: NewInterest, items: dict[int, AgendaItem], by: User) -> None:
    interest = Interest.objects.create(
        meeting=meeting,
        item=items.get(told.item_id or 0),
        name=told.name,
        nature=told.nature,
        took_no_part=told.took_no_part,
        recorded_by=by,
    )
    part = "Took no part" if told.took_no_part else "Took part"
    about = interest.item.title if interest.item else "The whole meeting"
    audit.record("interest_declared", interest, by=by, changes=audit.changes({}, {"In": about, "Part": part}))


def _rows(meeting: Meeting, place: Membership, told: MemberHere) -> list[Attendance]:
    """The row of a member, and that of who came for them. Nothing where nothing was said."""
    organisation = place.organisation_id or (place.user.organisation_id if place.user else None)
    called = place.name or place.post
    presence, rows = told.presence, []
    if told.stand_in and presence == Presence.PRESENT:
        raise ValidationError(f"{called} was present, so nobody came instead: leave one of the two out")
    if told.stand_in and not presence:
        presence = Presence.APOLOGIES
    if presence:
        rows.append(
            Attendance(
                meeting=meeting,
                membership=place,
                name=called,
                post=place.post,
                organisation_id=organisation,
                presence=presence,
            )
        )
    if told.stand_in:
        rows.append(
            Attendance(
                meeting=meeting,
                name=told.stand_in,
                organisation_id=organisation,
                presence=Presence.PRESENT,
                stands_in_for=called,
            )
        )
    return rows


def _refuse_twice(rows: Sequence[Attendance]) -> None:
    """One person has one row among those who are no members."""
    seen: set[str] = set()
    for row in rows:
        if row.membership_id is None:
            if row.name in seen:
                raise ValidationError(f"{row.name} is on the list twice")
            seen.add(row.name)


def _present(meeting: Meeting) -> dict[str, str]:
    """Who was there, as the trail tells it."""
    rows = Attendance.objects.filter(meeting=meeting)
    return {
        row.name: row.get_presence_display() + (f" for {row.stands_in_for}" if row.stands_in_for else "")
        for row in rows
    }
