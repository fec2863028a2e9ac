from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from governance.models.action import Action
from governance.models.body import Body
from governance.models.membership import Membership
from governance.models.owned import Owned
from lib.append_only import AppendOnly, AppendOnlyQuerySet, Kept, KeptQuerySet
from lib.editing import Versioned


def scored(*names: str) -> Q:
    """Each from 1 to 5."""
    condition = Q()
    for name in names:
        condition &= Q(**{f"{name}__gte": 1, f"{name}__lte": 5})
    return condition


class RiskQuerySet(KeptQuerySet):
    def visible_to(self, user: User) -> "RiskQuerySet":
        """All for the partnership team and the CSP Executive; for others those of their own bodies and those they own."""
        if user.has_role(RoleGrant.Role.COORDINATOR, RoleGrant.Role.EXECUTIVE):
            return self
        if not user.is_authenticated:
            return self.none()
        own = Membership.objects.in_force(timezone.localdate()).of(user).values("body")
        return self.filter(Q(body__in=own) | Q(owner=user))

    def open(self) -> "RiskQuerySet":
        return self.filter(closed_at__isnull=True)


class Risk(Kept, Versioned, Owned):
    """Something that may keep a body from what it set out to do. How likely and how bad it is now is its latest `RiskScore`."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="risks")
    number = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=300)  # "Because ..."
    event = models.CharField(max_length=300)  # "... this may happen ..."
    effect = models.CharField(max_length=300)  # "... and then ..."
    controls = models.TextField(blank=True)
    before_likelihood = models.PositiveSmallIntegerField()  # without any control
    before_impact = models.PositiveSmallIntegerField()
    target_likelihood = models.PositiveSmallIntegerField()
    target_impact = models.PositiveSmallIntegerField()
    review_on = models.DateField()
    actions = models.ManyToManyField(Action, blank=True, related_name="risks")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_because = models.CharField(max_length=300, blank=True)
    is_sample = models.BooleanField(default=False)

    objects = RiskQuerySet.as_manager()

    class Meta:
        ordering = ["body", "number"]
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["body", "number"], name="one_risk_per_body_and_number"),
            models.CheckConstraint(
                condition=scored("before_likelihood", "before_impact", "target_likelihood", "target_impact"),
                name="a_risk_is_scored_from_1_to_5",
                violation_error_message="Likelihood and impact are numbers from 1 to 5.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, closed_because="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closed_because="")),
                name="a_risk_is_closed_by_someone_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.event}"

    def get_absolute_url(self) -> str:
        return reverse("governance:risk-detail", args=[self.pk])

    @property
    def reference(self) -> str:
        """ "ASB R2". Needs the body loaded."""
        return f"{self.body.code} R{self.number}"

    @property
    def before(self) -> int:
        return self.before_likelihood * self.before_impact

    @property
    def target(self) -> int:
        return self.target_likelihood * self.target_impact


class RiskScoreQuerySet(AppendOnlyQuerySet):
    def in_order(self) -> "RiskScoreQuerySet":
        return self.order_by("risk", "scored_at", "pk")


class RiskScore(AppendOnly):
    """How likely and how bad a risk was on a day, with its controls; the latest is what counts."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="scores")
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    said = models.CharField(max_length=300, blank=True)
    scored_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    scored_at = models.DateTimeField(default=timezone.now)

    objects = RiskScoreQuerySet.as_manager()

    class Meta:
        ordering = ["risk", "-scored_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=scored("likelihood", "impact"),
                name="a_risk_score_is_from_1_to_5",
                violation_error_message="Likelihood and impact are numbers from 1 to 5.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.likelihood} × {self.impact} = {self.score}"

    @property
    def score(self) -> int:
        return self.likelihood * self.impact
