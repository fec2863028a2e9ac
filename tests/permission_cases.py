"""The small world in which the permission table is asked: one person per role, one of everything a URL can name.

What a row of governance needs is in `tests.permission_rows`, by subject.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.http import int_to_base36

from accounts import invitations
from accounts.models import Absence, RoleGrant, User
from governance.models import Membership
from indicators import actions, confirming
from indicators.models import DatedNote, FeedSeries, Rebase, Return, Revision, Round, Upload
from indicators.uploads import working
from reporting import snapshots
from reporting.builds import pack_files
from reporting.models import Pack
from reporting.snapshots import canonical
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.collecting import AbsenceFactory, ConfirmationFactory, FeedSeriesFactory, RevisionFactory
from tests.factories.governance import BodyFactory, place
from tests.factories.indicators import (
    DatedNoteFactory,
    DefinitionFactory,
    IndicatorFactory,
    LeadFactory,
    PlacementFactory,
    RebaseFactory,
    ReturnFactory,
    RoundFactory,
    TargetFactory,
    sent,
    verified,
)
from tests.factories.priorities import PlanFactory, PriorityFactory

Role = RoleGrant.Role


@dataclass(frozen=True)
class Case:
    """What a URL's row needs: arguments of the URL and, for a POST, the fields."""

    args: tuple = ()
    data: dict[str, object] = field(default_factory=dict)


class World:
    """`data_lead` and `commentary_lead` lead the one indicator, which the police own; `other_lead` is a data lead elsewhere."""

    def __init__(self) -> None:
        self.police, self.council = OrganisationFactory(slug="police"), OrganisationFactory(slug="council")
        self.people: dict[str, User] = {
            "data_lead": self._person(self.police, Role.DATA_LEAD),
            "other_lead": self._person(self.council, Role.DATA_LEAD),
            "commentary_lead": self._person(self.police, Role.COMMENTARY_LEAD),
            "coordinator": self._person(self.council, Role.COORDINATOR),
            "executive": self._person(self.council, Role.EXECUTIVE),
            "scrutiny": self._person(self.council, Role.SCRUTINY),
            "administrator": self._person(self.council, Role.ADMINISTRATOR),
            "chair": self._person(self.council, Role.MEMBER),
            "other_chair": self._person(self.council, Role.MEMBER),
            "support": self._person(self.council, Role.MEMBER),
        }
        self.someone = UserFactory(roles=[Role.DATA_LEAD])
        self.invited = UserFactory(password="!", invited_at=timezone.now())
        self.plan = PlanFactory()
        self.priority = PriorityFactory(plan=self.plan, letter="A")
        self.indicator = IndicatorFactory(owner=self.police, slug="calls")
        DefinitionFactory(indicator=self.indicator)
        TargetFactory(indicator=self.indicator)
        PlacementFactory(plan=self.plan, priority=self.priority, indicator=self.indicator, reference="A1")
        self.lead = LeadFactory(indicator=self.indicator, user=self.people["data_lead"])
        LeadFactory(indicator=self.indicator, user=self.people["commentary_lead"], duty="commentary")
        self.round: Round = RoundFactory()
        self.return_: Return = ReturnFactory(indicator=self.indicator, round=self.round)
        self.body, self.other_body = BodyFactory(slug="asb", code="ASB"), BodyFactory(slug="prevent", code="PRV")
        place(self.people["chair"], self.body, Membership.Role.CHAIR)
        place(self.people["support"], self.body, Membership.Role.SUPPORT)
        place(self.people["other_chair"], self.other_body, Membership.Role.CHAIR)

    def _person(self, organisation: object, role: str) -> User:
        return UserFactory(organisation=organisation, roles=[role])

    @cached_property
    def sent_return(self) -> Return:
        """The return with a figure that waits to be verified; nobody of the table's people gave it."""
        sent(self.return_, Decimal(12), supplied_by=self.someone, recorded_by=self.someone)
        return self.return_

    @cached_property
    def revision(self) -> Revision:
        """Of the return, with a figure that waits to replace a verified one; nobody of the table's people gave it."""
        verified(self.return_, Decimal(10), supplied_by=self.someone, recorded_by=self.someone)
        made = RevisionFactory(indicator=self.indicator, made_by=self.someone)
        told = {"restates": "revision", "restated_because": made.reason, "revision": made}
        sent(self.return_, Decimal(12), supplied_by=self.someone, recorded_by=self.someone, **told)
        return made

    @cached_property
    def absence(self) -> Absence:
        """When the data lead is away, and somebody stands in."""
        today = timezone.localdate()
        return AbsenceFactory(person=self.people["data_lead"], deputy=self.someone, starts_on=today, ends_on=today)

    @cached_property
    def keyed_return(self) -> Return:
        """The return with a figure that was keyed for somebody."""
        sent(self.return_, Decimal(12), supplied_by=None, supplied_by_name="Tom Okafor", recorded_by=self.someone)
        return self.return_

    @cached_property
    def link(self) -> str:
        """What a supplier was mailed."""
        asked = ConfirmationFactory(
            figure=self.keyed_return.figures.get(), expires_at=timezone.now() + confirming.GOOD_FOR
        )
        return confirming.link(asked).rstrip("/").rpartition("/")[2]

    @cached_property
    def upload(self) -> Upload:
        """A file of the coordinator's that waits to be looked at, with a figure and a refused cell."""
        by = self.people["coordinator"]
        upload = actions.add_upload(
            b"Reference,Quarter,Figure\nA1,2017-18 Q4,5\nZ9,2017-18 Q4,5\n", name="a.csv", by=by
        )
        working.work(upload.pk)
        upload.refresh_from_db()
        return upload

    @cached_property
    def series(self) -> FeedSeries:
        """What a publisher's file fills the indicator with."""
        return FeedSeriesFactory(indicator=self.indicator)

    @cached_property
    def pack(self) -> Pack:
        """A pack that is ready, with its file."""
        content = b"%PDF-1.7 a small pack"
        snapshot = canonical.to_json(snapshots.take(self.plan, self.round.quarter, as_at=timezone.now()))
        return Pack.objects.create(
            plan=self.plan,
            quarter=self.round.quarter,
            issue=1,
            job_state=Pack.JobState.READY,
            as_at=timezone.now(),
            snapshot=snapshot,
            snapshot_sha256=hashlib.sha256(snapshot.encode()).hexdigest(),
            pdf=pack_files.store("packs/one.pdf", content),
            pdf_sha256=hashlib.sha256(content).hexdigest(),
            pdf_bytes=len(content),
            pages=1,
        )

    @cached_property
    def mail(self) -> str:
        """The name of a mail in the folder of a first run."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "one.log").write_bytes(b"Subject: Hello\nTo: a@example.org\n\nHello\n")
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        return "one.log"

    def _remark(self, remark: Rebase | DatedNote) -> Case:
        return Case((self.indicator.slug, remark.pk), {"version": self.indicator.version})

    def case(self, name: str) -> Case:
        """What the URL of that name needs."""
        quarter, return_ = self.round.quarter, self.return_
        someone, organisation = self.someone, self.police
        uid = int_to_base36(self.invited.pk)
        cases: dict[str, Callable[[], Case]] = {
            "accounts:user-detail": lambda: Case((someone.pk,)),
            "accounts:user-edit": lambda: Case((someone.pk,)),
            "accounts:user-roles": lambda: Case((someone.pk,)),
            "accounts:grant-end": lambda: Case((someone.pk, someone.role_grants.get().pk)),
            "accounts:user-resend": lambda: Case((someone.pk,)),
            "accounts:user-reactivate": lambda: Case((someone.pk,)),
            "accounts:user-reset-second-factor": lambda: Case((someone.pk,)),
            "accounts:user-unlink": lambda: Case((someone.pk,)),
            "accounts:invitation-accept": lambda: Case((uid, invitations.tokens.make_token(self.invited))),
            "accounts:organisation-edit": lambda: Case((organisation.slug,)),
            "accounts:organisation-rename": lambda: Case((organisation.slug,)),
            "accounts:mail-detail": lambda: Case((self.mail,)),
            "accounts:mail-list": lambda: Case((), {"name": self.mail}),
            "priorities:priority-edit": lambda: Case(("a",)),
            "indicators:return-detail": lambda: Case((return_.pk,)),
            "indicators:return-history": lambda: Case((return_.pk,)),
            "indicators:return-edit": lambda: Case((return_.pk,)),
            "indicators:return-no-figure": lambda: Case((return_.pk,)),
            "indicators:return-verify": lambda: Case((self.sent_return.pk,), {"version": self.sent_return.version}),
            "indicators:return-send-back": lambda: Case((self.sent_return.pk,)),
            "indicators:absence-edit-for": lambda: Case((someone.pk,)),
            "indicators:absence-withdraw": lambda: Case((self.absence.pk,)),
            "indicators:return-hand-over-for": lambda: Case((someone.pk,)),
            "indicators:confirmation-ask": lambda: Case((self.keyed_return.pk,)),
            "indicators:confirmation-answer": lambda: Case((self.link,), {"answer": "confirmed"}),
            "indicators:commentary-edit": lambda: Case((return_.commentary.pk,)),
            "indicators:round-detail": lambda: Case((quarter,)),
            "indicators:round-verify": lambda: Case((quarter,)),
            "indicators:round-remind": lambda: Case((quarter,)),
            "indicators:round-dates": lambda: Case((quarter,)),
            "indicators:round-exceptions": lambda: Case((quarter,)),
            "indicators:round-close": lambda: Case((quarter,)),
            "indicators:round-reopen": lambda: Case((quarter,)),
            "indicators:upload-detail": lambda: Case((self.upload.pk,)),
            "indicators:upload-progress": lambda: Case((self.upload.pk,)),
            "indicators:upload-record": lambda: Case((self.upload.pk,), {"fingerprint": self.upload.fingerprint}),
            "indicators:upload-throw-away": lambda: Case((self.upload.pk,)),
            "indicators:upload-verify": lambda: Case((self.upload.pk,)),
            "indicators:upload-undo": lambda: Case((self.upload.pk,)),
            "indicators:upload-marked": lambda: Case((self.upload.pk,)),
            "indicators:feed-detail": lambda: Case((self.series.feed.slug,)),
            "indicators:feed-series-add": lambda: Case((self.series.feed.slug,)),
            "indicators:feed-series-remove": lambda: Case((self.series.feed.slug, self.series.pk)),
            "indicators:indicator-detail": lambda: Case((self.indicator.slug,)),
            "indicators:indicator-csv": lambda: Case((self.indicator.slug,)),
            "indicators:lead-edit": lambda: Case((self.indicator.slug,)),
            "indicators:target-add": lambda: Case((self.indicator.slug,)),
            "indicators:target-list": lambda: Case((quarter.year,)),
            "indicators:target-edit": lambda: Case((self.indicator.slug, quarter.year)),
            "indicators:target-copy": lambda: Case((quarter.year.next,)),
            "indicators:target-agree": lambda: Case((quarter.year,)),
            "indicators:definition-add": lambda: Case((self.indicator.slug,)),
            "indicators:rebase-add": lambda: Case((self.indicator.slug,)),
            "indicators:rebase-withdraw": lambda: self._remark(RebaseFactory(indicator=self.indicator)),
            "indicators:note-add": lambda: Case((self.indicator.slug,)),
            "indicators:note-withdraw": lambda: self._remark(DatedNoteFactory(indicator=self.indicator)),
            "indicators:collecting-edit": lambda: Case((self.indicator.slug,)),
            "indicators:indicator-revise": lambda: Case((self.revision.indicator.slug,)),
            "indicators:revision-list": lambda: self.revision and Case(),  # which it lists
            "indicators:revision-detail": lambda: Case((self.revision.pk,)),
            "indicators:revision-verify": lambda: Case((self.revision.pk,)),
            "indicators:revision-send-back": lambda: Case((self.revision.pk,)),
            "indicators:serves-edit": lambda: Case((self.indicator.slug,)),
            "reporting:dashboard-detail": lambda: Case((quarter,)),
            "reporting:dashboard-csv": lambda: Case((quarter,)),
            "reporting:priority-detail": lambda: Case(("a",)),
            "reporting:pack-detail": lambda: Case((self.pack.pk,)),
            "reporting:pack-progress": lambda: Case((self.pack.pk,)),
            "reporting:pack-download": lambda: Case((self.pack.pk,)),
            "reporting:pack-request": lambda: Case((), {"quarter": quarter.slug}),
            "reporting:user-work": lambda: Case((someone.pk,)),
            "reporting:user-deactivate": lambda: Case((someone.pk,), {"version": someone.version}),
        }
        return cases.get(name, Case)()
