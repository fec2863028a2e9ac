import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Erasure, RoleGrant, User
from lib.append_only import Kept, KeptQuerySet
from lib.editing import Versioned
from lib.jobs import Job, JobQuerySet
from lib.quarter_fields import QuarterField
from priorities.models import Plan


class PackQuerySet(JobQuerySet, KeptQuerySet):
    def visible_to(self, user: User) -> "PackQuerySet":
        """Coordinators see every pack; CSP Executive members those that are ready and no drafts.

        Nobody else sees any here: what is public is read through `public`, by scrutiny too.
        """
        if user.has_role(RoleGrant.Role.COORDINATOR):
            return self
        if user.has_role(RoleGrant.Role.EXECUTIVE):
            return self.ready().exclude(standing=Pack.Standing.DRAFT)
        return self.none()

    def ready(self) -> "PackQuerySet":
        return self.filter(job_state=Job.JobState.READY)

    def without_texts(self) -> "PackQuerySet":
        """Without snapshot and imprint: hundreds of kilobytes that few pages read."""
        return self.defer("snapshot", "imprint")

    def beside(self, *packs: str) -> "PackQuerySet":
        """With these other packs (names of relations), each without its snapshot and imprint."""
        texts = (f"{name}__{text}" for name in packs for text in ("snapshot", "imprint"))
        return self.select_related(*packs).defer(*texts)

    def of(self, plan: Plan | int, quarter: object, kind: str, edition: str) -> "PackQuerySet":
        """Every build of one thing: all its issues and drafts."""
        return self.filter(plan=plan, quarter=quarter, kind=kind, edition=edition)

    def issued(self) -> "PackQuerySet":
        """Ever issued, also when it has been withdrawn or superseded since: its number and address stay."""
        return self.filter(issued_at__isnull=False)

    def standing(self) -> "PackQuerySet":
        """Issued, and neither withdrawn nor superseded."""
        return self.filter(standing=Pack.Standing.ISSUED)

    def public(self, at: dt.datetime) -> "PackQuerySet":
        """What anybody may know of at that moment: issued public editions whose moment of publication has come, and what became of them."""
        return self.issued().filter(edition=Pack.Edition.PUBLIC, publish_at__lte=at)

    def dispatched(self) -> "PackQuerySet":
        """Issued public editions, before their publication too: for scrutiny's officer, under embargo."""
        return self.issued().filter(edition=Pack.Edition.PUBLIC)


class Pack(Kept, Versioned, Job):
    """One edition of one quarter as a numbered issue: snapshot, PDF, checksums, approval. Its bytes are never changed.

    Also what is built the same way: an addendum to an issue, and the annual strategic assessment (its quarter is the year's last).
    What was made of one snapshot is drawn from it and from the imprint: all that is printed and not a figure.
    """

    class Kind(models.TextChoices):
        PACK = "pack", "Monitoring pack"
        ADDENDUM = "addendum", "Addendum"
        ASSESSMENT = "assessment", "Strategic assessment"

    class Edition(models.TextChoices):
        EXECUTIVE = "executive", "Executive"
        PUBLIC = "public", "Public"

    class Standing(models.TextChoices):
        DRAFT = "draft", "Draft"  # to be looked at; never approved
        BUILT = "built", "Ready to approve"
        APPROVED = "approved", "Approved"
        ISSUED = "issued", "Issued"
        SET_ASIDE = "set_aside", "Set aside"  # not approved, or built again before it was issued
        SUPERSEDED = "superseded", "Superseded"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Removal(models.TextChoices):
        """Of personal data from it. Either way none of its files is handed out, to anybody."""

        WITHHELD = "withheld", "Withheld while a removal is decided"
        ERASED = "erased", "Personal data removed"

    STAGES = (
        "Gather the figures and commentary",
        "Check what is missing",
        "Lay out the parts",
        "Set the pages",
        "Check that everyone can read the PDF",
    )
    DOING = (
        "gathering the figures and commentary",
        "checking what is missing",
        "laying out the parts",
        "setting the pages",
        "checking that everyone can read the PDF",
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="packs")
    quarter = QuarterField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PACK)
    edition = models.CharField(max_length=10, choices=Edition, default=Edition.EXECUTIVE)
    issue = models.PositiveSmallIntegerField()  # the number it is issued under; of an addendum its own
    build = models.PositiveSmallIntegerField(default=1)  # the first, second … build for this number
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.BUILT)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    as_at = models.DateTimeField(null=True, blank=True)  # the moment the figures stand for; None: when it was built
    made_from = models.ForeignKey(  # the executive edition whose snapshot a public one publishes
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="published_as"
    )
    supersedes = models.ForeignKey(  # the issue that this reissue takes the place of
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reissues"
    )
    erratum = models.TextField(blank=True)  # what was wrong with that issue; printed
    adds_to = models.ForeignKey(  # the issue to which an addendum brings later figures
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="addenda"
    )
    snapshot = models.TextField(blank=True)  # canonical JSON
    snapshot_sha256 = models.CharField(max_length=64, blank=True)
    imprint = models.TextField(
        blank=True
    )  # canonical JSON of `reporting.imprint.Imprint`; empty in packs from before it
    made_with = models.JSONField(
        default=dict, blank=True
    )  # versions of code, libraries and fonts; see `reporting.builds.made_with`
    published_against = models.JSONField(
        default=list, blank=True
    )  # checksums of the public snapshots it was checked against
    pdf = models.FileField(upload_to="packs/", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_bytes = models.PositiveIntegerField(null=True, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)
    holds_restricted = models.BooleanField(default=False)  # known once it is built
    issue_when_approved = models.BooleanField(default=False)
    publish_at = models.DateTimeField(null=True, blank=True)  # of a public edition: nobody reads it before
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    superseded_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=300, blank=True)  # public words where the pack is public
    # Its checksums stay what they were: of the files that are gone, and of the snapshot before something was cut from it.
    removal = models.CharField(max_length=8, choices=Removal, blank=True, default="", db_default="")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_on_ground = models.CharField(max_length=12, choices=Erasure.Ground, blank=True, default="", db_default="")

    objects = PackQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter", "kind", "edition", "-issue", "-build"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "quarter", "kind", "edition", "issue", "build"],
                name="one_pack_per_number_and_build",
                violation_error_message="There is already a pack with this number.",
            ),
            models.UniqueConstraint(
                fields=["plan", "quarter", "kind", "edition"],
                condition=Q(job_state__in=["requested", "running"]),
                name="one_pack_of_a_quarter_and_edition_is_being_built",
                violation_error_message="This pack is being built already.",
            ),
            models.UniqueConstraint(
                fields=["plan", "quarter", "kind", "edition"],
                condition=Q(standing="issued") & ~Q(kind="addendum"),
                name="one_issue_of_a_pack_stands",
                violation_error_message="Another issue of this pack stands: a new one takes its place as a reissue.",
            ),
            models.UniqueConstraint(
                fields=["plan", "quarter", "kind", "edition", "issue"],
                condition=Q(issued_at__isnull=False),
                name="a_number_is_issued_once",
                violation_error_message="This number has been issued already.",
            ),
            models.CheckConstraint(
                condition=~Q(job_state="ready")
                | (~Q(snapshot="") & ~Q(snapshot_sha256="") & ~Q(pdf="") & ~Q(pdf_sha256="")),
                name="a_ready_pack_has_its_files_and_checksums",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["draft", "built", "set_aside"]) | Q(job_state="ready"),
                name="only_a_ready_pack_is_approved_or_issued",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["issued", "superseded", "withdrawn"], issued_at__isnull=False)
                | Q(
                    standing__in=["draft", "built", "approved", "set_aside"],
                    issued_at__isnull=True,
                    issued_by__isnull=True,
                ),
                name="what_was_issued_says_when",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True)
                | ~Q(edition="public")
                | Q(publish_at__isnull=False, publish_at__gte=F("issued_at")),
                name="a_public_edition_is_issued_before_it_is_published",
                violation_error_message="Choose a moment of publication that has not passed.",
            ),
            models.CheckConstraint(
                condition=Q(standing="withdrawn", withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_because="")
                | ~Q(standing="withdrawn")
                & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because=""),
                name="a_pack_is_withdrawn_by_someone_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, erratum="") | (Q(supersedes__isnull=False) & ~Q(erratum="")),
                name="a_reissue_says_what_was_wrong",
                violation_error_message="Say what was wrong with the issue before.",
            ),
            models.CheckConstraint(
                condition=Q(kind="addendum", adds_to__isnull=False) | (~Q(kind="addendum") & Q(adds_to__isnull=True)),
                name="an_addendum_adds_to_an_issue",
            ),
            models.CheckConstraint(
                condition=(Q(removal="erased", removed_at__isnull=False) & ~Q(removed_on_ground=""))
                | (~Q(removal="erased") & Q(removed_at__isnull=True, removed_on_ground="")),
                name="an_erased_pack_says_when_and_on_what_ground",
            ),
            models.CheckConstraint(
                condition=Q(edition="public", made_from__isnull=False) | Q(edition="executive", made_from__isnull=True),
                name="a_public_edition_is_made_from_an_executive_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.get_edition_display().lower()} edition, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:pack-detail", args=[self.pk])

    @property
    def title(self) -> str:
        """ "Pack for 2017-18 Q4", "Addendum to the pack for 2017-18 Q4", "Strategic assessment 2017-18"."""
        if self.kind == self.Kind.ASSESSMENT:
            return f"Strategic assessment {self.quarter.year}"
        return f"{'Addendum to the pack' if self.kind == self.Kind.ADDENDUM else 'Pack'} for {self.quarter}"

    @property
    def number(self) -> str:
        """ "issue 2", "draft 3 of issue 2"; of an addendum "number 1"."""
        of = f"{'number' if self.kind == self.Kind.ADDENDUM else 'issue'} {self.issue}"
        return f"draft {self.build} of {of}" if self.is_draft else of

    @property
    def is_draft(self) -> bool:
        return self.standing == self.Standing.DRAFT

    @property
    def is_erased(self) -> bool:
        return self.removal == self.Removal.ERASED

    @property
    def is_public(self) -> bool:
        return self.edition == self.Edition.PUBLIC

    @property
    def is_issued(self) -> bool:
        """Issued once, whatever became of it."""
        return self.issued_at is not None

    def is_published(self, at: dt.datetime) -> bool:
        """Whether anybody may read it at that moment."""
        return self.is_public and self.is_issued and self.publish_at <= at
