"""What is counted, since when, and what has to be known to read the series."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from indicators.models.feed import Feed
from indicators.models.indicator import Indicator
from lib.append_only import AppendOnly
from lib.quarter_fields import QuarterField, YearField


class Definition(AppendOnly):
    """What is counted, from a quarter on. A later definition may break the series, and then says why."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="definitions")
    starts = QuarterField()
    text = models.TextField()
    source = models.CharField(max_length=200, blank=True)  # the system or report it comes from
    feed = models.ForeignKey(
        Feed, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # the published file that fills it; context measures may be filled without
    method = models.TextField(blank=True)  # how the figure is drawn from the source
    known_limits = models.TextField(blank=True)  # what it can't tell
    areas = models.TextField(blank=True)  # where it is about places: which ones
    breaks_series = models.BooleanField(default=False)
    break_reason = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["indicator", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(breaks_series=False, break_reason="") | (Q(breaks_series=True) & ~Q(break_reason="")),
                name="a_series_break_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["indicator", "starts"],
                name="one_definition_per_indicator_and_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, from {self.starts}"


class Baseline(AppendOnly):
    """A yearly total printed before quarters were kept here, with where it was printed."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="baselines")
    year = YearField()
    number = models.DecimalField(max_digits=18, decimal_places=4)
    source = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["indicator", "year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="one_baseline_per_indicator_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.year}"


class RemarkQuerySet(models.QuerySet):
    def standing(self) -> "RemarkQuerySet":
        """Those that have not been taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def known(self, as_at: dt.datetime) -> "RemarkQuerySet":
        """Those made by that moment and not taken back by then."""
        return self.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=as_at), made_at__lte=as_at)

    def withdrawn(self) -> "RemarkQuerySet":
        """Those that have, latest first."""
        return self.filter(withdrawn_at__isnull=False).order_by("-withdrawn_at")


class _Remark(models.Model):
    """Something said about a series that may be taken back; both moments are kept."""

    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_%(class)s_is_withdrawn_by_someone_at_some_time",
            ),
        ]


class Rebase(_Remark):
    """From this quarter on the usual range is worked out afresh: a sustained change whose cause is understood."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="rebases")
    starts = QuarterField()
    reason = models.CharField(max_length=200)
    approved_by = models.CharField(max_length=120)  # "CSP Executive, 24 May 2018"

    class Meta(_Remark.Meta):
        ordering = ["indicator", "starts"]
        constraints = [
            *_Remark.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator", "starts"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_standing_rebase_per_indicator_and_quarter",
                violation_error_message="The usual range starts afresh in this quarter already.",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(approved_by=""),
                name="a_rebase_has_a_reason_and_an_approver",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, usual range afresh from {self.starts}"


class DatedNote(_Remark):
    """Something that happened on a day and helps to read the chart: "Late Night Levy began"."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="dated_notes")
    on = models.DateField()
    words = models.CharField(max_length=40)

    class Meta(_Remark.Meta):
        ordering = ["indicator", "on", "pk"]
        constraints = [
            *_Remark.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="a_dated_note_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.on}: {self.words}"
