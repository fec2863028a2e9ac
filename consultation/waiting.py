"""What stands in the way of a consultation's results: each as a sentence with what to do."""

from consultation.models import Batch, Consultation, Quote, Response


def for_analysis(consultation: Consultation) -> list[str]:
    """What would make the counts wrong the day after: each as a sentence with what to do."""
    waiting = [
        f"“{label}” is still being entered. Finish the batch or undo it."
        for label in Batch.objects.filter(consultation=consultation, state=Batch.State.OPEN).values_list(
            "label", flat=True
        )
    ]
    held = Response.objects.to_look_at().filter(consultation=consultation).count()
    if held:
        waiting.append(
            f"{_many(held, 'response is', 'responses are')} held back. Look at them, and count them or set them aside."
        )
    return waiting


def for_publication(consultation: Consultation) -> list[str]:
    """What keeps the results from the public: each as a sentence with what to do."""
    quotes = Quote.objects.filter(consultation=consultation)
    waiting = []
    unpassed = quotes.filter(passed_at__isnull=True).count()
    if unpassed:
        waiting.append(
            f"{_many(unpassed, 'quote waits', 'quotes wait')} for somebody else to pass. Each is passed or withdrawn first."
        )
    harm = quotes.filter(comment__disclosure__isnull=False, comment__disclosure__settled_at__isnull=True).count()
    if harm:
        waiting.append(
            f"{_many(harm, 'quote comes', 'quotes come')} from words that may tell of harm to somebody. Each is seen to or withdrawn first."
        )
    return waiting


def _many(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"
