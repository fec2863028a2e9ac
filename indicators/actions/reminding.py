"""Reminding people by hand of what they owe for a quarter: at once, and once a day."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import actions as people
from accounts.models import User
from indicators import asking
from indicators.models import Round
from lib.owed import Owed


@dataclass(frozen=True)
class Asked:
    """Who was reminded just now, and who was not because they had been today."""

    reminded: tuple[User, ...]
    already: tuple[User, ...]


@transaction.atomic
def remind_late(round_: Round, *, on: dt.date, by: User) -> Asked:
    """Remind everybody who is late with something for this quarter. Refused when nobody is, or all were reminded today."""
    owed = {pk: items for pk, items in _owed(round_, on).items() if any(item.due_on < on for item in items)}
    if not owed:
        raise ValidationError(f"Nobody is late for {round_} any more, so nobody was reminded.")
    asked = _remind(round_, owed, on=on, by=by)
    if not asked.reminded:
        raise ValidationError(
            f"All who are late for {round_} were reminded today. A mail of your own can still be sent."
        )
    return asked


@transaction.atomic
def remind_one(round_: Round, person: User, *, on: dt.date, by: User) -> Asked:
    """Remind one person of what they owe for this quarter. Refused when it is nothing, or they were reminded today."""
    owed = _owed(round_, on).get(person.pk)
    if not owed:
        raise ValidationError(f"{person.name} owes nothing for {round_} any more, so no mail was sent.")
    asked = _remind(round_, {person.pk: owed}, on=on, by=by)
    if not asked.reminded:
        raise ValidationError(f"{person.name} was reminded today already. A mail of your own can still be sent.")
    return asked


def _owed(round_: Round, on: dt.date) -> dict[int, list[Owed]]:
    """By person."""
    found: dict[int, list[Owed]] = defaultdict(list)
    for item in asking.owed_in(round_, on):
        found[item.person_id].append(item)
    return found


def _remind(round_: Round, owed: dict[int, list[Owed]], *, on: dt.date, by: User) -> Asked:
    reminded: list[User] = []
    already: list[User] = []
    # Always in the same order, so that two of the team never wait for each other.
    for person in User.objects.active().filter(pk__in=owed).order_by("pk"):
        mail = people.remind_by_hand(person, owed[person.pk], about=round_, on=on, by=by)
        (already if mail is None else reminded).append(person)
    return Asked(tuple(reminded), tuple(already))
