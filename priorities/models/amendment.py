from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import RoleGrant, User
from lib.append_only import AppendOnly, AppendOnlyQuerySet
from priorities.models.parts import Priority
from priorities.models.plan import Plan


class AmendmentQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> "AmendmentQuerySet":
        """Coordinators see who changed what in the plan, and why."""
        return self if user.is_authenticated and user.has_role(RoleGrant.Role.COORDINATOR) else self.none()


class Amendment(AppendOnly):
    """A change to an adopted plan: what, why, by whom. `changes` holds lines of {"what", "was", "now"}."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="amendments")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="amendments")
    reason = models.TextField()
    changes = models.JSONField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="an_amendment_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Amendment of {self.made_at:%d %B %Y} to {self.priority}"
