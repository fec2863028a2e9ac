"""The log of reminders, as its page shows it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Mail, Reminder, User
from lib import written


@dataclass(frozen=True)
class Line:
    """One reminder: who was reminded of what at which stage, and what became of the mail."""

    person: User
    what: str
    due_on: dt.date
    stage: str
    on: dt.date
    mail: str  # "Sent 20 April 2018, 07:30", "Not called for any more: it was done before the mail went"
    went_wrong: bool


def lines(reminders: Iterable[Reminder]) -> list[Line]:
    """Each has its person and its mail loaded."""
    return [
        Line(
            person=reminder.person,
            what=reminder.what,
            due_on=reminder.due_on,
            stage=str(reminder.get_stage_display()),
            on=reminder.on,
            mail=_became(reminder.mail),
            went_wrong=reminder.mail.state == Mail.State.FAILED,
        )
        for reminder in reminders
    ]


def _became(mail: Mail) -> str:
    if mail.state == Mail.State.SENT:
        return f"Sent {written.moment(mail.sent_at)}"
    if mail.state == Mail.State.DROPPED:
        return "Not sent: it was done, or due on another day, before the mail went"
    if mail.state == Mail.State.FAILED:
        return f"Could not be sent: {mail.failure}"
    return f"Not sent yet: {mail.failure}. It is tried again by itself" if mail.failure else "On its way"
