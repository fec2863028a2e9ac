"""The partnership team's part: verify a figure, or send it back with a comment."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import owe_mail
from accounts.models import User
from indicators import eyes, giving, mails, revising, wording
from indicators.actions.returns import THIS, refuse_stale
from indicators.models import Figure, Return, Round, SendBack, Verification
from lib import written
from lib.editing import write

audit.kinds({"return_verified": "Figure verified", "return_sent_back": "Figure sent back"})


@dataclass(frozen=True)
class Outcome:
    """What became of several returns: those verified, and those that were not, each with the sentence why."""

    verified: tuple[Return, ...]
    refused: tuple[tuple[Return, str], ...]


@transaction.atomic
def verify(return_: Return, *, version: int, by: User) -> Verification:
    """Put a second person's name to the latest figure, which is shown from now on. Refused to whoever supplied or keyed it."""
    if return_.status != Return.Status.VERIFIED:  # a form sent twice hears that the figure is verified already
        refuse_stale(return_, version)
    figure = _waiting(return_)
    _refuse_part_of_revision(figure)
    if refusal := eyes.verifiers(timezone.localdate()).refusal(figure, by):
        raise ValidationError(refusal)
    shown = return_.figures.verified().in_order().last()
    write(return_, version=version, what=THIS, status=Return.Status.VERIFIED)
    verification = Verification.objects.create(figure=figure, verified_by=by)
    changes = [audit.change("State", Return.Status.SUBMITTED.label, Return.Status.VERIFIED.label)]
    changes.append(audit.change("Figure shown", wording.value(shown), wording.value(figure)))
    audit.record("return_verified", return_, by=by, changes=changes)
    return verification


@transaction.atomic
def verify_several(chosen: Sequence[tuple[Return, int]], *, by: User) -> Outcome:
    """Verify each return at the version it was seen at. One that can't be verified holds up none of the others."""
    said: dict[int, str] = {}  # why each was not verified; empty where it was
    # By id, as everybody takes several returns, so that nobody waits for each other.
    for place, (return_, version) in sorted(enumerate(chosen), key=lambda one: (one[1][0].pk, one[0])):
        try:
            with transaction.atomic():
                verify(return_, version=version, by=by)
        except ValidationError as refusal:
            said[place] = " ".join(refusal.messages)
        else:
            said[place] = ""
    outcomes = [(return_, said[place]) for place, (return_, _) in enumerate(chosen)]
    verified = tuple(return_ for return_, why in outcomes if not why)
    return Outcome(verified, tuple((return_, why) for return_, why in outcomes if why))


@transaction.atomic
def send_back(return_: Return, *, comment: str, due_again_on: dt.date, version: int, by: User) -> SendBack:
    """Return a figure to its supplier with a comment; it is due again, and the leads are told by mail. The figure is kept."""
    refuse_stale(return_, version)
    figure = _waiting(return_)
    _refuse_part_of_revision(figure)
    _refuse_unanswerable(return_)
    if not comment.strip():
        raise ValidationError({"comment": "Say what should be looked at again"})
    if due_again_on < timezone.localdate():
        raise ValidationError({"due_again_on": "The day it is due again must be today or later"})
    longer = {"extended_to": max(return_.extended_to, due_again_on)} if return_.extended_to else {}
    write(return_, version=version, what=THIS, status=Return.Status.SENT_BACK, due_again_on=due_again_on, **longer)
    sent = SendBack.objects.create(figure=figure, comment=comment.strip(), due_again_on=due_again_on, sent_by=by)
    changes = [
        audit.change("State", Return.Status.SUBMITTED.label, Return.Status.SENT_BACK.label),
        audit.change("Due again on", None, written.day_year(due_again_on)),
    ]
    audit.record("return_sent_back", return_, by=by, changes=changes, comment=sent.comment)
    for person in mails.told_of(sent, timezone.localdate()):
        owe_mail(person, stage="sent_back", about=return_, cycle=sent.pk, by=by)
    return sent


def _refuse_unanswerable(return_: Return) -> None:
    """A closed round takes no first figures, so nobody could answer; a restatement is taken. The round can't close meanwhile."""
    round_ = Round.objects.select_for_update().get(pk=return_.round_id)
    is_shown = return_.figures.verified().exists()
    if not giving.is_answerable(return_, round_, timezone.localdate(), is_shown=is_shown):
        raise ValidationError(
            f"{round_} is closed, so nobody could change the figure. Open the quarter again first, or verify the figure."
        )


def _refuse_part_of_revision(figure: Figure) -> None:
    if why := revising.part_of(figure):
        raise ValidationError(why)


def _waiting(return_: Return) -> Figure:
    """The figure that waits to be verified; refused when none does."""
    if return_.status == Return.Status.VERIFIED:
        raise ValidationError("This figure is verified already. If it is wrong, restate it.")
    figure = return_.figures.standing().in_order().last()
    if return_.status != Return.Status.SUBMITTED or figure is None:
        raise ValidationError(
            f"Nothing waits to be verified here: the return is {return_.get_status_display().lower()}."
        )
    return figure
