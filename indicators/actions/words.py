"""The words for a return. They have a state and a due day of their own, and never hold a figure up.

A draft may say anything or nothing; what is sent says all that the figure asks for (`explaining`).

They are the words of whoever writes them, `written_by`: one of its leads, also where the partnership team enters them, or, when it is
left out, of whoever does it.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from indicators import explaining
from indicators.models import Commentary, Lead, Round
from lib import written
from lib.editing import Stale, write

THIS = "This commentary"

audit.kinds({"commentary_saved": "Commentary saved as a draft", "commentary_sent": "Commentary sent"})


@transaction.atomic
def save_commentary(
    commentary: Commentary,
    *,
    what_happened: str,
    why: str,
    what_next: str,
    version: int,
    by: User,
    who: str = "",
    by_when: dt.date | None = None,
    written_by: User | None = None,
) -> Commentary:
    """Keep the words as a draft. Words that were sent stay sent until they are sent again."""
    _refuse(commentary, version)
    if commentary.status == Commentary.Status.SENT:
        raise ValidationError("This commentary has been sent. Send it again to change it.")
    author = _author(commentary, written_by, by)
    before = _facts(commentary)
    write(
        commentary,
        version=version,
        what=THIS,
        what_happened=what_happened,
        why=why,
        what_next=what_next,
        who=who,
        by_when=by_when,
        written_by=author,
        status=Commentary.Status.DRAFT,
    )
    audit.record("commentary_saved", commentary, by=by, changes=audit.changes(before, _facts(commentary)))
    return commentary


@transaction.atomic
def send_commentary(
    commentary: Commentary,
    *,
    what_happened: str,
    why: str,
    what_next: str,
    version: int,
    by: User,
    who: str = "",
    by_when: dt.date | None = None,
    written_by: User | None = None,
) -> Commentary:
    """Send the words; late ones are welcome. What was sent for a round that has closed since stays as it is.

    Refused, with a sentence for each, while parts are missing that the figure asks for, verified or not. `who`: the post that sees to
    what comes next, by the day `by_when`.
    """
    _refuse(commentary, version)
    said = {
        "what_happened": what_happened.strip(),
        "why": why.strip(),
        "what_next": what_next.strip(),
        "who": who.strip(),
        "by_when": by_when,
    }
    _refuse_incomplete(commentary, said)
    author = _author(commentary, written_by, by)
    before = _facts(commentary)
    write(
        commentary,
        version=version,
        what=THIS,
        **said,
        written_by=author,
        status=Commentary.Status.SENT,
        sent_at=timezone.now(),
        sent_by=by,
    )
    audit.record("commentary_sent", commentary, by=by, changes=audit.changes(before, _facts(commentary)))
    return commentary


def _refuse(commentary: Commentary, version: int) -> None:
    if commentary.version != version:
        raise Stale(THIS)
    # The round as it is now, and it can't close meanwhile.
    commentary.for_return.round = Round.objects.select_for_update().get(pk=commentary.for_return.round_id)
    if not commentary.takes_words:
        raise ValidationError(f"{commentary.for_return.round} is closed, and its commentary stays as it was sent.")


def _refuse_incomplete(commentary: Commentary, said: dict[str, Any]) -> None:
    sentences = explaining.of(commentary).refusals(said)
    if early := explaining.too_early(said["by_when"], commentary.for_return.round.quarter):
        sentences["by_when"] = early
    if sentences:
        raise ValidationError(sentences)


def _author(commentary: Commentary, written_by: User | None, by: User) -> User:
    """Whose words they are: one's own, those of one of the leads, or of whoever they are said to be by already."""
    if written_by is None or written_by == by:
        return by
    leads = Lead.objects.in_force(timezone.localdate()).filter(
        indicator=commentary.for_return.indicator_id, duty=Lead.Duty.COMMENTARY
    )
    if written_by.pk != commentary.written_by_id and not leads.filter(user=written_by).exists():
        raise ValidationError(
            {"written_by": f"{written_by} does not write this commentary. Name them as its lead first."}
        )
    return written_by


def _facts(commentary: Commentary) -> dict[str, object]:
    return {
        "State": commentary.get_status_display(),
        "What happened": commentary.what_happened,
        "Why": commentary.why,
        "What next": commentary.what_next,
        "Who sees to it": commentary.who,
        "By when": commentary.by_when and written.day_year(commentary.by_when),
        "Whose words": commentary.written_by and commentary.written_by.label,
    }
