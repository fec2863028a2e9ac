import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from indicators.models.return_ import Return
from indicators.models.revision import Revision
from indicators.models.upload import Upload
from lib.append_only import AppendOnly, AppendOnlyQuerySet


class FigureQuerySet(AppendOnlyQuerySet):
    def verified(self, as_at: dt.datetime | None = None) -> "FigureQuerySet":
        """Those verified, or verified by `as_at`: what was known then."""
        if as_at is None:
            return self.filter(verification__isnull=False)
        return self.filter(verification__verified_at__lte=as_at)

    def recorded(self, as_at: dt.datetime) -> "FigureQuerySet":
        """Those that were there at that moment and not taken back by then."""
        there = Q(withdrawal__isnull=True) | Q(withdrawal__withdrawn_at__gt=as_at)
        return self.filter(there, recorded_at__lte=as_at)

    def as_at(self, moment: dt.datetime) -> "FigureQuerySet":
        """What was shown at that moment: of each return the latest of those verified by then."""
        return self.verified(moment).latest_each()

    def standing(self) -> "FigureQuerySet":
        """Those that were not taken back. A verified one never is."""
        return self.filter(withdrawal__isnull=True)

    def in_order(self) -> "FigureQuerySet":
        """Oldest first: the order in which they became known."""
        return self.order_by("recorded_at", "pk")

    def latest_each(self) -> "FigureQuerySet":
        """Of this selection only the latest one of each return."""
        # Numbered in one pass: a subquery for every row would take a third of a second for ten thousand.
        order = [F("recorded_at").desc(), F("pk").desc()]
        place = Window(RowNumber(), partition_by=[F("for_return")], order_by=order)
        return self.filter(pk__in=self.order_by().annotate(place=place).filter(place=1).values("pk"))


class Figure(AppendOnly):
    """One immutable set of numbers for a return. Shown is the latest verified one.

    A count has a numerator only, and so has an amount of money, in pounds. Need and met: numerator is met, denominator is need. A percentage has numerator and base, or,
    when no base is given, the stated percentage alone, which is never pooled.
    """

    class Route(models.TextChoices):
        FORM = "form", "On the form"
        MAIL = "mail", "By mail"
        PHONE = "phone", "By phone"
        MEETING = "meeting", "In a meeting"
        UPLOAD = "upload", "As a spreadsheet"
        FEED = "feed", "From a published file"

    class Restates(models.TextChoices):
        REVISION = "revision", "Revision: the source has new figures"
        CORRECTION = "correction", "Correction: the figure was wrong"

    for_return = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="figures")
    numerator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    stated_percentage = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    # Its numerator is pounds and pence: as the indicator's measure, kept here so that a figure can be read by itself.
    is_amount = models.BooleanField(default=False)
    is_provisional = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)  # system or report, so that anyone could find it again
    extracted_on = models.DateField(null=True, blank=True)
    route = models.CharField(max_length=10, choices=Route, default=Route.FORM)
    # Whose figure it is: a person here, or a name when the supplier has no sign-in.
    supplied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    supplied_by_name = models.CharField(max_length=200)
    received_on = models.DateField(null=True, blank=True)  # when it reached whoever keyed it
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    restates = models.CharField(max_length=10, choices=Restates, blank=True)
    restated_because = models.CharField(max_length=300, blank=True)
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="figures"
    )  # the whole series' it is a part of
    upload = models.ForeignKey(
        Upload, on_delete=models.PROTECT, null=True, blank=True, related_name="figures"
    )  # the file it came in
    is_sample = models.BooleanField(default=False)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["for_return", "recorded_at", "pk"]
        indexes = [models.Index(fields=["for_return", "recorded_at"], name="figures_of_a_return_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(numerator__isnull=False, stated_percentage__isnull=True)
                | Q(
                    numerator__isnull=True,
                    denominator__isnull=True,
                    stated_percentage__isnull=False,
                ),
                name="a_figure_has_a_number_or_a_stated_percentage",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gte=F("numerator")),
                name="met_is_never_above_need",
                violation_error_message="The number met can't be more than the number in need.",
            ),
            models.CheckConstraint(
                condition=Q(stated_percentage__isnull=True) | Q(stated_percentage__gte=0, stated_percentage__lte=100),
                name="a_percentage_is_between_0_and_100",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True) | Q(numerator__gte=0),
                name="a_count_is_never_negative",
            ),
            models.CheckConstraint(
                condition=Q(is_amount=False) | Q(numerator__isnull=False, denominator__isnull=True),
                name="an_amount_is_one_number",
            ),
            models.CheckConstraint(
                condition=Q(restates="", restated_because="") | (~Q(restates="") & ~Q(restated_because="")),
                name="a_restatement_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.for_return}: figure {self.pk}"


class Verification(AppendOnly):
    """Someone other than who gave or keyed a figure has checked it."""

    figure = models.OneToOneField(Figure, on_delete=models.PROTECT, related_name="verification")
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"Verification of {self.figure}"


class Withdrawal(AppendOnly):
    """A figure taken back before anybody verified it, when the upload that brought it was undone. The figure is kept."""

    figure = models.OneToOneField(Figure, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Taken back: {self.figure}"


class Confirmation(models.Model):
    """A supplier is asked by a signed link whether a figure that was keyed for them is what they gave; their answer, once."""

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        DISPUTED = "disputed", "Not what was given"

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="confirmations")
    to_name = models.CharField(max_length=200)
    address = models.EmailField(max_length=254)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=1000, blank=True)  # what is wrong, in their words

    class Meta:
        ordering = ["figure", "asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="a_confirmation_is_answered_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to_name} asked about {self.figure}"


class SendBack(AppendOnly):
    """A figure returned to its supplier with a comment. Every one is kept."""

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="send_backs")
    comment = models.TextField()
    due_again_on = models.DateField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(comment=""), name="a_send_back_has_a_comment")]

    def __str__(self) -> str:
        return f"Sent back: {self.figure}"


class MonthlyFigure(AppendOnly):
    """One month of a figure that is the sum of its months. It is as verified as its figure, and restated with it."""

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="months")
    month = models.DateField()  # its first day
    number = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        ordering = ["figure", "month"]
        constraints = [
            models.UniqueConstraint(fields=["figure", "month"], name="one_number_per_figure_and_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_month_is_named_by_its_first_day"),
            models.CheckConstraint(condition=Q(number__gte=0), name="a_month_is_never_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.figure}, {self.month:%B %Y}"
