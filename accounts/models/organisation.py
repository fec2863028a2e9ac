import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from lib.editing import Versioned

if TYPE_CHECKING:
    from accounts.models.user import User


class OrganisationQuerySet(models.QuerySet):
    def with_names(self) -> "OrganisationQuerySet":
        """With every name they have had, so that `name_on` costs no query per row."""
        return self.prefetch_related("names")

    def with_people(self) -> "OrganisationQuerySet":
        """With `people_here`, how many active people work there."""
        return self.annotate(people_here=Count("people", filter=Q(people__is_active=True)))

    def visible_to(self, user: "User") -> "OrganisationQuerySet":
        """Who is in the partnership is no secret to anyone signed in."""
        return self if user.is_authenticated else self.none()


class Organisation(Versioned):
    """A member of the partnership. Its identity outlives its names: PCT, CCG and ICB are one health organisation."""

    class Kind(models.TextChoices):
        COUNCIL = "council", "Council"
        POLICE = "police", "Police"
        PROBATION = "probation", "Probation"
        FIRE = "fire", "Fire and rescue"
        HEALTH = "health", "Health"
        OTHER = "other", "Other partner"

    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OTHER)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        latest = self.latest_name
        return latest.name if latest else self.slug

    def get_absolute_url(self) -> str:
        return reverse("accounts:organisation-edit", args=[self.slug])

    @property
    def latest_name(self) -> "OrganisationName | None":
        return max(self.names.all(), key=lambda name: name.starts_on or dt.date.min, default=None)

    def name_on(self, day: dt.date) -> str:
        """What it was called on that day; its latest name when none is held for the day."""
        for name in self.names.all():
            if (name.starts_on is None or name.starts_on <= day) and (name.ends_on is None or day <= name.ends_on):
                return name.name
        return str(self)


class OrganisationName(models.Model):
    """What an organisation was called from one day to another; open ends are None."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["organisation", F("starts_on").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_name_ends_after_it_starts",
                violation_error_message="The name must end on or after the day it starts.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "starts_on"],
                name="one_name_per_organisation_and_start",
                violation_error_message="There is already a name from that day.",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(starts_on__isnull=True),
                name="one_first_name_per_organisation",
                violation_error_message="There is already a name without a first day.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
