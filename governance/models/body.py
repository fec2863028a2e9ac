import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import RoleGrant, User
from lib.append_only import Kept, KeptQuerySet
from lib.editing import Versioned
from priorities.models import Priority


class BodyQuerySet(KeptQuerySet):
    def visible_to(self, user: User) -> "BodyQuerySet":
        """Who governs is no secret to anyone who is signed in."""
        return self if user.is_authenticated else self.none()

    def standing(self, on: dt.date) -> "BodyQuerySet":
        """Those that exist on that day."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))

    def owing_plans(self) -> "BodyQuerySet":
        """Those that owe a delivery plan every year: the subgroups."""
        return self.filter(kind=Body.Kind.SUBGROUP)


class Body(Kept, Versioned):
    """A board, group or committee: who governs, delivers, or asks about it."""

    class Kind(models.TextChoices):
        EXECUTIVE = "executive", "CSP Executive"
        PARTNERSHIP = "partnership", "Community Safety Partnership"
        SUBGROUP = "subgroup", "Subgroup"
        OPERATIONAL = "operational", "Operational group"
        LINKED = "linked", "Linked board"
        SCRUTINY = "scrutiny", "Scrutiny committee"
        COUNCIL = "council", "Council body"

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=40)  # for tables and running lines
    code = models.CharField(max_length=8, unique=True)  # before the number of its actions, decisions and risks: "ASB"
    kind = models.CharField(max_length=12, choices=Kind)
    order = models.PositiveSmallIntegerField(default=0)
    also_called = models.CharField(max_length=200, blank=True)  # where the plan spells it in two ways
    source = models.CharField(max_length=200, blank=True)  # where the plan names it
    note = models.TextField(blank=True)  # "To be set up, says the plan"
    terms_of_reference = models.TextField(blank=True)
    paper_days = models.PositiveSmallIntegerField(default=5)  # clear working days between a paper and its meeting
    risk_appetite = models.PositiveSmallIntegerField(default=9)  # a score above it is reported: likelihood × impact
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        verbose_name_plural = "bodies"
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="a_body_ends_after_it_starts",
                violation_error_message="The last day must be on or after the first day.",
            ),
            models.CheckConstraint(
                condition=Q(risk_appetite__gte=1, risk_appetite__lte=25),
                name="a_risk_appetite_is_a_score",
                violation_error_message="The score must be from 1 to 25.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("governance:body-detail", args=[self.slug])

    @property
    def role_of_members(self) -> str:
        """The role that its members hold while they are members; "" where membership opens nothing here."""
        return {
            self.Kind.EXECUTIVE: RoleGrant.Role.EXECUTIVE,
            self.Kind.SCRUTINY: RoleGrant.Role.SCRUTINY,
            self.Kind.PARTNERSHIP: RoleGrant.Role.MEMBER,
            self.Kind.SUBGROUP: RoleGrant.Role.MEMBER,
            self.Kind.OPERATIONAL: RoleGrant.Role.MEMBER,
        }.get(self.kind, "")  # type: ignore[call-overload]


class BodyFunction(models.Model):
    """One thing that a body is there for."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="functions")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["body", "order"]
        constraints = [models.UniqueConstraint(fields=["body", "order"], name="one_function_per_body_and_place")]

    def __str__(self) -> str:
        return self.text


class BodyPriority(models.Model):
    """Which priority a body serves. The plan's page for it is empty: people enter it, and sample links say that they are."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="serves")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="+")
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["body", "priority"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "priority"],
                name="one_link_per_body_and_priority",
                violation_error_message="It serves this priority already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.priority}"


class BodyLink(models.Model):
    """A line of the structure: what a body stands under, or whom it answers to besides."""

    class Kind(models.TextChoices):
        PARENT = "parent", "stands under"
        ACCOUNTABLE = "accountable", "answers to"
        WORKS_WITH = "works_with", "works with"

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="links")
    to = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="links_here")
    kind = models.CharField(max_length=12, choices=Kind)
    source = models.CharField(max_length=200, blank=True)  # where the plan says so; empty: entered by people
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["body", "kind", "to"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "to", "kind"],
                name="one_link_per_pair_of_bodies_and_kind",
                violation_error_message="This link is there already.",
            ),
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(kind="parent"),
                name="a_body_stands_under_one_other",
                violation_error_message="It stands under another body already.",
            ),
            models.CheckConstraint(
                condition=~Q(body=F("to")),
                name="a_body_is_not_linked_to_itself",
                violation_error_message="A body can't be linked to itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.get_kind_display()} {self.to}"
