from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, RoleGrant, User
from governance.models.body import Body
from governance.models.meeting import Meeting
from governance.models.owned import Owned
from lib.append_only import Kept, KeptQuerySet
from lib.editing import Versioned


class RecommendationQuerySet(KeptQuerySet):
    def visible_to(self, user: User) -> "RecommendationQuerySet":
        """For scrutiny, the partnership team, the CSP Executive and members of bodies."""
        roles = (RoleGrant.Role.COORDINATOR, RoleGrant.Role.EXECUTIVE, RoleGrant.Role.MEMBER, RoleGrant.Role.SCRUTINY)
        return self if user.is_authenticated and user.has_role(*roles) else self.none()

    def unanswered(self) -> "RecommendationQuerySet":
        return self.filter(answered_on__isnull=True)

    def open(self) -> "RecommendationQuerySet":
        """Not answered, or accepted and not followed up to its end."""
        return self.filter(closed_on__isnull=True)


class Recommendation(Kept, Versioned, Owned):
    """What the scrutiny committee asks of the partnership (Police and Justice Act 2006, section 19), with its answer within 28 days.

    Its owner sees to the answer.
    """

    class Kind(models.TextChoices):
        RECOMMENDATION = "recommendation", "Recommendation"
        INFORMATION = "information", "Request for information"
        ATTENDANCE = "attendance", "Request to attend"

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        PARTLY = "partly", "Accepted in part"
        REFUSED = "refused", "Not accepted"
        GIVEN = "given", "Given"  # the information, or the attendance

    committee = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14, choices=Kind)
    text = models.TextField()
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    made_on = models.DateField()
    sent_on = models.DateField()  # the day from which the 28 days are counted
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)  # whose answer: a name and post, or a body
    answer_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer_recorded_at = models.DateTimeField(null=True, blank=True)  # until then nobody knew of it, whatever its day
    follow_up_on = models.DateField(null=True, blank=True)
    follow_up = models.TextField(blank=True)  # what came of it
    closed_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    is_sample = models.BooleanField(default=False)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["committee", "-made_on", "-number"]
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["committee", "number"], name="one_recommendation_per_committee_and_number"),
            models.CheckConstraint(
                condition=Q(sent_on__gte=F("made_on"), due_on__gte=F("sent_on")),
                name="a_recommendation_is_made_sent_and_due_in_order",
                violation_error_message="The dates must follow in order: made, sent, due.",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, outcome="", answer="", answer_recorded_by__isnull=True)
                | (Q(answered_on__isnull=False, answer_recorded_by__isnull=False) & ~Q(outcome="") & ~Q(answer="")),
                name="an_answer_is_given_whole",
                violation_error_message="Enter the answer, its outcome and its day.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(answered_on__isnull=False),
                name="a_recommendation_is_closed_after_its_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.text}"

    def get_absolute_url(self) -> str:
        return reverse("governance:recommendation-detail", args=[self.pk])

    @property
    def reference(self) -> str:
        """ "OSC 4". Needs the committee loaded."""
        return f"{self.committee.code} {self.number}"


class RecommendationRecipient(Kept):
    """Who was sent a copy: each responsible authority, each co-operating body."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="recipients")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)  # as it was called on that day
    sent_on = models.DateField()

    class Meta:
        ordering = ["recommendation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "name"],
                name="one_copy_per_recommendation_and_recipient",
                violation_error_message="They are on the list already.",
            )
        ]

    def __str__(self) -> str:
        return self.name
