import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import RoleGrant, User
from lib.append_only import AppendOnly, AppendOnlyQuerySet


class DownloadQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: User) -> "DownloadQuerySet":
        """The partnership team answers for restricted figures. An administrator has no right to know of them."""
        return self if user.has_role(RoleGrant.Role.COORDINATOR) else self.none()

    def by_person(self, person: int | str) -> "DownloadQuerySet":
        """Those of this person, by id; of anybody where it is empty."""
        return self.filter(by=person) if person else self

    def to_forget(self, at: dt.datetime) -> "DownloadQuerySet":
        return self.filter(at__lte=at - dt.timedelta(days=settings.DOWNLOADS_KEPT_DAYS))

    def forget(self, at: dt.datetime) -> int:
        """Remove those that have been kept for as long as people were told: the one way in which a row goes. How many."""
        return models.QuerySet(self.model, using=self.db).filter(pk__in=self.to_forget(at).values("pk")).delete()[0]


class Download(AppendOnly):
    """That somebody took a copy of what is not for everybody: who, what, when. No row, no copy."""

    class Why(models.TextChoices):
        EXECUTIVE = "executive", "Executive edition"
        RESTRICTED = "restricted", "Restricted figures"
        EMBARGO = "embargo", "Under embargo"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    pack = models.ForeignKey("reporting.Pack", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=250)  # "Pack for 2017-18 Q4, executive edition, issue 1"
    form = models.CharField(max_length=8)  # the ending of its file: "pdf"
    why = models.CharField(max_length=10, choices=Why)

    objects = DownloadQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.what} ({self.form})"
