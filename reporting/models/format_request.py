import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from lib.append_only import Kept, KeptQuerySet

LETTERS = "23456789BCDFGHJKMNPQRTVWXYZ"  # none that is taken for another when it is read out
LENGTH = 8


def fresh_reference() -> str:
    """What people quote: "7KM2-QXPB". Long enough that nobody comes upon somebody else's."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


class FormatRequestQuerySet(KeptQuerySet):
    def visible_to(self, user: User) -> "FormatRequestQuerySet":
        """The partnership team answers them, so it alone sees them: they say how to reach somebody, and what that person needs."""
        return self if user.has_role(RoleGrant.Role.COORDINATOR) else self.none()

    def open(self) -> "FormatRequestQuerySet":
        return self.filter(state=FormatRequest.State.OPEN)

    def to_forget(self, at: dt.datetime) -> "FormatRequestQuerySet":
        """Answered so long ago that nobody needs to reach the person any more."""
        kept_for = dt.timedelta(days=settings.FORMAT_REQUEST_KEPT_DAYS)
        return self.filter(forgotten_at__isnull=True, answered_at__lte=at - kept_for)


class FormatRequest(Kept):
    """Somebody asks for a page or a document in a form they can read. Who they are is never asked: only how to reach them, and that goes
    when it is not needed any more. That somebody asked, for what, and when they were answered stays.
    """

    class State(models.TextChoices):
        OPEN = "open", "To be answered"
        SENT = "sent", "Sent"
        DECLINED = "declined", "Declined"

    class Format(models.TextChoices):
        LARGE_PRINT = "large_print", "Large print"
        BRAILLE = "braille", "Braille"
        AUDIO = "audio", "Audio"
        EASY_READ = "easy_read", "Easy Read"
        PAPER = "paper", "On paper"
        WORD = "word", "A Word document"
        LANGUAGE = "language", "In another language"

    class Way(models.TextChoices):
        EMAIL = "email", "By email"
        PHONE = "phone", "By phone"
        POST = "post", "By post"

    reference = models.CharField(max_length=9, unique=True, default=fresh_reference)
    page = models.CharField(max_length=300, blank=True)  # a path of ours that anybody may open: "/reports/2017-18-q4/"
    wanted = models.CharField(max_length=200, blank=True)  # which document, in the person's own words
    formats = models.JSONField()  # codes of `Format`
    language = models.CharField(max_length=60, blank=True)
    way = models.CharField(max_length=5, choices=Way)
    contact = models.TextField(max_length=500, blank=True)
    note = models.TextField(max_length=1000, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    answer = models.TextField(max_length=1000, blank=True)  # what was sent, or why not
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = FormatRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(state="open") & Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="a_format_request_is_answered_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=(Q(forgotten_at__isnull=True) & ~Q(contact=""))
                | Q(forgotten_at__isnull=False, answered_at__isnull=False, contact="", note="", wanted=""),
                name="a_format_request_says_how_to_reach_them_until_forgotten",
            ),
        ]

    def __str__(self) -> str:
        return f"Request {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:format-request-detail", args=[self.pk])

    @property
    def format_words(self) -> list[str]:
        """The formats as people say them, in the order of the form, with the language where one was named."""
        named = [str(label) for code, label in self.Format.choices if code in self.formats]
        which = f"In {self.language}" if self.language else ""  # forgotten with who they were
        return [which or words if words == self.Format.LANGUAGE.label else words for words in named]

    def is_overdue(self, on: dt.date) -> bool:
        return self.state == self.State.OPEN and self.due_on < on
