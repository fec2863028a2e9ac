"""The committee's page: what is under embargo, the newest report and what is new in it, the reports in sight, what was asked, when it meets."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from governance import scrutiny
from governance.models import Body, Meeting
from governance.scrutiny import Board
from lib.written import day, moment
from reporting import imprint, snapshots
from reporting.models import Pack
from reporting.register import addresses, records
from reporting.register.addresses import About, Number
from reporting.register.records import File, Record

MOST_REPORTS, MOST_MEETINGS = 6, 3


def embargoed(at: dt.datetime) -> QuerySet[Pack]:
    """Dispatched, and not public yet."""
    return Pack.objects.dispatched().filter(publish_at__gt=at)


def dispatched(about: About, number: Number, at: dt.datetime) -> Pack | None:
    """The dispatched one at such an address, whether it is public by now or not; None where there is none."""
    return addresses.find(records.read(Pack.objects.dispatched(), at), about, number)


@dataclass(frozen=True)
class Embargoed:
    """A line of the list under embargo."""

    words: str
    until: str
    url: str


@dataclass(frozen=True)
class News:
    """What differs from the report before: `said` names that one."""

    said: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class CommitteePage:
    lede: str
    embargoed: tuple[Embargoed, ...]
    newest: Record | None
    news: News | None
    records: tuple[Record, ...]
    has_more: bool
    board: Board
    meetings: tuple[Meeting, ...]
    is_sample: bool


def build(user: User, at: dt.datetime, on: dt.date, *, reads_under_embargo: bool) -> CommitteePage:
    every = records.records(Pack.objects.public(at), at)
    newest = next((one for one in every if one.is_current and one.pack.kind == Pack.Kind.PACK), None)
    waiting = records.read(embargoed(at), at) if reads_under_embargo else []
    board = scrutiny.board(user, on)
    return CommitteePage(
        lede=_lede(newest, board),
        embargoed=tuple(_line(pack) for pack in waiting),
        newest=newest,
        news=news(newest.pack.pk) if newest else None,
        records=tuple(every[:MOST_REPORTS]),
        has_more=len(every) > MOST_REPORTS,
        board=board,
        meetings=tuple(meetings(user, on)),
        is_sample=any(one.pack.is_sample for one in every),
    )


def _lede(newest: Record | None, board: Board) -> str:
    """ "The newest report is for 2017-18 Q4, published on 1 June 2018. 2 wait for an answer, 1 of them late."."""
    first = (
        f"The newest report is for {newest.about}, published on {newest.issued}."
        if newest
        else "No report has been issued yet."
    )
    return f"{first} {board.lede}"


def _line(pack: Pack) -> Embargoed:
    return Embargoed(f"{records.title(pack)}, {pack.number}", until(pack), under_embargo(pack))


def until(pack: Pack) -> str:
    """ "Friday 1 June 2018, 12:00"."""
    begins = records.shown_from(pack)
    return f"{day(begins)}, {moment(begins).rpartition(', ')[2]}"


def under_embargo(pack: Pack) -> str:
    """Its page before it is public."""
    return reverse("reporting:committee-issue", args=addresses.parts(pack))


def news(pk: int) -> News | None:
    """What is printed in the pack of what changed since the one before; None where nothing was compared or it can't be read."""
    text = Pack.objects.filter(pk=pk).values_list("imprint", flat=True).first()
    try:
        since = imprint.from_json(text).since_issue if text else None
    except snapshots.Unreadable:
        return None
    return News(f"Since {since.said}:", since.lines) if since else None


def meetings(user: User, on: dt.date) -> list[Meeting]:
    """The committee's next ones, as far as somebody sees them."""
    found = Meeting.objects.visible_to(user).standing().filter(body__kind=Body.Kind.SCRUTINY).from_day(on)
    return list(found.select_related("body").order_by("starts_at", "pk")[:MOST_MEETINGS])


# ---------------------------------------------------------------- one report under embargo


@dataclass(frozen=True)
class EmbargoPage:
    """`file` is None once it is withdrawn."""

    title: str
    number: str
    until: str
    withdrawn: str
    file: File | None
    facts: tuple[tuple[str, str], ...]
    news: News | None
    is_sample: bool


def embargo_page(pack: Pack) -> EmbargoPage:
    told = records.files(pack)
    url = reverse("reporting:committee-pdf", args=addresses.parts(pack))
    return EmbargoPage(
        title=records.title(pack),
        number=pack.number,
        until=until(pack),
        withdrawn=pack.withdrawn_because,
        file=replace(told[0], url=url) if told else None,
        facts=(("Figures as at", moment(pack.as_at)), ("Dispatched", moment(pack.issued_at))),
        news=None if records.is_withdrawn(pack) else news(pack.pk),
        is_sample=pack.is_sample,
    )
