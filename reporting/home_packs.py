"""What packs want of a person now: to be approved, issued, looked at or read; and those there are to download."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from indicators.models import Round
from indicators.wording import due
from lib.govuk_tags import day, day_year, file_size
from lib.quarters import Quarter
from reporting.clearing import owing
from reporting.committee import page
from reporting.home_item import OVERDUE, TO_READ, WAITING, WANTED, Item
from reporting.models import Pack
from reporting.register import records

Role = RoleGrant.Role


@dataclass(frozen=True)
class PackLine:
    """A pack to download: "Pack for 2017-18 Q4, issue 1 (PDF, 412 KB, 18 pages)"."""

    pack: Pack
    words: str
    built: str


def in_sight(user: User) -> list[Pack]:
    """Every build that this person sees, the newest last. One query, without the snapshots."""
    return list(Pack.objects.visible_to(user).without_texts().order_by("quarter", "pk"))


def latest(packs: Iterable[Pack]) -> dict[Quarter, Pack]:
    """The newest executive pack of each quarter."""
    return {
        pack.quarter: pack for pack in packs if pack.kind == Pack.Kind.PACK and not pack.is_public and not pack.removal
    }


def items(user: User, packs: Iterable[Pack], on: dt.date) -> Iterable[Item]:
    """At most four queries."""
    own = list(packs)
    yield from (_approve(one.what, one.due_on, one.url, on) for one in owing.owed(on, user))
    if user.has_role(Role.COORDINATOR):
        yield from (_issue(pack, on) for pack in own if pack.standing == Pack.Standing.APPROVED)
        yield from (_at_work(pack, on) for pack in _newest(own) if not pack.is_ready)
    if user.has_role(Role.SCRUTINY) and user.has_perm("reporting.read_under_embargo"):
        yield from (_under_embargo(pack) for pack in page.embargoed(timezone.now()).without_texts())
    if user.has_role(Role.EXECUTIVE):
        yield from _to_read(latest(own).values(), on)


def lines(packs: Iterable[Pack]) -> tuple[PackLine, ...]:
    """The two newest quarters' packs that are ready."""
    return tuple(_line(pack) for pack in _ready(latest(packs).values())[:2])


def _approve(what: str, due_on: dt.date, url: str, on: dt.date) -> Item:
    late = due_on < on
    return Item(
        urgency=OVERDUE if late else WANTED,
        due_on=due_on,
        reference="",
        name=what.replace("Approval of: ", "Approve: "),
        state="Overdue" if late else "",
        why=f"It waits for the CSP Executive’s word. {due(due_on, on)} What is approved is issued unchanged.",
        do="Read and approve it",
        url=url,
        hidden=f": {what}",
    )


def _issue(pack: Pack, on: dt.date) -> Item:
    return Item(
        urgency=WANTED,
        due_on=on,
        reference="",
        name=f"Issue: {pack.title}, {pack.get_edition_display().lower()} edition, {pack.number}",
        state="",
        why="It is approved, and nobody has been sent it yet.",
        do="Go and issue it",
        url=pack.get_absolute_url(),
        hidden=f": {pack}",
    )


def _newest(packs: Iterable[Pack]) -> Iterable[Pack]:
    """The newest build of each thing: one that failed and has been built since is told no more, nor one whose number is issued."""
    newest: dict[tuple[object, ...], Pack] = {}
    issued: dict[tuple[object, ...], int] = {}
    for pack in packs:
        thing = (pack.plan_id, pack.quarter, pack.kind, pack.edition)
        newest[thing] = pack
        if pack.is_issued:
            issued[thing] = max(pack.issue, issued.get(thing, 0))
    return [pack for thing, pack in newest.items() if pack.issue > issued.get(thing, 0) or not pack.is_failed]


def _at_work(pack: Pack, on: dt.date) -> Item:
    return Item(
        urgency=WANTED if pack.is_failed else WAITING,
        due_on=on,
        reference="",
        name=f"{pack.title}, {pack.get_edition_display().lower()} edition",
        state="Failed" if pack.is_failed else "Building",
        why=pack.failure if pack.is_failed else "It goes on without you.",
        do="Look at what happened" if pack.is_failed else "See how far it is",
        url=pack.get_absolute_url(),
        hidden=f"with the {pack.title[:1].lower()}{pack.title[1:]}",
        is_secondary=not pack.is_failed,
    )


def _ready(packs: Iterable[Pack]) -> list[Pack]:
    """Newest quarter first."""
    return sorted((pack for pack in packs if pack.is_ready), key=lambda pack: pack.quarter, reverse=True)


def _to_read(packs: Iterable[Pack], on: dt.date) -> Iterable[Item]:
    """The pack of the meeting to come."""
    ready = {pack.quarter: pack for pack in _ready(packs)}
    for round_ in Round.objects.filter(quarter__in=ready, executive_meets_on__gte=on):
        pack = ready[round_.quarter]
        yield Item(
            urgency=TO_READ,
            due_on=round_.executive_meets_on,
            reference="",
            name=f"Read the pack for {pack.quarter}",
            state="",
            why=f"For the meeting on {day(round_.executive_meets_on)}. Built on {day_year(pack.ended_at)}.",
            do=f"Download the pack (PDF, {file_size(pack.pdf_bytes)})",
            url=reverse("reporting:pack-download", args=[pack.pk]),
            hidden=f"for {pack.quarter}",
        )


def _under_embargo(pack: Pack) -> Item:
    name = f"{records.title(pack)}, {pack.number}"
    return Item(
        urgency=TO_READ,
        due_on=timezone.localdate(records.shown_from(pack)),
        reference="",
        name=f"Read under embargo: {name}",
        state="",
        why=f"It is published on {page.until(pack)}. Until then pass on neither the report nor what it says.",
        do="Read the report",
        url=page.under_embargo(pack),
        hidden=f": {name}",
    )


def _line(pack: Pack) -> PackLine:
    return PackLine(
        pack=pack,
        words=f"{pack.title}, {pack.number} (PDF, {file_size(pack.pdf_bytes)}, {pack.pages} pages)",
        built=f"Built on {day_year(pack.ended_at)}",
    )
