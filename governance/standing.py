"""What somebody is on which body today: read once for a request, asked by the rules and the pages."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from governance.models import Delegation, Membership

Role = Membership.Role


@dataclass(frozen=True)
class Standing:
    """Ids of bodies, by what somebody is there on one day. `acts_as_chair` are chairs, co-chairs, and deputies while that is delegated to them."""

    chairs: frozenset[int]
    acts_as_chair: frozenset[int]
    supports: frozenset[int]
    sits_on: frozenset[int]  # all of the above, and members


NOWHERE = Standing(frozenset(), frozenset(), frozenset(), frozenset())


def read(user: User, on: dt.date) -> Standing:
    """Two queries."""
    places = list(Membership.objects.in_force(on).of(user).values_list("body", "role"))
    delegated = Delegation.objects.in_force(on).filter(deputy__user=user)
    chairs = frozenset(body for body, role in places if role in Membership.CHAIRING)
    return Standing(
        chairs=chairs,
        acts_as_chair=chairs | frozenset(delegated.values_list("deputy__body", flat=True)),
        supports=frozenset(body for body, role in places if role == Role.SUPPORT),
        sits_on=frozenset(body for body, _ in places),
    )


def of(user: Any) -> Standing:
    """Today's, kept on the person for the rest of the request. Nobody who isn't signed in, or has left, stands anywhere."""
    if not user.is_authenticated or not user.is_active:
        return NOWHERE
    known: Standing | None = user.__dict__.get("governance_standing")
    if known is None:
        known = user.__dict__["governance_standing"] = read(user, timezone.localdate())
    return known


def forget(user: Any) -> None:
    """Read it again when next asked: an action has just changed it."""
    user.__dict__.pop("governance_standing", None)
