"""Whom the work of a body is asked of: who drafts, and who agrees."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from governance.models import Delegation, Membership
from lib.owed import NOBODY

SUPPORT = Membership.Role.SUPPORT


@dataclass(frozen=True)
class People:
    """Ids of users who are here, by body."""

    support: Mapping[int, list[int]]
    chairing: Mapping[int, list[int]]

    def drafting(self, body: int) -> list[int]:
        """Its support officers, else whoever acts as its chair, else NOBODY."""
        return self.support.get(body) or self.agreeing(body)

    def agreeing(self, body: int) -> list[int]:
        return self.chairing.get(body) or [NOBODY]

    def asks(self, person: int, body: int) -> bool:
        return person in self.drafting(body) or person in self.agreeing(body)


def places(bodies: Collection[int], on: dt.date) -> QuerySet[Membership]:
    """Of those who work for the bodies on that day: chairs and co-chairs, deputies while it is delegated to them, and support officers."""
    acting = Delegation.objects.in_force(on).filter(deputy__body__in=bodies).values("deputy")
    works = Q(role__in=[*Membership.CHAIRING, SUPPORT]) | Q(pk__in=acting)
    return Membership.objects.in_force(on).filter(works, body__in=bodies).order_by("pk")


def people(bodies: Collection[int], on: dt.date) -> People:
    """One query, none without a body."""
    support: dict[int, list[int]] = defaultdict(list)
    chairing: dict[int, list[int]] = defaultdict(list)
    found = places(bodies, on).filter(user__is_active=True) if bodies else Membership.objects.none()
    for body, role, user in found.values_list("body", "role", "user"):
        asked = (support if role == SUPPORT else chairing)[body]
        if user not in asked:  # who holds two places at a body is asked once
            asked.append(user)
    return People(support, chairing)


def names_drafting(bodies: Collection[int], on: dt.date) -> dict[int, list[str]]:
    """Names by body of whoever drafts and has not left, with an account or without: support officers, else whoever acts as chair. One query."""
    support: dict[int, list[str]] = defaultdict(list)
    chairing: dict[int, list[str]] = defaultdict(list)
    named = places(bodies, on).exclude(name="").exclude(user__is_active=False).order_by("name", "pk")
    for body, role, name in named.values_list("body", "role", "name"):
        (support if role == SUPPORT else chairing)[body].append(name)
    return {**chairing, **support}


def names_acting_as_chair(body: int, on: dt.date) -> list[str]:
    """Names of whoever with an account acts as chair of the body: chairs, co-chairs, and deputies while it is delegated to them. One query."""
    acting = places([body], on).exclude(role=SUPPORT).filter(user__is_active=True)
    return sorted(set(acting.values_list("user__name", flat=True)))


def holder(owner: User | None) -> int:
    """Whoever something is named for, while they are here; else NOBODY."""
    return owner.pk if owner and owner.is_active else NOBODY
