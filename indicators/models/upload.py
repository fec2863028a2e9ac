import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from indicators.models.feed import Feed
from lib.jobs import Job, JobQuerySet

READING = ("Read the file", "Compare it with what is held")
RECORDING = ("Compare it once more", "Record the figures")


class UploadQuerySet(JobQuerySet):
    def visible_to(self, user: User) -> "UploadQuerySet":
        """All for coordinators; for leads those they uploaded themselves."""
        if user.has_role(RoleGrant.Role.COORDINATOR):
            return self
        if user.has_role(RoleGrant.Role.DATA_LEAD):
            return self.filter(uploaded_by=user)
        return self.none()

    def with_old_files(self, at: dt.datetime) -> "UploadQuerySet":
        """Ended, and their file is still there after the days for which it is kept."""
        return self.filter(uploaded_at__lt=at - Upload.KEPT_FOR, job_state__in=Upload.ENDED).exclude(file="")


class Upload(Job):
    """A file of figures: read and compared in a job, looked at, then recorded in another, all or nothing; and it can be undone.

    Until it is recorded nothing of it counts. What was read is kept as `preview`, without columns that are not known; the file itself goes
    after 30 days.
    """

    KEPT_FOR = dt.timedelta(days=30)  # the file itself
    ENDED = (Job.JobState.READY, Job.JobState.FAILED)

    class Phase(models.TextChoices):
        READING = "reading", "Reading"  # once the job is ready: waits to be looked at
        RECORDING = "recording", "Recording"  # once the job is ready: recorded

    file = models.FileField(upload_to="uploads/", blank=True)  # empty once it is gone
    file_name = models.CharField(max_length=150)  # as the person calls it
    file_bytes = models.PositiveIntegerField()
    file_sha256 = models.CharField(max_length=64)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, null=True, blank=True, related_name="uploads")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    # For a supplier: whose figures they are, and how they came. Nobody: the figures are the uploader's own.
    supplied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    supplied_by_name = models.CharField(max_length=200, blank=True)
    route = models.CharField(max_length=10, blank=True)  # as in Figure.Route: "mail"; empty: uploaded by its supplier
    received_on = models.DateField(null=True, blank=True)

    phase = models.CharField(max_length=10, choices=Phase, default=Phase.READING)
    preview = models.TextField(blank=True)  # canonical JSON of what each cell would do
    fingerprint = models.CharField(max_length=64, blank=True)  # of the preview: what was looked at is what is recorded
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    restated_because = models.CharField(max_length=300, blank=True)  # where it replaces verified figures
    leaves_out_refused = models.BooleanField(default=False)
    before = models.JSONField(default=dict, blank=True)  # the returns as they were before it was recorded, to undo it
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_because = models.CharField(max_length=300, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_because="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_because="")),
                name="an_upload_is_undone_by_someone_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(phase="recording") | Q(recorded_by__isnull=False),
                name="an_upload_is_recorded_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("indicators:upload-detail", args=[self.pk])

    @property
    def STAGES(self) -> tuple[str, ...]:  # type: ignore[override]
        return RECORDING if self.phase == self.Phase.RECORDING else READING

    @property
    def DOING(self) -> tuple[str, ...]:  # type: ignore[override]
        return tuple(f"{stage[:1].lower()}{stage[1:]}" for stage in self.STAGES)

    @property
    def WORKING(self) -> str:  # type: ignore[override]
        return str(self.get_phase_display())

    @property
    def is_of_feed(self) -> bool:
        """A publisher's own file, rather than what somebody here keeps."""
        return self.feed_id is not None

    @property
    def is_previewed(self) -> bool:
        """Read, and not yet recorded."""
        return self.phase == self.Phase.READING and self.is_ready

    @property
    def is_recorded(self) -> bool:
        return self.phase == self.Phase.RECORDING and self.is_ready and self.undone_at is None
