from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import RoleGrant, User
from lib.editing import Versioned
from lib.quarter_fields import QuarterField


class RoundQuerySet(models.QuerySet):
    def open(self) -> "RoundQuerySet":
        return self.filter(closed_at__isnull=True)

    def visible_to(self, user: User) -> "RoundQuerySet":
        """The coordinator's board and the CSP Executive's packs are about rounds; others meet their own returns."""
        return self if user.has_role(RoleGrant.Role.COORDINATOR, RoleGrant.Role.EXECUTIVE) else self.none()


class Round(Versioned):
    """One quarter's collection, with real dates, and the CSP Executive's date they were computed from."""

    quarter = QuarterField(unique=True)
    opens_on = models.DateField()
    due_on = models.DateField()
    commentary_due_on = models.DateField(null=True, blank=True)  # None: no commentary is asked for, only figures
    verify_by = models.DateField()
    closes_on = models.DateField()
    executive_meets_on = models.DateField(null=True, blank=True)
    set_by_hand = models.JSONField(default=list, blank=True)  # names of the dates that don't move with the meeting
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    due_on__gte=F("opens_on"),
                    verify_by__gte=F("due_on"),
                    closes_on__gte=F("verify_by"),
                ),
                name="a_round_opens_is_due_verified_and_closes_in_order",
                violation_error_message="The dates must follow in order: opens, due, verify by, closes.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True) | Q(closed_at__isnull=False),
                name="a_round_is_closed_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.quarter)

    def get_absolute_url(self) -> str:
        return reverse("indicators:round-detail", args=[self.quarter])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None
