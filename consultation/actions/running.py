"""The life of a consultation: opened, given longer, closed early or by midnight of its last day, and opened again."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from consultation import readiness
from consultation.actions.setting_up import THIS, refuse_stale
from consultation.models import Consultation
from lib.editing import Stale, write
from lib.written import day_year

State = Consultation.State
LONGEST_REASON = 300

audit.kinds(
    {
        "consultation_opened": "Consultation opened",
        "consultation_extended": "Last day moved",
        "consultation_closed": "Consultation closed",
        "consultation_reopened": "Consultation opened again",
    }
)


@transaction.atomic
def open_(consultation: Consultation, *, version: int, at: dt.datetime, on: dt.date, by: User) -> Consultation:
    """From its first day the public can answer, and what it asks stays. Says all that it lacks at once."""
    refuse_stale(consultation, version)
    if not consultation.is_draft:
        raise ValidationError(f"“{consultation}” was opened already")
    if not consultation.holds_responses:
        raise ValidationError("It holds totals that were published elsewhere, so nobody can answer it")
    if lacking := readiness.lacking(consultation, on):
        raise ValidationError([one.sentence for one in lacking])
    write(consultation, version=version, what=THIS, state=State.OPEN, opened_at=at, opened_by=by)
    lines = [
        audit.change("First day", None, day_year(consultation.opens_on)),
        audit.change("Last day", None, day_year(consultation.closes_on)),
    ]
    audit.record("consultation_opened", consultation, by=by, changes=lines)
    return consultation


@transaction.atomic
def extend(
    consultation: Consultation, *, closes_on: dt.date, reason: str, version: int, on: dt.date, by: User
) -> Consultation:
    """Another last day while it is open, so that people have longer. A shorter time is closing early."""
    refuse_stale(consultation, version)
    if consultation.state != State.OPEN:
        raise ValidationError("It isn’t open, so it has no last day to move")
    errors = _last_day(consultation, closes_on, on) | _reason(reason, "Say why people get longer")
    if not errors and consultation.closes_on and closes_on <= consultation.closes_on:
        errors["closes_on"] = f"Enter a day after {day_year(consultation.closes_on)}. To end it sooner, close it"
    if errors:
        raise ValidationError(errors)
    lines = [audit.change("Last day", day_year(consultation.closes_on), day_year(closes_on))]
    write(consultation, version=version, what=THIS, closes_on=closes_on)
    audit.record("consultation_extended", consultation, by=by, changes=lines, comment=reason.strip())
    return consultation


@transaction.atomic
def close(
    consultation: Consultation, *, reason: str, version: int, at: dt.datetime, on: dt.date, by: User
) -> Consultation:
    """Before its last day is over. That day is then its last; papers that came can still be entered."""
    refuse_stale(consultation, version)
    if consultation.state != State.OPEN:
        raise ValidationError("It isn’t open, so there is nothing to close")
    if errors := _reason(reason, "Say why it closes early"):
        raise ValidationError(errors)
    opens, closes = consultation.opens_on, consultation.closes_on
    last = on if opens and closes and opens <= on < closes else closes
    lines = audit.changes({"Last day": day_year(closes)}, {"Last day": day_year(last)})
    write(consultation, version=version, what=THIS, state=State.CLOSED, closes_on=last, closed_at=at, closed_by=by)
    audit.record("consultation_closed", consultation, by=by, changes=lines, comment=reason.strip())
    return consultation


@transaction.atomic
def reopen(
    consultation: Consultation, *, closes_on: dt.date, reason: str, version: int, on: dt.date, by: User
) -> Consultation:
    """One that was closed and not analysed yet, until another last day."""
    refuse_stale(consultation, version)
    if consultation.state in (State.ANALYSED, State.PUBLISHED):
        raise ValidationError(
            "Its answers have been counted, so it stays closed. Ask anew in a consultation of its own"
        )
    if consultation.state != State.CLOSED:
        raise ValidationError("It isn’t closed, so there is nothing to open again")
    if errors := _last_day(consultation, closes_on, on) | _reason(reason, "Say why it opens again"):
        raise ValidationError(errors)
    lines = audit.changes({"Last day": day_year(consultation.closes_on)}, {"Last day": day_year(closes_on)})
    write(
        consultation,
        version=version,
        what=THIS,
        state=State.OPEN,
        closes_on=closes_on,
        closed_at=None,
        closed_by=None,
    )
    audit.record("consultation_reopened", consultation, by=by, changes=lines, comment=reason.strip())
    return consultation


@transaction.atomic
def close_those_over(*, at: dt.datetime, on: dt.date, by: User | None) -> int:
    """Close what is still called open although its last day is past. Returns how many; one that somebody gives longer meanwhile stays open."""
    closed = 0
    for consultation in Consultation.objects.over(on):
        try:
            write(consultation, version=consultation.version, state=State.CLOSED, closed_at=at, closed_by=by)
        except Stale:
            continue
        audit.record("consultation_closed", consultation, by=by, comment="Its last day was over")
        closed += 1
    return closed


def _last_day(consultation: Consultation, closes_on: dt.date, on: dt.date) -> dict[str, str]:
    opens, purge = consultation.opens_on, consultation.purge_on
    if closes_on < on:
        return {"closes_on": "Enter today or a day to come"}
    if opens and closes_on < opens:
        return {"closes_on": f"Enter a day on or after its first day, {day_year(opens)}"}
    if purge and closes_on >= purge:
        return {
            "closes_on": f"Enter a day before {day_year(purge)}: people were told that single answers are removed on that day"
        }
    return {}


def _reason(reason: str, asked: str) -> dict[str, str]:
    if not reason.strip():
        return {"reason": asked}
    if len(reason.strip()) > LONGEST_REASON:
        return {"reason": f"The reason must be {LONGEST_REASON} characters or fewer"}
    return {}
