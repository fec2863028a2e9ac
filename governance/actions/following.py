"""Roles that come and go with places on bodies."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from accounts.actions import follow_memberships
from accounts.models import RoleGrant, User
from governance import standing
from governance.models import Membership


@transaction.atomic
def follow(person: User, *, by: User | None) -> User:
    """Bring somebody's roles in step with their places. Called after every change of a place; safe to call again."""
    # Their row first: two bodies at once would each read the places without the other's. `no_key`: records that only name them need not wait.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    places = list(Membership.objects.of(person).select_related("body"))
    for role in RoleGrant.OF_PLACES:
        periods = [(place.starts_on, place.ends_on) for place in places if place.brings_role == role]
        follow_memberships(person, role=role, periods=periods, by=by)
    standing.forget(person)
    return person


@transaction.atomic
def follow_all(people: Iterable[User | None], *, by: User | None) -> None:
    """The same for several, always in the same order, so that nobody waits for somebody who waits for them. None is nobody."""
    for person in sorted({person for person in people if person}, key=lambda person: person.pk):
        follow(person, by=by)


@transaction.atomic
def follow_everybody(*, on: dt.date, by: User | None) -> None:
    """All who have a place on that day or later: a role given by hand may have ended since, an account been opened again."""
    follow_all(User.objects.active().filter(pk__in=Membership.objects.not_over(on).values("user")), by=by)
