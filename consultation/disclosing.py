"""The queue of what may tell of harm, as its page says it: how long each waits, and who can be asked to see to it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import RoleGrant, User
from consultation.models import Disclosure
from consultation.owing import due_on
from lib import working_days

SEES_TO_HARM = (
    RoleGrant.Role.COORDINATOR,
    RoleGrant.Role.EXECUTIVE,
    RoleGrant.Role.MEMBER,
    RoleGrant.Role.DATA_LEAD,
    RoleGrant.Role.COMMENTARY_LEAD,
)


@dataclass(frozen=True)
class Line:
    disclosure: Disclosure
    waits: str  # "since today", "2 working days"
    is_late: bool
    why: str  # how it came here


def lines(disclosures: Iterable[Disclosure], on: dt.date) -> list[Line]:
    """Each needs `comment`, `raised_by` and `owner` loaded."""
    return [
        Line(one, _waits(one, on), one.settled_at is None and due_on(one.raised_at) < on, _why(one))
        for one in disclosures
    ]


def lede(waiting: Iterable[Line]) -> str:
    held = list(waiting)
    if not held:
        return "Nothing waits to be seen to."
    late = sum(line.is_late for line in held)
    told = f"{len(held)} comment{' waits' if len(held) == 1 else 's wait'} for somebody to see to"
    return f"{told}, {late} longer than a working day." if late else f"{told} today."


def people(on: dt.date) -> QuerySet[User]:
    """Who works here and may be asked to see to it, by name."""
    holders = RoleGrant.objects.in_force(on).filter(role__in=SEES_TO_HARM).values("user")
    return User.objects.active().filter(pk__in=holders).order_by("name", "pk")


def _waits(disclosure: Disclosure, on: dt.date) -> str:
    days = working_days.between(due_on(disclosure.raised_at), on)
    if days < 1:
        return "Since today" if timezone.localdate(disclosure.raised_at) == on else "To be seen to today"
    return f"{days} working day{'' if days == 1 else 's'}"


def _why(disclosure: Disclosure) -> str:
    return f"Raised by {disclosure.raised_by.name}" if disclosure.raised_by else "For a word in it, as it came in"
