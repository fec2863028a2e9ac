"""Sending what is in the outbox: each mail written at the last moment, sent by one worker, tried again when the server is out.

Each app says in its `mails.py` what its mails say. A mail is sent at least once: a worker that dies after the mail server took
the mail and before the row says so leaves it to be sent again.
"""

import datetime as dt
import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Mail, User
from accounts.models.mail import MailQuerySet
from accounts.models.user import UserQuerySet
from lib.govuk import Row
from lib.govuk_tags import moment

log = logging.getLogger("mail")

# Longer than any job may run, so that nobody else takes a mail while a worker still sends it.
LEASE = dt.timedelta(minutes=6)
MAX_ATTEMPTS = 14  # with the rests between them a day: a mail server that is out over night loses nothing
LONGEST_REST = dt.timedelta(hours=4)

OUT_OF_REACH = "the mail server could not be reached"
NOT_TAKEN = "the mail server did not take it"
NO_SUCH_ADDRESS = "the mail server refused the address"
BUG = "something is wrong in this application"


@dataclass(frozen=True)
class Attached:
    """A file that goes with a mail."""

    name: str
    content: bytes
    kind: str  # "text/calendar"


@dataclass(frozen=True)
class Letter:
    """What a mail says: the subject, and the two templates `<template>.txt` and `.html` with their context; and what goes with it."""

    subject: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    attached: tuple[Attached, ...] = ()


# Writes the mail as things are now; None when it is not called for any more, or not to be seen by this person.
Writer = Callable[[Mail], Letter | None]


@dataclass(frozen=True)
class Stage:
    words: str  # on screen: "Invitation"
    write: Writer


STAGES: dict[str, Stage] = {}


def stage(code: str, words: str) -> Callable[[Writer], Writer]:
    """Decorates the function that writes the mails of one stage."""

    def register(write: Writer) -> Writer:
        if code in STAGES:
            raise ValueError(f"The mails of {code!r} are written somewhere already.")
        STAGES[code] = Stage(words, write)
        return write

    return register


def send(mail_id: int) -> bool:
    """Send this mail now, unless it is sent, dropped, given up, resting or in another worker's hands. Whether it went.

    A failure is not raised: it is on the row, and the sweep tries again. The last one is logged as an error.
    """
    now = timezone.now()
    taken = Mail.objects.free(now).filter(pk=mail_id)
    if not taken.update(held_until=now + LEASE, attempts=F("attempts") + 1, last_tried_at=now):
        return False
    mail = Mail.objects.select_related("to").get(pk=mail_id)
    try:
        if mail.attempts > MAX_ATTEMPTS:  # each time its worker died before it could say so
            raise RuntimeError("No worker comes to the end of this mail.")
        letter = STAGES[mail.stage].write(mail) if mail.reaches_somebody else None
        if letter is None:
            _waiting(mail).update(state=Mail.State.DROPPED, held_until=None, failure="")
            return False
        _message(letter, mail).send()
    except Exception as error:  # whatever it is, the mail must not be lost, nor stand in the way of others
        _failed(mail, error)
        return False
    # Not only where it still waits: what has gone has gone.
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.SENT, sent_at=timezone.now(), held_until=None, failure="")
    return True


def _waiting(mail: Mail) -> MailQuerySet:
    return Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING)


def _message(letter: Letter, mail: Mail) -> EmailMultiAlternatives:
    context = {
        "person": mail.to,
        "partnership_name": settings.PARTNERSHIP_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "site_url": settings.SITE_URL,
        **letter.context,
    }
    to = mail.to.email if mail.to else mail.address
    message = EmailMultiAlternatives(letter.subject, render_to_string(f"{letter.template}.txt", context), to=[to])
    message.attach_alternative(render_to_string(f"{letter.template}.html", context), "text/html")
    for one in letter.attached:
        message.attach(one.name, one.content, one.kind)
    return message


def _failed(mail: Mail, error: Exception) -> None:
    words, for_good = _reason(error)
    told = "mail=%s stage=%s attempt=%s: %s"
    if for_good or mail.attempts >= MAX_ATTEMPTS:
        _waiting(mail).update(state=Mail.State.FAILED, held_until=None, failure=words)
        log.error(f"{told}; given up", mail.pk, mail.stage, mail.attempts, words, exc_info=error)
    else:
        _waiting(mail).update(held_until=timezone.now() + rest(mail.attempts), failure=words)
        log.warning(f"{told}; tried again", mail.pk, mail.stage, mail.attempts, words, exc_info=error)


def rest(attempts: int) -> dt.timedelta:
    """How long a mail rests after so many failed attempts: one minute, two, four, up to four hours."""
    return min(dt.timedelta(minutes=2 ** (attempts - 1)), LONGEST_REST)


def _reason(error: Exception) -> tuple[str, bool]:
    """Why it failed, for people, and whether trying again is of no use."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return NO_SUCH_ADDRESS, all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return NOT_TAKEN, False
    if isinstance(error, OSError):
        return OUT_OF_REACH, False
    return BUG, False


def rows(person: User) -> list[Row]:
    """The mails to this person that did not go at the first try, for their page; nothing of what is in them."""
    if not person.is_active:
        return []
    return [Row(STAGES[mail.stage].words, _told(mail)) for mail in Mail.objects.unsent().filter(to=person)]


def not_reached(people: UserQuerySet) -> UserQuerySet:
    """Those of these people to whom a mail could not be sent."""
    return people.active().filter(pk__in=Mail.objects.failed().values("to"))


def _told(mail: Mail) -> str:
    tried = f"{mail.failure}, last tried on {moment(mail.last_tried_at)}" if mail.failure else "being sent"
    if mail.state == Mail.State.FAILED:
        return f"Could not be sent: {tried}. Check the email address, and tell them in another way."
    return f"Not sent yet: {tried}. It is tried again by itself."
