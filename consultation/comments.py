"""The comments of a consultation as they are read: found by question, tag and word, with how many are still to read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from consultation.models import Comment, Consultation, Question, Response, Tag

OFFERED = 15  # tags to tick; others can be typed
COUNTED = Q(comments__response__standing=Response.Standing.COUNTED)


@dataclass(frozen=True)
class AskedInWords:
    """One question that people answered in words. `label` says what was written there."""

    question: Question
    comments: int
    unread: int

    @property
    def label(self) -> str:
        if self.question.kind == Question.Kind.RANKED:
            return f"“Other” in: {self.question.text}"
        return self.question.text


def asked(consultation: Consultation) -> list[AskedInWords]:
    """The questions with comments, in their order. Two queries."""
    counted = (
        Comment.objects.readable(consultation)
        .order_by()
        .values("question")
        .annotate(comments=Count("pk"), unread=Count("pk", filter=Q(read_at__isnull=True)))
    )
    held = {row["question"]: row for row in counted}
    questions = Question.objects.filter(pk__in=held)
    return [AskedInWords(one, held[one.pk]["comments"], held[one.pk]["unread"]) for one in questions]


def lede(questions: Iterable[AskedInWords]) -> str:
    comments, unread = sum(one.comments for one in questions), sum(one.unread for one in questions)
    if not comments:
        return "Nobody has written anything yet."
    told = f"{comments:,} comment{'' if comments == 1 else 's'}"
    if not unread:
        return f"{told}, all read."
    return f"{told}, {unread:,} not read yet."


def tags(consultation: Consultation) -> "QuerySet[Tag]":
    """With `times`: how many comments of counted responses have it; the most used first."""
    return (
        Tag.objects.filter(consultation=consultation)
        .annotate(times=Count("comments", filter=COUNTED))
        .order_by("-times", "name")
    )


def found(
    consultation: Consultation, *, question: Question | None, tag: Tag | None, show: str, words: str
) -> "QuerySet[Comment]":
    """Unread first, then in the order in which they came. `show`: "unread", "read" or all; each of `words` is in it."""
    comments = with_all(Comment.objects.readable(consultation))
    if question:
        comments = comments.filter(question=question)
    if tag:
        comments = comments.filter(tags=tag)
    if show in ("unread", "read"):
        comments = comments.filter(read_at__isnull=show == "unread")
    for word in words.split():
        comments = comments.filter(text__icontains=word)
    was_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
    return comments.annotate(was_read=was_read).order_by("was_read", "pk")


def to_read(consultation: Consultation, *, question: Question | None, after: int) -> "QuerySet[Comment]":
    """Unread ones in the order in which they came, behind the one with the id `after`."""
    unread = Comment.objects.readable(consultation).unread().filter(pk__gt=after)
    return with_all(unread.filter(question=question) if question else unread).order_by("pk")


def with_all(comments: "QuerySet[Comment]") -> "QuerySet[Comment]":
    """With what a page says about each: two queries for any number."""
    beside = ("response__channel", "response__consultation", "question", "read_by", "quote", "disclosure")
    return comments.select_related(*beside).prefetch_related("tags")
