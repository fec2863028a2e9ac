from string import ascii_lowercase

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Max, Q
from django.urls import reverse

from accounts.models import User
from lib.editing import Versioned
from lib.quarter_fields import YearField
from priorities.models.plan import Plan


class PriorityQuerySet(models.QuerySet):
    def with_parts(self) -> "PriorityQuerySet":
        """With themes, focus points, commitments and outcomes, in a fixed number of queries."""
        return self.select_related("plan").prefetch_related("themes", "focus_points", "commitments", "outcomes")

    def visible_to(self, user: User | AnonymousUser) -> "PriorityQuerySet":
        """Those of adopted plans for everyone; those of a draft for people who are signed in."""
        return self if user.is_authenticated else self.filter(plan__adopted_on__isnull=False)

    def with_last_amendment(self) -> "PriorityQuerySet":
        """With `amended_at`, the moment of the latest amendment; None while there is none."""
        return self.annotate(amended_at=Max("amendments__made_at"))

    def lettered(self, letter: str) -> "PriorityQuerySet":
        """The priority with this letter as it stands in addresses, in lower case; none for anything else."""
        return self.filter(letter=letter.upper()) if letter in ascii_lowercase else self.none()


class Priority(Versioned):
    """One of the plan's priorities. Its version guards the whole page: itself and every part below it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="priorities")
    letter = models.CharField(max_length=1)  # "A"; in URLs lower-case
    title = models.CharField(max_length=200)  # as printed
    short_title = models.CharField(max_length=60)  # for scorecards and running lines
    why = models.TextField(blank=True)

    objects = PriorityQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "letter"]
        verbose_name_plural = "priorities"
        constraints = [
            models.UniqueConstraint(fields=["plan", "letter"], name="one_priority_per_plan_and_letter"),
            models.CheckConstraint(
                condition=Q(letter__in=list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
                name="a_priority_has_a_capital_letter",
            ),
        ]

    def __str__(self) -> str:
        return f"Priority {self.letter}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:priority-detail", args=[self.letter.lower()])


class Theme(models.Model):
    """A sub-heading inside a priority, as printed: Burglary, Young People."""

    priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="themes")
    title = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["priority", "order"]
        constraints = [models.UniqueConstraint(fields=["priority", "title"], name="one_theme_per_priority_and_title")]

    def __str__(self) -> str:
        return self.title


class FocusPoint(models.Model):
    """One point under "What is our focus?", in short words."""

    priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="focus_points")
    theme = models.ForeignKey(
        Theme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="focus_points",
    )
    key = models.SlugField()  # "a-focus-1": natural key within the priority, kept when the order changes
    order = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["priority", "order"]
        constraints = [models.UniqueConstraint(fields=["priority", "key"], name="one_focus_point_per_priority_and_key")]

    def __str__(self) -> str:
        return self.text


class Commitment(models.Model):
    """What the partnership will do in one year of the plan ("What we will do in the first 12 months")."""

    priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="commitments")
    theme = models.ForeignKey(
        Theme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
    )
    key = models.SlugField()  # "d-commitment-21"
    year = YearField()
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    number = models.PositiveIntegerField(null=True, blank=True)  # only where the plan prints one
    unit = models.CharField(max_length=80, blank=True)  # "Criminal Behaviour Orders"

    class Meta:
        ordering = ["priority", "year", "order"]
        constraints = [
            models.UniqueConstraint(fields=["priority", "key"], name="one_commitment_per_priority_and_key"),
            models.CheckConstraint(
                condition=Q(number__isnull=True, unit="") | (Q(number__isnull=False) & ~Q(unit="")),
                name="a_number_has_a_unit",
                violation_error_message="Give a number together with what it counts.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Outcome(models.Model):
    """What will have changed at the end of the plan, and how that will be known; "" is a listed gap."""

    priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="outcomes")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="outcomes")
    key = models.SlugField()
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    known_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["priority", "order"]
        constraints = [models.UniqueConstraint(fields=["priority", "key"], name="one_outcome_per_priority_and_key")]

    def __str__(self) -> str:
        return self.text
