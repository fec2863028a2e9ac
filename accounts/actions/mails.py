"""Owing somebody a mail."""

import datetime as dt
from functools import partial

from django.db import models, transaction

from accounts import outbox, tasks
from accounts.models import Mail, User


@transaction.atomic
def owe_mail(to: User | str, *, stage: str, about: models.Model, cycle: object, by: User | None) -> Mail:
    """Put a mail into the outbox, as a part of the action that owes it and that records `by`: with it, or not at all.

    `to` is a person, or the address of somebody who has no account. One person gets one mail per thing, stage and cycle, however often it is owed. An older one about the same thing that has not gone
    yet gives way to it.
    """
    if stage not in outbox.STAGES:
        raise ValueError(f"Nobody writes the mails of {stage!r}")
    thing = f"{about._meta.label_lower}:{about.pk}"
    whom = {"to": None, "address": to} if isinstance(to, str) else {"to": to, "address": ""}
    mail, is_new = Mail.objects.get_or_create(**whom, stage=stage, thing=thing, cycle=str(cycle))
    if is_new:
        older = Mail.objects.filter(**whom, stage=stage, thing=thing, pk__lt=mail.pk)
        older.filter(state__in=[Mail.State.WAITING, Mail.State.FAILED]).update(
            state=Mail.State.DROPPED, held_until=None, failure=""
        )
        transaction.on_commit(partial(tasks.send_mail.delay, mail.pk))
    return mail


@transaction.atomic
def sweep_mails(*, at: dt.datetime, by: User | None) -> int:
    """Queue again the mails that the broker never got, that rested after a failure, or whose worker died. How many."""
    waiting = list(Mail.objects.to_requeue(at).values_list("pk", flat=True))
    for pk in waiting:
        transaction.on_commit(partial(tasks.send_mail.delay, pk))
    return len(waiting)
