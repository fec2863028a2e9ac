"""What consultations want of whom: that somebody sees at once to what may tell of harm."""

import datetime as dt

from django.utils import timezone

from accounts.models import Absence, RoleGrant, User
from consultation.models import Disclosure
from lib import working_days
from lib.owed import NOBODY, Owed, stage


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """Due on the working day on which it was raised, or the next one. While its owner is away or gone, every coordinator's; NOBODY's where
    there is none. With `person` only theirs. Three queries.
    """
    waiting = list(Disclosure.objects.waiting().select_related("owner", "consultation"))
    if not waiting:
        return []
    away = set(
        Absence.objects.in_force(on)
        .filter(person__in={one.owner_id for one in waiting})
        .values_list("person", flat=True)
    )
    team = list(User.objects.holding(RoleGrant.Role.COORDINATOR, on).values_list("pk", flat=True)) or [NOBODY]
    found = [
        _owed(one, who, on)
        for one in waiting
        for who in ([one.owner_id] if one.owner.is_active and one.owner_id not in away else team)
    ]
    return sorted(one for one in found if person is None or one.person_id == person.pk)


def due_on(raised_at: dt.datetime) -> dt.date:
    """The same day, or the next working day."""
    day = timezone.localdate(raised_at)
    return day if working_days.is_working_day(day) else working_days.add(day, 1)


def _owed(disclosure: Disclosure, who: int, on: dt.date) -> Owed:
    due = due_on(disclosure.raised_at)
    return Owed(
        due,
        who,
        f"consultation.disclosure:{disclosure.pk}",
        stage(due, on),
        f"A comment that may tell of harm, in “{disclosure.consultation}”",
        "consultation:disclosure-detail",
        (disclosure.pk,),
    )
