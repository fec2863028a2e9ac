"""What money there is: streams with their years, growth and savings in a budget, and people who are paid for."""

import datetime as dt
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Organisation, RoleGrant, User
from governance.models.body import Body
from lib.append_only import Kept, KeptQuerySet
from lib.editing import Versioned
from lib.quarter_fields import YearField
from priorities.models import Priority


class FundingQuerySet(KeptQuerySet):
    def visible_to(self, user: User) -> "FundingQuerySet":
        """All for the partnership team, the CSP Executive, members of bodies and leads; none for others."""
        roles = (
            RoleGrant.Role.COORDINATOR,
            RoleGrant.Role.EXECUTIVE,
            RoleGrant.Role.MEMBER,
            RoleGrant.Role.DATA_LEAD,
            RoleGrant.Role.COMMENTARY_LEAD,
        )
        return self if user.is_authenticated and user.has_role(*roles) else self.none()


class AmountField(models.DecimalField):
    """Pounds and pence, up to a billion pounds."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs["max_digits"], kwargs["decimal_places"] = 11, 2
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_digits"], kwargs["decimal_places"]
        return name, path, args, kwargs


class FundingStream(Kept, Versioned):
    """Money from one funder on one set of terms. What of it is given to projects never exceeds it.

    Everything that spans its projects and years is done under a lock on this row.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(
        max_length=120,
        unique=True,
        error_messages={"unique": "Another stream has this name. Give it a name that tells them apart"},
    )
    funder = models.CharField(max_length=120)  # "Mayor's Office for Policing and Crime (MOPAC)"
    programme = models.CharField(max_length=120, blank=True)  # the fund it comes from, where that has a name of its own
    terms = models.TextField(blank=True)  # "Two-year allocations, no carry-forward into years 3 and 4"
    # The whole of it where that is a sum of its own; None: its years are what there is, or it is not known.
    amount = AmountField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)  # None: not known
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)  # where it is printed; empty: entered by people
    note = models.TextField(blank=True)  # as printed, and what does not fit in it
    is_sample = models.BooleanField(default=False)

    objects = FundingQuerySet.as_manager()

    class Meta:
        ordering = ["funder", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                name="a_funding_stream_is_more_than_nothing",
                violation_error_message="The amount must be more than £0.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_funding_stream_ends_after_it_starts",
                violation_error_message="The last day must be on or after the first day.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("governance:funding-stream-detail", args=[self.slug])


class Allocation(models.Model):
    """What of a stream is there for one financial year: of the whole stream, or of the part that one team has."""

    stream = models.ForeignKey(FundingStream, on_delete=models.PROTECT, related_name="allocations")
    year = YearField()
    team = models.CharField(max_length=120, blank=True)  # empty: the whole stream's
    amount = AmountField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["stream", "team", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["stream", "year", "team"],
                name="one_allocation_per_stream_year_and_team",
                violation_error_message="This year has an amount already.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="an_allocation_is_never_negative",
                violation_error_message="The amount can’t be less than £0.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stream}, {self.year}{f', {self.team}' if self.team else ''}"


class BudgetChange(Kept, Versioned):
    """A growth or a saving in a budget: money that was added to what is done already, or taken from it."""

    class Kind(models.TextChoices):
        GROWTH = "growth", "Growth"
        SAVING = "saving", "Saving"

    kind = models.CharField(max_length=6, choices=Kind)
    year = YearField()
    what_for = models.CharField(max_length=200)
    amount = AmountField()  # never negative: the kind says which way it goes
    stream = models.ForeignKey(
        FundingStream, on_delete=models.PROTECT, null=True, blank=True, related_name="budget_changes"
    )  # that it is taken account of in
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    is_sample = models.BooleanField(default=False)

    objects = FundingQuerySet.as_manager()

    class Meta:
        ordering = ["year", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_budget_change_is_more_than_nothing",
                violation_error_message="The amount must be more than £0.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}: {self.what_for}"

    @property
    def signed(self) -> Decimal:
        """A saving is less money."""
        amount: Decimal = self.amount
        return -amount if self.kind == self.Kind.SAVING else amount


class FundedPosts(Kept, Versioned):
    """People who are paid for, such as police officers funded by the council: how many, what for, from whose money."""

    name = models.CharField(max_length=120)  # "Police Partnership Taskforce"
    number = models.PositiveSmallIntegerField()
    posts = models.CharField(max_length=120, default="police officers")  # what they are, in the plural
    what_for = models.CharField(max_length=300, blank=True)
    stream = models.ForeignKey(
        FundingStream, on_delete=models.PROTECT, null=True, blank=True, related_name="funded_posts"
    )  # None: which money pays them is not known
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # that directs them
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_sample = models.BooleanField(default=False)

    objects = FundingQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        verbose_name_plural = "funded posts"
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gt=0),
                name="funded_posts_are_at_least_one",
                violation_error_message="The number must be 1 or more.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="funded_posts_end_after_they_start",
                violation_error_message="The last day must be on or after the first day.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.how_many}"

    @property
    def how_many(self) -> str:
        """ "18 posts", whatever they are: what they are is said in the plural, which fits no single one."""
        return f"{self.number:,} post{'' if self.number == 1 else 's'}"

    def are_there(self, on: dt.date) -> bool:
        """Whether they are funded on that day, as far as their days are known."""
        return (self.starts_on is None or self.starts_on <= on) and (self.ends_on is None or on <= self.ends_on)
