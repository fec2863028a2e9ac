import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, RoleGrant, User
from governance.models.body import Body
from governance.models.membership import Membership
from lib.append_only import Kept, KeptQuerySet
from lib.editing import Versioned
from lib.quarter_fields import QuarterField
from lib.written import day_year


class MeetingQuerySet(KeptQuerySet):
    def visible_to(self, user: User) -> "MeetingQuerySet":
        """All for the partnership team and the CSP Executive; for others those of their own bodies and the public ones; scrutiny's own for
        scrutiny. Who only looks after accounts sees none."""
        if user.has_role(RoleGrant.Role.COORDINATOR, RoleGrant.Role.EXECUTIVE):
            return self
        if not user.is_authenticated:
            return self.none()
        own = Membership.objects.in_force(timezone.localdate()).of(user).values("body")
        theirs = Q(body__in=own)
        opens = user.has_role(RoleGrant.Role.MEMBER, RoleGrant.Role.SCRUTINY)
        if opens or not user.has_role(RoleGrant.Role.ADMINISTRATOR):
            theirs |= Q(kind=Meeting.Kind.PUBLIC)
        if user.has_role(RoleGrant.Role.SCRUTINY):
            theirs |= Q(body__kind=Body.Kind.SCRUTINY)
        return self.filter(theirs)

    def standing(self) -> "MeetingQuerySet":
        """Not called off."""
        return self.exclude(state=Meeting.State.CANCELLED)

    def from_day(self, first: dt.date) -> "MeetingQuerySet":
        midnight = dt.datetime.combine(first, dt.time.min)
        return self.filter(starts_at__gte=timezone.make_aware(midnight, timezone.get_default_timezone()))

    def before_day(self, day: dt.date) -> "MeetingQuerySet":
        midnight = dt.datetime.combine(day, dt.time.min)
        return self.filter(starts_at__lt=timezone.make_aware(midnight, timezone.get_default_timezone()))


class Meeting(Kept, Versioned):
    """A meeting of a body, from its date to its short minutes. That of the CSP Executive may be about a quarter: its round's dates follow it."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", "Ordinary meeting"
        EXTRAORDINARY = "extraordinary", "Extraordinary meeting"
        PUBLIC = "public", "Public meeting"

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Called off"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=13, choices=Kind, default=Kind.ORDINARY)
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    quarter = QuarterField(null=True, blank=True)  # whose figures come to it
    cancelled_because = models.CharField(max_length=300, blank=True)
    minutes = models.TextField(blank=True)  # short: what was said beyond the items
    made_known = models.TextField(blank=True)  # of a public meeting: how what was discussed was made known
    is_sample = models.BooleanField(default=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "starts_at"],
                condition=~Q(state="cancelled"),
                name="one_meeting_per_body_and_time",
                violation_error_message="This body has a meeting at that time already.",
            ),
            models.UniqueConstraint(
                fields=["quarter"],
                condition=Q(quarter__isnull=False) & ~Q(state="cancelled"),
                name="one_meeting_takes_the_figures_of_a_quarter",
                violation_error_message="The figures of that quarter go to another meeting already.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="a_meeting_ends_after_it_starts",
                violation_error_message="The meeting must end after it starts.",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""),
                name="a_meeting_is_called_off_for_a_reason",
                violation_error_message="Say why the meeting is called off.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {day_year(self.starts_at)}"

    def get_absolute_url(self) -> str:
        return reverse("governance:meeting-detail", args=[self.pk])

    @property
    def day(self) -> dt.date:
        """By London time."""
        return timezone.localtime(self.starts_at).date()

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD


class AgendaItem(models.Model):
    """One thing a meeting deals with, and the short minute of it."""

    class Purpose(models.TextChoices):
        DECIDE = "decide", "To decide"
        DISCUSS = "discuss", "To discuss"
        NOTE = "note", "To note"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=7, choices=Purpose, default=Purpose.DISCUSS)
    presenter = models.CharField(max_length=120, blank=True)
    minute = models.TextField(blank=True)

    class Meta:
        ordering = ["meeting", "order", "pk"]

    def __str__(self) -> str:
        return self.title


class Paper(Kept):
    """A paper for an item. `deadline_on` is what it was when the paper came out; after it, a paper gives the reasons for its urgency."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="papers/")
    file_name = models.CharField(max_length=150)  # as people call it
    file_bytes = models.PositiveIntegerField()
    file_sha256 = models.CharField(max_length=64)
    published_on = models.DateField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)
    deadline_on = models.DateField()
    urgent_because = models.CharField(max_length=300, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        ordering = ["item", "published_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_on__lte=F("deadline_on")) | ~Q(urgent_because=""),
                name="a_late_paper_gives_the_reasons_for_its_urgency",
                violation_error_message="Give the reasons for urgency: the deadline has passed.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        return self.published_on > self.deadline_on


class Attendance(models.Model):
    """Who was there, who sent apologies, and who came for somebody. The responsible authority is that of the organisation."""

    class Presence(models.TextChoices):
        PRESENT = "present", "Present"
        APOLOGIES = "apologies", "Apologies"
        ABSENT = "absent", "Absent"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)  # as on that day: a member, who came for them, or a guest
    post = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    presence = models.CharField(max_length=9, choices=Presence)
    stands_in_for = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "membership"],
                condition=Q(membership__isnull=False),
                name="one_attendance_per_meeting_and_member",
            ),
            models.UniqueConstraint(
                fields=["meeting", "name"],
                condition=Q(membership__isnull=True),
                name="one_attendance_per_meeting_and_guest",
                violation_error_message="This guest is on the list already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_presence_display().lower()}"


class Interest(models.Model):
    """A declaration of interest: who, in what, and whether they took no part."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="interests")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="interests")
    name = models.CharField(max_length=120)
    nature = models.CharField(max_length=300)
    took_no_part = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["meeting", "pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.nature}"
