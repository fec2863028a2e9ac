import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Absence, Organisation, RoleGrant, User
from indicators.models.target import Target
from lib.editing import Versioned
from lib.quarter_fields import QuarterField, YearField
from lib.quarters import Quarter, Year
from priorities.models import Commitment, Outcome, Plan, Priority


class IndicatorQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "IndicatorQuerySet":
        """Unrestricted ones for everyone who works on them; restricted ones for their leads, coordinators and the CSP Executive.

        Scrutiny and administrators see issued reports and accounts, not the catalogue's figures.
        """
        if user.has_role(RoleGrant.Role.COORDINATOR, RoleGrant.Role.EXECUTIVE):
            return self
        if not user.has_role(RoleGrant.Role.DATA_LEAD, RoleGrant.Role.COMMENTARY_LEAD, RoleGrant.Role.MEMBER):
            return self.none()
        return self.filter(Q(is_restricted=False) | Q(pk__in=Lead.objects.of(user, timezone.localdate())))

    def in_set(self, year: Year) -> "IndicatorQuerySet":
        """The year's monitoring set: those with a target for it, "none, data only" included."""
        return self.filter(Exists(Target.objects.filter(indicator=OuterRef("pk"), year=year)))

    def spend(self) -> "IndicatorQuerySet":
        """What was spent of a sum of money: collected with the others, in no set, catalogue or scorecard."""
        return self.filter(family=Indicator.Family.SPEND)

    def measuring(self) -> "IndicatorQuerySet":
        """All but spend."""
        return self.exclude(family=Indicator.Family.SPEND)

    def spending_in(self, quarter: Quarter) -> "IndicatorQuerySet":
        """Spend that is asked for that quarter: from the first quarter it is asked for to the last, both included."""
        open_ended = Q(asked_until__isnull=True) | Q(asked_until__gte=quarter)
        return self.spend().filter(open_ended, asked_from__lte=quarter)


class Indicator(Versioned):
    """A measured thing with an identity of its own, older and longer-lived than any plan."""

    class Family(models.TextChoices):
        PERFORMANCE = "performance", "Performance"
        CONTEXT = "context", "Context"  # shown, never rated
        SPEND = "spend", "Spend"

    class Measure(models.TextChoices):
        COUNT = "count", "Count"
        PERCENTAGE = "percentage", "Percentage"
        NEED_MET = "need_met", "Need and met"
        AMOUNT = "amount", "Amount of money"  # in pounds and pence

    class Polarity(models.TextChoices):
        HIGHER = "higher", "Good is higher"
        LOWER = "lower", "Good is lower"
        NONE = "none", "No good direction is set"

    class YearToDate(models.TextChoices):
        SUM = "sum", "Quarters are added up"
        POOLED = "pooled", "Numerators over denominators of all quarters"
        LATEST = "latest", "The latest quarter stands for the year"

    class Frequency(models.TextChoices):
        QUARTERLY = "quarterly", "Every quarter"
        ANNUAL = "annual", "Once a year"

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)  # as printed
    family = models.CharField(max_length=12, choices=Family, default=Family.PERFORMANCE)
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.QUARTERLY)
    measure = models.CharField(max_length=12, choices=Measure)
    polarity = models.CharField(max_length=8, choices=Polarity)
    year_to_date = models.CharField(max_length=8, choices=YearToDate)
    unit = models.CharField(max_length=60)  # plural: "calls", "offences", "people"
    unit_of_base = models.CharField(max_length=60, blank=True)  # what a percentage or need/met is out of: "offenders"
    question = models.CharField(max_length=120)  # on the form: "How many calls?"
    question_of_base = models.CharField(max_length=120, blank=True)  # "How many had the need?"
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="indicators")
    is_restricted = models.BooleanField(default=False)  # absent from everything public
    has_small_numbers = models.BooleanField(default=False)
    # Working days after the quarter's end before which its source has no figure; 0: it has it in time for any round.
    source_lag = models.PositiveSmallIntegerField(default=0)
    # A revision that moves a figure by less, in per cent of what it was, is counted in the pack and not listed; None: all are listed.
    materiality = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    note = models.TextField(blank=True)  # why it is set up as it is, where the plan does not settle it
    # Of spend, which is in no year's set: the quarters in which it is asked for, both included; no last one: on and on.
    asked_from = QuarterField(null=True, blank=True)
    asked_until = QuarterField(null=True, blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__in=["count", "amount"]) | ~Q(unit_of_base=""),
                name="a_share_says_what_it_is_out_of",
            ),
            models.CheckConstraint(
                condition=Q(measure__in=["count", "amount"]) | ~Q(year_to_date="sum"),
                name="shares_are_never_added_up",
            ),
            models.CheckConstraint(
                condition=Q(family="spend", measure="amount", asked_from__isnull=False)
                | (~Q(family="spend") & ~Q(measure="amount") & Q(asked_from__isnull=True, asked_until__isnull=True)),
                name="spend_is_money_and_is_asked_from_some_quarter",
            ),
            models.CheckConstraint(
                condition=Q(asked_until__isnull=True) | Q(asked_until__gte=F("asked_from")),
                name="spend_is_asked_until_no_earlier_than_from",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicators:indicator-detail", args=[self.slug])

    @property
    def is_count(self) -> bool:
        return self.measure == self.Measure.COUNT

    @property
    def is_amount(self) -> bool:
        return self.measure == self.Measure.AMOUNT

    @property
    def is_share(self) -> bool:
        """A percentage, or need and met: with a base, and never added up."""
        return not (self.is_count or self.is_amount)

    @property
    def is_spend(self) -> bool:
        return self.family == self.Family.SPEND

    def asks_in(self, quarter: Quarter) -> bool:
        """Whether a quarter lies within those in which spend is asked for. Always for what is not spend."""
        if self.asked_from is None:
            return True
        return bool(self.asked_from <= quarter and (self.asked_until is None or quarter <= self.asked_until))

    @property
    def is_need_met(self) -> bool:
        return self.measure == self.Measure.NEED_MET


class Placement(models.Model):
    """Where a plan uses an indicator. Context and annual measures that the plan mentions have no reference."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="placements")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="placements")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="placements")
    reference = models.CharField(max_length=4, blank=True)  # "A1"
    order = models.PositiveSmallIntegerField()
    short_name = models.CharField(max_length=30)  # for scorecards and charts
    from_year = YearField()
    until_year = YearField(null=True, blank=True)
    # What it helps to know about; named by people, since the plan's document ties no indicator to an entry.
    commitments = models.ManyToManyField(Commitment, related_name="placements", blank=True)
    outcomes = models.ManyToManyField(Outcome, related_name="placements", blank=True)

    class Meta:
        ordering = ["plan", "priority__letter", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "indicator"],
                name="one_placement_per_plan_and_indicator",
            ),
            models.UniqueConstraint(
                fields=["plan", "reference"],
                condition=~Q(reference=""),
                name="one_placement_per_plan_and_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.indicator}".strip()


class LeadQuerySet(models.QuerySet):
    def in_force(self, on: dt.date) -> "LeadQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def not_over(self, on: dt.date) -> "LeadQuerySet":
        """In force on that day or later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def held_by(self, user: User, on: dt.date) -> "LeadQuerySet":
        """Their own that day, and those of whoever they stand in for."""
        away = Absence.objects.in_force(on).filter(deputy=user).values("person")
        return self.in_force(on).filter(Q(user=user) | Q(user__in=away))

    def of(self, user: User, on: dt.date) -> models.QuerySet:
        """Ids of the indicators this person leads on that day, for themselves or as a deputy, whatever the duty."""
        return self.held_by(user, on).values("indicator")


class Lead(models.Model):
    """Who owes an indicator's figures or its commentary, from one day to another."""

    class Duty(models.TextChoices):
        DATA = "data", "Figures"
        COMMENTARY = "commentary", "Commentary"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="leads")
    duty = models.CharField(max_length=10, choices=Duty)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="leads")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = LeadQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "duty", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "duty", "user"],
                condition=Q(ends_on__isnull=True),
                name="one_open_lead_per_person_and_duty",
                violation_error_message="They lead this already.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_lead_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_duty_display().lower()} of {self.indicator}"
