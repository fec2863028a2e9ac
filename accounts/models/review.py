import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.user import RoleGrant, User
from lib.append_only import AppendOnly, Kept, KeptQuerySet
from lib.quarter_fields import QuarterField


class AccessReviewQuerySet(KeptQuerySet):
    def open(self) -> "AccessReviewQuerySet":
        return self.filter(closed_at__isnull=True)

    def over(self, on: dt.date) -> "AccessReviewQuerySet":
        """Open ones whose last day is past."""
        return self.open().filter(closes_on__lt=on)


class AccessReview(Kept):
    """A quarter's look at who still has which role: each role given by hand before it opened is confirmed or ended, or lapses when it closes."""

    quarter = QuarterField(unique=True)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # None: by the schedule
    due_on = models.DateField()
    closes_on = models.DateField()  # the last day on which a role can be confirmed
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AccessReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("due_on")), name="a_review_closes_after_it_is_due"),
            models.UniqueConstraint(
                models.ExpressionWrapper(Q(closed_at__isnull=True), output_field=models.BooleanField()),
                condition=Q(closed_at__isnull=True),
                name="one_access_review_is_open_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Review of roles, {self.quarter}"

    def grants(self, on: dt.date) -> models.QuerySet[RoleGrant]:
        """What it is about, of those in force on that day: given by hand, and before it opened."""
        return RoleGrant.objects.reviewed_from(self.opened_at, timezone.localdate(self.opened_at)).in_force(on)


class RoleConfirmation(AppendOnly):
    """Somebody's word, in one review, that a person still holds a role."""

    review = models.ForeignKey(AccessReview, on_delete=models.PROTECT, related_name="confirmations")
    grant = models.ForeignKey(RoleGrant, on_delete=models.PROTECT, related_name="confirmations")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["review", "grant"]
        constraints = [
            models.UniqueConstraint(fields=["review", "grant"], name="a_role_is_confirmed_once_in_a_review"),
        ]

    def __str__(self) -> str:
        return f"{self.grant}, confirmed by {self.by}"
