"""What pages show about people: which of them, the facts about one, their roles over time."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from accounts import identity, outbox, second_factor
from accounts.models import RoleGrant, Session, User
from lib.govuk import Row
from lib.govuk_tags import day_year, moment


class Act(Protocol):
    """An action on one person that needs nothing but their version."""

    def __call__(self, user: User, *, version: int, by: User | None) -> User: ...


def narrow(people: QuerySet[User], form: forms.Form, on: dt.date) -> QuerySet[User]:
    """The people a filter asks for, with their roles in force on that day. A filter with a fault shows nobody."""
    if not form.is_bound:
        return people.active().with_grants(on)
    if not form.is_valid():
        return people.none()
    asked = form.cleaned_data
    show = asked["show"]
    if show == "gone":
        people = people.gone()
    elif show == "new":
        people = people.not_signed_in_yet()
    elif show != "all":
        people = people.active()
    if asked["role"]:
        held = RoleGrant.objects.in_force(on).filter(role=asked["role"])
        people = people.filter(pk__in=held.values("user"))
    if asked["organisation"]:
        people = people.filter(organisation=asked["organisation"])
    return people.matching(asked["q"]).with_grants(on)


def typed(person: User) -> dict[str, Any]:
    """What a form about this person starts from."""
    return {
        "name": person.name,
        "email": person.email,
        "post": person.post,
        "organisation": person.organisation,
        "version": person.version,
    }


def rows(person: User) -> list[Row]:
    """The facts about a person."""
    return [
        Row(
            "Email address",
            person.email,
            url=f"mailto:{person.email}",
            words="Write a mail",
            hidden=f"to {person.name}",
        ),
        Row("Post", person.post or "Not given"),
        Row("Organisation", str(person.organisation or "None")),
        Row("Account", _account(person)),
        *outbox.rows(person),
        Row("Second step at sign-in", "Set up" if has_second_factor(person) else "Not set up"),
        *_single_sign_on(person),
    ]


def _single_sign_on(person: User) -> list[Row]:
    """Since when they come in with the council's account, where those are used."""
    if not settings.OIDC.issuer:
        return []
    linked = identity.linked(person)
    return [
        Row(
            "Single sign-on",
            f"Linked on {day_year(timezone.localtime(linked.date_joined))}" if linked else "Not used yet",
        )
    ]


def may_unlink(person: User) -> bool:
    """Whether there is an account of the council's to forget."""
    return bool(settings.OIDC.issuer) and identity.linked(person) is not None


def has_second_factor(person: User) -> bool:
    return second_factor.is_set_up_by(person)


def is_signed_in(person: User) -> bool:
    return Session.objects.alive(timezone.now()).filter(person=person).exists()


def _account(person: User) -> str:
    if not person.is_active:
        return f"Closed on {day_year(person.left_at)}"
    if not person.has_accepted:
        return (
            f"Invited on {day_year(person.invited_at)}, no password set yet" if person.invited_at else "Not invited yet"
        )
    return f"Last signed in on {moment(person.last_login)}" if person.last_login else "Has not signed in yet"


@dataclass(frozen=True)
class Held:
    """A role somebody holds, held or will hold. `state` is in words; `may_end` while there is something left to end by hand."""

    grant: RoleGrant
    state: str
    may_end: bool


def grants(person: User, on: dt.date) -> list[Held]:
    """All roles of a person: those in force first, then those to come, then those that ended."""
    found = [_held(grant, on) for grant in person.role_grants.select_related("lapsed_in")]
    first = {"In force": 0, "Not yet": 1}
    return sorted(found, key=lambda held: (first.get(held.state, 2), -held.grant.starts_on.toordinal()))


def _held(grant: RoleGrant, on: dt.date) -> Held:
    if grant.ends_on and grant.ends_on < on:
        lapsed = (
            f"Ended: nobody confirmed it in the review for {grant.lapsed_in.quarter}" if grant.lapsed_in else "Ended"
        )
        return Held(grant, lapsed, False)
    return Held(grant, "Not yet" if grant.starts_on > on else "In force", not grant.with_membership)
