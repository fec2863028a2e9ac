"""What happens to the plan's own commitments and outcomes: who leads them, how they go, how they will be known."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from governance.models.body import Body
from governance.models.update import Brag
from indicators.models import Indicator
from lib.append_only import AppendOnly
from lib.editing import Versioned
from lib.quarter_fields import QuarterField, YearField
from priorities.models import Commitment, Outcome


class CommitmentLead(Versioned):
    """The body that leads a commitment."""

    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="commitments_led")
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["commitment"]

    def __str__(self) -> str:
        return f"{self.commitment}: {self.body}"


class CommitmentStatus(AppendOnly):
    """How a commitment went by the end of a quarter, and how far it is against its number. The latest of a quarter counts.

    Where actions serve it, its colour comes from them, and only its number is still given here.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="+")
    quarter = QuarterField()
    brag = models.CharField(max_length=5, choices=Brag, blank=True)
    said = models.TextField(blank=True)
    number = models.PositiveIntegerField(
        null=True, blank=True
    )  # reached since the commitment began, not in the quarter alone
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["commitment", "quarter", "given_at", "pk"]
        verbose_name_plural = "commitment statuses"
        constraints = [
            models.CheckConstraint(
                condition=~Q(brag="") | Q(number__isnull=False),
                name="a_status_has_a_colour_or_a_number",
                violation_error_message="Choose how it goes, or enter the number reached.",
            ),
            models.CheckConstraint(
                condition=~Q(brag__in=["red", "amber"]) | ~Q(said=""),
                name="a_red_or_amber_commitment_has_a_reason",
                violation_error_message="Say why it is red or amber.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment}, {self.quarter}"


class OutcomeMeasure(Versioned):
    """How it will be known whether an outcome has come about. Without one, it is a listed gap."""

    class Kind(models.TextChoices):
        INDICATOR = "indicator", "An indicator"
        SURVEY = "survey", "A measure of a yearly survey"
        JUDGEMENT = "judgement", "A yearly judgement with its evidence"

    outcome = models.OneToOneField(Outcome, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    survey = models.CharField(max_length=200, blank=True)  # which survey, and which of its answers
    judged_by = models.CharField(max_length=120, blank=True)  # the post or body that says so every year
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["outcome"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="indicator", indicator__isnull=False, survey="", judged_by="")
                | (Q(kind="survey", indicator__isnull=True, judged_by="") & ~Q(survey=""))
                | (Q(kind="judgement", indicator__isnull=True, survey="") & ~Q(judged_by="")),
                name="an_outcome_is_known_in_one_way",
                violation_error_message="Say by which indicator, which survey, or whose judgement it will be known.",
            )
        ]

    def __str__(self) -> str:
        return {"indicator": str(self.indicator or ""), "survey": self.survey}.get(
            self.kind, f"Judged by {self.judged_by}"
        )


class OutcomeJudgement(AppendOnly):
    """What a year said of an outcome: a survey's result, or a judgement with its evidence. The latest of a year counts."""

    class Verdict(models.TextChoices):
        REACHED = "reached", "Has come about"
        NEARER = "nearer", "Nearer than a year ago"
        SAME = "same", "As a year ago"
        FURTHER = "further", "Further away than a year ago"
        UNKNOWN = "unknown", "Can't be said"

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="+")
    year = YearField()
    verdict = models.CharField(max_length=8, choices=Verdict)
    evidence = models.TextField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["outcome", "year", "given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(evidence=""),
                name="a_judgement_has_evidence",
                violation_error_message="Say what it rests on.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome}, {self.year}"
