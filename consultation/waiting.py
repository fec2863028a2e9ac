"""What waits in a consultation for people, in sentences: what its answers still ask of them, and what stands in the way of its results."""

from consultation.models import Batch, Comment, Consultation, Disclosure, Quote, Response


def for_people(consultation: Consultation) -> list[str]:
    """What is unread, held back, not passed and not seen to; empty when nothing is. Four queries.

    It refuses nothing: whoever counts the results decides whether it matters.
    """
    unread = Comment.objects.filter(response__consultation=consultation).counted().unread().count()
    harm = Disclosure.objects.filter(consultation=consultation).waiting().count()
    told = (
        (harm, "comment that may tell of harm waits", "comments that may tell of harm wait", "for somebody to see to"),
        (_held(consultation), "response is held back", "responses are held back", "until somebody has looked"),
        (unread, "comment is", "comments are", "not read yet"),
        (_unpassed(consultation), "quote waits", "quotes wait", "to be passed by another person"),
    )
    return [f"{_many(number, one, more)} {rest}" for number, one, more, rest in told if number]


def for_analysis(consultation: Consultation) -> list[str]:
    """What would make the counts wrong the day after: each as a sentence with what to do."""
    open_ones = Batch.objects.filter(consultation=consultation, state=Batch.State.OPEN).values_list("label", flat=True)
    told = [f"“{label}” is still being entered. Finish the batch or undo it." for label in open_ones]
    if held := _held(consultation):
        them = "it, and count it or set it aside" if held == 1 else "them, and count them or set them aside"
        told.append(f"{_many(held, 'response is', 'responses are')} held back. Look at {them}.")
    return told


def for_publication(consultation: Consultation) -> list[str]:
    """What keeps the results from the public: each as a sentence with what to do."""
    told = []
    if unpassed := _unpassed(consultation):
        told.append(
            f"{_many(unpassed, 'quote waits', 'quotes wait')} for somebody else to pass. Each is passed or withdrawn first."
        )
    unseen = Disclosure.objects.filter(consultation=consultation).waiting().values("comment")
    if harm := Quote.objects.filter(consultation=consultation, comment__in=unseen).count():
        told.append(
            f"{_many(harm, 'quote comes', 'quotes come')} from words that may tell of harm to somebody. Each is seen to or withdrawn first."
        )
    return told


def _held(consultation: Consultation) -> int:
    return Response.objects.filter(consultation=consultation).to_look_at().count()


def _unpassed(consultation: Consultation) -> int:
    return Quote.objects.filter(consultation=consultation).waiting().count()


def _many(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"
