"""What a stream's money is given for, and what its funder wants to hear of it."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation
from governance.models.body import Body
from governance.models.funding import AmountField, FundingQuerySet, FundingStream
from indicators.models import Indicator
from lib.append_only import AppendOnly, AppendOnlyQuerySet, Kept, KeptQuerySet
from lib.editing import Versioned
from lib.quarter_fields import QuarterField, YearField
from lib.quarters import Quarter
from priorities.models import Commitment, Priority


class ProjectQuerySet(FundingQuerySet):
    def running(self, on: dt.date) -> "ProjectQuerySet":
        """Begun, neither over nor closed on that day. One whose days are not known runs."""
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=on)
        goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        return self.open().filter(begun, goes_on)

    def open(self) -> "ProjectQuerySet":
        """Not closed, whatever its last day."""
        return self.filter(closed_on__isnull=True)


class Project(Kept, Versioned):
    """What money of a stream is for: who delivers it, which priority it serves, what it is meant to move, what it may cost.

    `spend` is the indicator under which its spend is collected every quarter; without one nothing is asked.
    """

    stream = models.ForeignKey(FundingStream, on_delete=models.PROTECT, related_name="projects")
    slug = models.SlugField(max_length=54, unique=True)  # leaves room for what its spend is called
    name = models.CharField(max_length=160)  # as printed
    theme = models.CharField(max_length=120, blank=True)  # the funder's own heading for it
    purpose = models.TextField(blank=True)
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    commitments = models.ManyToManyField(Commitment, blank=True, related_name="+")
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="+")  # that it is meant to move
    lead_body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="projects")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    team = models.CharField(max_length=120, blank=True)  # the part of the organisation that delivers it
    amount = AmountField()  # for the whole of its life
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    spend = models.OneToOneField(Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    application = models.OneToOneField(
        "governance.FundingApplication", on_delete=models.PROTECT, null=True, blank=True, related_name="project"
    )
    # Over before its last day, or for good; its spend is asked for until the quarter of that day.
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=300, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_sample = models.BooleanField(default=False)
    # The project is real; who delivers it, what it serves and what it spends were made up for the sample years.
    has_sample_parts = models.BooleanField(default=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["stream", "order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["stream", "name"],
                name="one_project_per_stream_and_name",
                violation_error_message="This stream has a project of that name already.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_project_has_money",
                violation_error_message="The amount must be more than £0.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_project_ends_after_it_starts",
                violation_error_message="The last day must be on or after the first day.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_by__isnull=True, closed_because="")
                | (Q(closed_on__isnull=False, closed_by__isnull=False) & ~Q(closed_because="")),
                name="a_project_is_closed_by_someone_with_a_reason",
                violation_error_message="Say why it is closed.",
            ),
            models.CheckConstraint(
                condition=Q(spend__isnull=True) | Q(starts_on__isnull=False, organisation__isnull=False),
                name="spend_is_of_a_project_that_starts_somewhere",
                violation_error_message="Enter the first day and the organisation: its spend is asked for from then on.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("governance:project-detail", args=[self.slug])

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    @property
    def last_day(self) -> dt.date | None:
        """The day on which it is over: when it was closed, else the day it was to end; None where that is not known."""
        return self.closed_on or self.ends_on

    @property
    def asked_until(self) -> Quarter | None:
        """The last quarter in which its spend is asked for."""
        return Quarter.of(self.last_day) if self.last_day else None


class ProjectYear(models.Model):
    """What of a project's money is for one financial year; a project that isn't split has none."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="years")
    year = YearField()
    amount = AmountField()

    class Meta:
        ordering = ["project", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "year"],
                name="one_amount_per_project_and_year",
                violation_error_message="This year has an amount already.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="a_project_s_year_is_never_negative",
                violation_error_message="The amount can’t be less than £0.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}, {self.year}"


class ForecastQuerySet(AppendOnlyQuerySet):
    def known(self, as_at: dt.datetime | None = None) -> "ForecastQuerySet":
        return self if as_at is None else self.filter(made_at__lte=as_at)


class Forecast(AppendOnly):
    """What a project is expected to have spent by the end of a year; the latest row holds. It differs from the year's money for a reason."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="forecasts")
    year = YearField()
    amount = AmountField()
    reason = models.CharField(max_length=300, blank=True)  # of the variance: more or less than the year's money
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    is_sample = models.BooleanField(default=False)

    objects = ForecastQuerySet.as_manager()

    class Meta:
        ordering = ["project", "year", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="a_forecast_is_never_negative",
                violation_error_message="The amount can’t be less than £0.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.project}, {self.year}: forecast"


class Output(Kept, Versioned):
    """Something countable that the funder is promised: "young people worked with", 120 by the end."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="outputs")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    promised = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True
    )  # None: no number was promised
    ended_because = models.CharField(max_length=300, blank=True)  # no longer asked for by the funder

    objects = KeptQuerySet.as_manager()

    class Meta:
        ordering = ["project", "order"]
        constraints = [
            models.UniqueConstraint(fields=["project", "order"], name="one_output_per_project_and_place"),
            models.CheckConstraint(
                condition=Q(promised__isnull=True) | Q(promised__gte=0),
                name="a_promised_output_is_never_negative",
                violation_error_message="The number can’t be less than 0.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class OutputCount(AppendOnly):
    """How much of an output there was in one quarter; the latest row of a quarter holds."""

    output = models.ForeignKey(Output, on_delete=models.PROTECT, related_name="counts")
    quarter = QuarterField()
    number = models.DecimalField(max_digits=12, decimal_places=2)
    said = models.CharField(max_length=300, blank=True)
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    counted_at = models.DateTimeField(default=timezone.now)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["output", "quarter", "counted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=0),
                name="an_output_count_is_never_negative",
                violation_error_message="The number can’t be less than 0.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.output}, {self.quarter}"


class FunderReport(Kept, Versioned):
    """A day on which the funder wants to hear of a project, until which quarter, and when it was sent."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="funder_reports")
    due_on = models.DateField()
    until_quarter = QuarterField()  # the last quarter that it tells about
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_note = models.CharField(max_length=300, blank=True)
    dropped_because = models.CharField(max_length=300, blank=True)  # no longer wanted
    is_sample = models.BooleanField(default=False)

    objects = KeptQuerySet.as_manager()

    class Meta:
        ordering = ["project", "due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "due_on"],
                name="one_funder_report_per_project_and_day",
                violation_error_message="A report is due on that day already.",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, sent_by__isnull=True)
                | Q(sent_on__isnull=False, sent_by__isnull=False, dropped_because=""),
                name="a_funder_report_is_sent_by_someone_on_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: report due {self.due_on:%d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.sent_on is None and not self.dropped_because
