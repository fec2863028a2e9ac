"""What the pages about packs show: rows of a list, facts of one pack. Read here, placed by the templates."""

import datetime as dt
import logging
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from indicators.models import Round
from lib.govuk_tags import clock, day_year, file_size, moment
from lib.quarters import Quarter
from reporting import snapshots
from reporting.models import Pack
from reporting.pdf import figures
from reporting.pdf.parts import cover, further
from reporting.snapshots.shape import IndicatorPart, Snapshot

log = logging.getLogger("pack")


@dataclass(frozen=True)
class QuarterRow:
    """One quarter of the list: its latest pack, if any, and what its button offers."""

    quarter: Quarter
    pack: Pack | None
    after: int
    is_being_built: bool
    is_newest: bool

    @property
    def state(self) -> str:
        """ "Building", "Ready", "Failed", or "Not built"."""
        if self.pack is None:
            return "Not built"
        return "Building" if not self.pack.is_finished else str(self.pack.get_job_state_display())

    @property
    def offer(self) -> str:
        """The words on the button."""
        if self.pack is None:
            return f"Build the pack for {self.quarter}"
        return "Build it again"


@dataclass(frozen=True)
class ListPage:
    """The list of packs. `first` is the newest quarter when it has no pack yet; its button stands above the list."""

    rows: tuple[QuarterRow, ...]
    lede: str
    executive_meets_on: dt.date | None
    first: QuarterRow | None


def list_page(packs: QuerySet[Pack], may_build: bool, on: dt.date) -> ListPage:
    """Newest quarter first: those with a pack in sight, and for who may build also those with a round. Two queries."""
    latest = {pack.quarter: pack for pack in packs.defer("snapshot", "imprint").order_by("pk")}
    rounds = list(Round.objects.order_by("-quarter"))
    quarters = set(latest) | ({round_.quarter for round_ in rounds} if may_build else set())
    newest = max(quarters, default=None)
    rows = tuple(
        QuarterRow(
            quarter=quarter,
            pack=latest.get(quarter),
            after=latest[quarter].pk if quarter in latest else 0,
            is_being_built=quarter in latest and not latest[quarter].is_finished,
            is_newest=quarter == newest,
        )
        for quarter in sorted(quarters, reverse=True)
    )
    meetings = sorted(
        round_.executive_meets_on for round_ in rounds if round_.executive_meets_on and round_.executive_meets_on >= on
    )
    return ListPage(
        rows=rows,
        lede=_lede(rows),
        executive_meets_on=meetings[0] if meetings else None,
        first=rows[0] if may_build and rows and rows[0].pack is None else None,
    )


def _lede(rows: tuple[QuarterRow, ...]) -> str:
    """The first line of the page: the newest pack that is ready, or that none is."""
    ready = next((row for row in rows if row.pack and row.pack.is_ready), None)
    if ready and ready.pack:
        return f"The newest pack is for {ready.quarter}, built on {day_year(ready.pack.ended_at)}."
    return "No pack is ready yet."


# ---------------------------------------------------------------- one pack


@dataclass(frozen=True)
class BuildingPage:
    caption: str
    heading: str
    started: str
    after: int


def heading(pack: Pack) -> str:
    return f"{pack.title}, {pack.get_edition_display().lower()} edition"


def record_url(pack: Pack) -> str:
    """Where it is recorded to whom it was sent, with this issue filled in."""
    what = urlencode({"what": f"Pack for {pack.quarter}, issue {pack.issue}"})
    return f"{reverse('governance:sending-add', args=[pack.plan.slug])}?{what}"


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
class ReadyPage:
    """A ready pack: facts as (key, words), what is still missing from it, and the issues beside it.

    `is_readable` is False when this release can't read what was stored beside the file: then there are no details.
    """

    is_readable: bool
    caption: str
    heading: str
    built: str
    download_words: str
    facts: tuple[tuple[str, str], ...]
    checksum: str
    gaps: tuple[str, ...]
    newer: Pack | None
    others: tuple[Pack, ...]
    after: int


def ready_page(pack: Pack) -> ReadyPage:
    snapshot = _stored(pack)
    siblings = Pack.objects.of(pack.plan_id, pack.quarter, pack.kind, pack.edition)
    others = tuple(siblings.filter(job_state=Pack.JobState.READY).exclude(pk=pack.pk).defer("snapshot", "imprint"))
    newer = next((other for other in others if other.pk > pack.pk), None)
    took = f" in {pack.seconds or 1} second{'' if (pack.seconds or 1) == 1 else 's'}"
    return ReadyPage(
        is_readable=snapshot is not None,
        caption=caption(snapshot.executive_meets_on if snapshot else None),
        heading=heading(pack),
        built=f"Built on {day_year(pack.ended_at)} at {clock(pack.ended_at)}{took}.",
        download_words=f"Download the pack (PDF, {file_size(pack.pdf_bytes)}, {pack.pages} pages)",
        facts=(
            ("Issue", f"{pack.issue}"),
            ("Figures as at", moment(pack.as_at)),
            *(_details(snapshot) if snapshot else ()),
        ),
        checksum=" ".join(pack.pdf_sha256[start : start + 4] for start in range(0, 64, 4)),
        gaps=gaps(snapshot) if snapshot else (),
        newer=newer,
        others=others,
        after=max(pack.pk, *(other.pk for other in others)) if others else pack.pk,
    )


def _stored(pack: Pack) -> Snapshot | None:
    """What the pack was made from; None when it was stored in a form this release does not know."""
    try:
        return snapshots.from_json(pack.snapshot)
    except snapshots.Unreadable:
        log.warning("pack=%s state=snapshot-not-readable", pack.pk)
        return None


def _details(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    return (
        ("Marking", handling(snapshot)),
        ("What is in it", contents(snapshot)),
        ("Restated", restated(snapshot)),
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


def gaps(snapshot: Snapshot) -> tuple[str, ...]:
    """What the pack has to say is not there: a sentence for each, in plan order."""
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
        if part.words and part.words.state == "owed":
            sentences.append(f"{name} has no commentary. The pack says that {part.words.owed_by} owes it.")
    return tuple(sentences)
