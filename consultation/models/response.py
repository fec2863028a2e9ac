"""What one person answered. Nothing in it says who: no name, no address, no time of day.

Single responses go on the day that was set at the start; what was counted from them stays (`Result`).
"""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from consultation.models.batch import Batch
from consultation.models.consultation import Channel, Consultation
from consultation.models.question import Concern, Option, Question


class ResponseQuerySet(models.QuerySet):
    def counted(self) -> "ResponseQuerySet":
        """Those that every figure is made of: not held back, set aside, late, or of a batch that was undone."""
        return self.filter(standing=Response.Standing.COUNTED)

    def to_look_at(self) -> "ResponseQuerySet":
        """Held back until somebody has looked."""
        return self.filter(standing=Response.Standing.HELD)


class Response(models.Model):
    """One person's answers. The ranked choices stand in it, answers to questions with options in `Answer`, words in `Comment`."""

    class Standing(models.TextChoices):
        COUNTED = "counted", "Counted"
        HELD = "held", "Held back until somebody has looked"
        SET_ASIDE = "set_aside", "Set aside"
        LATE = "late", "Came after midnight of the last day"
        UNDONE = "undone", "Of a batch that was undone"

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="responses")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", db_index=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, blank=True, related_name="responses")
    token = models.UUIDField(default=uuid.uuid4, unique=True)  # of the form that was sent: a second press counts once
    language = models.CharField(max_length=12, default="en")
    received_on = models.DateField()
    first = models.ForeignKey(
        Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    second = models.ForeignKey(
        Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    third = models.ForeignKey(
        Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    standing = models.CharField(max_length=9, choices=Standing, default=Standing.COUNTED)
    # Why somebody may want to look: "many came from one address that day", "sent in under five seconds", "filled in a box nobody sees".
    from_shared_address = models.BooleanField(default=False)
    was_fast = models.BooleanField(default=False)
    filled_the_trap = models.BooleanField(default=False)
    # Of an import with a column that tells people apart: a keyed hash, so that one person's two rows are seen. Emptied with the analysis.
    respondent = models.CharField(max_length=64, blank=True)
    set_aside_because = models.CharField(max_length=200, blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(second__isnull=True) | Q(first__isnull=False),
                name="no_second_choice_without_a_first",
                violation_error_message="There is a second choice and no first.",
            ),
            models.CheckConstraint(
                condition=Q(third__isnull=True) | Q(second__isnull=False),
                name="no_third_choice_without_a_second",
                violation_error_message="There is a third choice and no second.",
            ),
            models.CheckConstraint(
                condition=(Q(second__isnull=True) | ~Q(second=F("first")))
                & (Q(third__isnull=True) | (~Q(third=F("first")) & ~Q(third=F("second")))),
                name="no_concern_is_chosen_twice",
                violation_error_message="The same concern is chosen twice.",
            ),
            models.CheckConstraint(
                condition=Q(standing="set_aside") & ~Q(set_aside_because="")
                | ~Q(standing="set_aside") & Q(set_aside_because=""),
                name="a_response_is_set_aside_with_a_reason",
                violation_error_message="Say why it is set aside.",
            ),
            models.UniqueConstraint(
                fields=["consultation", "respondent"],
                condition=~Q(respondent="") & ~Q(standing="undone"),
                name="one_response_per_consultation_and_respondent",
            ),
        ]
        indexes = [
            # Every figure begins with the counted ones of one consultation.
            models.Index(fields=["consultation", "standing", "channel"], name="response_counted"),
        ]

    def __str__(self) -> str:
        return f"Response {self.pk}"

    @property
    def choices(self) -> tuple[int, ...]:
        """The concerns chosen, best first, by their ids: at most three."""
        return tuple(pk for pk in (self.first_id, self.second_id, self.third_id) if pk is not None)


class Answer(models.Model):
    """One option that somebody chose."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["response", "option"], name="one_answer_per_response_and_option"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.option}"


class MonitoringCount(models.Model):
    """How often an answer about who people are was given. A counter and nothing else: it can't be joined to a response.

    `option` None counts the forms that answered the question at all. `batch` is the batch they came in, so that undoing it takes them off.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="counts")
    option = models.ForeignKey(Option, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["question_id", "option_id", "batch_id"]
        constraints = [
            # One for each way in which option and batch can be missing: neither database takes two empty ones for the same.
            models.UniqueConstraint(
                fields=["option", "batch"],
                condition=Q(option__isnull=False, batch__isnull=False),
                name="one_count_per_option_and_batch",
            ),
            models.UniqueConstraint(
                fields=["option"],
                condition=Q(option__isnull=False, batch__isnull=True),
                name="one_count_per_option_of_the_web_form",
            ),
            models.UniqueConstraint(
                fields=["question", "batch"],
                condition=Q(option__isnull=True, batch__isnull=False),
                name="one_count_of_who_answered_per_question_and_batch",
            ),
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(option__isnull=True, batch__isnull=True),
                name="one_count_of_who_answered_per_question_of_the_web_form",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.option or 'answered'}, {self.count}"


class AddressSeen(models.Model):
    """That a form came from some address: a keyed hash, forgotten after 24 hours. It is tied to no response.

    Nor does it follow from their order which form it was: `receiving` draws their ids at random and keeps only the hour of the time.
    """

    FORGOTTEN_AFTER = dt.timedelta(hours=24)

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField()  # to the hour

    class Meta:
        ordering = ["seen_at"]
        indexes = [models.Index(fields=["consultation", "digest", "seen_at"], name="addresses_of_a_day")]

    def __str__(self) -> str:
        return self.digest[:8]


class Code(models.Model):
    """A code printed on one paper form: it is used once, on paper or on the web. Which response used it is written nowhere."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="codes")
    value = models.CharField(max_length=12)
    series = models.CharField(max_length=80)  # what they were made for: "Letters to Weavers ward"
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    used_on = models.DateField(null=True, blank=True)
    batch = models.ForeignKey(
        Batch, on_delete=models.PROTECT, null=True, blank=True, related_name="codes"
    )  # it was keyed in: undoing that sets it free

    class Meta:
        ordering = ["consultation_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "value"], name="one_code_per_consultation_and_value"),
            models.CheckConstraint(
                condition=Q(batch__isnull=True) | Q(used_on__isnull=False), name="a_code_of_a_batch_is_used"
            ),
        ]

    def __str__(self) -> str:
        return self.value
