import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from governance.models.body import Body
from governance.models.membership import Membership
from lib.append_only import Kept, KeptQuerySet
from lib.editing import Versioned
from lib.quarter_fields import YearField


class DeliveryPlanQuerySet(KeptQuerySet):
    def visible_to(self, user: User) -> "DeliveryPlanQuerySet":
        """All for the partnership team and the CSP Executive; otherwise those of one's own bodies, those in which one leads an action,
        and for members of other bodies the agreed ones. Looking after accounts and scrutiny open none, and take none away."""
        if user.has_role(RoleGrant.Role.COORDINATOR, RoleGrant.Role.EXECUTIVE):
            return self
        if not user.is_authenticated:
            return self.none()
        today = timezone.localdate()
        own = Membership.objects.in_force(today).of(user).values("body")
        theirs = Q(body__in=own) | Q(actions__owner=user)
        if user.has_role(RoleGrant.Role.MEMBER):
            theirs |= Q(state__in=DeliveryPlan.AGREED)
        return self.filter(theirs).distinct()

    def running(self) -> "DeliveryPlanQuerySet":
        """Agreed and not closed: their actions are reported on."""
        return self.filter(state__in=[DeliveryPlan.State.AGREED, DeliveryPlan.State.IN_DELIVERY])


class DeliveryPlan(Kept, Versioned):
    """What one body will do in one year. Its actions change by updates and accepted dates once it is agreed.

    Everything that spans its actions (their dates, numbers, the next version) is done under a lock on this row.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        AGREED = "agreed", "Agreed"
        IN_DELIVERY = "in_delivery", "In delivery"
        CLOSED = "closed", "Closed"

    AGREED = (State.AGREED, State.IN_DELIVERY, State.CLOSED)

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="delivery_plans")
    year = YearField()
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    summary = models.TextField(blank=True)  # what the year is about, in a few sentences
    resources = models.TextField(blank=True)  # the resources statement: people, money, applications
    # Where one of the two is not there, why; a condition with an owner and a day stands for it.
    resources_absent_because = models.CharField(max_length=300, blank=True)
    equality_absent_because = models.CharField(max_length=300, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField(default=timezone.now)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    sent_back_because = models.TextField(
        blank=True
    )  # the latest comment with which it came back; cleared when submitted
    agreed_on = models.DateField(null=True, blank=True)  # by the CSP Executive: the approval says who and how
    delivery_from = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_note = models.TextField(blank=True)
    is_sample = models.BooleanField(default=False)

    objects = DeliveryPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "body"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year"],
                name="one_delivery_plan_per_body_and_year",
                violation_error_message="This body has a delivery plan for that year already.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True, submitted_by__isnull=True)
                | (~Q(state="draft") & Q(submitted_at__isnull=False, submitted_by__isnull=False)),
                name="a_delivery_plan_is_submitted_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(resources="") | ~Q(resources_absent_because=""),
                name="a_submitted_plan_says_what_it_will_take",
                violation_error_message="Say what resources it takes, or why that is not known.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted"], agreed_on__isnull=True)
                | (~Q(state__in=["draft", "submitted"]) & Q(agreed_on__isnull=False)),
                name="an_agreed_plan_was_agreed_on_some_day",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True, closed_by__isnull=True)),
                name="a_delivery_plan_is_closed_by_someone_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Delivery plan of {self.body} for {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("governance:delivery-plan-detail", args=[self.body.slug, self.year])

    @property
    def starts_on(self) -> dt.date:
        return self.year.start

    @property
    def ends_on(self) -> dt.date:
        return self.year.end

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_submitted(self) -> bool:
        return self.state == self.State.SUBMITTED

    @property
    def is_running(self) -> bool:
        return self.state in (self.State.AGREED, self.State.IN_DELIVERY)

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED


class PlanUpload(models.Model):
    """A spreadsheet of a delivery plan's actions: read and compared, looked at cell by cell, then recorded whole or not at all."""

    delivery_plan = models.ForeignKey(DeliveryPlan, on_delete=models.PROTECT, related_name="uploads")
    file_name = models.CharField(max_length=150)
    file_sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    preview = models.TextField()  # canonical JSON of what each row would do
    fingerprint = models.CharField(max_length=64)  # of the preview: what was looked at is what is recorded
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True, recorded_by__isnull=True)
                | Q(recorded_at__isnull=False, recorded_by__isnull=False),
                name="a_plan_upload_is_recorded_by_someone_at_some_time",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
