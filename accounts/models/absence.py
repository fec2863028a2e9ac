import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.user import RoleGrant, User


class AbsenceQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "AbsenceQuerySet":
        """All for coordinators, one's own for everybody else."""
        return self if user.has_role(RoleGrant.Role.COORDINATOR) else self.filter(person=user)

    def in_force(self, on: dt.date) -> "AbsenceQuerySet":
        return self.filter(withdrawn_at__isnull=True, starts_on__lte=on, ends_on__gte=on)

    def not_over(self, on: dt.date) -> "AbsenceQuerySet":
        """In force on that day or later."""
        return self.filter(withdrawn_at__isnull=True, ends_on__gte=on)


class Absence(models.Model):
    """Somebody is away from one day to another, both included, and their deputy does meanwhile what they owe."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deputising")
    starts_on = models.DateField()
    ends_on = models.DateField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["person", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="an_absence_ends_after_it_starts",
                violation_error_message="The last day away must be the first day or later.",
            ),
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="nobody_is_their_own_deputy"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="an_absence_is_withdrawn_by_someone_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} away, {self.deputy} for them"
