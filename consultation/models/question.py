"""What is asked: the concerns to rank, and questions with options, a scale or room for words. Texts are kept exactly as they were asked."""

from django.db import models
from django.db.models import Q

from consultation.models.consultation import Consultation
from priorities.models import Priority

MOST_CONCERNS = 40  # listed, beside "other"
MOST_CHOICES = 3  # first, second, third


class Question(models.Model):
    """One question, in the words in which it was asked."""

    class Kind(models.TextChoices):
        RANKED = "ranked", "Up to three concerns, in order"
        SINGLE = "single", "One answer"
        MULTIPLE = "multiple", "Any number of answers"
        SCALE = "scale", "A scale"
        TEXT = "text", "In their own words"

    class Role(models.TextChoices):
        CONCERNS = "concerns", "Which concerns matter most"
        SAFE = "safe", "Feeling safe"
        CONNECTION = "connection", "Connection to the area"
        FURTHER = "further", "Further question"
        MONITORING = "monitoring", "Equality monitoring"  # counted apart from everything else

    ONE_EACH = (Role.CONCERNS, Role.SAFE, Role.CONNECTION)

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="questions")
    key = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=8, choices=Kind)
    role = models.CharField(max_length=10, choices=Role, default=Role.FURTHER)
    text = models.CharField(max_length=300)
    hint = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["consultation_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "key"], name="one_question_per_consultation_and_key"),
            models.UniqueConstraint(
                fields=["consultation", "role"],
                condition=Q(role__in=["concerns", "safe", "connection"]),
                name="concerns_safety_and_connection_are_asked_once",
                violation_error_message="This is asked already.",
            ),
            models.CheckConstraint(
                condition=Q(role="concerns", kind="ranked")
                | Q(role="safe", kind="single")
                | Q(role="connection", kind="multiple")
                | Q(role="further", kind__in=["single", "multiple", "scale", "text"])
                | Q(role="monitoring", kind__in=["single", "multiple"]),
                name="a_question_is_of_a_kind_that_its_role_allows",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_monitoring(self) -> bool:
        return self.role == self.Role.MONITORING

    @property
    def is_text(self) -> bool:
        return self.kind == self.Kind.TEXT


class Option(models.Model):
    """One answer that can be chosen."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    key = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(max_length=160)
    is_dont_know = models.BooleanField(
        default=False
    )  # "Don't know", "Prefer not to say": no part of a percentage's base

    class Meta:
        ordering = ["question_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "key"], name="one_option_per_question_and_key"),
            models.UniqueConstraint(
                fields=["question", "text"],
                name="one_option_per_question_and_text",
                violation_error_message="This answer is there already.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ConcernQuerySet(models.QuerySet):
    def told(self) -> "ConcernQuerySet":
        """Those of published consultations: what the partnership has said that people told it. "Other" is none of them."""
        return self.filter(consultation__state=Consultation.State.PUBLISHED, is_other=False)


class Concern(models.Model):
    """One listed option of what could matter most. `priority` is the plan's that covers it; None: none does, or nobody has said yet."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="concerns")
    key = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField(default=1)  # as printed on the paper: the number that is keyed
    text = models.CharField(max_length=120)
    is_other = models.BooleanField(default=False)  # "Other", with room to say what
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    uncovered_note = models.CharField(max_length=300, blank=True)  # why no priority covers it

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["consultation_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "key"], name="one_concern_per_consultation_and_key"),
            models.UniqueConstraint(
                fields=["consultation", "text"],
                name="one_concern_per_consultation_and_text",
                violation_error_message="This concern is listed already.",
            ),
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(is_other=True),
                name="one_other_concern_per_consultation",
                violation_error_message="There is an “other” already.",
            ),
        ]

    def __str__(self) -> str:
        return self.text
