"""What may tell of harm to somebody: raised as it comes in or by who reads it, settled by its owner, handed over. No names in what is kept."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from consultation import harm, redaction
from consultation.actions import quotes, words
from consultation.models import Comment, Consultation, Disclosure
from lib.editing import write
from lib.written import day_year

THIS = "This disclosure"
LONGEST = 300  # characters of an outcome

audit.kinds(
    {
        "disclosure_raised": "Disclosure raised",
        "disclosure_settled": "Disclosure settled",
        "disclosure_handed_over": "Disclosure handed over",
        "disclosure_taken_up": "Disclosure taken up again",
    }
)


def look_at(comments: Iterable[Comment], *, consultation: Consultation, at: dt.datetime) -> list[Disclosure]:
    """Put what has a word of harm in it into the queue, as it comes in. `comments` have their ids.

    Inside the transaction that takes the response in; no query where no word is found.
    """
    found = [comment for comment in comments if harm.may_tell_of_harm(comment.text)]
    if not found:
        return []
    owner = consultation.triage_owner or consultation.opened_by
    if owner is None:
        raise ValueError("A consultation that takes answers was opened by somebody")
    raised = (Disclosure(consultation=consultation, comment=comment, owner=owner, raised_at=at) for comment in found)
    made = Disclosure.objects.bulk_create(raised)
    audit.record_several((audit.Entry("disclosure_raised", disclosure) for disclosure in made), by=None)
    return made


@transaction.atomic
def raise_(comment: Comment, *, by: User) -> Disclosure:
    """Whoever reads it wants it looked at now. A second press finds the first; what was settled is taken up again on its own page."""
    held = words.holding(comment)
    consultation = held.response.consultation
    if already := Disclosure.objects.filter(comment=held).first():
        if already.settled_at:
            raise ValidationError(
                f"It was settled on {day_year(timezone.localdate(already.settled_at))}: {already.outcome}"
            )
        return already
    disclosure = Disclosure.objects.create(
        consultation=consultation,
        comment=held,
        owner=consultation.triage_owner or by,
        raised_at=timezone.now(),
        raised_by=by,
    )
    audit.record("disclosure_raised", disclosure, by=by)
    quotes.take_back([held.response_id], by=by)
    return disclosure


@transaction.atomic
def settle(disclosure: Disclosure, *, outcome: str, version: int, by: User) -> Disclosure:
    """Say what was done, or why nothing was needed. It stays when the comment is removed, so it names nobody."""
    outcome = outcome.strip()
    if not outcome:
        raise ValidationError({"outcome": "Say what was done, or why nothing was needed"})
    if len(outcome) > LONGEST:
        raise ValidationError({"outcome": f"What was done must be said in {LONGEST} characters or fewer"})
    if told := redaction.telling(outcome):
        listed = "; ".join(map(str, told))
        raise ValidationError(
            {"outcome": f"What was done is kept for long, so it must not tell who anybody is. Take out {listed}"}
        )
    write(disclosure, version=version, what=THIS, settled_by=by, settled_at=timezone.now(), outcome=outcome)
    audit.record("disclosure_settled", disclosure, by=by, comment=outcome)
    return disclosure


@transaction.atomic
def hand_over(disclosure: Disclosure, *, to: User, version: int, by: User) -> Disclosure:
    """From now on that person sees to it, and sees the comment."""
    if disclosure.settled_at:
        raise ValidationError("It is settled: take it up again first.")
    if not to.is_active:
        raise ValidationError({"to": f"{to.name} is no longer here. Choose somebody else"})
    if to.pk == disclosure.owner_id:
        raise ValidationError({"to": f"{to.name} sees to it already"})
    before = disclosure.owner.name
    write(disclosure, version=version, what=THIS, owner=to)
    audit.record("disclosure_handed_over", disclosure, by=by, changes=[audit.change("Who sees to it", before, to.name)])
    return disclosure


@transaction.atomic
def take_up(disclosure: Disclosure, *, version: int, by: User) -> Disclosure:
    """What was settled waits again. What was said of it stays in the trail."""
    if not disclosure.settled_at:
        return disclosure
    write(disclosure, version=version, what=THIS, settled_by=None, settled_at=None, outcome="")
    audit.record("disclosure_taken_up", disclosure, by=by)
    return disclosure
