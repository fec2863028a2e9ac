"""What people still have to do with a consultation's answers, in sentences."""

from consultation.models import Comment, Consultation, Disclosure, Quote, Response


def left_to_do(consultation: Consultation) -> list[str]:
    """What is unread, held back, not passed and not seen to; empty when nothing is. Four queries.

    It refuses nothing: whoever counts the results decides whether it matters.
    """
    unread = Comment.objects.filter(response__consultation=consultation).counted().unread().count()
    held = Response.objects.filter(consultation=consultation).to_look_at().count()
    quotes = Quote.objects.filter(consultation=consultation).waiting().count()
    disclosures = Disclosure.objects.filter(consultation=consultation).waiting().count()
    told = (
        (
            disclosures,
            "comment that may tell of harm waits",
            "comments that may tell of harm wait",
            "for somebody to see to",
        ),
        (held, "response is held back", "responses are held back", "until somebody has looked"),
        (unread, "comment is", "comments are", "not read yet"),
        (quotes, "quote waits", "quotes wait", "to be passed by another person"),
    )
    return [f"{number:,} {one if number == 1 else many} {rest}" for number, one, many, rest in told if number]
