"""What consultations want of a person now: what may tell of harm, quotes that wait for a second person, and answers that can't be removed."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Count
from django.urls import reverse

from accounts.models import RoleGrant, User
from consultation import owing, retention
from consultation.models import Consultation, Quote
from indicators.wording import due
from lib.owed import Owed
from reporting.home_item import OVERDUE, WAITING, WANTED, Item

MOST = 3  # told one by one


def items(user: User, on: dt.date) -> Iterable[Item]:
    """Four queries where nothing waits; two more for each consultation whose single answers are soon to go."""
    found = owing.owed(on, user)
    yield from _together(found, on) if len(found) > MOST else (_item(owed, on) for owed in found)
    if user.has_role(RoleGrant.Role.COORDINATOR, RoleGrant.Role.EXECUTIVE):
        yield from _quotes(user, on)
    if user.has_role(RoleGrant.Role.COORDINATOR):
        yield from (_kept(owed, on) for owed in retention.owed(on, user))


def _item(owed: Owed, on: dt.date) -> Item:
    late = owed.due_on < on
    return Item(
        urgency=OVERDUE if late else WANTED,
        due_on=owed.due_on,
        reference="",
        name=owed.what,
        state="Overdue" if late else "",
        why=f"Somebody may need help. {due(owed.due_on, on)}",
        do="See to it",
        url=owed.url,
        hidden=f": {owed.what}",
    )


def _kept(owed: Owed, on: dt.date) -> Item:
    late = owed.due_on < on
    return Item(
        urgency=OVERDUE if late else WANTED,
        due_on=owed.due_on,
        reference="",
        name=owed.what,
        state="Overdue" if late else "",
        why=f"People were told the day. {due(owed.due_on, on)}",
        do="See what is in the way",
        url=owed.url,
        hidden=f": {owed.what}",
    )


def _together(found: Sequence[Owed], on: dt.date) -> Iterable[Item]:
    first = min(found)
    yield Item(
        urgency=OVERDUE if first.due_on < on else WANTED,
        due_on=first.due_on,
        reference="",
        name=f"{len(found)} comments that may tell of harm",
        state="Overdue" if first.due_on < on else "",
        why=f"Somebody may need help. {due(first.due_on, on)}",
        do="See to them",
        url=reverse("consultation:disclosure-list"),
        hidden=": comments that may tell of harm",
    )


def _quotes(user: User, on: dt.date) -> Iterable[Item]:
    """One line for each consultation with quotes that somebody else chose."""
    quotes = Quote.objects.waiting().exclude(chosen_by=user)
    seen = Consultation.objects.visible_to(user).filter(pk__in=quotes.values("consultation"))
    numbers = dict(quotes.order_by().values_list("consultation").annotate(number=Count("pk")))
    for consultation in seen:
        number = numbers[consultation.pk]
        yield Item(
            urgency=WAITING,
            due_on=on,
            reference="",
            name=f"{number} quote{'' if number == 1 else 's'} to pass, from “{consultation}”",
            state="",
            why="A quote is published when somebody else than who chose it has read it.",
            do="Read the quotes",
            url=reverse("consultation:quote-list", args=[consultation.slug]),
            hidden=f"from {consultation}",
        )
