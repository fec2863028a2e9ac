import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Organisation, RoleGrant, User
from governance.models.body import Body
from lib.append_only import Kept, KeptQuerySet
from lib.editing import Versioned
from lib.written import day_year


class MembershipQuerySet(KeptQuerySet):
    def visible_to(self, user: User) -> "MembershipQuerySet":
        return self if user.is_authenticated else self.none()

    def in_force(self, on: dt.date) -> "MembershipQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def not_over(self, on: dt.date) -> "MembershipQuerySet":
        """In force on that day or later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def chairing(self) -> "MembershipQuerySet":
        """Chairs and co-chairs. A deputy chairs only while that is delegated to them: see `Delegation`."""
        return self.filter(role__in=Membership.CHAIRING)

    def of(self, user: User) -> "MembershipQuerySet":
        return self.filter(user=user)


class Membership(Kept, Versioned):
    """A place on a body from one day to another, both included; held by post, and by a person who may have no account here."""

    class Role(models.TextChoices):
        CHAIR = "chair", "Chair"
        CO_CHAIR = "co_chair", "Co-chair"
        DEPUTY = "deputy", "Deputy chair"
        MEMBER = "member", "Member"
        SUPPORT = "support", "Support officer"

    CHAIRING = (Role.CHAIR, Role.CO_CHAIR)

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role)
    post = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=120, blank=True)  # of the person; empty: the post is vacant
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    # Whose place they took, with what was in that person's hands.
    succeeds = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="succeeded_by"
    )
    is_sample = models.BooleanField(default=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["body", "role", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_membership_ends_after_it_starts",
                violation_error_message="The last day must be on or after the first day.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(post=""),
                name="a_membership_is_of_a_person_or_a_post",
                violation_error_message="Enter a name, a post, or both.",
            ),
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(role="chair", ends_on__isnull=True),
                name="one_open_chair_per_body",
                violation_error_message="This body has a chair already.",
            ),
            models.UniqueConstraint(
                fields=["body", "user", "role"],
                condition=Q(ends_on__isnull=True),
                name="one_open_membership_per_person_and_role",
                violation_error_message="They are on this body in this role already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.get_role_display().lower()} of {self.body}"

    @property
    def label(self) -> str:
        """ "Owen Tranter, Superintendent"; "Borough Commander (vacant)"."""
        if not self.name:
            return f"{self.post} (vacant)"
        return f"{self.name}, {self.post}" if self.post else self.name

    @property
    def brings_role(self) -> str:
        """The role that goes with this place; "" where none does. Needs the body loaded.

        A support officer of the CSP Executive prepares what it agrees, and so is no member of it.
        """
        if self.role == self.Role.SUPPORT and self.body.kind == Body.Kind.EXECUTIVE:
            return RoleGrant.Role.MEMBER
        return self.body.role_of_members

    @property
    def period(self) -> str:
        """ "from 1 April 2017" or "1 April 2017 to 31 March 2018"."""
        first = day_year(self.starts_on)
        return f"{first} to {day_year(self.ends_on)}" if self.ends_on else f"from {first}"


class DelegationQuerySet(KeptQuerySet):
    def in_force(self, on: dt.date) -> "DelegationQuerySet":
        """Those under which a deputy acts for the chair on that day, as long as they are the deputy."""
        deputy = Q(deputy__ends_on__isnull=True) | Q(deputy__ends_on__gte=on)
        return self.filter(
            deputy, deputy__starts_on__lte=on, withdrawn_at__isnull=True, starts_on__lte=on, ends_on__gte=on
        )

    def not_over(self, on: dt.date) -> "DelegationQuerySet":
        return self.filter(withdrawn_at__isnull=True, ends_on__gte=on)


class Delegation(Kept):
    """A chair lets the deputy act for them from one day to another, both included."""

    deputy = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="delegations")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=200)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["deputy", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="a_delegation_ends_after_it_starts",
                violation_error_message="The last day must be on or after the first day.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_delegation_is_withdrawn_by_someone_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} for the chair"
