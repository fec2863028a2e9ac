"""Requests for another format: taken from anybody, answered by the partnership team, and forgotten in time."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import actions, audit
from accounts.models import User
from lib import working_days
from lib.written import day_year
from reporting.models import FormatRequest

audit.kinds(
    {
        "format_requested": "Another format asked for",
        "format_request_answered": "Request for another format answered",
        "format_request_forgotten": "How to reach somebody removed",
    }
)
MAIL = "format_requested"
SOMEBODY = "Somebody without an account"
SHORTEST_CONTACT = 6  # letters and digits of a line: fewer may stand in any answer
State = FormatRequest.State


@transaction.atomic
def ask(
    *,
    page: str,
    wanted: str,
    formats: list[str],
    language: str,
    way: str,
    contact: str,
    note: str,
    at: dt.datetime,
    by: User | None,
) -> FormatRequest:
    """Take a request, to be answered within the promised working days. The trail and the mail hold nothing of what was typed."""
    on = timezone.localdate(at)
    asked = FormatRequest.objects.create(
        page=page,
        wanted=wanted,
        formats=formats,
        language=language,
        way=way,
        contact=contact,
        note=note,
        asked_at=at,
        due_on=working_days.add(on, settings.FORMAT_REQUEST_DAYS),
    )
    changes = audit.changes({}, {"To be answered by": day_year(asked.due_on)})
    audit.record("format_requested", asked, by=by, outsider=SOMEBODY, changes=changes)
    actions.owe_mail(settings.CONTACT_EMAIL, stage=MAIL, about=asked, cycle=asked.reference, by=by)
    return asked


@transaction.atomic
def answer(asked: FormatRequest, *, state: str, answer: str, at: dt.datetime, by: User) -> FormatRequest:
    """Say that it was sent, or why not. Once: who comes second is told who was first."""
    if state not in (State.SENT, State.DECLINED):
        raise ValidationError("Say whether it was sent or declined.")
    if not answer.strip():
        raise ValidationError({"answer": "Say what was sent, or why not"})
    if _tells(asked.contact, answer):
        raise ValidationError({"answer": "Leave out how the person is reached: this stays when that is removed"})
    written = {"state": state, "answer": answer.strip(), "answered_at": at, "answered_by": by}
    if not FormatRequest.objects.open().filter(pk=asked.pk).update(**written):
        asked.refresh_from_db()
        raise ValidationError(f"{asked.answered_by} has answered this request already.")
    asked.refresh_from_db()
    changes = audit.changes({"State": State.OPEN.label}, {"State": asked.get_state_display()})
    audit.record("format_request_answered", asked, by=by, changes=changes)
    return asked


def _tells(contact: str, answer: str) -> bool:
    """Whether a line of how somebody is reached, an address or a number in whatever spacing, stands in the answer."""

    def letters(text: str) -> str:
        return "".join(one for one in text.casefold() if one.isalnum())

    lines = [letters(line) for line in contact.splitlines()]
    return any(len(line) >= SHORTEST_CONTACT and line in letters(answer) for line in lines)


@transaction.atomic
def forget(*, at: dt.datetime, by: User | None) -> int:
    """Remove how to reach people, and what they wrote, from requests that were answered long enough ago. How many."""
    old = list(FormatRequest.objects.to_forget(at))
    FormatRequest.objects.filter(pk__in=[one.pk for one in old]).update(
        wanted="", contact="", note="", language="", forgotten_at=at
    )
    audit.record_several([audit.Entry("format_request_forgotten", one) for one in old], by=by)
    return len(old)
