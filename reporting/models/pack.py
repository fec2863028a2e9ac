from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from lib.jobs import Job, JobQuerySet
from lib.quarter_fields import QuarterField
from priorities.models import Plan


class PackQuerySet(JobQuerySet):
    def visible_to(self, user: User) -> "PackQuerySet":
        """Coordinators see every pack; CSP Executive members those that are ready."""
        if user.has_role(RoleGrant.Role.COORDINATOR):
            return self
        if user.has_role(RoleGrant.Role.EXECUTIVE):
            return self.filter(job_state=Job.JobState.READY)
        return self.none()


class Pack(Job):
    """One edition of one quarter as a numbered issue: snapshot, PDF, checksums. Its bytes are never changed."""

    class Edition(models.TextChoices):
        EXECUTIVE = "executive", "Executive"

    STAGES = (
        "Gather the figures and commentary",
        "Check what is missing",
        "Lay out the parts",
        "Set the pages",
        "Check that everyone can read the PDF",
    )
    DOING = (
        "gathering the figures and commentary",
        "checking what is missing",
        "laying out the parts",
        "setting the pages",
        "checking that everyone can read the PDF",
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="packs")
    quarter = QuarterField()
    edition = models.CharField(max_length=10, choices=Edition, default=Edition.EXECUTIVE)
    issue = models.PositiveSmallIntegerField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    as_at = models.DateTimeField(null=True, blank=True)  # the moment the figures stand for; None: when it was built
    snapshot = models.TextField(blank=True)  # canonical JSON
    snapshot_sha256 = models.CharField(max_length=64, blank=True)
    pdf = models.FileField(upload_to="packs/", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_bytes = models.PositiveIntegerField(null=True, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)
    holds_restricted = models.BooleanField(default=False)  # known once it is built

    objects = PackQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter", "edition", "-issue"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "quarter", "edition", "issue"],
                name="one_pack_per_quarter_edition_and_issue",
                violation_error_message="There is already a pack with this issue number.",
            ),
            models.UniqueConstraint(
                fields=["plan", "quarter", "edition"],
                condition=Q(job_state__in=["requested", "running"]),
                name="one_pack_of_a_quarter_and_edition_is_being_built",
                violation_error_message="This pack is being built already.",
            ),
            models.CheckConstraint(
                condition=~Q(job_state="ready")
                | (~Q(snapshot="") & ~Q(snapshot_sha256="") & ~Q(pdf="") & ~Q(pdf_sha256="")),
                name="a_ready_pack_has_its_files_and_checksums",
            ),
        ]

    def __str__(self) -> str:
        return f"Pack for {self.quarter}, {self.get_edition_display().lower()} edition, issue {self.issue}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:pack-detail", args=[self.pk])
