"""Who is away and who stands in for them, as pages say it; and who holds roles for the whole of some days."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from accounts.models import Absence, RoleGrant, User
from accounts.models.user import UserQuerySet
from lib import written


@dataclass(frozen=True)
class Notes:
    """What one person should know: `own` about being away, `for_others` about standing in."""

    own: tuple[str, ...]
    for_others: tuple[str, ...]


def period(first: dt.date, last: dt.date) -> str:
    """ "on 27 April 2018", "from 16 to 27 April 2018", "from 16 April to 4 May 2018", "from 20 December 2018 to 4 January 2019"."""
    if first == last:
        return f"on {written.day_year(first)}"
    if first.year != last.year:
        return f"from {written.day_year(first)} to {written.day_year(last)}"
    begun = f"{first.day}" if first.month == last.month else written.day_short(first)
    return f"from {begun} to {written.day_year(last)}"


def of(person: User, on: dt.date) -> list[Absence]:
    """This person's own, now or later, in order of time. One query."""
    return list(Absence.objects.not_over(on).filter(person=person).select_related("deputy").order_by("starts_on"))


def stood_in_by(deputy: User, on: dt.date) -> list[Absence]:
    """Those in which this person stands in, now or later. One query."""
    return list(Absence.objects.not_over(on).filter(deputy=deputy).select_related("person").order_by("starts_on"))


def notes(person: User, on: dt.date) -> Notes:
    """Two queries."""
    return Notes(
        own=tuple(_own(absence, on) for absence in of(person, on)),
        for_others=tuple(_for_other(absence, on) for absence in stood_in_by(person, on)),
    )


def _own(absence: Absence, on: dt.date) -> str:
    if absence.starts_on > on:
        return f"You are away {period(absence.starts_on, absence.ends_on)}. {absence.deputy.name} stands in."
    until = written.day_year(absence.ends_on)
    return f"You are away until {until}. {absence.deputy.name} does what you owe, and you still can."


def _for_other(absence: Absence, on: dt.date) -> str:
    if absence.starts_on > on:
        return f"You stand in for {absence.person.name} {period(absence.starts_on, absence.ends_on)}."
    until = written.day_year(absence.ends_on)
    return f"You stand in for {absence.person.name}, who is away until {until}. What they owe stands in your list."


def able(roles: Collection[str], first: dt.date, last: dt.date, *, people: UserQuerySet) -> list[User]:
    """Those of these people who are here, hold every one of the roles on each of the days and are not away on any. Three queries.

    No roles at all ask for nothing.
    """
    away = set(_between(first, last).values_list("person", flat=True))
    grants = RoleGrant.objects.not_over(first).filter(role__in=roles, starts_on__lte=last)
    held: dict[tuple[int, str], list[RoleGrant]] = {}
    for grant in grants.order_by("starts_on"):
        held.setdefault((grant.user_id, grant.role), []).append(grant)
    return [
        person
        for person in people.active().select_related("organisation").prefetch_related("organisation__names")
        if person.pk not in away and all(_throughout(held.get((person.pk, role), ()), first, last) for role in roles)
    ]


def lacking(person: User, roles: Collection[str], first: dt.date, last: dt.date) -> list[str]:
    """Which of these roles this person does not hold on each of the days, as on screen: ["data lead"]."""
    found = []
    for role in roles:
        grants = RoleGrant.objects.filter(user=person, role=role).order_by("starts_on")
        if not _throughout(grants, first, last):
            found.append(written.in_sentence(RoleGrant.Role(role).label))
    return found


def _throughout(grants: Iterable[RoleGrant], first: dt.date, last: dt.date) -> bool:
    """Whether these grants, in order of time, leave out none of the days."""
    day = first
    for grant in grants:
        if grant.starts_on > day:
            return False
        if grant.ends_on is None or grant.ends_on >= last:
            return True
        day = max(day, grant.ends_on + dt.timedelta(days=1))
    return False


def _between(first: dt.date, last: dt.date):
    return Absence.objects.not_over(first).filter(starts_on__lte=last)


def overlapping(
    first: dt.date, last: dt.date, *, person: User | None = None, deputy: User | None = None
) -> Absence | None:
    """The first absence of that person, or in which that deputy stands in, that shares a day with these."""
    found = _between(first, last).select_related("person", "deputy").order_by("starts_on")
    if person is not None:
        found = found.filter(person=person)
    return (found.filter(deputy=deputy) if deputy is not None else found).first()
