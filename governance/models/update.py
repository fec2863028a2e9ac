from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from governance.models.action import Action
from lib.append_only import Kept, KeptQuerySet
from lib.editing import Versioned
from lib.quarter_fields import QuarterField


class Brag(models.TextChoices):
    """How an action goes, as whoever leads it says. In the order in which they are listed: what is late first."""

    RED = "red", "Red: late, or will miss"
    AMBER = "amber", "Amber: at risk"
    GREEN = "green", "Green: on track"
    BLUE = "blue", "Blue: complete"


class UpdateQuerySet(KeptQuerySet):
    def agreed(self) -> "UpdateQuerySet":
        return self.filter(agreed_at__isnull=False)

    def waiting(self) -> "UpdateQuerySet":
        """Drafted, for the chair to agree: those sent back are with whoever drafts again."""
        return self.filter(agreed_at__isnull=True, sent_back_because="")


class Update(Kept, Versioned):
    """What is said of one action in one quarter: drafted by the support officer or the lead, agreed by the chair, and then on the record."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")
    quarter = QuarterField()
    done = models.TextField(blank=True)
    next = models.TextField(blank=True)
    brag = models.CharField(max_length=5, choices=Brag)
    brag_reason = models.CharField(max_length=300, blank=True)
    is_no_change = models.BooleanField(default=False)  # one click: as it was, on the day of `drafted_at`
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=timezone.now)
    sent_back_because = models.TextField(
        blank=True
    )  # cleared when it is drafted again; the audit trail keeps every comment
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)

    objects = UpdateQuerySet.as_manager()

    class Meta:
        ordering = ["action", "quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "quarter"],
                name="one_update_per_action_and_quarter",
                violation_error_message="This action has an update for that quarter already.",
            ),
            models.CheckConstraint(
                condition=~Q(brag__in=["red", "amber"]) | ~Q(brag_reason=""),
                name="a_red_or_amber_update_has_a_reason",
                violation_error_message="Say why it is red or amber.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="an_update_is_agreed_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True) | Q(sent_back_because=""),
                name="an_agreed_update_is_not_sent_back",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action}, {self.quarter}"

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None
