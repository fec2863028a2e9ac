"""What waits in a consultation for people, in sentences: what its answers still ask of them, and what stands in the way of its results."""

from django.urls import reverse

from consultation import gathering
from consultation.counts import Counts
from consultation.models import Batch, Comment, Consultation, Disclosure, Quote, Response
from consultation.readiness import Lacking

PAGES: dict[str, str] = {
    Batch.Kind.PAPER: "pile-detail",
    Batch.Kind.IMPORT: "import-detail",
}  # where each kind is finished or undone


def for_people(consultation: Consultation) -> list[Lacking]:
    """What is unread, held back, not passed and not seen to; empty when nothing is. Four queries.

    It refuses nothing: whoever counts the results decides whether it matters.
    """
    unread = Comment.objects.filter(response__consultation=consultation).counted().unread().count()
    harm = Disclosure.objects.filter(consultation=consultation).waiting().count()
    told = (
        (
            harm,
            "comment that may tell of harm waits",
            "comments that may tell of harm wait",
            "for somebody to see to",
            reverse("consultation:disclosure-list"),
        ),
        (
            _held(consultation),
            "response is held back",
            "responses are held back",
            "until somebody has looked",
            _at("response-list", consultation),
        ),
        (unread, "comment is", "comments are", "not read yet", _at("comment-read", consultation)),
        (
            _unpassed(consultation),
            "quote waits",
            "quotes wait",
            "to be passed by another person",
            _at("quote-list", consultation),
        ),
    )
    return [Lacking(f"{_many(number, one, more)} {rest}", url) for number, one, more, rest, url in told if number]


def for_analysis(consultation: Consultation) -> list[str]:
    """What would make the counts wrong the day after: each as a sentence with what to do."""
    return [one.sentence for one in before_analysis(consultation)]


def before_analysis(consultation: Consultation) -> list[Lacking]:
    """The same, each with the page where it is done."""
    told = [
        Lacking(
            f"“{batch.label}” is still being entered. Finish the batch or undo it.",
            reverse(f"consultation:{PAGES[batch.kind]}", args=[consultation.slug, batch.pk]),
        )
        for batch in Batch.objects.filter(consultation=consultation, state=Batch.State.OPEN)
    ]
    if held := _held(consultation):
        them = "it, and count it or set it aside" if held == 1 else "them, and count them or set them aside"
        sentence = f"{_many(held, 'response is', 'responses are')} held back. Look at {them}."
        told.append(Lacking(sentence, _at("response-list", consultation)))
    return told


def for_publication(consultation: Consultation) -> list[str]:
    """What keeps the results from the public: each as a sentence with what to do."""
    return [one.sentence for one in before_publication(consultation)]


def before_publication(consultation: Consultation) -> list[Lacking]:
    """The same, each with the page where it is done."""
    told, quotes = [], _at("quote-list", consultation)
    if unpassed := _unpassed(consultation):
        sentence = f"{_many(unpassed, 'quote waits', 'quotes wait')} for somebody else to pass. Each is passed or withdrawn first."
        told.append(Lacking(sentence, quotes))
    unseen = Disclosure.objects.filter(consultation=consultation).waiting().values("comment")
    if harm := Quote.objects.filter(consultation=consultation, comment__in=unseen).count():
        sentence = f"{_many(harm, 'quote comes', 'quotes come')} from words that may tell of harm to somebody. Each is seen to or withdrawn first."
        told.append(Lacking(sentence, reverse("consultation:disclosure-list")))
    if _totals_moved_on(consultation):
        sentence = "The totals were changed after they were counted. They are counted again first."
        told.append(Lacking(sentence, _at("result-detail", consultation)))
    return told


def _totals_moved_on(consultation: Consultation) -> bool:
    """Published totals can be put right until they are published: what is kept of them would say something else than the page."""
    last = None if consultation.holds_responses else gathering.latest(consultation)
    return last is not None and Counts.from_json(last.counts) != gathering.gather(consultation)


def _at(name: str, consultation: Consultation) -> str:
    return reverse(f"consultation:{name}", args=[consultation.slug])


def _held(consultation: Consultation) -> int:
    return Response.objects.filter(consultation=consultation).to_look_at().count()


def _unpassed(consultation: Consultation) -> int:
    return Quote.objects.filter(consultation=consultation).waiting().count()


def _many(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"
