import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, F, Q, Value, When

from accounts.models import User
from lib.editing import Versioned
from lib.quarters import Year


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user: User | AnonymousUser) -> "PlanQuerySet":
        """An adopted plan is a public document; a draft is for those who are signed in."""
        return self if user.is_authenticated else self.filter(adopted_on__isnull=False)

    def current(self, on: dt.date) -> "Plan | None":
        """The plan that counts on that day: the adopted one in force, else the adopted one that ended or starts latest, else a draft.

        A plan whose term is over stays the current one until the next is adopted. None while there is no plan at all.
        """
        in_force = Case(When(starts_on__lte=on, ends_on__gte=on, then=Value(0)), default=Value(1))
        adopted = Case(When(adopted_on__isnull=False, then=Value(0)), default=Value(1))
        return self.order_by(adopted, in_force, "-starts_on").first()


class Plan(Versioned):
    """The partnership's plan for a term of years. Once adopted it changes only by amendment."""

    slug = models.SlugField(unique=True)  # "2017-21"
    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    adopted_on = models.DateField(null=True, blank=True)  # by the CSP Executive; None while a draft
    # What the plan counts as one item, and where the document contradicts itself.
    note = models.TextField(blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="a_plan_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_adopted(self) -> bool:
        return self.adopted_on is not None

    @property
    def years(self) -> tuple[Year, ...]:
        """Its financial years, first to last."""
        first, last = Year.of(self.starts_on), Year.of(self.ends_on)
        return tuple(Year(begins) for begins in range(first.begins, last.begins + 1))


class Section(models.Model):
    """A part of the plan around its priorities: foreword, functions, hate grounds, VAWG strands, how the plan was made."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField()  # "hate-grounds"
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    note = models.TextField(blank=True)  # where the document contradicts itself, both readings
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["plan", "order"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="one_section_per_plan_and_key")]

    def __str__(self) -> str:
        return self.title


class SectionItem(models.Model):
    """One entry of a section's list: a strand, a ground, a function, a dated step."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    # What stands beside it: "local definition only", a date, a count of answers, a page.
    note = models.CharField(max_length=300, blank=True)
    on = models.DateField(null=True, blank=True)
    number = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)

    class Meta:
        ordering = ["section", "order"]
        constraints = [models.UniqueConstraint(fields=["section", "order"], name="one_item_per_section_and_place")]

    def __str__(self) -> str:
        return self.text


class LinkedStrategy(models.Model):
    """Another strategy the plan leans on; one that ends inside the plan's term raises a prompt."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="linked_strategies")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    ends_in = models.PositiveSmallIntegerField(null=True, blank=True)  # calendar year, where the title gives one

    class Meta:
        ordering = ["plan", "order"]
        verbose_name_plural = "linked strategies"
        constraints = [models.UniqueConstraint(fields=["plan", "title"], name="one_strategy_per_plan_and_title")]

    def __str__(self) -> str:
        return self.title

    def ends_within_plan(self) -> bool:
        """Whether it ends before the plan does, as far as its title tells. Needs `plan` loaded."""
        return self.ends_in is not None and self.ends_in < self.plan.ends_on.year
