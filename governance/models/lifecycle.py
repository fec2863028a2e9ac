"""How the plan came about and goes on: its versions, who was asked about them, its yearly reviews, and to whom it was sent."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Organisation
from governance.models.body import Body
from lib.append_only import Kept
from lib.quarter_fields import YearField
from priorities.models import Plan


class PlanVersion(Kept):
    """A version of the plan's document: its number, its date, what changed in it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=10)  # "1.4"
    order = models.PositiveSmallIntegerField()
    dated_on = models.DateField(null=True, blank=True)
    what_changed = models.TextField(blank=True)
    note = models.TextField(blank=True)  # where the document contradicts itself
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["plan", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="one_version_per_plan_and_number",
                violation_error_message="There is a version with this number already.",
            )
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"


class Clearance(models.Model):
    """Who was consulted on a version, and when they cleared it; an open end is not known."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="clearances")
    order = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=120)
    consulted_on = models.DateField(null=True, blank=True)
    cleared_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["version", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "who"],
                name="one_clearance_per_version_and_office",
                violation_error_message="They are on the list of this version already.",
            ),
            models.CheckConstraint(
                condition=Q(consulted_on__isnull=True)
                | Q(cleared_on__isnull=True)
                | Q(cleared_on__gte=F("consulted_on")),
                name="a_version_is_cleared_after_it_is_sent",
                violation_error_message="The day of clearance must be the day of consultation or later.",
            ),
        ]

    def __str__(self) -> str:
        return self.who


class Review(Kept):
    """The yearly review of the plan: how far it was carried out, what changes and why, and what was amended after it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    year = YearField()  # the year looked back on
    reviewed_on = models.DateField()
    found = models.TextField()  # how far the year's commitments were carried out, what changed in the area
    changes = models.TextField(blank=True)  # what is to change in the plan, and why; empty: nothing
    decided_by = models.ForeignKey(
        "governance.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["plan", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year"],
                name="one_review_per_plan_and_year",
                violation_error_message="That year has been reviewed already.",
            ),
            models.CheckConstraint(condition=~Q(found=""), name="a_review_finds_something"),
        ]

    def __str__(self) -> str:
        return f"Review of {self.year}"


class Sending(Kept):
    """A line of the log of who was sent the plan or a pack: MOPAC, linked boards, the public record."""

    class Route(models.TextChoices):
        MAIL = "mail", "By mail"
        POST = "post", "By post"
        MEETING = "meeting", "In a meeting"
        PORTAL = "portal", "Through a website"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="sendings")
    what = models.CharField(max_length=200)  # "Version 1.4", "Pack for 2017-18 Q4, issue 1"
    to_body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_name = models.CharField(max_length=200)  # as it was called on that day
    sent_on = models.DateField()
    route = models.CharField(max_length=7, choices=Route)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["-sent_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.what} to {self.to_name}"
