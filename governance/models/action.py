import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from consultation.models import Concern
from governance.models.delivery_plan import DeliveryPlan
from governance.models.owned import Owned
from indicators.models import Indicator
from lib.append_only import Kept, KeptQuerySet
from lib.editing import Versioned
from priorities.models import Commitment, Outcome


class ActionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ActionQuerySet":
        """Those of the delivery plans in one's sight."""
        return self.filter(delivery_plan__in=DeliveryPlan.objects.visible_to(user))

    def open(self) -> "ActionQuerySet":
        """Neither complete nor ended otherwise."""
        return self.filter(ending="")

    def in_order(self) -> "ActionQuerySet":
        return self.order_by("delivery_plan", "number")


class Action(Versioned, Owned):
    """One thing a body does in a year, with who leads it and by when. Its `owner_post` and `owner` are its lead.

    `due_on` is the date that counts; it moves when a `DateMove` is accepted. `first_due_on` never changes once the plan is agreed.
    `ended_on` is the day on which it ended, `ended_at` when that was recorded, which may be later: until then nobody knew.
    """

    class Ending(models.TextChoices):
        COMPLETE = "complete", "Complete"
        CLOSED = "closed", "Closed without completing"
        MERGED = "merged", "Merged into another action"
        CARRIED = "carried", "Carried forward"

    delivery_plan = models.ForeignKey(DeliveryPlan, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()  # within the plan; never given twice
    title = models.CharField(max_length=200)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="+")  # expected to move
    # What people told the partnership that it answers: an entry of the plan's section on its consultation.
    concerns = models.ManyToManyField(Concern, blank=True, related_name="+")
    partners = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    due_on = models.DateField()
    first_due_on = models.DateField()
    success_measure = models.CharField(max_length=300, blank=True)
    resources = models.CharField(max_length=300, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_because = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_here")
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["delivery_plan", "number"]
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["delivery_plan", "number"], name="one_action_per_plan_and_number"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on"), first_due_on__gte=F("starts_on")),
                name="an_action_is_due_after_it_starts",
                violation_error_message="The action must be due on or after the day it starts.",
            ),
            models.CheckConstraint(
                condition=Q(ending="", ended_on__isnull=True, ended_by__isnull=True)
                | (~Q(ending="") & Q(ended_on__isnull=False, ended_by__isnull=False)),
                name="an_action_is_ended_by_someone_on_some_day",
            ),
            models.CheckConstraint(
                condition=Q(ending__in=["", "complete"]) | ~Q(ended_because=""),
                name="an_action_that_is_not_completed_ends_with_a_reason",
                violation_error_message="Say why it ends.",
            ),
            models.CheckConstraint(
                condition=Q(ending="merged", merged_into__isnull=False)
                | (~Q(ending="merged") & Q(merged_into__isnull=True)),
                name="a_merged_action_says_into_which",
                violation_error_message="Choose the action it is merged into.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="an_action_is_not_merged_into_itself",
                violation_error_message="Choose another action than this one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("governance:action-detail", args=[self.pk])

    @property
    def reference(self) -> str:
        """ "ASB 3". Needs the plan and its body loaded."""
        return f"{self.delivery_plan.body.code} {self.number}"

    @property
    def is_open(self) -> bool:
        return not self.ending

    def is_known_to_have_ended(self, known_at: dt.datetime | None) -> bool:
        """Whether it was known at that moment that it has ended; without a moment, whether it is known now."""
        if not self.ending or self.ended_at is None or known_at is None:
            return bool(self.ending)
        return self.ended_at <= known_at

    def is_overdue(self, on: dt.date) -> bool:
        """Open after the day that counts."""
        return self.is_open and self.due_on < on


class Milestone(models.Model):
    """A step on the way of an action, inside its dates."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="milestones")
    text = models.CharField(max_length=200)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["action", "due_on", "pk"]

    def __str__(self) -> str:
        return self.text


class DateMoveQuerySet(KeptQuerySet):
    def waiting(self) -> "DateMoveQuerySet":
        return self.filter(state=DateMove.State.PROPOSED)

    def accepted(self) -> "DateMoveQuerySet":
        return self.filter(state=DateMove.State.ACCEPTED)


class DateMove(Kept):
    """A new date proposed for an action. It counts once it is accepted, and the dates before it are kept."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Not accepted"
        WITHDRAWN = "withdrawn", "Taken back"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="date_moves")
    was = models.DateField()
    proposed = models.DateField()
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_because = models.CharField(max_length=300, blank=True)  # where it is not accepted

    objects = DateMoveQuerySet.as_manager()

    class Meta:
        ordering = ["action", "proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(state="proposed"),
                name="one_date_is_proposed_at_a_time",
                violation_error_message="A new date for this action waits to be accepted already.",
            ),
            models.CheckConstraint(
                condition=~Q(was=F("proposed")),
                name="a_proposed_date_is_another_one",
                violation_error_message="The new date must be another one than the date that counts now.",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_date_is_moved_for_a_reason"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="proposed") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="a_date_is_decided_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(decided_because=""), name="a_date_is_refused_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.was:%d %B %Y} to {self.proposed:%d %B %Y}"
