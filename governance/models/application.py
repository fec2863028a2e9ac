"""A subgroup asks for money, the CSP Executive decides."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, RoleGrant, User
from governance.models.action import Action
from governance.models.body import Body
from governance.models.funding import AmountField, FundingStream
from governance.models.membership import Membership
from indicators.models import Indicator
from lib.append_only import AppendOnly, Kept, KeptQuerySet
from lib.editing import Versioned
from lib.quarter_fields import YearField
from priorities.models import Priority


class FundingApplicationQuerySet(KeptQuerySet):
    def visible_to(self, user: User) -> "FundingApplicationQuerySet":
        """All for the partnership team; what has been submitted for the CSP Executive and members of bodies; one's own bodies' always."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(RoleGrant.Role.COORDINATOR):
            return self
        own = Q(body__in=Membership.objects.in_force(timezone.localdate()).of(user).values("body"))
        if user.has_role(RoleGrant.Role.EXECUTIVE, RoleGrant.Role.MEMBER):
            return self.filter(own | Q(submitted_at__isnull=False))
        return self.filter(own)

    def waiting(self) -> "FundingApplicationQuerySet":
        """For the CSP Executive's decision."""
        return self.filter(state=FundingApplication.State.SUBMITTED)


class FundingApplication(Kept, Versioned):
    """What a body asks money for, what it would do with it, and what became of that. It is decided once, and kept whatever the answer."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Waits for a decision"
        AGREED = "agreed", "Agreed"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    DECIDED = (State.AGREED, State.DECLINED)

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="funding_applications")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    purpose = models.TextField(blank=True)  # what it is for, and what would change
    stream = models.ForeignKey(
        FundingStream, on_delete=models.PROTECT, null=True, blank=True, related_name="applications"
    )  # None: no particular one is asked
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # that would spend it
    actions = models.ManyToManyField(Action, blank=True, related_name="funding_applications")
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="+")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    match_amount = AmountField(null=True, blank=True)  # what others put in beside it
    match_from = models.CharField(max_length=200, blank=True)
    equalities = models.TextField(blank=True)  # who gains, who might lose
    exit_plan = models.TextField(blank=True)  # what happens when the money ends
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=timezone.now)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)  # the approval says by whom and how
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    is_sample = models.BooleanField(default=False)

    objects = FundingApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["body", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="one_funding_application_per_body_and_number"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_funding_application_ends_after_it_starts",
                violation_error_message="The last day must be on or after the first day.",
            ),
            models.CheckConstraint(
                condition=Q(match_amount__isnull=True, match_from="") | (Q(match_amount__gt=0) & ~Q(match_from="")),
                name="match_funding_comes_from_someone",
                violation_error_message="Give both the amount that others put in and who they are, or neither.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="a_funding_application_is_submitted_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="what_is_decided_was_submitted",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["agreed", "declined"], decided_on__isnull=False)
                | (~Q(state__in=["agreed", "declined"]) & Q(decided_on__isnull=True)),
                name="a_funding_application_is_decided_on_some_day",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_because="")
                | ~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because=""),
                name="a_funding_application_is_withdrawn_by_someone_with_a_reason",
                violation_error_message="Say why it is withdrawn.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("governance:funding-application-detail", args=[self.pk])

    @property
    def reference(self) -> str:
        """ "ASB F2". Needs the body loaded."""
        return f"{self.body.code} F{self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_submitted(self) -> bool:
        return self.state == self.State.SUBMITTED

    @property
    def is_agreed(self) -> bool:
        return self.state == self.State.AGREED


class FundingApplicationYear(models.Model):
    """What is asked for in one financial year, and what of that was agreed."""

    application = models.ForeignKey(FundingApplication, on_delete=models.PROTECT, related_name="years")
    year = YearField()
    amount = AmountField()
    agreed = AmountField(null=True, blank=True)  # None: not decided, or declined

    class Meta:
        ordering = ["application", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "year"],
                name="one_amount_per_application_and_year",
                violation_error_message="This year has an amount already.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="an_amount_asked_for_is_never_negative",
                violation_error_message="The amount can’t be less than £0.",
            ),
            models.CheckConstraint(
                condition=Q(agreed__isnull=True) | Q(agreed__gte=0, agreed__lte=F("amount")),
                name="no_more_is_agreed_than_was_asked_for",
                violation_error_message="No more can be agreed than was asked for.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.year}"


class FundingComment(AppendOnly):
    """What somebody asks or says about an application before it is decided, and the answer to it."""

    application = models.ForeignKey(FundingApplication, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["application", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="a_funding_comment_says_something",
                violation_error_message="Write a comment.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.made_by} on {self.application}"


class FundingInterest(AppendOnly):
    """Somebody declares an interest in an application, and so does not decide it: declared here, or in a meeting and recorded."""

    application = models.ForeignKey(FundingApplication, on_delete=models.PROTECT, related_name="interests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # None: they have no account here
    name = models.CharField(max_length=120)
    nature = models.CharField(max_length=300)
    declared_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["application", "declared_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "user"],
                condition=Q(user__isnull=False),
                name="one_interest_per_application_and_person",
                violation_error_message="They have declared their interest already.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(nature=""),
                name="an_interest_says_whose_and_in_what",
                violation_error_message="Say whose interest it is, and in what.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.nature}"
