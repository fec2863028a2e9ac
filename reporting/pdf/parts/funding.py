"""Money: what there is, what it is for, what of it is spent and restated, what ends, who is paid, what was asked for. To the penny."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from governance.funding import sums
from lib.numerals import in_words, pence
from lib.quarters import Quarter
from lib.written import day_year
from reporting.pdf.parts import opening, said, spending
from reporting.pdf.parts.delivery import days_late, short
from reporting.pdf.parts.spending import NOT_ASKED, amount, spent, written
from reporting.snapshots.funded import (
    ApplicationPart,
    BudgetChangePart,
    Ending,
    Funding,
    PostsPart,
    ProjectPart,
    SpendRestated,
    StreamLine,
)
from reporting.snapshots.governed import UndertakingPart
from reporting.snapshots.shape import Snapshot

MADE_UP = (
    "Names and whole amounts of projects are real unless marked as sample; who leads and delivers them, whom they serve, how they are "
    "split by year, what they spent and expect to spend and what they promise was made up."
)
MOST_STOPPING = 40  # of a stream that ends, named one by one: on paper nothing leads to the rest


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
    """`agreed` is empty while it waits and where it was withdrawn, so never decided on, and "nothing" where it was declined."""

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
        lede=opening.in_a_line(funding),
        streams=tuple(_stream(quarter, line) for line in streams),
        streams_total=_total(funding, streams),
        groups=spending.groups(funding),
        made_up=made_up(funding),
        waiting=tuple(_application(one) for one in funding.waiting),
        decided=tuple(_application(one) for one in funding.applications if one.state != "submitted"),
        conditions=tuple(_condition(one) for one in funding.conditions),
        restated=tuple(_restated(one) for one in funding.restated if _is_told(funding, one)),
        ending=tuple(_ending(snapshot, funding, one) for one in sorted(funding.ending, key=funding.has_ended)),
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


def made_up(funding: Funding) -> str:
    """What of real projects is not; empty where nothing is."""
    return MADE_UP if any(one.has_sample_parts for one in funding.projects) else ""


# ---------------------------------------------------------------- streams


def _stream(quarter: Quarter, line: StreamLine) -> StreamRow:
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
            said.Figure(written(stream.given), pair=of) if stream.given or line.projects else said.Figure(words=none),
            spent(line.spent_this_quarter, _unasked_now(line.projects, quarter), none=none),
            spent(line.spent_in_year, line.unasked, none=none),
            _left(line.left_in_year, line.is_spend_whole),
        ),
    )


def _unasked_now(projects: Iterable[ProjectPart], quarter: Quarter) -> int:
    return sum(one.is_unasked_in(quarter) for one in projects)


def _left(left: Decimal | None, is_whole: bool) -> said.Figure:
    """ "At most" where not all that was spent of it is known."""
    if left is None:
        return said.Figure(words="not known")
    if left < 0:
        return said.Figure(written(left), sub="overspent", is_strong=True)
    return said.Figure(written(left), sub="" if is_whole else "at most")


def _total(funding: Funding, lines: tuple[StreamLine, ...]) -> StreamRow | None:
    """None for fewer than two, which need no sum."""
    if len(lines) < 2:
        return None
    none = NOT_ASKED if funding.projects else "no projects"
    name = "Both streams" if len(lines) == 2 else f"All {in_words(len(lines))} streams"
    return StreamRow(
        name,
        "",
        (
            amount(funding.year_total, none="not known"),
            said.Figure(written(sums.add(line.stream.given for line in lines).known)),
            spent(funding.spent_this_quarter, _unasked_now(funding.projects, funding.quarter), none=none),
            spent(funding.spent_in_year, funding.unasked, none=none),
            _left(funding.left_in_year, funding.is_spend_whole),
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
        agreed="" if one.state in ("submitted", "withdrawn") else pence(one.agreed) or "nothing",
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
    made_up = {part.slug for part in (*funding.streams, *funding.projects) if part.is_sample}
    kinds = {"stream": "Stream", "project": "Project", "posts": "People paid for"}
    return EndingRow(
        day=short(one.ends_on),
        name=said.marked(one.name, one.slug in made_up),
        kind=kinds.get(one.kind, "") + (", ended" if funding.has_ended(one) else ""),
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
        return f"With it {'stops' if len(one.stops) == 1 else 'stop'} {said.some_of(_stopping(snapshot, funding, one), MOST_STOPPING)}."
    if one.kind == "posts":
        return _serves(snapshot, next((posts.letter for posts in funding.posts if posts.name == one.name), ""), ())
    part = next(part for part in funding.projects if part.slug == one.slug)
    return _serves(snapshot, part.letter, part.indicators)


def _stopping(snapshot: Snapshot, funding: Funding, one: Ending) -> list[str]:
    """ "Advocacy (to move B1 and B4)"."""
    projects = {part.name: part for part in funding.projects if part.stream == one.name}
    return [_stops_with_it(snapshot, projects[name]) if name in projects else name for name in one.stops]


def _stops_with_it(snapshot: Snapshot, part: ProjectPart) -> str:
    name, references = said.marked(part.name, part.is_sample), _moved(snapshot, part.indicators)
    return f"{name} (to move {references})" if references else name


def _moved(snapshot: Snapshot, slugs: Iterable[str]) -> str:
    """Only indicators of the set have a place in the pack."""
    wanted = set(slugs)
    return said.references([part for part in snapshot.indicators if part.slug in wanted])


def _serves(snapshot: Snapshot, letter: str, slugs: Iterable[str]) -> str:
    """ "Priority B Violence; meant to move B1 and B4."."""
    named = _moved(snapshot, slugs)
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
