"""Being away, with somebody who stands in."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import absences, audit
from accounts.models import Absence, User
from lib import written

LONGEST = dt.timedelta(days=366)  # twelve months, a leap year's included
AHEAD = dt.timedelta(days=366)

audit.kinds({"absence_set": "Away, with somebody standing in", "absence_withdrawn": "Absence taken back"})


@transaction.atomic
def set_absence(person: User, *, deputy: User, starts_on: dt.date, ends_on: dt.date, by: User | None) -> Absence:
    """Say that somebody is away from one day to another, both included, and who stands in. Which roles that takes is for the caller to know.

    Refused for days gone by, for more than twelve months, where one of the days is set already, and where work would be passed on twice:
    the deputy is away, or the person stands in for somebody else.
    """
    # Both rows, in one order: nobody sets another absence of either of them meanwhile.
    locked = {
        one.pk: one for one in User.objects.select_for_update().filter(pk__in=[person.pk, deputy.pk]).order_by("pk")
    }
    _check_days(starts_on, ends_on)
    if deputy.pk == person.pk:
        raise ValidationError({"deputy": "Nobody stands in for themselves. Choose somebody else"})
    if not locked[person.pk].is_active:
        raise ValidationError(f"{person.name} is no longer here. Hand over what they lead instead.")
    if not locked[deputy.pk].is_active:
        raise ValidationError({"deputy": f"{deputy.name} is no longer here. Choose somebody else"})
    if same := absences.overlapping(starts_on, ends_on, person=person):
        raise ValidationError(
            {
                "starts_on": f"{same.deputy.name} stands in for {person.name} already {absences.period(same.starts_on, same.ends_on)}. "
                "Take that back first, or choose other days"
            }
        )
    if away := absences.overlapping(starts_on, ends_on, person=deputy):
        raise ValidationError(
            {
                "deputy": f"{deputy.name} is away as well {absences.period(away.starts_on, away.ends_on)}. Choose somebody else"
            }
        )
    if other := absences.overlapping(starts_on, ends_on, deputy=person):
        raise ValidationError(
            f"{person.name} stands in for {other.person.name} {absences.period(other.starts_on, other.ends_on)}, and what they owe is not "
            f"passed on twice. Somebody else has to stand in for {other.person.name} first."
        )
    absence = Absence.objects.create(person=person, deputy=deputy, starts_on=starts_on, ends_on=ends_on, set_by=by)
    audit.record("absence_set", person, by=by, changes=[audit.change(_what(absence), None, deputy.label)])
    return absence


@transaction.atomic
def withdraw_absence(absence: Absence, *, on: dt.date, by: User) -> Absence:
    """Take it back, begun or not: the deputy stands in no longer from now on. One that is over stays as it was."""
    if absence.ends_on < on:
        raise ValidationError(f"{absence.person.name} has been back since {written.day_year(absence.ends_on)}.")
    now = timezone.now()
    standing = Absence.objects.filter(pk=absence.pk, withdrawn_at__isnull=True)
    if not standing.update(withdrawn_at=now, withdrawn_by=by):
        raise ValidationError("This has been taken back already.")
    absence.withdrawn_at, absence.withdrawn_by = now, by
    changes = [audit.change(_what(absence), absence.deputy.label, None)]
    audit.record("absence_withdrawn", absence.person, by=by, changes=changes)
    return absence


def _what(absence: Absence) -> str:
    return f"Stands in {absences.period(absence.starts_on, absence.ends_on)}"


def _check_days(starts_on: dt.date, ends_on: dt.date) -> None:
    today = timezone.localdate()
    if starts_on < today:
        raise ValidationError({"starts_on": "The first day away must be today or later"})
    if ends_on < starts_on:
        raise ValidationError({"ends_on": "The last day away must be the first day or later"})
    if starts_on - today > AHEAD:
        raise ValidationError({"starts_on": "The first day away must be within 12 months"})
    if ends_on - starts_on >= LONGEST:
        raise ValidationError({"ends_on": "Nobody is away for more than 12 months: hand over instead, for good"})
