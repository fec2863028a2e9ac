from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from indicators.models.indicator import Indicator
from indicators.models.return_ import Return
from lib.append_only import AppendOnly, AppendOnlyQuerySet


class RevisionQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: User) -> "RevisionQuerySet":
        """Those of the indicators whose returns this person sees."""
        return self.filter(indicator__in=Return.objects.visible_to(user).values("indicator"))


class Revision(AppendOnly):
    """New figures from the source for several quarters of a series, under one reason, verified together."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="revisions")
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "made_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_revision_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.reason}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:revision-detail", args=[self.pk])
