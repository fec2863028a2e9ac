"""What people wrote: read by somebody, tagged, perhaps chosen as a quote; and what of it needs somebody to act."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import RoleGrant, User
from consultation.models.consultation import Consultation
from consultation.models.question import Question
from consultation.models.response import Response
from lib.editing import Versioned


class Tag(models.Model):
    """What comments are about, in the analyst's words."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="tags")
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["consultation_id", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "name"],
                name="one_tag_per_consultation_and_name",
                violation_error_message="There is a tag of this name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CommentQuerySet(models.QuerySet):
    def counted(self) -> "CommentQuerySet":
        return self.filter(response__standing=Response.Standing.COUNTED)

    def unread(self) -> "CommentQuerySet":
        return self.filter(read_at__isnull=True)

    def readable(self, consultation: Consultation) -> "CommentQuerySet":
        """All that came, counted or not: who is in need may have sent late. Not what was undone with its batch."""
        return self.filter(response__consultation=consultation).exclude(response__standing=Response.Standing.UNDONE)


class Comment(Versioned):
    """Somebody's own words to one question. Never shown to the public: what is published is a `Quote`."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="comments")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="+"
    )  # the ranked one: what "other" is
    text = models.TextField()
    tags = models.ManyToManyField(Tag, blank=True, related_name="comments")
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["question_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="one_comment_per_response_and_question"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="a_comment_is_read_by_someone_at_some_time",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something"),
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk}"  # not its words: the audit trail keeps what this says, and outlives them


class QuoteQuerySet(models.QuerySet):
    def waiting(self) -> "QuoteQuerySet":
        """Chosen, and not passed by another person yet."""
        return self.filter(passed_at__isnull=True)

    def published(self) -> "QuoteQuerySet":
        """What the public may read: passed, of a response that counts, or one that has been removed since, and of words that nobody has yet to see to."""
        counts = Q(comment__isnull=True) | Q(comment__response__standing=Response.Standing.COUNTED)
        waiting = Disclosure.objects.waiting().filter(comment=OuterRef("comment"))
        return self.filter(counts, ~Exists(waiting), passed_at__isnull=False)


class Quote(Versioned):
    """Words that may be published: without anything that tells who wrote them, chosen by one person and passed by another. It outlives the comment."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="quotes")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    comment = models.OneToOneField(Comment, on_delete=models.SET_NULL, null=True, blank=True, related_name="quote")
    text = models.TextField()  # with "[…]" where something was taken out
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    passed_at = models.DateTimeField(null=True, blank=True)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["consultation_id", "question_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(passed_at__isnull=True, passed_by__isnull=True)
                | Q(passed_at__isnull=False, passed_by__isnull=False),
                name="a_quote_is_passed_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(passed_by__isnull=True) | ~Q(passed_by=F("chosen_by")),
                name="a_quote_is_passed_by_another_than_who_chose_it",
                violation_error_message="Somebody else has to pass a quote that you chose.",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_quote_says_something"),
        ]

    def __str__(self) -> str:
        return f"Quote {self.pk}"


class DisclosureQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "DisclosureQuerySet":
        """All for the partnership team; for others those that were handed to them."""
        if not user.is_authenticated:
            return self.none()
        return self if user.has_role(RoleGrant.Role.COORDINATOR) else self.filter(owner=user)

    def waiting(self) -> "DisclosureQuerySet":
        return self.filter(settled_at__isnull=True)


class Disclosure(Versioned):
    """Words that may tell of harm to somebody: a person sees to it and says what was done. The row stays when the comment goes."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="disclosures")
    comment = models.OneToOneField(Comment, on_delete=models.SET_NULL, null=True, blank=True, related_name="disclosure")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # None: for a word in it, as it came in
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)  # what was done, or why nothing was needed; no names

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        ordering = ["settled_at", "raised_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, outcome="")
                | Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome=""),
                name="a_disclosure_is_settled_by_someone_who_says_how",
                violation_error_message="Say what was done.",
            ),
        ]

    def __str__(self) -> str:
        return f"Disclosure {self.pk}"
