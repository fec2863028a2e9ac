from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import RoleGrant, User
from indicators.models import Indicator
from lib.editing import Versioned
from lib.quarter_fields import YearField
from priorities.models import Plan, Priority


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "AssessmentQuerySet":
        """While it is written: the partnership team, and the CSP Executive. Others read what was issued."""
        return self if user.has_role(RoleGrant.Role.COORDINATOR, RoleGrant.Role.EXECUTIVE) else self.none()


class Assessment(Versioned):
    """The annual strategic assessment of one year while it is written. Figures come from the snapshot when it is built."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="assessments")
    year = YearField()
    summary = models.TextField(blank=True)
    is_sample = models.BooleanField(default=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year"],
                name="one_assessment_per_plan_and_year",
                violation_error_message="There is an assessment of that year already.",
            )
        ]

    def __str__(self) -> str:
        return f"Strategic assessment {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:assessment-detail", args=[self.year])


class AssessmentSection(Versioned):
    """A section of the analysts' own."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="sections")
    order = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=120)
    text = models.TextField()
    is_public = models.BooleanField(default=True)

    class Meta:
        ordering = ["assessment", "order", "pk"]

    def __str__(self) -> str:
        return self.heading


class AssessedIndicator(Versioned):
    """Why an indicator's year differs from the year before, in the analysts' words."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="assessed_indicators")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="assessed_in")
    why = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "indicator"], name="one_word_per_assessment_and_indicator")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} in {self.assessment}"


class AssessedPriority(Versioned):
    """What is to become of a priority next year, or a new one that is proposed."""

    class Future(models.TextChoices):
        KEEP = "keep", "Keep"
        AMEND = "amend", "Amend"
        EVERYDAY = "everyday", "Becomes everyday business"
        NEW = "new", "New"

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="assessed_priorities")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="assessed_in")
    title = models.CharField(max_length=120, blank=True)  # of a new one
    future = models.CharField(max_length=8, choices=Future)
    because = models.TextField()
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name_plural = "assessed priorities"
        ordering = ["assessment", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "priority"],
                condition=Q(priority__isnull=False),
                name="one_future_per_assessment_and_priority",
            ),
            models.CheckConstraint(
                condition=(Q(future="new", priority__isnull=True) & ~Q(title=""))
                | (~Q(future="new") & Q(priority__isnull=False, title="")),
                name="a_new_priority_has_a_title_and_an_old_one_is_named",
                violation_error_message="Give a new priority a title.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.priority}: {self.get_future_display().lower()}"
