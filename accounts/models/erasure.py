import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models.user import RoleGrant, User
from lib.append_only import AppendOnly, Kept, KeptQuerySet
from lib.editing import Versioned


class ErasureQuerySet(KeptQuerySet):
    def visible_to(self, user: User) -> "ErasureQuerySet":
        """All for coordinators and administrators: one asks, another decides."""
        return self if user.has_role(RoleGrant.Role.COORDINATOR, RoleGrant.Role.ADMINISTRATOR) else self.none()

    def asked(self) -> "ErasureQuerySet":
        return self.filter(state=Erasure.State.ASKED)

    def done(self) -> "ErasureQuerySet":
        """In the order in which they were carried out."""
        return self.filter(state=Erasure.State.DONE).order_by("decided_at", "pk")


class Erasure(Kept, Versioned):
    """Personal data to be taken off the record: an administrator asks, another person decides. Once done it is the tombstone of what went.

    It never holds the data itself. `key` stays the same when the database is brought back from a backup, where numbers of rows may not.
    """

    class State(models.TextChoices):
        ASKED = "asked", "To be decided"
        DONE = "done", "Removed"
        REFUSED = "refused", "Not removed"

    class Ground(models.TextChoices):
        """Public words where a published report is removed."""

        ASKED_FOR = "asked_for", "The person asked for it"
        MISTAKE = "mistake", "It was published by mistake"
        NOT_NEEDED = "not_needed", "It is no longer needed for what it was collected for"
        UNLAWFUL = "unlawful", "There was no lawful basis for keeping it"
        ORDER = "order", "A court or the Information Commissioner ordered it"
        HARM = "harm", "It may put somebody in danger"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    what = models.CharField(max_length=200)  # what kind of data, without the data: "The name of a resident"
    ground = models.CharField(max_length=12, choices=Ground)
    why = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    # None: brought back from a backup that does not know them.
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.CharField(max_length=300, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="a_removal_is_decided_by_another_than_who_asked",
                violation_error_message="Somebody else has to decide on a removal that you asked for.",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="asked") & Q(decided_at__isnull=False)),
                name="a_removal_is_decided_at_some_time",
            ),
            models.CheckConstraint(
                condition=(Q(state="refused") & ~Q(refused_because="")) | (~Q(state="refused") & Q(refused_because="")),
                name="a_refused_removal_says_why",
                violation_error_message="Say why nothing is removed.",
            ),
        ]

    def __str__(self) -> str:
        return f"Removal {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:erasure-detail", args=[self.pk])


class ErasedPlace(AppendOnly):
    """One place of a removal: the text of a field, of which some is cut, or a stored file. Where, how long, and checksums: never the words.

    `spans` are [start, length] in the text (see `accounts.erasing.fields` for how a JSON field reads as one). Checksums of texts are keyed,
    so that nobody who guesses a name can prove it by them; those of files are plain SHA-256, as they were printed.
    """

    erasure = models.ForeignKey(Erasure, on_delete=models.PROTECT, related_name="places")
    model = models.CharField(max_length=60)  # "reporting.pack"
    row = models.CharField(max_length=40)  # its id
    field = models.CharField(max_length=60)
    label = models.CharField(max_length=250)  # what people call it; no data of people in it
    spans = models.JSONField(default=list)  # empty of a file
    file = models.CharField(max_length=255, blank=True)  # its name in the storage
    checksum = models.CharField(max_length=64)
    checksum_after = models.CharField(max_length=64, blank=True)  # empty of a file

    class Meta:
        ordering = ["erasure", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["erasure", "model", "row", "field"], name="one_place_per_removal_row_and_field"
            ),
        ]
        indexes = [models.Index(fields=["model", "row"], name="removals_from_a_row")]

    def __str__(self) -> str:
        return self.label
