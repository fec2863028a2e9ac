"""Quotes: chosen from a comment without anything that tells who wrote it, passed by another person, changed and withdrawn.

The trail says who did what with which quote and never its words: what was withdrawn because it told too much is gone.
"""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import User
from consultation import redaction
from consultation.actions import words
from consultation.models import Comment, Disclosure, Quote, Response
from lib.editing import Stale, write
from lib.locks import hold_still

THIS = "This quote"
LONGEST = 2_000  # characters, as of a comment
NOT_COUNTED = "The response it is from is not counted, so it can’t be quoted. Count the response first."
CHOSEN = "This comment is chosen as a quote already: change that quote."
OWN = "Somebody else has to pass a quote that you chose."
UNSEEN = "This comment may tell of harm, and waits for somebody to see to it. Until then it can’t be quoted."
NO_COMMENT = "The comment has been removed, so its quote can’t be changed any more. You can withdraw it."
NOT_COMPARED = "The comment has been removed, so nobody can read its quote beside it any more. Withdraw the quote."

audit.kinds(
    {
        "quote_chosen": "Quote chosen",
        "quote_changed": "Quote changed",
        "quote_passed": "Quote passed",
        "quote_taken_back": "Quote waits to be passed again",
        "quote_withdrawn": "Quote withdrawn",
    }
)


@transaction.atomic
def choose(comment: Comment, *, text: str, harmless: Collection[str], by: User) -> Quote:
    """Propose words of a comment. `harmless`: what `redaction.telling` finds in them and somebody has looked at, as it says it."""
    held = words.holding(comment)
    if Quote.objects.filter(comment=held).exists():
        raise ValidationError(CHOSEN)
    text = _checked(held, text, harmless)
    quote = Quote.objects.create(
        consultation_id=held.response.consultation_id,
        question_id=held.question_id,
        comment=held,
        text=text,
        chosen_by=by,
        chosen_at=timezone.now(),
    )
    audit.record("quote_chosen", quote, by=by)
    return quote


@transaction.atomic
def change(quote: Quote, *, text: str, harmless: Collection[str], version: int, by: User) -> Quote:
    """Take out more, or less. It has to be passed again, by another than who changed it. Saying what is said already changes nothing."""
    comment = Comment.objects.select_related("response").filter(quote=quote).first()
    if comment is None:
        raise ValidationError(NO_COMMENT)
    text = _checked(comment, text, harmless)
    if version == quote.version and text == quote.text:
        return quote
    chosen = {"chosen_by": by, "chosen_at": timezone.now(), "passed_by": None, "passed_at": None}
    write(quote, version=version, what=THIS, text=text, **chosen)
    audit.record("quote_changed", quote, by=by)
    return quote


@transaction.atomic
def pass_(quote: Quote, *, version: int, by: User) -> Quote:
    """Say that it may be published as it stands."""
    if quote.chosen_by_id == by.pk:
        raise ValidationError(OWN)
    if quote.passed_at and quote.version == version:
        return quote
    _hold_counted(quote)
    write(quote, version=version, what=THIS, passed_by=by, passed_at=timezone.now())
    audit.record("quote_passed", quote, by=by)
    return quote


@transaction.atomic
def withdraw(quote: Quote, *, version: int, by: User) -> Quote:
    """It is removed, from public pages too. The comment stays as it is."""
    label = Quote(pk=quote.pk, version=version + 1)
    if not Quote.objects.filter(pk=quote.pk, version=version).delete()[0]:
        raise Stale(THIS)
    audit.record("quote_withdrawn", label, by=by)
    return quote


@transaction.atomic
def take_back(responses: Collection[int] | QuerySet[Response], *, by: User) -> int:
    """Whatever was passed from these responses waits to be passed again: they don't count any more, or may tell of harm. Returns how many."""
    passed = Quote.objects.filter(comment__response__in=responses, passed_at__isnull=False)
    taken = [write(quote, version=quote.version, what=THIS, passed_by=None, passed_at=None) for quote in passed]
    audit.record_several((audit.Entry("quote_taken_back", quote) for quote in taken), by=by)
    return len(taken)


def _hold_counted(quote: Quote) -> None:
    """Refuse words of a response that doesn't count, or that may tell of harm, and keep both so until the transaction ends.

    Whoever reads `published` after the removal can't tell any more whether the response counted.
    """
    comment = Comment.objects.select_related("response").filter(quote=quote).first()
    if comment is None:
        raise ValidationError(NOT_COMPARED)
    words.holding(comment)
    hold_still(Response, comment.response_id)
    if not Response.objects.counted().filter(pk=comment.response_id).exists():
        raise ValidationError(NOT_COUNTED)
    _seen_to(comment.pk)


def _checked(comment: Comment, text: str, harmless: Collection[str]) -> str:
    """The words as they are kept. Refuses what was not written, what may tell who somebody is, and what isn't counted."""
    text = redaction.tidy(text)
    if comment.response.standing != Response.Standing.COUNTED:
        raise ValidationError(NOT_COUNTED)
    _seen_to(comment.pk)
    if not text.replace(redaction.LEFT_OUT, "").strip():
        raise ValidationError({"text": "Leave some of the words in"})
    if len(text) > LONGEST:
        raise ValidationError({"text": f"The quote must be {LONGEST:,} characters or fewer"})
    if piece := redaction.not_in(text, comment.text):
        raise ValidationError(
            {
                "text": f"A quote only leaves words out, and this is not in the comment: “{piece}”. Put […] where you took words out"
            }
        )
    if left := [found for found in redaction.telling(text) if str(found) not in harmless]:
        listed = "; ".join(map(str, left))
        raise ValidationError({"harmless": f"Take out what may tell who somebody is, or tick it as harmless: {listed}"})
    return text


def _seen_to(comment: int) -> None:
    if Disclosure.objects.waiting().filter(comment=comment).exists():
        raise ValidationError(UNSEEN)
