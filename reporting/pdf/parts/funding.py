"""Money: what there is, what it is for, what of it is spent and restated, what ends, who is paid, what was asked for. To the penny."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from governance.funding import sums
from lib.numerals import in_words, pence, pounds
from lib.written import day_year
from reporting.pdf.parts import said, spending
from reporting.pdf.parts.delivery import days_late, short
from reporting.pdf.parts.spending import AWAITED, NOT_ASKED, amount, written
from reporting.snapshots.funded import (
    ApplicationPart,
    BudgetChangePart,
    Ending,
    Funding,
    PostsPart,
    SpendRestated,
    StreamLine,
)
from reporting.snapshots.governed import UndertakingPart
from reporting.snapshots.shape import Snapshot

MADE_UP = "Names and amounts of projects are real unless marked as sample; who leads and delivers them, what they serve, what they spent and expect to spend was made up."
MOST_STOPPING = 6  # of a stream that ends, named one by one


@dataclass(frozen=True)
class StreamRow:
    """`cells`: the year's money, given to projects, spent in the quarter, spent in the year, left of the year's."""

    name: str
    detail: str
    cells: tuple[said.Figure, ...]


@dataclass(frozen=True)
class RestatedRow:
    name: str
    quarter: str
    was: str
    now: str
    change: str
    kind: str
    why: str
    verified: str
    by: str


@dataclass(frozen=True)
class EndingRow:
    day: str
    name: str
    kind: str
    amount: str
    stops: str  # with it, or what it serves


@dataclass(frozen=True)
class ChangeRow:
    what_for: str
    detail: str
    growth: str
    saving: str


@dataclass(frozen=True)
class PostsRow:
    name: str
    what_for: str
    number: int
    posts: str
    paid_from: str


@dataclass(frozen=True)
class ApplicationRow:
    """`agreed` is empty while it waits, and "nothing" where it was declined or withdrawn."""

    reference: str
    title: str
    body: str
    interests: str
    stream: str
    asked: str
    agreed: str
    day: str
    verdict: str


@dataclass(frozen=True)
class Condition:
    source: str
    text: str
    owner: str
    due: str
    late: str


@dataclass(frozen=True)
class FundingPage:
    """Where nothing is held, only `empty` is to be printed."""

    empty: str
    lede: str
    streams: tuple[StreamRow, ...]
    streams_total: StreamRow | None
    groups: tuple[spending.Group, ...]
    made_up: str  # what of real projects is not
    waiting: tuple[ApplicationRow, ...]
    decided: tuple[ApplicationRow, ...]
    conditions: tuple[Condition, ...]
    restated: tuple[RestatedRow, ...]
    ending: tuple[EndingRow, ...]
    changes: tuple[ChangeRow, ...]
    growth: str
    saving: str
    net: str
    posts: tuple[PostsRow, ...]
    posts_totals: tuple[tuple[int, str], ...]
    notes: tuple[tuple[str, str], ...]  # a name, and what is to be known about its money
    since: str
    ends_by: str
    year: str
    to_date_head: str
    year_head: str
    quarter_head: str


def build(snapshot: Snapshot, funding: Funding) -> FundingPage:
    quarter = funding.quarter
    streams = funding.by_stream
    added = {kind: [one.amount for one in funding.budget_changes if one.kind == kind] for kind in ("growth", "saving")}
    growth, saving = (sums.add(added[kind]).known for kind in ("growth", "saving"))
    return FundingPage(
        empty=f"No money is held for {quarter.year}." if funding.is_empty else "",
        lede=in_a_line(funding),
        streams=tuple(_stream(line) for line in streams),
        streams_total=_total(funding, streams),
        groups=spending.groups(funding),
        made_up=MADE_UP if any(one.has_sample_parts for one in funding.projects) else "",
        waiting=tuple(_application(one) for one in funding.waiting),
        decided=tuple(_application(one) for one in funding.applications if one.state != "submitted"),
        conditions=tuple(_condition(one) for one in funding.conditions),
        restated=tuple(_restated(one) for one in funding.restated if _is_told(funding, one)),
        ending=tuple(_ending(snapshot, funding, one) for one in funding.ending),
        changes=tuple(_change(one) for one in funding.budget_changes),
        growth=pence(growth),
        saving=pence(saving),
        net=_signed(growth - saving),
        posts=tuple(_posts(one) for one in funding.posts),
        posts_totals=tuple((number, posts) for posts, number in funding.posts_totals.items()),
        notes=_notes(funding),
        since=day_year(funding.since),
        ends_by=day_year(funding.ends_by),
        year=str(quarter.year),
        to_date_head="Spent this year" if quarter.number == 4 else "Year to date",
        year_head="Year" if quarter.number == 4 else "Year to date",
        quarter_head=f"Spent in Q{quarter.number}",
    )


# ---------------------------------------------------------------- the first lines


def in_a_line(funding: Funding) -> str:
    """What there is, what is spent to the penny, and what waits; the dashboard says it too."""
    told = [_there(funding), _spent(funding)]
    if over := len(funding.overspent):
        told.append(f"{said.capital(said.many(over, 'project has', 'projects have'))} spent more than was given.")
    if waiting := funding.waiting:
        asked = pounds(sums.add(one.asked for one in waiting).known)
        many = said.many(len(waiting), f"application for {asked} waits", f"applications for {asked} in all wait")
        told.append(f"{said.capital(many)} for a decision.")
    return " ".join(filter(None, told))


def _there(funding: Funding) -> str:
    total, year = funding.year_total, funding.year
    if not funding.streams:
        return f"No stream of money runs in {year}."
    if total.amount is None:
        return f"How much there is for {year} is not known."
    if total.is_whole:
        return f"There is {pounds(total.amount)} for {year}."
    more = said.many(total.unknown, "more stream", "more streams")
    return f"There is {pounds(total.amount)} for {year}; of {more} the year’s amount is not known."


def _spent(funding: Funding) -> str:
    quarter, total, this = funding.quarter, funding.spent_in_year, funding.spent_this_quarter
    if not (total.parts or total.unknown):
        return "Nobody is asked what projects spend." if funding.projects else ""
    waits = f"{said.many(total.unknown, 'amount is', 'amounts are')} awaited"
    if total.amount is None:
        return f"No spend is known yet: {waits}."
    told = f"{pounds(total.amount)} is verified as spent"
    if this.amount is not None and quarter.number > 1:  # in the first quarter it is the same
        told += f", {pounds(this.amount)} of it in Q{quarter.number}"
    return f"{told}; {waits}." if total.unknown else f"{told}."


# ---------------------------------------------------------------- streams


def _stream(line: StreamLine) -> StreamRow:
    stream = line.stream
    year = said.Figure(words="not known")
    if stream.year_amount is not None:
        year = said.Figure(written(stream.year_amount), is_strong=True)
    of = f"of {written(stream.whole)}" if stream.whole is not None else ""
    none = NOT_ASKED if line.projects else "no projects"
    return StreamRow(
        said.marked(stream.name, stream.is_sample),
        ". ".join(filter(None, (stream.funder, stream.terms.rstrip(".")))),
        (
            year,
            said.Figure(written(stream.given), pair=of),
            amount(line.spent_this_quarter, none=none, unknown=AWAITED),
            amount(line.spent_in_year, none=none, unknown=AWAITED),
            _left(line),
        ),
    )


def _left(line: StreamLine) -> said.Figure:
    """ "At most" where not all that was spent of it is known."""
    left = line.left_in_year
    if left is None:
        return said.Figure(words="not known")
    if left < 0:
        return said.Figure(written(left), sub="overspent", is_strong=True)
    is_whole = line.spent_in_year.is_whole and all(one.is_collected for one in line.projects)
    return said.Figure(written(left), sub="" if is_whole else "at most")


def _total(funding: Funding, lines: tuple[StreamLine, ...]) -> StreamRow | None:
    """None for fewer than two, which need no sum."""
    if len(lines) < 2:
        return None
    name = "Both streams" if len(lines) == 2 else f"All {in_words(len(lines))} streams"
    return StreamRow(
        name,
        "",
        (
            amount(funding.year_total, none="not known"),
            said.Figure(written(sums.add(line.stream.given for line in lines).known)),
            amount(funding.spent_this_quarter, none=NOT_ASKED, unknown=AWAITED),
            amount(funding.spent_in_year, none=NOT_ASKED, unknown=AWAITED),
            amount(sums.add(line.left_in_year for line in lines), none="not known"),
        ),
    )


# ---------------------------------------------------------------- applications


def _application(one: ApplicationPart) -> ApplicationRow:
    more = said.many(one.conditions, "condition", "conditions") if one.conditions else ""
    return ApplicationRow(
        reference=one.reference,
        title=said.marked(one.title, one.is_sample),
        body=one.body,
        interests=f"Interest declared: {'; '.join(one.interests)}." if one.interests else "",
        stream=one.stream or "no particular stream",
        asked=pence(one.asked),
        agreed="" if one.state == "submitted" else pence(one.agreed) or "nothing",
        day=short(one.ended_on or one.submitted_on),
        verdict=", ".join(filter(None, (one.verdict or one.state.capitalize(), more))),
    )


def _condition(one: UndertakingPart) -> Condition:
    return Condition(one.source, one.text, one.owner, day_year(one.due_on), days_late(one.days_late))


# ---------------------------------------------------------------- what changed, what ends


def _is_told(funding: Funding, one: SpendRestated) -> bool:
    """Of the quarters that stand in the table, and of older ones what is new."""
    return one.quarter.year == funding.year or one in funding.newly_restated


def _restated(one: SpendRestated) -> RestatedRow:
    return RestatedRow(
        one.name,
        str(one.quarter),
        pence(one.was),
        pence(one.now),
        _signed(one.now - one.was),
        one.kind.capitalize(),
        one.why,
        short(one.verified_on),
        one.by,
    )


def _ending(snapshot: Snapshot, funding: Funding, one: Ending) -> EndingRow:
    kinds = {"stream": "Stream", "project": "Project", "posts": "People paid for"}
    return EndingRow(
        day=short(one.ends_on),
        name=one.name,
        kind=kinds.get(one.kind, ""),
        amount=_ending_amount(funding, one),
        stops=_stops(snapshot, funding, one),
    )


def _ending_amount(funding: Funding, one: Ending) -> str:
    if one.kind == "posts":
        return next((f"{posts.number:,} {posts.posts}" for posts in funding.posts if posts.name == one.name), "")
    return "not known" if one.amount is None else pence(one.amount)


def _stops(snapshot: Snapshot, funding: Funding, one: Ending) -> str:
    """What stops with a stream; what a project or people serve."""
    if one.kind == "stream":
        if not one.stops:
            return "No project or post hangs on it."
        return f"With it stop {said.some_of(one.stops, MOST_STOPPING)}."
    if one.kind == "posts":
        return _serves(snapshot, next((posts.letter for posts in funding.posts if posts.name == one.name), ""), ())
    part = next(part for part in funding.projects if part.slug == one.slug)
    return _serves(snapshot, part.letter, part.indicators)


def _serves(snapshot: Snapshot, letter: str, slugs: Iterable[str]) -> str:
    """ "Priority B Violence; meant to move B1 and B4."; only indicators of the set have a place in the pack."""
    wanted = set(slugs)
    named = said.references([part for part in snapshot.indicators if part.slug in wanted])
    title = next((one.short_title for one in snapshot.priorities if one.letter == letter), "")
    serves = f"Priority {letter} {title}".strip() if letter else "No priority is named"
    return f"{serves}; meant to move {named}." if named else f"{serves}."


# ---------------------------------------------------------------- growth and savings, people, notes


def _change(one: BudgetChangePart) -> ChangeRow:
    is_growth = one.kind == "growth"
    where = [f"Priority {one.letter}" if one.letter else "", one.stream]
    return ChangeRow(
        said.marked(one.what_for, one.is_sample),
        "; ".join(filter(None, where)),
        pence(one.amount) if is_growth else "",
        "" if is_growth else pence(one.amount),
    )


def _signed(difference: Decimal) -> str:
    """ "+£900.00", "−£134,000.00"."""
    return f"+{pence(difference)}" if difference > 0 else pence(difference)


def _posts(one: PostsPart) -> PostsRow:
    serves = f"Priority {one.letter}" if one.letter else ""
    return PostsRow(
        said.marked(one.name, one.is_sample),
        ". ".join(
            filter(None, (one.what_for.rstrip("."), "; ".join(filter(None, (serves, one.body, one.organisation)))))
        ),
        one.number,
        one.posts,
        one.stream or "not known",
    )


def _notes(funding: Funding) -> tuple[tuple[str, str], ...]:
    rows = [
        *((one.name, one.note) for one in funding.streams),
        *((one.what_for, one.note) for one in funding.budget_changes),
        *((one.name, one.note) for one in funding.posts),
    ]
    return tuple((name, note) for name, note in rows if note)
