"""New figures from the source for several quarters of a series: given, verified or sent back as one."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import owe_mail
from accounts.models import User
from indicators import eyes, mails, revising, wording
from indicators.actions.returns import THIS, submit
from indicators.models import Figure, Indicator, Return, Revision, Round, SendBack, Verification
from indicators.revisable import Revised
from indicators.revising import Waiting
from lib import written
from lib.editing import Stale, write
from lib.locks import hold_still

audit.kinds(
    {
        "revision_made": "Revision given",
        "revision_verified": "Revision verified",
        "revision_sent_back": "Revision sent back",
    }
)


@transaction.atomic
def revise(
    indicator: Indicator,
    *,
    changes: Sequence[Revised],
    reason: str,
    by: User,
    is_provisional: bool = False,
    **about: Any,
) -> Revision:
    """Give new figures for several quarters of one series under one reason, all or none. They wait to be verified together.

    Each quarter needs a verified figure that it replaces, and has to be as it was when the page was opened. `about`: what `submit` takes of
    source, supplier and route. A refusal names its quarter.
    """
    if not changes:
        raise ValidationError("Nothing was recorded: give a new figure for at least one quarter.")
    if not reason.strip():
        raise ValidationError({"reason": "Say why the figures change"})
    revision = Revision.objects.create(indicator=indicator, reason=reason.strip(), made_by=by)
    told: dict[str, Any] = {
        "restates": Figure.Restates.REVISION,
        "restated_because": revision.reason,
        "revision": revision,
    }
    _hold(changes)
    for change in sorted(changes, key=lambda change: change.return_.round.quarter):
        numbers: dict[str, Any] = {
            name: getattr(change, name) for name in ("numerator", "denominator", "stated_percentage")
        }
        try:
            figure = submit(
                change.return_,
                version=change.version,
                is_provisional=is_provisional,
                by=by,
                **numbers,
                **told,
                **about,
            )
        except Stale:
            raise
        except ValidationError as refusal:
            if hasattr(refusal, "error_dict"):
                raise
            sentences = " ".join(refusal.messages)
            raise ValidationError(f"Nothing was recorded. {change.return_.round}: {sentences}") from None
        if not figure.restates:
            raise ValidationError(
                f"Nothing was recorded. {change.return_.round} has no verified figure yet: give it on its own page."
            )
    audit.record("revision_made", revision, by=by, changes=[audit.change("Figures", None, len(changes))])
    return revision


def _hold(changes: Sequence[Revised]) -> None:
    """Take the quarters and then their returns, each by id, as everybody does who takes several: nobody waits for each other."""
    for pk in sorted({change.return_.round_id for change in changes}):
        hold_still(Round, pk)
    returns = Return.objects.filter(pk__in=[change.return_.pk for change in changes])
    list(returns.order_by("pk").select_for_update())


@transaction.atomic
def verify_revision(revision: Revision, *, by: User) -> list[Verification]:
    """Put a second person's name to all figures of a revision that wait, at one moment, or to none.

    Refused to whoever gave or keyed any of them. A figure that gave way to a newer one meanwhile is not among them.
    """
    waiting = _waiting(revision)
    verifiers = eyes.verifiers(timezone.localdate())
    if refusal := next((why for one in waiting if (why := verifiers.refusal(one.figure, by))), ""):
        raise ValidationError(refusal)
    now = timezone.now()
    for one in waiting:
        write(one.return_, version=one.return_.version, what=THIS, status=Return.Status.VERIFIED)
        changes = [
            audit.change("State", Return.Status.SUBMITTED.label, Return.Status.VERIFIED.label),
            audit.change("Figure shown", wording.value(one.shown), wording.value(one.figure)),
        ]
        audit.record("return_verified", one.return_, by=by, changes=changes, comment=revision.reason)
    verified = Verification.objects.bulk_create(
        [Verification(figure=one.figure, verified_by=by, verified_at=now) for one in waiting]
    )
    audit.record("revision_verified", revision, by=by, changes=[audit.change("Figures", None, len(waiting))])
    return verified


@transaction.atomic
def send_back_revision(revision: Revision, *, comment: str, due_again_on: dt.date, by: User) -> list[SendBack]:
    """Return all figures of a revision that wait to who gave them, with one comment and one mail. Every figure is kept."""
    waiting = _waiting(revision)
    if not comment.strip():
        raise ValidationError({"comment": "Say what should be looked at again"})
    if due_again_on < timezone.localdate():
        raise ValidationError({"due_again_on": "The day it is due again must be today or later"})
    changes = [
        audit.change("State", Return.Status.SUBMITTED.label, Return.Status.SENT_BACK.label),
        audit.change("Due again on", None, written.day_year(due_again_on)),
    ]
    for one in waiting:
        extended = one.return_.extended_to
        longer = {"extended_to": max(extended, due_again_on)} if extended else {}
        status = Return.Status.SENT_BACK
        write(one.return_, version=one.return_.version, what=THIS, status=status, due_again_on=due_again_on, **longer)
        audit.record("return_sent_back", one.return_, by=by, changes=changes, comment=comment.strip())
    said = {"comment": comment.strip(), "due_again_on": due_again_on, "sent_by": by, "sent_at": timezone.now()}
    sent = SendBack.objects.bulk_create([SendBack(figure=one.figure, **said) for one in waiting])
    audit.record("revision_sent_back", revision, by=by, changes=changes, comment=comment.strip())
    for person in mails.told_of_revision(sent, timezone.localdate()):
        owe_mail(person, stage="revision_sent_back", about=revision, cycle=sent[0].pk, by=by)
    return sent


def _waiting(revision: Revision) -> list[Waiting]:
    """What waits of it, oldest quarter first, held until the end; refused when nothing does."""
    waiting = revising.waiting_of(revision, is_held=True)
    if not waiting:
        raise ValidationError(revising.refusal(revision))
    return waiting
