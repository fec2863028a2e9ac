"""What the page of one pack shows, being built, failed or ready. Read here, placed by the templates."""

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from indicators.models import Round
from lib.govuk import Row
from lib.govuk_tags import clock, day_year, file_size
from reporting import clearing, offers, pack_standing, snapshots
from reporting.clearing import approvers, redacting
from reporting.clearing.approvers import Speaker
from reporting.models import Companion, Pack
from reporting.pdf import figures
from reporting.pdf.parts import cover, further
from reporting.register import addresses, records
from reporting.snapshots.shape import IndicatorPart, Snapshot

Standing, Form = Pack.Standing, Companion.Form
CALLED = {
    Form.PAGE: "Web page",
    Form.WORKBOOK: "Workbook (XLSX)",
    Form.TABLE: "Table (CSV)",
    Form.DATA: "Data (JSON)",
}

log = logging.getLogger("pack")


@dataclass(frozen=True)
class BuildingPage:
    caption: str
    heading: str
    started: str
    after: int


def heading(pack: Pack) -> str:
    return f"{pack.title}, {pack.get_edition_display().lower()} edition"


def record_url(pack: Pack) -> str:
    """Where it is recorded to whom it was sent, with what was sent filled in: "Pack for 2017-18 Q4, executive edition, issue 1"."""
    what = urlencode({"what": f"{heading(pack)}, {pack.number}"})
    return f"{reverse('governance:sending-add', args=[pack.plan.slug])}?{what}"


def where_it_is(pack: Pack) -> str:
    """For the middle of a sentence: "being built", "ready to approve", "issued"."""
    if pack.is_ready:
        return str(pack.get_standing_display()).lower()
    return "not built: it failed" if pack.is_failed else "being built"


def caption(meets_on: dt.date | None) -> str:
    return f"CSP Executive, {day_year(meets_on)}" if meets_on else "CSP Executive"


def building_page(pack: Pack, reader: User) -> BuildingPage:
    """A pack that waits, is being built, or has failed."""
    round_ = Round.objects.filter(quarter=pack.quarter).first()
    who = "by you" if pack.requested_by_id == reader.pk else f"by {pack.requested_by}" if pack.requested_by else "here"
    return BuildingPage(
        caption=caption(round_.executive_meets_on if round_ else None),
        heading=heading(pack),
        started=f"Started {who} at {clock(pack.requested_at)}, {day_year(pack.requested_at)}.",
        after=pack.pk,
    )


@dataclass(frozen=True)
class StoredFile:
    """One stored file: `url` is empty where this release hands it out nowhere."""

    words: str
    size: str
    checksum: str  # in fours
    url: str


@dataclass(frozen=True)
class Doing:
    """What this reader may do with it now."""

    approve: bool
    record: bool
    issue: bool
    withdraw: bool
    build: bool
    next_words: str  # of the one link to what can be built from it; empty without any
    next_url: str


@dataclass(frozen=True)
class ReadyPage:
    """A ready pack: facts, files, what is missing from it or to be put right, and the packs beside it.

    `is_readable` is False when this release can't read what was stored beside the file: then there are no details.
    """

    is_readable: bool
    caption: str
    heading: str
    state: str
    said: str
    notice: tuple[str, Pack] | None  # what counts in its place
    download_words: str
    web_page: str  # where it is read in the browser; empty where it has none
    facts: tuple[Row, ...]
    files: tuple[StoredFile, ...]
    gaps: tuple[str, ...]
    to_put_right: tuple[str, ...]
    doing: Doing
    others: tuple[Pack, ...]
    addenda: tuple[Pack, ...]
    published_as: tuple[Pack, ...]
    links: tuple[tuple[str, str], ...]
    after: int
    can_build_again: bool


def ready_page(pack: Pack, reader: User, now: dt.datetime) -> ReadyPage:
    snapshot = _stored(pack)
    speakers = approvers.on(timezone.localdate(now))
    siblings = Pack.objects.visible_to(reader).of(pack.plan_id, pack.quarter, pack.kind, pack.edition)
    others = tuple(siblings.ready().exclude(pk=pack.pk).without_texts())
    beside = Pack.objects.visible_to(reader).ready().without_texts()
    published_as = tuple(beside.filter(made_from=pack))
    doing = _doing(pack, reader, speakers, published_as)
    unissued = pack.standing in (Standing.DRAFT, Standing.BUILT, Standing.APPROVED)
    return ReadyPage(
        is_readable=snapshot is not None,
        caption=caption(snapshot.executive_meets_on if snapshot else None),
        heading=heading(pack),
        state=str(pack.get_removal_display() or pack.get_standing_display()),
        said=f"{records.removal(pack)}." if pack.removal else pack_standing.sentence(pack, reader, speakers, now),
        notice=_notice(pack, others),
        download_words=""
        if pack.removal
        else f"Download the {_called(pack)} (PDF, {file_size(pack.pdf_bytes)}, {pack.pages} pages)",
        web_page=""
        if pack.removal
        else next((companion_url(one) for one, _ in beside_pdf(pack) if one.form == Form.PAGE), ""),
        facts=(*pack_standing.facts(pack, now), *(_details(snapshot) if snapshot else ())),
        files=tuple(_files(pack)),
        gaps=(
            *gaps(snapshot, with_words=pack.kind == Pack.Kind.PACK),
            *(redacting.left_out(snapshot) if pack.is_public else ()),
        )
        if snapshot
        else (),
        to_put_right=clearing.obstacles(pack)
        if unissued and not pack.is_draft and not pack.removal and (doing.build or doing.approve)
        else (),
        doing=doing,
        others=others,
        addenda=tuple(beside.filter(adds_to=pack)),
        published_as=published_as,
        links=_links(pack) if doing.build else (),
        after=max([pack.pk, *(other.pk for other in others)]),
        can_build_again=unissued and doing.build,
    )


def _called(pack: Pack) -> str:
    return str(pack.get_kind_display()).rpartition(" ")[2].lower()


def _doing(pack: Pack, reader: User, speakers: list[Speaker], published_as: tuple[Pack, ...]) -> Doing:
    waits = pack.standing == Standing.BUILT
    issues = reader.has_perm("reporting.issue_pack")
    builds = reader.has_perm("reporting.build_pack")
    words, what = "", ""
    if builds:
        words, what = _what_follows(pack, published_as)
    query = urlencode({"quarter": pack.quarter.slug, "what": what})
    return Doing(
        approve=waits and not pack.removal and any(one.user_id == reader.pk for one in approvers.free(pack, speakers)),
        record=waits and issues and not pack.removal,
        issue=pack.standing == Standing.APPROVED and issues and not pack.removal,
        withdraw=pack.standing == Standing.ISSUED and issues,
        build=builds,
        next_words=words,
        next_url=f"{reverse('reporting:pack-build')}?{query}" if words else "",
    )


def _what_follows(pack: Pack, published_as: tuple[Pack, ...]) -> tuple[str, str]:
    """What is built of a pack after it: its public edition; later, when both are there, a reissue or addendum."""
    living = [one for one in published_as if one.standing not in (Standing.SET_ASIDE, Standing.WITHDRAWN)]
    is_addendum = pack.kind == Pack.Kind.ADDENDUM
    if pack.is_draft:
        of_draft = pack.made_from is not None and pack.made_from.is_draft
        return ("", "") if of_draft else ("Build it to be approved", offers.named(pack.kind, pack.edition))
    if not pack.is_public and pack.standing in offers.SOURCES and not living:
        words = "Build the public addendum" if is_addendum else "Build the public edition"
        return words, offers.named(pack.kind, Pack.Edition.PUBLIC)
    if pack.standing == Standing.ISSUED and not is_addendum:
        has_addenda = pack.kind == Pack.Kind.PACK
        words = "Build a reissue or an addendum" if has_addenda else "Build a reissue"
        return words, offers.named(pack.kind, pack.edition)
    return "", ""


def _notice(pack: Pack, others: tuple[Pack, ...]) -> tuple[str, Pack] | None:
    """The pack that counts in place of this one, and in which words it is led to."""
    standing = next((other for other in others if other.standing == Standing.ISSUED), None)
    if pack.standing in (Standing.SUPERSEDED, Standing.WITHDRAWN) and standing and pack.kind != Pack.Kind.ADDENDUM:
        return f"In its place stands {standing.number}, issued on {day_year(standing.issued_at)}.", standing
    newer = next((other for other in others if other.pk > pack.pk and other.issue >= pack.issue), None)
    if not pack.is_issued and newer:
        return f"It has been built again since, on {day_year(newer.ended_at)}.", newer
    return None


def _files(pack: Pack) -> Iterator[StoredFile]:
    url = "" if pack.removal else reverse("reporting:pack-download", args=[pack.pk])
    yield StoredFile("PDF", file_size(pack.pdf_bytes), in_fours(pack.pdf_sha256), url)
    for one, words in beside_pdf(pack):
        url = "" if pack.removal else companion_url(one)
        yield StoredFile(words, file_size(one.size), in_fours(one.sha256), url)


def beside_pdf(pack: Pack) -> list[tuple[Companion, str]]:
    """The other files, those for people before those for programs, and what each is called."""
    order = list(CALLED)
    files = sorted(pack.companions.all(), key=lambda one: order.index(Form(one.form)))
    return [(one, CALLED[Form(one.form)]) for one in files]


def companion_url(one: Companion) -> str:
    return reverse("reporting:pack-file", args=[one.pack_id, one.form])


def in_fours(checksum: str) -> str:
    return " ".join(checksum[start : start + 4] for start in range(0, len(checksum), 4))


def _links(pack: Pack) -> tuple[tuple[str, str], ...]:
    """Where the team changes what goes into the next build, and what takes a published one to its readers."""
    has_sections, edition = pack.kind == Pack.Kind.PACK, [pack.quarter, pack.kind, pack.edition]
    found = [("Sections and covering note" if has_sections else "Covering note", "reporting:outline-edit", edition)]
    if pack.kind == Pack.Kind.ASSESSMENT:
        found.insert(
            0, ("The assessment and what is written for it", "reporting:assessment-detail", [pack.quarter.year])
        )
    if not pack.is_public:
        found.append(("What the public edition leaves out", "reporting:pack-words", [pack.pk]))
    elif pack.is_issued:
        found.append(("Covering report for the committee", "reporting:cover-report-edit", [pack.pk]))
    links = [(words, reverse(name, args=args)) for words, name, args in found]
    if pack.is_published(timezone.now()):
        links.append(("Its public page", addresses.address(pack)))
    return tuple(links)


def _stored(pack: Pack) -> Snapshot | None:
    """What the pack was made from; None when it was stored in a form this release does not know."""
    try:
        return snapshots.from_json(pack.snapshot)
    except snapshots.Unreadable:
        log.warning("pack=%s state=snapshot-not-readable", pack.pk)
        return None


def _details(snapshot: Snapshot) -> tuple[Row, ...]:
    return (
        Row("Marking", handling(snapshot)),
        Row("What is in it", contents(snapshot)),
        Row("Restated", restated(snapshot)),
    )


def handling(snapshot: Snapshot) -> str:
    """ "OFFICIAL-SENSITIVE: holds restricted indicator D1"; "OFFICIAL"."""
    restricted = [part.reference or part.short_name for part in snapshot.restricted]
    protective = cover.marking(snapshot).protective
    if not restricted:
        return protective
    return f"{protective}: holds restricted indicator{'' if len(restricted) == 1 else 's'} {', '.join(restricted)}"


def contents(snapshot: Snapshot) -> str:
    """ "15 indicators: 13 with a figure, 1 not yet verified (D3), 1 missing with a reason (C1)"."""
    total = len(snapshot.indicators)
    indicators = f"{total} indicator{'' if total == 1 else 's'}"
    if not snapshot.round_exists:
        return f"{indicators}. No returns were asked for in this quarter, so no figures"
    states = (
        ("verified", "with a figure", False),
        ("unverified", "not yet verified", True),
        ("missing", "missing with a reason", True),
        ("awaited", "not sent", True),
        ("not_collected", "not asked for", True),
    )
    said_ = []
    for state, words, named in states:
        parts = snapshot.in_state(state)
        if parts:
            said_.append(f"{len(parts)} {words}" + (f" ({_references(parts)})" if named else ""))
    return f"{indicators}: {', '.join(said_)}" if said_ else indicators


def _references(parts: tuple[IndicatorPart, ...]) -> str:
    return ", ".join(part.reference or part.short_name for part in parts)


def restated(snapshot: Snapshot) -> str:
    """ "1: B2, 2017-18 Q2, was 1,547, now 1,588"; "None"; those that are only counted in a sentence after it."""
    changes = [
        f"{change.reference or change.short_name}, {change.quarter}, was {figures.brief(change.was)}, "
        f"now {figures.brief(change.now)}"
        for change in further.listed(snapshot.told_restated)
    ]
    listed = f"{len(changes)}: {'; '.join(changes)}" if changes else ""
    return ". ".join(filter(None, [listed, further.sentence(snapshot.told_restated)])) or "None"


def gaps(snapshot: Snapshot, *, with_words: bool = True) -> tuple[str, ...]:
    """What the pack has to say is not there: a sentence for each, in plan order; `with_words`, the quarter's commentary too."""
    sentences = []
    for part in snapshot.indicators:
        name = part.reference or part.short_name
        if part.this.state == "missing":
            reason = part.this.reason
            sentences.append(f"{name} is missing: {reason[:1].lower()}{reason[1:]}.")
        elif part.this.state == "awaited":
            sentences.append(
                f"{name} has not been sent." if not part.this.reason else f"{name} was sent back and is awaited."
            )
        elif part.this.state == "unverified":
            sentences.append(f"{name} is not yet verified.")
        if with_words and part.words and part.words.state == "owed":
            sentences.append(f"{name} has no commentary. The pack says that {part.words.owed_by} owes it.")
    return tuple(sentences)
