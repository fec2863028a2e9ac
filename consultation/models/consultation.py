"""One asking of the public: what it is about, when it is open, by which ways answers come, and how far it has come."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import RoleGrant, User
from lib.append_only import Kept, KeptQuerySet
from lib.editing import Versioned
from priorities.models import Plan


class ConsultationQuerySet(KeptQuerySet):
    def visible_to(self, user: User) -> "ConsultationQuerySet":
        """All for the partnership team; what has been analysed for the CSP Executive; for nobody else, whose pages are the public's."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(RoleGrant.Role.COORDINATOR):
            return self
        if user.has_role(RoleGrant.Role.EXECUTIVE):
            return self.filter(state__in=[Consultation.State.ANALYSED, Consultation.State.PUBLISHED])
        return self.none()

    def public(self) -> "ConsultationQuerySet":
        """What the public may know of: everything but drafts."""
        return self.exclude(state=Consultation.State.DRAFT)

    def over(self, on: dt.date) -> "ConsultationQuerySet":
        """Still called open although their last day is past."""
        return self.filter(state=Consultation.State.OPEN, closes_on__lt=on)

    def published(self) -> "ConsultationQuerySet":
        return self.filter(state=Consultation.State.PUBLISHED)

    def to_purge(self, on: dt.date) -> "ConsultationQuerySet":
        """Whose single responses are to go: the day that was set at the start has come."""
        return self.public().filter(holds_responses=True, purge_on__lte=on, purged_at__isnull=True)


class Consultation(Kept, Versioned):
    """What the partnership asks people. Open it is from its first day to midnight, London time, at the end of its last."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"
        ANALYSED = "analysed", "Analysed"
        PUBLISHED = "published", "Published"

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)  # what it is for and what is done with the answers, to whoever answers
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # that it is for
    earlier = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # that it is compared with
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)  # the last day, all of it
    # False: only totals that were published elsewhere are held, no single response.
    holds_responses = models.BooleanField(default=True)
    stated_responses = models.PositiveIntegerField(null=True, blank=True)  # of published totals: how many answered
    source = models.CharField(max_length=300, blank=True)  # of published totals: where they are printed
    note = models.TextField(blank=True)  # how it was done and what to know of its figures
    privacy = models.TextField(blank=True)  # who holds the answers, why, for how long; said before anything is asked
    hand_in = models.CharField(max_length=300, blank=True)  # where papers are handed in, as printed on them
    panel = models.TextField(blank=True)  # figures beside the questions, from a public report that was issued
    panel_source = models.CharField(max_length=200, blank=True)  # which report
    threshold = models.PositiveSmallIntegerField(default=5)  # smaller numbers of people are not published
    purge_on = models.DateField(null=True, blank=True)  # the day on which single responses are removed
    purge_begun_at = models.DateTimeField(null=True, blank=True)  # from then on nothing is counted from them any more
    purged_at = models.DateTimeField(null=True, blank=True)  # all of them are gone
    triage_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # who sees to what somebody discloses
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # None: its last day was over
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_sample = models.BooleanField(default=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = [F("opens_on").desc(nulls_first=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="a_consultation_closes_after_it_opens",
                violation_error_message="The last day must be on or after the first day.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(opens_on__isnull=False, closes_on__isnull=False),
                name="a_consultation_that_was_opened_has_its_days",
                violation_error_message="Give the first and the last day.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(holds_responses=False) | Q(purge_on__gt=F("closes_on")),
                name="responses_are_removed_on_a_day_after_the_last",
                violation_error_message="Single responses are removed on a day after the last day.",
            ),
            models.CheckConstraint(
                condition=Q(purged_at__isnull=True) | Q(purge_begun_at__isnull=False),
                name="a_removal_that_is_over_has_begun",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, opened_by__isnull=True)
                | Q(opened_at__isnull=False, opened_by__isnull=False),
                name="a_consultation_is_opened_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="a_consultation_is_published_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(holds_responses=True, stated_responses__isnull=True) | Q(holds_responses=False),
                name="only_published_totals_state_how_many_answered",
            ),
            models.CheckConstraint(condition=Q(threshold__gte=2), name="a_small_number_of_people_is_two_or_more_wide"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("consultation:consultation-detail", args=[self.slug])

    def takes_answers(self, on: dt.date) -> bool:
        """Whether the public may answer on this day in London."""
        return (
            self.state == self.State.OPEN
            and self.opens_on is not None
            and self.closes_on is not None
            and self.opens_on <= on <= self.closes_on
        )

    @property
    def takes_papers(self) -> bool:
        """Whether answers on paper or from elsewhere may still be entered: they arrive after the last day too."""
        return self.state in (self.State.OPEN, self.State.CLOSED)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED


class Language(models.Model):
    """A language that the questions can be read in. English is always there and has no row: its words are the records' own."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="languages")
    code = models.CharField(max_length=12)  # as in `lang`: "bn"
    name = models.CharField(max_length=40)  # in itself: "বাংলা"
    is_right_to_left = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)  # words to try it with, by nobody who speaks it
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["consultation_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "code"],
                name="one_language_per_consultation_and_code",
                violation_error_message="This language is there already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Translation(models.Model):
    """One text in one language. `of` names what it says: "title", "privacy", "question.safe", "option.safe.agree", "concern.gangs"."""

    language = models.ForeignKey(Language, on_delete=models.CASCADE, related_name="translations")
    of = models.CharField(max_length=140)
    text = models.TextField()

    class Meta:
        ordering = ["language_id", "of"]
        constraints = [
            models.UniqueConstraint(fields=["language", "of"], name="one_translation_per_language_and_text"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Channel(models.Model):
    """A way by which answers come: the web form, a library's screen, paper votes of a ward panel, a survey run elsewhere."""

    class Way(models.TextChoices):
        WEB = "web", "Web form"
        KIOSK = "kiosk", "Screen in a library"
        PAPER = "paper", "Paper"
        IMPORTED = "imported", "Survey run elsewhere"

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="channels")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=60)
    way = models.CharField(max_length=8, choices=Way)
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["consultation_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "key"], name="one_channel_per_consultation_and_key"),
            models.UniqueConstraint(
                fields=["consultation", "name"],
                name="one_channel_per_consultation_and_name",
                violation_error_message="There is a channel of this name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
