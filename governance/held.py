"""What is in somebody's hands on the bodies: their places, and what is open and theirs. For succession, and before an account is closed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch

from accounts.models import User
from governance.models import Action, Body, Decision, Membership, Recommendation, Risk, Undertaking
from lib.written import capitalised, in_sentence


@dataclass(frozen=True)
class Thing:
    """Something open that is somebody's: "Action, 2017-18", "ASB 3", its words, and when it is due (None where it has no day)."""

    record: Any  # a versioned row with an owner
    body: Body
    kind: str
    reference: str
    words: str
    due_on: dt.date | None
    url: str

    def __str__(self) -> str:
        """ "ASB 3 (action, 2017-18)"; what has no reference is told by its words."""
        return f"{self.reference or self.words} ({in_sentence(self.kind)})"


@dataclass
class Held:
    """What somebody holds of one body."""

    body: Body
    places: list[Membership] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)


def held_by(person: User, on: dt.date) -> list[Held]:
    """Each body they have a place on, on that day or later, or something open of; in the order of bodies. Six queries."""
    held: dict[int, Held] = {}
    places = Membership.objects.not_over(on).of(person).select_related("body").order_by("starts_on", "pk")
    for place in places:
        held.setdefault(place.body_id, Held(place.body)).places.append(place)
    for thing in open_of(person):
        held.setdefault(thing.body.pk, Held(thing.body)).things.append(thing)
    return sorted(held.values(), key=lambda each: (each.body.order, each.body.name))


def open_of(person: User, body: Body | None = None) -> list[Thing]:
    """Everything open that is theirs, of one body or of all: actions first, each kind by its own order. Five queries."""
    return [_thing(kind, record) for kind, rows in _kinds(person, body) for record in rows]


def hold_open_of(person: User, body: Body) -> list[Thing]:
    """The same of one body, kept from being changed until the transaction ends."""
    return [
        _thing(kind, record) for kind, rows in _kinds(person, body) for record in rows.select_for_update(of=("self",))
    ]


def _kinds(person: User, body: Body | None) -> Iterator[tuple[str, QuerySet[Any]]]:
    """A row's body is reached by another way in each kind."""
    kinds: tuple[tuple[str, QuerySet[Any], str], ...] = (
        ("Action", Action.objects.open().select_related("delivery_plan__body"), "delivery_plan__body"),
        ("Risk", Risk.objects.open().select_related("body"), "body"),
        ("Decision", Decision.objects.not_done().select_related("body"), "body"),
        ("Action arising", Undertaking.objects.open().select_related("body"), "body"),
        ("Recommendation", Recommendation.objects.open().select_related("committee"), "committee"),
    )
    for kind, rows, way in kinds:
        theirs = rows.filter(owner=person)
        yield kind, theirs.filter(**{way: body}) if body else theirs


def _thing(kind: str, record: Any) -> Thing:
    if isinstance(record, Action):
        plan = record.delivery_plan  # numbers begin anew with each year's plan
        kind = f"{kind}, {plan.year}"
        return Thing(record, plan.body, kind, record.reference, record.title, record.due_on, url_of(record))
    if isinstance(record, Risk):
        return Thing(
            record, record.body, kind, record.reference, capitalised(record.event), record.review_on, url_of(record)
        )
    if isinstance(record, Undertaking):
        return Thing(record, record.body, record.get_kind_display(), "", record.text, record.due_on, url_of(record))
    body = record.committee if isinstance(record, Recommendation) else record.body
    return Thing(record, body, kind, record.reference, record.text, record.due_on, url_of(record))


def url_of(record: Any) -> str:
    """Its page's address; "" for what has none of its own."""
    try:
        return str(record.get_absolute_url()) if hasattr(record, "get_absolute_url") else ""
    except NoReverseMatch:
        return ""
