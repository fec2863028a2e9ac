import datetime as dt
from collections.abc import Iterator
from functools import cached_property

import rules
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format

from accounts.models.organisation import Organisation
from lib.editing import Versioned


class UserQuerySet(models.QuerySet):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def holding(self, role: str, on: dt.date) -> "UserQuerySet":
        """Active people who hold the role on that day."""
        return self.active().filter(pk__in=RoleGrant.objects.in_force(on).filter(role=role).values("user"))

    def visible_to(self, user: "User") -> "UserQuerySet":
        """Coordinators and administrators see everyone; others see themselves."""
        if user.has_role(RoleGrant.Role.COORDINATOR) or user.has_role(RoleGrant.Role.ADMINISTRATOR):
            return self
        return self.filter(pk=user.pk)

    def accepted(self) -> "UserQuerySet":
        """Those who have accepted their invitation; see `User.has_accepted`."""
        without = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        return self.filter(~without | Q(last_login__gt=F("invited_at")))

    def not_signed_in_yet(self) -> "UserQuerySet":
        return self.active().filter(last_login__isnull=True)

    def gone(self) -> "UserQuerySet":
        return self.filter(is_active=False)

    def matching(self, words: str) -> "UserQuerySet":
        """Those whose name, post or address holds each of the words."""
        found = self
        for word in words.split():
            found = found.filter(Q(name__icontains=word) | Q(post__icontains=word) | Q(email__icontains=word))
        return found

    def with_grants(self, on: dt.date) -> "UserQuerySet":
        """With `grants_now`, the grants in force on that day, and the organisation's names: two queries for a whole list."""
        grants = RoleGrant.objects.in_force(on).order_by("role")
        return self.select_related("organisation").prefetch_related(
            models.Prefetch("role_grants", grants, to_attr="grants_now"), "organisation__names"
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Finds people by email address in any capitals."""

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, Versioned):
    """A person. Signs in by email address, works in a post at an organisation, holds roles for a time."""

    email = models.EmailField("email address", max_length=254, unique=True)
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
    )
    is_active = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    invited_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    signed_out_at = models.DateTimeField(null=True, blank=True)  # sessions from before count no more

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_person_per_email_address",
                violation_error_message="Someone with this email address is already here.",
            ),
            models.CheckConstraint(
                condition=Q(is_active=True, left_at__isnull=True) | Q(is_active=False, left_at__isnull=False),
                name="who_is_not_active_left_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounts:user-detail", args=[self.pk])

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """What a session must hold to be this person's: it ends with a new password, and when somebody else signs them out."""
        return super().get_session_auth_hash() + self._sessions_since

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for former in super().get_session_auth_fallback_hash():
            yield former + self._sessions_since

    @property
    def _sessions_since(self) -> str:
        return f" {self.signed_out_at.timestamp()}" if self.signed_out_at else ""

    @property
    def label(self) -> str:
        """As the record names them: "Farida Begum, Performance analyst"."""
        return f"{self.name}, {self.post}" if self.post else self.name

    @cached_property
    def roles(self) -> frozenset[str]:
        """Codes of the roles held today; read once per request."""
        grants = RoleGrant.objects.in_force(timezone.localdate()).filter(user=self)
        return frozenset(grants.order_by().values_list("role", flat=True))

    def forget_roles(self) -> None:
        """Read the roles again when next asked: an action has just changed them."""
        self.__dict__.pop("roles", None)

    @property
    def has_accepted(self) -> bool:
        """Whether they have followed their invitation: by setting a password, or by coming in without one, by single sign-on."""
        if self.has_usable_password():
            return True
        return bool(self.last_login and self.invited_at and self.last_login > self.invited_at)

    @property
    def state(self) -> str:
        """What wants attention about this account, in words: "Invited", "Not signed in yet", "No longer here", or nothing."""
        if not self.is_active:
            return "No longer here"
        if not self.has_accepted:
            return "Invited"
        return "" if self.last_login else "Not signed in yet"

    def has_role(self, *roles: str) -> bool:
        """Whether one of these roles is held today. Somebody who left holds none."""
        return self.is_active and not self.roles.isdisjoint(roles)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """The one question about permissions; the predicates in each app's `rules.py` answer. Nothing stored, no superusers."""
        return self.is_active and rules.has_perm(perm, self, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return False


class RoleGrantQuerySet(models.QuerySet):
    def in_force(self, on: dt.date) -> "RoleGrantQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def not_over(self, on: dt.date) -> "RoleGrantQuerySet":
        """In force on that day or later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def reviewed_from(self, opened_at: dt.datetime, day: dt.date) -> "RoleGrantQuerySet":
        """What a review that opened then, on that day, asks about: roles given by hand before it and begun before its day, of people who are
        still here.

        Those that go with places on bodies end with the places, and are not asked about.
        """
        by_hand = self.filter(with_membership=False, with_group=False, granted_at__lt=opened_at, starts_on__lt=day)
        return by_hand.filter(user__is_active=True)


class RoleGrant(models.Model):
    """A role someone holds from one day to another, both included; an open end is None."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", "Coordinator"
        DATA_LEAD = "data_lead", "Data lead"
        COMMENTARY_LEAD = "commentary_lead", "Commentary lead"
        EXECUTIVE = "executive", "CSP Executive member"
        MEMBER = "member", "Member of a subgroup or other body"
        SCRUTINY = "scrutiny", "Scrutiny"
        ADMINISTRATOR = "administrator", "Administrator"

    # Who can change the record, approve it or let others in proves it with a second factor.
    SECOND_FACTOR = frozenset({Role.COORDINATOR, Role.EXECUTIVE, Role.ADMINISTRATOR})
    # Those that a place on a body can bring.
    OF_PLACES = (Role.EXECUTIVE, Role.MEMBER, Role.SCRUTINY)

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=16, choices=Role)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # None: by a command
    granted_at = models.DateTimeField(default=timezone.now)
    with_membership = models.BooleanField(default=False)  # comes and goes with memberships of bodies
    with_group = models.BooleanField(
        default=False, db_default=False
    )  # comes and goes with a group of the council's accounts
    # The review in which nobody confirmed it, so that it ended.
    lapsed_in = models.ForeignKey("accounts.AccessReview", on_delete=models.PROTECT, null=True, related_name="lapsed")

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        ordering = ["user", "role", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_role_ends_after_it_starts",
                violation_error_message="The role must end on or after the day it starts.",
            ),
            models.CheckConstraint(
                condition=Q(with_membership=False) | Q(with_group=False),
                name="a_role_comes_with_a_place_or_a_group",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ends_on__isnull=True),
                name="one_open_grant_per_person_and_role",
                violation_error_message="They already hold this role without an end date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.user}"

    @property
    def period(self) -> str:
        """ "from 1 April 2017" or "1 April 2017 to 31 March 2018"."""
        first = date_format(self.starts_on, "j F Y")
        return f"{first} to {date_format(self.ends_on, 'j F Y')}" if self.ends_on else f"from {first}"
