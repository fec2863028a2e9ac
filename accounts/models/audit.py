import datetime as dt

from django.db import models
from django.utils import timezone

from accounts.models.user import RoleGrant, User
from lib.append_only import AppendOnly, AppendOnlyQuerySet

# What administrators look after. Not mails: what a reminder says names figures, restricted ones too.
OF_PEOPLE = ("accounts.user", "accounts.organisation")


class AuditEventQuerySet(AppendOnlyQuerySet):
    def about(self, subject_type: str, subject_id: object) -> "AuditEventQuerySet":
        return self.filter(subject_type=subject_type, subject_id=str(subject_id))

    def visible_to(self, user: User) -> "AuditEventQuerySet":
        """Coordinators see all of it, administrators what happened to people and organisations, others nothing."""
        if user.has_role(RoleGrant.Role.COORDINATOR):
            return self
        if user.has_role(RoleGrant.Role.ADMINISTRATOR):
            return self.filter(subject_type__in=OF_PEOPLE)
        return self.none()

    def since_day(self, first: dt.date) -> "AuditEventQuerySet":
        """On that day or later, by London time."""
        return self.filter(at__gte=_midnight(first))

    def until_day(self, last: dt.date) -> "AuditEventQuerySet":
        """On that day or earlier, by London time."""
        return self.filter(at__lt=_midnight(last + dt.timedelta(days=1)))


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min), timezone.get_default_timezone())


class AuditEvent(AppendOnly):
    """Who did what, when, from what to what. Holds text and labels, so that it outlives what it describes.

    `changes` is a list of {"what", "was", "now"} with readable text. `scheduled` says that nobody pressed a button.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # for filtering only
    actor_label = models.CharField(max_length=250)
    scheduled = models.BooleanField(default=False)
    kind = models.CharField(max_length=40, db_index=True)  # "return_submitted": a code in accounts/audit.py
    subject_type = models.CharField(max_length=40)  # "indicators.return"
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=250)
    subject_version = models.PositiveIntegerField(null=True)  # the version this event made
    changes = models.JSONField(default=list)
    comment = models.TextField(blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id", "at"],
                name="what_happened_to_this",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject_label}"
