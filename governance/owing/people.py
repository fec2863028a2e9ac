"""Who drafts and who agrees for a body: those whom its plan's work is asked of."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from governance.models import Delegation, Membership
from lib.owed import NOBODY


@dataclass(frozen=True)
class People:
    """Ids of users by body."""

    support: Mapping[int, list[int]]
    chairing: Mapping[int, list[int]]

    def drafting(self, body: int) -> list[int]:
        return self.support[body] or self.chairing[body] or [NOBODY]

    def agreeing(self, body: int) -> list[int]:
        return self.chairing[body] or [NOBODY]

    def asks(self, person: int, body: int) -> bool:
        return person in self.drafting(body) or person in self.agreeing(body)


def of(bodies: set[int], on: dt.date) -> People:
    """Two queries. A deputy counts while they act for the chair."""
    support: dict[int, list[int]] = defaultdict(list)
    chairing: dict[int, list[int]] = defaultdict(list)
    places = Membership.objects.in_force(on).filter(body__in=bodies, user__is_active=True).order_by("pk")
    for body, role, user in places.values_list("body", "role", "user"):
        if role == Membership.Role.SUPPORT:
            support[body].append(user)
        elif role in Membership.CHAIRING:
            chairing[body].append(user)
    acting = Delegation.objects.in_force(on).filter(
        deputy__body__in=bodies, deputy__starts_on__lte=on, deputy__user__is_active=True
    )
    for body, user in acting.values_list("deputy__body", "deputy__user"):
        if user not in chairing[body]:
            chairing[body].append(user)
    return People(support, chairing)
