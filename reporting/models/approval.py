from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from governance.models import Meeting
from lib.append_only import AppendOnly
from reporting.models.pack import Pack


class PackApproval(AppendOnly):
    """The word of the CSP Executive's chair, a co-chair or a delegated deputy on one build: given here, or given elsewhere and recorded here.

    It is about bytes: `pdf_sha256` is the file that was approved.
    """

    class Verdict(models.TextChoices):
        APPROVED = "approved", "Approved"
        REFUSED = "refused", "Not approved"

    class Route(models.TextChoices):
        HERE = "here", "Here"
        MEETING = "meeting", "In a meeting"
        MAIL = "mail", "By mail"

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="approvals")
    pdf_sha256 = models.CharField(max_length=64)
    verdict = models.CharField(max_length=8, choices=Verdict)
    given_on = models.DateField()
    given_by = models.CharField(max_length=120)
    post = models.CharField(max_length=120, blank=True)
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    route = models.CharField(max_length=8, choices=Route)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.CharField(max_length=200, blank=True)  # the minute or mail: "Minute 4.2", "Mail of 3 May 2018"
    said = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(route="here", giver__isnull=False)
                | (Q(route="mail") & ~Q(evidence=""))
                | (Q(route="meeting") & (Q(meeting__isnull=False) | ~Q(evidence=""))),
                name="a_packs_approval_says_how_it_was_given",
                violation_error_message="Say where it can be read: the meeting and its minute, or the mail.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}, {self.given_by}, {self.given_on:%d %B %Y}"
