"""Reminding people of what they owe: logged and put into the outbox together, each stage once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from accounts import audit
from accounts.actions.mails import owe_mail
from accounts.models import Mail, Reminder, User
from lib.owed import Owed
from lib.written import in_sentence

audit.kinds({"reminded": "Reminded"})

DIGEST, BY_HAND = "digest", "by_hand"  # the stages of the mails; an app further right writes each


@dataclass(frozen=True)
class ToRemind:
    """One thing at the stage it has reached. `of`: who owes it, where somebody else is told."""

    owed: Owed
    stage: str
    of: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.owed.thing, self.stage, self.owed.cycle

    @property
    def what(self) -> str:
        """As the log says it: "Figure for B2 Domestic abuse reports, 2017-18 Q4", with who owes it in brackets."""
        return f"{self.owed.what} ({self.of})" if self.of else self.owed.what


@transaction.atomic
def remind(person: User, items: Sequence[ToRemind], *, on: dt.date, by: User | None) -> Mail | None:
    """Owe this person the digest of that day, with what has not been told them at its stage. None where there is nothing of the kind.

    A person gets one digest a day, so what comes after it waits for the next. What an earlier digest was to tell that never went goes with
    this one.
    """
    _lock(person)
    fresh = _untold(person, items)
    if not fresh or person.mails.filter(stage=DIGEST, cycle=str(on)).exists():
        return None
    stuck = person.mails.filter(stage=DIGEST, state__in=[Mail.State.WAITING, Mail.State.FAILED])
    left_over = list(Reminder.objects.filter(mail__in=stuck).values_list("pk", flat=True))
    mail = owe_mail(person, stage=DIGEST, about=person, cycle=on, by=by)
    Reminder.objects.filter(pk__in=left_over).update(mail=mail)
    lines = _log(person, mail, [(item, item.owed.cycle) for item in fresh], on=on)
    # About the mail, not the person: an administrator reads what happened to people, and not which figures they give.
    audit.record("reminded", mail, by=by, changes=lines)
    return mail


@transaction.atomic
def remind_by_hand(
    person: User, items: Sequence[Owed], *, about: models.Model, on: dt.date, by: User | None
) -> Mail | None:
    """Owe this person a mail at once about what they owe in one matter, a quarter say. None where one of these things was told them today."""
    _lock(person)
    told = Reminder.objects.of_the_owner().about(item.thing for item in items)
    today = told.that_reached(on).filter(person=person)
    asked = person.mails.filter(stage=BY_HAND, thing=f"{about._meta.label_lower}:{about.pk}", cycle=str(on))
    if not items or today.exists() or asked.exists():
        return None
    mail = owe_mail(person, stage=BY_HAND, about=about, cycle=on, by=by)
    hand = Reminder.Stage.BY_HAND
    lines = _log(person, mail, [(ToRemind(item, hand), f"{item.cycle} by_hand:{on}") for item in items], on=on)
    audit.record("reminded", about, by=by, changes=lines)
    return mail


def _lock(person: User) -> None:
    """Two workers, or two of the partnership team, remind one person one after the other."""
    User.objects.select_for_update().get(pk=person.pk)


def _untold(person: User, items: Sequence[ToRemind]) -> list[ToRemind]:
    logged = Reminder.objects.filter(person=person).about(item.owed.thing for item in items)
    told = set(logged.values_list("thing", "stage", "cycle"))
    return [item for item in items if item.key not in told]


def _log(person: User, mail: Mail, items: Sequence[tuple[ToRemind, str]], *, on: dt.date) -> list[dict[str, str]]:
    """Write it into the log; the lines of it for the trail."""
    longest: Any = Reminder._meta.get_field("what").max_length
    rows = [
        Reminder(
            person=person,
            thing=item.owed.thing,
            stage=item.stage,
            cycle=cycle,
            what=item.what[:longest],
            due_on=item.owed.due_on,
            on=on,
            mail=mail,
        )
        for item, cycle in items
    ]
    Reminder.objects.bulk_create(rows)
    return [audit.change(f"{person.name}, {in_sentence(row.get_stage_display())}", None, row.what) for row in rows]
