"""What was counted: totals that were published elsewhere, and our own results as they stood when they were analysed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from consultation.models.consultation import Consultation
from consultation.models.question import Concern, Option, Question
from lib.append_only import AppendOnly
from lib.editing import Versioned


class Tally(Versioned):
    """One printed count of a consultation that holds no responses: of a concern, an option, or of several together ("other 16 options")."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="tallies")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    option = models.ForeignKey(Option, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    together = models.CharField(
        max_length=120, blank=True
    )  # what is counted in one: "Other options, not printed one by one"
    rank = models.PositiveSmallIntegerField(default=0)  # 1: as a first choice; 0: not ranked, an option was chosen
    count = models.PositiveIntegerField()
    printed = models.CharField(max_length=20, blank=True)  # the percentage as printed: "24.4%"
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["consultation_id", "question_id", "rank", "order", "pk"]
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "rank"], condition=Q(concern__isnull=False), name="one_tally_per_concern_and_rank"
            ),
            models.UniqueConstraint(fields=["option"], condition=Q(option__isnull=False), name="one_tally_per_option"),
            models.UniqueConstraint(
                fields=["question", "together", "rank"],
                condition=~Q(together=""),
                name="one_tally_per_group_counted_together",
            ),
            models.CheckConstraint(
                condition=Q(concern__isnull=False, option__isnull=True, together="")
                | Q(concern__isnull=True, option__isnull=False, together="")
                | Q(concern__isnull=True, option__isnull=True) & ~Q(together=""),
                name="a_tally_counts_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(option__isnull=False, rank=0)
                | Q(concern__isnull=False, rank__gte=1, rank__lte=3)
                | Q(option__isnull=True, concern__isnull=True, rank__gte=0, rank__lte=3),
                name="a_concern_is_a_first_second_or_third_choice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.concern or self.option or self.together}: {self.count}"


class Result(AppendOnly):
    """Everything that was counted at one moment. The latest is shown; a new one after publication gives its reason.

    `counts` is complete and for the partnership team; `safe` is all that may be published, made from it once, so that what was shown to
    the public never depends on what is counted later. Both outlive the responses.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="results")
    number = models.PositiveSmallIntegerField()
    counts = models.JSONField()
    safe = models.JSONField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)  # why it replaces the one before

    class Meta:
        ordering = ["consultation_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="one_result_per_consultation_and_number"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""),
                name="a_result_that_replaces_another_gives_its_reason",
                violation_error_message="Say why the results are counted again.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation}, results {self.number}"
