"""The list of packs: by quarter what is issued, what is being prepared, and what is to be done next."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from indicators.models import Round
from lib.numerals import listed
from lib.quarters import Quarter
from lib.written import day_year, file_size
from reporting.clearing import approvers
from reporting.clearing.approvers import Speaker
from reporting.models import Pack

Standing = Pack.Standing
EDITIONS = (Pack.Edition.EXECUTIVE, Pack.Edition.PUBLIC)


@dataclass(frozen=True)
class Line:
    """One pack in a cell of the list: a link, its state as a word, and since when."""

    words: str
    url: str
    state: str
    since: str
    download_url: str  # empty while there is no file
    file: str  # "PDF, 412 KB, 18 pages"


@dataclass(frozen=True)
class Act:
    """What is next: a link; or, with `edition`, a button that builds it."""

    words: str
    url: str = ""
    edition: str = ""
    after: int = 0


@dataclass(frozen=True)
class QuarterRow:
    quarter: Quarter
    executive: tuple[Line, ...]
    public: tuple[Line, ...]
    act: Act | None
    more_url: str  # every way to build something of this quarter; empty for who doesn't build

    @property
    def act_hidden(self) -> str:
        """What completes the words on the button, unless they name the quarter."""
        return "" if self.act and str(self.quarter) in self.act.words else f", {self.quarter}"

    @property
    def is_empty(self) -> bool:
        return not self.executive and not self.public


@dataclass(frozen=True)
class ListPage:
    """`first` is the newest quarter when it has no pack yet; its button stands above the list."""

    rows: tuple[QuarterRow, ...]
    lede: str
    executive_meets_on: dt.date | None
    first: QuarterRow | None

    @property
    def has_acts(self) -> bool:
        """Whether there is anything to be done by this reader."""
        return any(row.act or row.more_url for row in self.rows)


@dataclass(frozen=True)
class Edition:
    """The builds of one edition of one quarter that count now, each None where there is none."""

    issued: Pack | None = None  # stands; or the newest that was withdrawn, where none stands
    prepared: Pack | None = None  # to be issued under the next number: being built, failed, ready to approve, approved
    draft: Pack | None = None  # newer than either
    addenda: tuple[Pack, ...] = field(default=())
    newest: int = 0

    @property
    def stands(self) -> bool:
        return self.issued is not None and self.issued.standing == Standing.ISSUED


def list_page(packs: QuerySet[Pack], user: User, may_build: bool, on: dt.date) -> ListPage:
    """Newest quarter first: those with a pack in sight, and for who may build also those with a round. Four queries."""
    by_quarter: dict[Quarter, list[Pack]] = defaultdict(list)
    found = packs.exclude(kind=Pack.Kind.ASSESSMENT).without_texts().select_related("requested_by")
    for pack in found.order_by("pk"):
        by_quarter[pack.quarter].append(pack)
    rounds = list(Round.objects.order_by("-quarter"))
    quarters = set(by_quarter) | ({round_.quarter for round_ in rounds} if may_build else set())
    speakers, newest = approvers.on(on), max(quarters, default=None)
    rows = tuple(
        _row(quarter, by_quarter[quarter], user, may_build, speakers, quarter == newest)
        for quarter in sorted(quarters, reverse=True)
    )
    meetings = sorted(
        round_.executive_meets_on for round_ in rounds if round_.executive_meets_on and round_.executive_meets_on >= on
    )
    return ListPage(
        rows=rows,
        lede=_lede([pack for some in by_quarter.values() for pack in some]),
        executive_meets_on=meetings[0] if meetings else None,
        first=rows[0] if may_build and rows and rows[0].is_empty else None,
    )


def _lede(packs: list[Pack]) -> str:
    """The first line of the page: the newest quarter that was issued, or else the newest pack that is ready."""
    standing = [pack for pack in packs if pack.standing == Standing.ISSUED and pack.kind == Pack.Kind.PACK]
    if standing:
        last = max(standing, key=lambda pack: (pack.quarter, pack.edition == Pack.Edition.EXECUTIVE))
        told = f"The newest pack is for {last.quarter}, issued on {day_year(last.issued_at)}."
        return " ".join(filter(None, (told, _coming([pack for pack in packs if pack.quarter > last.quarter]))))
    if coming := _coming(packs):
        return f"No pack is issued yet. {coming}"
    return "No pack is ready yet."


def _coming(packs: list[Pack]) -> str:
    """The newest that waits to be approved or issued; empty without any."""
    ready = [pack for pack in packs if pack.is_ready and pack.standing in (Standing.BUILT, Standing.APPROVED)]
    if not ready:
        return ""
    last = max(ready, key=lambda pack: (pack.quarter, pack.pk))
    return f"The one for {last.quarter} is {'approved' if last.standing == Standing.APPROVED else 'ready to approve'}."


def _row(
    quarter: Quarter, packs: list[Pack], user: User, may_build: bool, speakers: list[Speaker], is_newest: bool
) -> QuarterRow:
    editions = {edition: _edition([pack for pack in packs if pack.edition == edition]) for edition in EDITIONS}
    executive, public = (editions[edition] for edition in EDITIONS)
    act = _mine(editions.values(), user, speakers)
    if act is None and may_build:
        act = _next(executive, public, quarter, speakers)
    query = urlencode({"quarter": quarter.slug})
    choosing = may_build and (bool(packs) or is_newest)
    return QuarterRow(
        quarter=quarter,
        executive=_lines(executive),
        public=_lines(public),
        act=act,
        more_url=f"{reverse('reporting:pack-build')}?{query}" if choosing else "",
    )


def _edition(packs: list[Pack]) -> Edition:
    """From all its builds, oldest first."""
    own = [pack for pack in packs if pack.kind == Pack.Kind.PACK]
    issued = [pack for pack in own if pack.is_issued]
    standing = next((pack for pack in issued if pack.standing == Standing.ISSUED), None)
    last = standing or max(issued, key=lambda pack: pack.issue, default=None)
    coming = [pack for pack in own if not pack.is_issued and pack.standing != Standing.SET_ASIDE]
    coming = [pack for pack in coming if last is None or pack.issue > last.issue]
    finals = [pack for pack in coming if not pack.is_draft]
    prepared = finals[-1] if finals else None
    drafts = [pack for pack in coming if pack.is_draft and (prepared is None or pack.pk > prepared.pk)]
    addenda = [pack for pack in packs if pack.kind == Pack.Kind.ADDENDUM and pack.standing != Standing.SET_ASIDE]
    return Edition(
        issued=last,
        prepared=prepared,
        draft=drafts[-1] if drafts else None,
        addenda=tuple({pack.issue: pack for pack in addenda}.values()),
        newest=own[-1].pk if own else 0,
    )


def _lines(edition: Edition) -> tuple[Line, ...]:
    shown = (edition.issued, edition.prepared, edition.draft, *edition.addenda)
    return tuple(_line(pack) for pack in shown if pack is not None)


def _line(pack: Pack) -> Line:
    addendum = "Addendum " if pack.kind == Pack.Kind.ADDENDUM else ""
    since = pack.withdrawn_at or pack.issued_at or pack.ended_at
    return Line(
        words=f"{addendum}{pack.number}".capitalize(),
        url=pack.get_absolute_url(),
        state=state(pack),
        since=day_year(since) if since else "",
        download_url=reverse("reporting:pack-download", args=[pack.pk]) if pack.is_ready else "",
        file=f"PDF, {file_size(pack.pdf_bytes)}, {pack.pages} page{'' if pack.pages == 1 else 's'}",
    )


def state(pack: Pack) -> str:
    """The word for where it has come to: "Building", "Failed", "Draft", "Ready to approve", "Issued" …"""
    if not pack.is_finished:
        return "Building"
    return "Failed" if pack.is_failed else str(pack.get_removal_display() or pack.get_standing_display())


def _mine(editions: Iterable[Edition], user: User, speakers: list[Speaker]) -> Act | None:
    """What waits for this very person's word."""
    for edition in editions:
        for pack in (edition.prepared, *edition.addenda):
            if pack and _waits(pack) and any(one.user_id == user.pk for one in approvers.free(pack, speakers)):
                return Act(f"Read and approve the {_called(pack)}", pack.get_absolute_url())
    return None


def _waits(pack: Pack) -> bool:
    return pack.is_ready and pack.standing == Standing.BUILT


def _called(pack: Pack) -> str:
    return "addendum" if pack.kind == Pack.Kind.ADDENDUM else f"{pack.get_edition_display().lower()} edition"


def _next(executive: Edition, public: Edition, quarter: Quarter, speakers: list[Speaker]) -> Act | None:
    """For the partnership team: the executive edition first, then the public one, then addenda; nothing when all of it is issued."""
    build = f"{reverse('reporting:pack-build')}?quarter={quarter.slug}"
    for edition in (executive, public):
        for pack in (edition.prepared, edition.draft):
            if pack and not pack.is_ready:
                return Act("See why it failed" if pack.is_failed else "See how far it is", pack.get_absolute_url())
    if executive.prepared:
        return _bring_on(executive.prepared, speakers)
    if not executive.stands:
        words = "Build the pack to be approved" if executive.draft else f"Build the pack for {quarter}"
        words = words if executive.issued is None else "Build a new issue"
        return Act(words, edition=Pack.Edition.EXECUTIVE, after=executive.newest)
    if public.prepared:
        return _bring_on(public.prepared, speakers)
    if not public.stands:
        return Act("Build the public edition", f"{build}&what=public")
    if public.issued and executive.issued and public.issued.made_from_id != executive.issued.pk:
        return Act("Build the public edition of the new issue", f"{build}&what=public")
    waiting = (pack for edition in (executive, public) for pack in edition.addenda if not pack.is_issued)
    act = next((_bring_on(pack, speakers) for pack in waiting if pack.is_ready), None)
    if act is None and _lacks_public_addendum(executive, public):
        return Act("Build the public addendum", f"{build}&what=public-addendum")
    return act


def _lacks_public_addendum(executive: Edition, public: Edition) -> bool:
    """Whether what came after the issue that stands was told to the CSP Executive alone."""
    told = {pack.made_from_id for pack in public.addenda}
    own = [pack for pack in executive.addenda if executive.issued and pack.adds_to_id == executive.issued.pk]
    return bool(own) and own[-1].standing == Standing.ISSUED and own[-1].pk not in told


def _bring_on(pack: Pack, speakers: list[Speaker]) -> Act:
    if pack.standing == Standing.APPROVED:
        return Act(f"Issue the {_called(pack)}", reverse("reporting:pack-issue", args=[pack.pk]))
    names = listed(one.name for one in approvers.free(pack, speakers)).replace(" and ", " or ")
    return Act(f"Ask {names} to approve" if names else "Record who approved", pack.get_absolute_url())
