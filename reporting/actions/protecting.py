"""Answering somebody who asks what is held about them: that it was made, for whom and why, is in the trail."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import Installation, User
from reporting.protecting import file, held, occurring
from reporting.protecting.occurring import SHORTEST, Occurrence

audit.kinds(
    {
        "held_exported": "What is held about a person downloaded",
        "held_searched": "Looked for where somebody occurs",
    }
)
WHY = "Say whose request this answers, such as “request of 4 June, by mail”"
TOO_SHORT = f"Enter at least {SHORTEST} letters"


@transaction.atomic
def export(person: User, *, reason: str, at: dt.datetime, by: User) -> bytes:
    """The ZIP. For oneself without a reason; for somebody else with one."""
    if by.pk != person.pk and not reason.strip():
        raise ValidationError({"reason": WHY})
    audit.record("held_exported", person, by=by, comment=reason.strip())
    return file.zipped(held.about(person, to=by, at=at))


@transaction.atomic
def search(words: str, *, reason: str, by: User) -> list[Occurrence]:
    """How often it occurs where. The trail holds the reason, and not what was looked for: it is kept for good."""
    if len(words.strip()) < SHORTEST:
        raise ValidationError({"words": TOO_SHORT})
    if not reason.strip():
        raise ValidationError({"reason": WHY})
    audit.record("held_searched", Installation.objects.first() or by, by=by, comment=reason.strip())
    return occurring.find(words.strip())
