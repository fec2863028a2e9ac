"""Who sees to something, typed in one box: a person known here, offered as one types, or a post."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError

from accounts.models import RoleGrant, User
from governance.models import Body, Membership

Role = RoleGrant.Role
# An administrator looks after accounts and is asked for nothing else; scrutiny asks and doesn't do.
ASKED = (Role.COORDINATOR, Role.EXECUTIVE, Role.MEMBER, Role.DATA_LEAD, Role.COMMENTARY_LEAD)


def everyone(on: dt.date) -> list[User]:
    """All who can be named, by name. One query."""
    holding = RoleGrant.objects.in_force(on).filter(role__in=ASKED).values("user")
    return list(User.objects.active().filter(pk__in=holding).order_by("name", "pk"))


def offered(body: Body, on: dt.date) -> list[User]:
    """Who can be named: those on the body first, then everyone else who works here, by name. Two queries."""
    places = Membership.objects.in_force(on).filter(body=body, user__isnull=False).values_list("user", flat=True)
    here = set(places)
    return sorted(everyone(on), key=lambda person: person.pk not in here)


def who(typed: str, people: Sequence[User]) -> tuple[User | None, str]:
    """(person, post) for what was typed: "Owen Tranter, Superintendent" or "Owen Tranter" is the person in that post, anything else a post.

    Refuses a name that two people have. ("Nobody": None and "".)
    """
    said = " ".join(typed.split())
    if not said:
        return None, ""
    for called in (lambda person: person.label, lambda person: person.name):
        found = [person for person in people if called(person).casefold() == said.casefold()]
        if len(found) > 1:
            raise ValidationError(
                f"More than one person is called {said}. Type the name with the post, as it is offered"
            )
        if found:
            return found[0], found[0].post
    return None, said


def typed(owner: User | None, post: str) -> str:
    """What stands in the box for somebody named before."""
    return str(owner.label) if owner else post
