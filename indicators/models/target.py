from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from indicators.aims import Aim
from lib.append_only import AppendOnly, AppendOnlyQuerySet
from lib.quarter_fields import YearField

SHARES = ("share_q1", "share_q2", "share_q3", "share_q4")


class TargetQuerySet(AppendOnlyQuerySet):
    def latest_each(self) -> "TargetQuerySet":
        """Of this selection only the row that holds for each indicator and year."""
        same = self.filter(indicator=OuterRef("indicator"), year=OuterRef("year"))
        return self.filter(pk=Subquery(same.order_by("-set_at", "-pk").values("pk")[:1]))


class Target(AppendOnly):
    """What the partnership aims at in a year; the latest row holds. A row puts the indicator into the year's monitoring set.

    A target is proposed until it says who agreed it and when; only an agreed one rates. How the rules rate a figure lives in
    `indicators.rating`, not here.
    """

    class Rule(models.TextChoices):
        NONE = "none", "None, data only"
        MINIMUM_AND_TARGET = "minimum_and_target", "Minimum expectation and target"
        TOLERANCE = "tolerance", "Tolerance in per cent of the target"
        POINTS = "points", "Tolerance in percentage points"
        LAST_YEAR = "last_year", "Against last year"

    class Basis(models.TextChoices):
        QUARTER = "quarter", "The quarter"
        YEAR_TO_DATE = "year_to_date", "The year to date"
        LATEST = "latest", "The latest figure"
        ROLLING_YEAR = "rolling_year", "The last four quarters"

    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="targets")
    year = YearField()
    rule = models.CharField(max_length=20, choices=Rule, default=Rule.NONE)
    basis = models.CharField(max_length=12, choices=Basis, blank=True)  # empty: as its year to date is made
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    minimum = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)  # minimum expectation
    tolerance = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)  # per cent, or points
    # The quarters' shares of a yearly target, in per cent; all four or none.
    share_q1 = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    share_q2 = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    share_q3 = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    share_q4 = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    baseline = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)  # what it was set against
    agreed_by = models.CharField(max_length=120, blank=True)  # "CSP Executive"; empty: proposed
    agreed_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "year", "set_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(rule="none") | Q(value__isnull=True, minimum__isnull=True, tolerance__isnull=True),
                name="data_only_has_no_numbers",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_target_has_a_reason"),
            models.CheckConstraint(
                condition=Q(agreed_by="", agreed_on__isnull=True) | (~Q(agreed_by="") & Q(agreed_on__isnull=False)),
                name="a_target_is_agreed_by_someone_on_some_day",
                violation_error_message="Give who agreed the target together with the day.",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{share}__isnull": True for share in SHARES})
                | Q(**{f"{share}__isnull": False for share in SHARES}),
                name="a_profile_has_all_four_quarters",
            ),
            models.CheckConstraint(
                # Hundredths, so that the sum of SQLite's floats is near enough to tell.
                condition=Q(share_q1__isnull=True)
                | Q(share_q1__gte=0, share_q2__gte=0, share_q3__gte=0, share_q4__gte=0)
                & Q(share_q4__gt=Decimal("99.995") - F("share_q1") - F("share_q2") - F("share_q3"))
                & Q(share_q4__lt=Decimal("100.005") - F("share_q1") - F("share_q2") - F("share_q3")),
                name="a_profile_adds_up_to_100",
                violation_error_message="The quarters’ shares must add up to 100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.year}: {self.get_rule_display()}"

    @property
    def profile(self) -> tuple[Decimal, ...] | None:
        """The quarters' shares of the year's target in per cent; None where it isn't spread."""
        shares = tuple(share for name in SHARES if (share := getattr(self, name)) is not None)
        return shares or None

    @property
    def aim(self) -> Aim:
        """Its terms, as the rules of rating take them."""
        return Aim(
            str(self.rule), str(self.basis), self.value, self.minimum, self.tolerance, self.profile, self.is_agreed
        )

    @property
    def is_agreed(self) -> bool:
        """Data only needs nobody's agreement."""
        return self.rule == self.Rule.NONE or self.agreed_on is not None

    @property
    def is_proposed(self) -> bool:
        return not self.is_agreed
