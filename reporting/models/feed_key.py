from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from lib.append_only import Kept, KeptQuerySet


class FeedKeyQuerySet(KeptQuerySet):
    def in_force(self) -> "FeedKeyQuerySet":
        return self.filter(revoked_at__isnull=True)


class FeedKey(Kept):
    """Lets one program read the feed of issued public figures. The key itself is shown once and kept nowhere: only its hash."""

    label = models.CharField(max_length=80)  # whose program: "Power BI of the performance team"
    key_sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    last_used_on = models.DateField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = FeedKeyQuerySet.as_manager()

    class Meta:
        ordering = ["label", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="a_feed_key_is_revoked_by_someone_at_some_time",
            )
        ]

    def __str__(self) -> str:
        return self.label
