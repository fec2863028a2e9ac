import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from indicators.models.indicator import Indicator, Lead
from indicators.models.round import Round
from lib import working_days
from lib.editing import Versioned

# Working days for which a closed round takes the figure of a late source: two weeks, about as long as other figures are taken late. Without
# an end it would be owed for ever, and a quarter never be done.
TAKEN_FOR = 10


def _mine(user: User) -> Q:
    """Returns whose indicator this person leads today, or unrestricted ones that their organisation owns."""
    leads = Q(indicator__in=Lead.objects.of(user, timezone.localdate()))
    if user.organisation_id is None:
        return leads
    return leads | Q(indicator__owner=user.organisation_id, indicator__is_restricted=False)


class ReturnQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ReturnQuerySet":
        """All for coordinators and CSP Executive members; for leads those of their own organisation and their own."""
        if user.has_role(RoleGrant.Role.COORDINATOR, RoleGrant.Role.EXECUTIVE):
            return self
        if not user.has_role(RoleGrant.Role.DATA_LEAD, RoleGrant.Role.COMMENTARY_LEAD):
            return self.none()
        return self.filter(_mine(user))

    def owed_by(self, user: User, on: dt.date) -> "ReturnQuerySet":
        """Those whose figures this person leads on that day, for themselves or as a deputy, sent or not."""
        leads = Lead.objects.held_by(user, on).filter(duty=Lead.Duty.DATA)
        return self.filter(indicator__in=leads.values("indicator"))

    def giveable_by(self, user: User, on: dt.date) -> "ReturnQuerySet":
        """Those whose figure this person may give that day; `rules` says the same of one of them."""
        if user.has_role(RoleGrant.Role.COORDINATOR):
            return self
        if not user.has_role(RoleGrant.Role.DATA_LEAD):
            return self.none()
        leads = Q(indicator__in=Lead.objects.held_by(user, on).filter(duty=Lead.Duty.DATA).values("indicator"))
        if user.organisation_id is not None:
            leads |= Q(indicator__owner=user.organisation_id, indicator__is_restricted=False)
        return self.filter(leads)

    def awaited(self) -> "ReturnQuerySet":
        """Still to be given: nothing sent, a draft, or sent back. A reason for "no figure" settles it."""
        return self.filter(status__in=Return.AWAITED)

    def to_verify(self) -> "ReturnQuerySet":
        return self.filter(status=Return.Status.SUBMITTED)

    def verified(self) -> "ReturnQuerySet":
        return self.filter(status=Return.Status.VERIFIED)

    def missing(self) -> "ReturnQuerySet":
        return self.filter(status=Return.Status.MISSING)


class Return(Versioned):
    """One indicator in one round: the state of its figures. An instance is called `return_`."""

    class Status(models.TextChoices):
        DUE = "due", "Due"
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Not yet verified"
        SENT_BACK = "sent_back", "Sent back"
        VERIFIED = "verified", "Verified"
        MISSING = "missing", "Missing"

    class MissingReason(models.TextChoices):
        AWAITING_PARTNER = "awaiting_partner", "Awaiting partner"
        SOURCE_LAG = "source_lag", "Source lag"
        NOT_COLLECTED = "not_collected", "Not collected"
        ANNUAL = "annual_measure", "Annual measure"

    AWAITED = (Status.DUE, Status.DRAFT, Status.SENT_BACK)

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="returns")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="returns")
    status = models.CharField(max_length=10, choices=Status, default=Status.DUE)
    due_again_on = models.DateField(null=True, blank=True)  # after sending back
    extended_to = models.DateField(
        null=True, blank=True
    )  # the later day its owner was given, also past the round's closing

    # What was typed and not yet sent, exactly as typed, so that a draft may be wrong.
    draft = models.JSONField(default=dict, blank=True)
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    draft_saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    submitted_at = models.DateTimeField(null=True, blank=True)  # of the latest figure
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    missing_reason = models.CharField(max_length=20, choices=MissingReason, blank=True)
    missing_note = models.CharField(max_length=300, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    missing_at = models.DateTimeField(null=True, blank=True)  # since when it is settled without a figure

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ["round", "indicator"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "round"],
                name="one_return_per_indicator_and_round",
                violation_error_message="There is already a return for this indicator and quarter.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="return_is_submitted_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(draft_saved_at__isnull=True, draft_saved_by__isnull=True)
                | Q(draft_saved_at__isnull=False, draft_saved_by__isnull=False),
                name="a_draft_is_saved_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["submitted", "verified", "sent_back"]) | Q(submitted_at__isnull=False),
                name="what_was_sent_was_submitted",
            ),
            models.CheckConstraint(
                condition=Q(status="missing") & ~Q(missing_reason="") | ~Q(status="missing") & Q(missing_reason=""),
                name="missing_has_a_reason_and_only_missing_has",
            ),
            models.CheckConstraint(
                condition=Q(status="missing", missing_at__isnull=False)
                | ~Q(status="missing") & Q(missing_at__isnull=True),
                name="missing_is_said_at_some_time_and_only_missing_is",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:return-detail", args=[self.pk])

    @property
    def due_on(self) -> dt.date:
        """The day it is owed: the one given when it was sent back; otherwise its owner's own or everybody's, whichever is later.

        Everybody's day may have moved past the one that was granted, which was to help its owner.
        """
        return self.due_again_on or max(self.extended_to or self.due_anyway, self.due_anyway)

    @property
    def due_anyway(self) -> dt.date:
        """The day without anything that was granted to this return alone: the round's, or the source's if later."""
        return max(self.round.due_on, self.source_has_it_on)

    @property
    def source_has_it_on(self) -> dt.date:
        """Before this day its source has no figure. Needs indicator and round loaded."""
        return working_days.add(self.round.quarter.end, self.indicator.source_lag)

    def stays_open(self, on: dt.date) -> bool:
        """Whether a first figure is taken on that day although the round is closed: it was sent back until then, its owner was given longer,
        or its source is later.

        The source is later when it has no figure by the day the round was to close, or before the day it was closed. Then the figure is
        taken until it is due, and at least TAKEN_FOR working days from the source's day.
        """
        sent_back_until = self.due_again_on if self.status == self.Status.SENT_BACK else None
        if any(day is not None and on <= day for day in (sent_back_until, self.extended_to)):
            return True
        if self.indicator.source_lag == 0:
            return False
        has_it = self.source_has_it_on
        closed_at = self.round.closed_at
        in_vain = closed_at is not None and has_it >= timezone.localdate(closed_at)
        until = max(working_days.add(has_it, TAKEN_FOR), self.due_anyway, self.due_on)
        return (in_vain or has_it > self.round.closes_on) and on <= until

    @property
    def is_awaited(self) -> bool:
        return self.status in self.AWAITED

    def is_overdue(self, on: dt.date) -> bool:
        return self.is_awaited and self.due_on < on


class CommentaryQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "CommentaryQuerySet":
        return self.filter(for_return__in=Return.objects.visible_to(user))

    def owed_by(self, user: User, on: dt.date) -> "CommentaryQuerySet":
        leads = Lead.objects.held_by(user, on).filter(duty=Lead.Duty.COMMENTARY)
        return self.filter(for_return__indicator__in=leads.values("indicator"))

    def awaited(self) -> "CommentaryQuerySet":
        """Asked for and not sent."""
        return self.filter(due_on__isnull=False).exclude(status=Commentary.Status.SENT)


class Commentary(Versioned):
    """The words for one return: what happened, why, what next. It has a state and a due date of its own."""

    class Status(models.TextChoices):
        DUE = "due", "Due"
        DRAFT = "draft", "Draft"
        SENT = "sent", "Sent"

    for_return = models.OneToOneField(Return, on_delete=models.PROTECT, related_name="commentary")
    status = models.CharField(max_length=10, choices=Status, default=Status.DUE)
    due_on = models.DateField(null=True, blank=True)  # None: not asked for, though welcome
    what_happened = models.TextField(blank=True)
    why = models.TextField(blank=True)
    what_next = models.TextField(blank=True)
    who = models.CharField(max_length=120, blank=True)  # who sees to what is next: a post, "Head of Youth Justice"
    by_when = models.DateField(null=True, blank=True)  # until when
    # Whose words they are: the lead's, also where the partnership team enters them.
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = CommentaryQuerySet.as_manager()

    class Meta:
        ordering = ["for_return"]
        verbose_name_plural = "commentaries"
        constraints = [
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False, sent_by__isnull=False) | ~Q(status="sent"),
                name="commentary_is_sent_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(written_by__isnull=False),
                name="words_that_were_sent_are_someone_s",
            ),
        ]

    def __str__(self) -> str:
        return f"Commentary on {self.for_return}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:commentary-edit", args=[self.pk])

    @property
    def takes_words(self) -> bool:
        """Late words are welcome; what was sent for a round that has closed since stays. Needs the round loaded."""
        return self.status != self.Status.SENT or not self.for_return.round.is_closed

    @property
    def is_on_behalf(self) -> bool:
        """Sent, and keyed by somebody other than whose words they are."""
        return self.sent_by_id is not None and self.sent_by_id != self.written_by_id

    @property
    def is_awaited(self) -> bool:
        """Asked for and not sent."""
        return self.due_on is not None and self.status != self.Status.SENT

    def is_overdue(self, on: dt.date) -> bool:
        return self.is_awaited and self.due_on < on
