"""Responses that came together: a pile of papers, or a file of a survey run elsewhere."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from consultation.models.consultation import Channel, Consultation
from lib.append_only import Kept
from lib.editing import Versioned


class Source(models.Model):
    """A survey tool or a form elsewhere, by name, and how its files were read last time: which column and answer is which."""

    name = models.CharField(max_length=80, unique=True)
    mapping = models.JSONField(default=dict)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Batch(Kept, Versioned):
    """A pile of papers as they are keyed, or an imported file. It can be undone as a whole, and stays on the record then."""

    class Kind(models.TextChoices):
        PAPER = "paper", "Papers"
        IMPORT = "import", "File"

    class State(models.TextChoices):
        OPEN = "open", "Being entered"
        DONE = "done", "Entered"
        UNDONE = "undone", "Undone"

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="batches")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    label = models.CharField(max_length=120)  # "Whitechapel Idea Store, 4 to 11 July"
    expected = models.PositiveIntegerField(null=True, blank=True)  # how many papers the pile has, when counted
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    checksum = models.CharField(max_length=64, blank=True)  # SHA-256 of the file, in hexadecimal
    file = models.FileField(upload_to="consultation-imports/%Y/", blank=True, max_length=200)
    mapping = models.JSONField(default=dict, blank=True)  # how this file is read
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["consultation_id", "-pk"]
        verbose_name_plural = "batches"
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="a_batch_is_entered_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_because="")
                | ~Q(state="undone") & Q(undone_at__isnull=True, undone_by__isnull=True, undone_because=""),
                name="a_batch_is_undone_by_someone_with_a_reason",
                violation_error_message="Say why it is undone.",
            ),
            models.UniqueConstraint(
                fields=["consultation", "checksum"],
                condition=Q(state="done") & ~Q(checksum=""),
                name="a_file_is_counted_once_per_consultation",
                violation_error_message="This very file has been counted already.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
