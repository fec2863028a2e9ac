from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from governance.models.action import Action
from governance.models.body import Body
from governance.models.meeting import AgendaItem, Meeting
from governance.models.owned import Owned
from indicators.models import Indicator
from lib.append_only import Kept, KeptQuerySet
from lib.editing import Versioned
from priorities.models import Commitment


class DecisionQuerySet(KeptQuerySet):
    def visible_to(self, user: User) -> "DecisionQuerySet":
        """All for the partnership team, the CSP Executive and members of bodies; none for others."""
        roles = (RoleGrant.Role.COORDINATOR, RoleGrant.Role.EXECUTIVE, RoleGrant.Role.MEMBER)
        return self if user.is_authenticated and user.has_role(*roles) else self.none()

    def not_done(self) -> "DecisionQuerySet":
        """With somebody who is to see to it, and not seen to yet."""
        return self.filter(due_on__isnull=False, done_on__isnull=True, replaced_by__isnull=True)


class Decision(Kept, Versioned, Owned):
    """What a body decided: in a meeting, or between meetings by somebody it had given the power to. It is replaced, never changed.

    Its owner sees to it by `due_on`; both are empty where nothing follows from it.
    """

    class Route(models.TextChoices):
        MEETING = "meeting", "In a meeting"
        DELEGATION = "delegation", "Between meetings, by delegation"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    reason = models.TextField()
    decided_on = models.DateField()
    route = models.CharField(max_length=10, choices=Route, default=Route.MEETING)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    delegate = models.CharField(max_length=120, blank=True)  # who decided between meetings
    authority = models.CharField(
        max_length=200, blank=True
    )  # what gave them the power: a decision, the terms of reference
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_note = models.CharField(max_length=300, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    commitments = models.ManyToManyField(Commitment, blank=True, related_name="+")
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="+")
    actions = models.ManyToManyField(Action, blank=True, related_name="decisions")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    is_sample = models.BooleanField(default=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["body", "-decided_on", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="one_decision_per_body_and_number"),
            models.CheckConstraint(
                condition=Q(route="meeting", meeting__isnull=False, delegate="", authority="")
                | (Q(route="delegation", meeting__isnull=True, item__isnull=True) & ~Q(delegate="") & ~Q(authority="")),
                name="a_decision_was_taken_in_a_meeting_or_by_a_delegate",
                violation_error_message="Say at which meeting it was decided, or by whom and with what authority.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="a_decision_has_a_reason",
                violation_error_message="Say why it was decided.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, owner__isnull=True, owner_post="")
                | (Q(due_on__isnull=False) & (Q(owner__isnull=False) | ~Q(owner_post=""))),
                name="a_decision_to_be_seen_to_is_somebody_s_by_some_day",
                violation_error_message="Give both who sees to it and by when, or neither.",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False, due_on__isnull=False),
                name="a_decision_is_seen_to_by_someone_on_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.text}"

    def get_absolute_url(self) -> str:
        return reverse("governance:decision-detail", args=[self.pk])

    @property
    def reference(self) -> str:
        """ "CSPE D12". Needs the body loaded."""
        return f"{self.body.code} D{self.number}"


class ApprovalQuerySet(KeptQuerySet):
    def standing(self) -> "ApprovalQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Approval(Kept):
    """A body's word on a version of the plan, on a delivery plan or on an application for money: given here, or given elsewhere and recorded here.

    `given_by` and `post` are whose word it is, `recorded_by` who typed it. A wrong one is withdrawn with a reason and stays.
    """

    class Verdict(models.TextChoices):
        AGREED = "agreed", "Agreed"
        SUBJECT = "subject", "Agreed subject to conditions"
        NOTED = "noted", "Noted"
        REFUSED = "refused", "Not agreed"

    class Route(models.TextChoices):
        HERE = "here", "Here"
        MEETING = "meeting", "In a meeting"
        MAIL = "mail", "By mail"

    AGREEING = (Verdict.AGREED, Verdict.SUBJECT)

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="approvals")
    delivery_plan = models.ForeignKey(
        "governance.DeliveryPlan", on_delete=models.PROTECT, null=True, blank=True, related_name="approvals"
    )
    plan_version = models.ForeignKey(
        "governance.PlanVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="approvals"
    )
    application = models.ForeignKey(
        "governance.FundingApplication", on_delete=models.PROTECT, null=True, blank=True, related_name="approvals"
    )
    verdict = models.CharField(max_length=8, choices=Verdict)
    given_on = models.DateField()
    given_by = models.CharField(max_length=120, blank=True)  # empty: by the body as a whole, in a meeting
    post = models.CharField(max_length=120, blank=True)
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    route = models.CharField(max_length=8, choices=Route)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="approvals")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="approvals")
    evidence = models.CharField(max_length=200, blank=True)  # the minute or mail: "Minute 4.2", "Mail of 3 May 2018"
    said = models.TextField(blank=True)
    note = models.TextField(blank=True)  # where a document contradicts itself, both readings
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["given_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(delivery_plan__isnull=False, plan_version__isnull=True, application__isnull=True)
                | Q(delivery_plan__isnull=True, plan_version__isnull=False, application__isnull=True)
                | Q(delivery_plan__isnull=True, plan_version__isnull=True, application__isnull=False),
                name="an_approval_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(route="here", giver__isnull=False)
                | (Q(route="mail") & ~Q(given_by="") & ~Q(evidence=""))
                | (Q(route="meeting") & (Q(meeting__isnull=False) | ~Q(evidence=""))),
                name="an_approval_says_how_it_was_given",
                violation_error_message="Say who gave it and where it can be read: the meeting and its minute, or the mail.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
                name="an_approval_is_withdrawn_by_someone_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_verdict_display().lower()}, {self.given_on:%d %B %Y}"


class UndertakingQuerySet(KeptQuerySet):
    def visible_to(self, user: User) -> "UndertakingQuerySet":
        """As decisions: for the partnership team, the CSP Executive and members of bodies."""
        roles = (RoleGrant.Role.COORDINATOR, RoleGrant.Role.EXECUTIVE, RoleGrant.Role.MEMBER)
        return self if user.is_authenticated and user.has_role(*roles) else self.none()

    def open(self) -> "UndertakingQuerySet":
        return self.filter(ending="")


class Undertaking(Kept, Versioned, Owned):
    """Something somebody is to do by a day because a meeting, a decision or an approval asked for it; followed until it is ended.

    On screen "action arising", or "condition" where an approval rests on it. Not an `Action`: it belongs to no delivery plan.
    """

    class Kind(models.TextChoices):
        ARISING = "arising", "Action arising"
        CONDITION = "condition", "Condition"

    class Ending(models.TextChoices):
        DONE = "done", "Done"
        DROPPED = "dropped", "No longer needed"

    kind = models.CharField(max_length=9, choices=Kind)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="undertakings")  # that asked for it
    text = models.CharField(max_length=300)
    due_on = models.DateField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="undertakings")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="undertakings")
    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, null=True, blank=True, related_name="conditions")
    delivery_plan = models.ForeignKey(
        "governance.DeliveryPlan", on_delete=models.PROTECT, null=True, blank=True, related_name="conditions"
    )
    ending = models.CharField(max_length=8, choices=Ending, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    is_sample = models.BooleanField(default=False)

    objects = UndertakingQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ending="", ended_on__isnull=True, ended_by__isnull=True)
                | (~Q(ending="") & Q(ended_on__isnull=False, ended_by__isnull=False)),
                name="an_undertaking_is_ended_by_someone_on_some_day",
            ),
            models.CheckConstraint(
                condition=~Q(ending="dropped") | ~Q(ended_note=""),
                name="an_undertaking_is_dropped_for_a_reason",
                violation_error_message="Say why it is no longer needed.",
            ),
            models.CheckConstraint(
                condition=Q(meeting__isnull=False)
                | Q(decision__isnull=False)
                | Q(approval__isnull=False)
                | Q(delivery_plan__isnull=False),
                name="an_undertaking_comes_from_something",
            ),
        ]

    def __str__(self) -> str:
        return self.text
