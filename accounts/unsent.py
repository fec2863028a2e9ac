"""What a person has typed into a form and not sent, kept on the server while they type: it survives signing out and a lost connection.

It is theirs alone, one for each form, and no record: nothing is audited. A form is named by the record that it changes, and holds the
version at which it was opened, so that the lost-edit guard still tells when others were quicker.
"""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from accounts import audit
from accounts.models import Unsent, User
from lib.editing import Versioned

MOST_BYTES = 20 * 1024  # of one form: about 3,000 words
KEPT_FOR = dt.timedelta(days=90)  # a quarter: by then the next one is typed

Typed = Mapping[str, "str | list[str]"]


@dataclass(frozen=True)
class Left:
    """What was left in a form. `changed`: what was done to its record since it was opened, oldest first."""

    typed: Typed
    at: dt.datetime
    changed: list[audit.Line]


def keep(person: User, record: Versioned, typed: Typed, *, version: int, at: dt.datetime) -> None:
    """In place of what was kept before. One query. Refused when it is too long to be kept."""
    said = {name: _plain(value) for name, value in typed.items()} | {"version": version}
    if len(json.dumps(said, ensure_ascii=False).encode()) > MOST_BYTES:
        raise ValidationError("This is too long to be kept while you type. Save it as a draft, or send it")
    row = Unsent(person=person, thing=thing(record), typed=said, saved_at=at)
    Unsent.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["person", "thing"], update_fields=["typed", "saved_at"]
    )


def restore(person: User, record: Versioned, *, ends: Collection[str]) -> Left | None:
    """What they left in the form of this record, if anything; two queries at most. For `ends` see `is_over`."""
    row = Unsent.objects.filter(person=person, thing=thing(record)).first()
    if row is None:
        return None
    since = _since(record, row.typed["version"])
    if _has_ended(since, person, ends):
        return None  # came in after they had sent the form it was typed into
    return Left(row.typed, row.saved_at, audit.lines(since))


def is_over(person: User, record: Versioned, version: int, *, ends: Collection[str]) -> bool:
    """Whether they have sent or saved the form themselves since that version. `ends`: the audit kinds of doing so. One query at most."""
    return _has_ended(_since(record, version), person, ends)


def forget(person: User, record: Versioned) -> None:
    """It was sent, or saved, or is not wanted any more."""
    Unsent.objects.filter(person=person, thing=thing(record)).delete()


def things(person: User) -> set[str]:
    """The forms in which they left something, each named by its record: "indicators.return:12". One query."""
    return set(Unsent.objects.filter(person=person).values_list("thing", flat=True))


def thing(record: Versioned) -> str:
    return f"{record._meta.label_lower}:{record.pk}"


def _since(record: Versioned, version: int) -> list[Any]:
    return audit.since(record, version) if version < record.version else []


def _has_ended(since: list[Any], person: User, ends: Collection[str]) -> bool:
    return any(event.actor_id == person.pk and event.kind in ends for event in since)


def _plain(value: "str | list[str]") -> "str | list[str]":
    """Without NUL, which PostgreSQL doesn't keep."""
    return [part.replace("\x00", "") for part in value] if isinstance(value, list) else value.replace("\x00", "")
