"""Money on the dashboard: what there is, what of it is spent, what needs a look, and each stream in a row. Nothing of it is rated."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from governance.funding import saying, sums
from governance.funding.saying import Said
from governance.funding.sums import Total
from lib.numerals import in_words, listed, pounds
from lib.quarters import Quarter
from lib.written import day_year
from reporting.pdf.parts import opening, said
from reporting.snapshots.funded import ApplicationPart, Ending, Funding, ProjectPart, StreamLine
from reporting.snapshots.shape import Snapshot

MOST = 5  # lines of a kind; the page of money has the rest
MOST_A_DAY = 3  # of what ends
AWAITED, NO_PROJECTS = "awaited", "No projects"
PAGES = {"stream": "governance:funding-stream-detail", "project": "governance:project-detail", "posts": ""}


@dataclass(frozen=True)
class Line:
    """What is linked, and what is said of it. `address` is the name of its page, where it has one, and `key` which one it is."""

    address: str
    key: str
    name: str
    words: str


@dataclass(frozen=True)
class Day:
    """What ends on one day; `more` are not among the lines."""

    day: str
    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True)
class Cell:
    label: str
    said: Said


@dataclass(frozen=True)
class Row:
    """A stream; `slug` is empty in the row of the totals."""

    slug: str
    name: str
    detail: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Money:
    """Lists have MOST lines, and the number of those that are not among them."""

    lede: str
    waiting: tuple[Line, ...]
    more_waiting: int
    projects: tuple[Line, ...]
    more_projects: int
    ends_by: str
    ending: tuple[Day, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def build(snapshot: Snapshot) -> Money | None:
    """None where no stream runs and nobody asks for money: then there is no such part."""
    held = snapshot.funding
    if held is None or not (held.streams or held.waiting):
        return None
    heads = _heads(held)
    waiting, projects = held.waiting, _to_look_at(held)
    rows = [_row(held.quarter, heads, line) for line in held.by_stream]
    return Money(
        lede=opening.in_a_line(held),
        waiting=tuple(_waiting(one) for one in waiting[:MOST]),
        more_waiting=max(len(waiting) - MOST, 0),
        projects=tuple(projects[:MOST]),
        more_projects=max(len(projects) - MOST, 0),
        ends_by=day_year(held.ends_by),
        ending=tuple(_ending(held.ending)),
        heads=heads,
        rows=(*rows, _total(heads, held)) if len(rows) > 1 else tuple(rows),
    )


# ---------------------------------------------------------------- what needs a look


def _waiting(one: ApplicationPart) -> Line:
    name = said.marked(f"{one.reference} {one.title}", one.is_sample)
    words = f"{one.body} asks for {pounds(one.asked)}. Submitted on {day_year(one.submitted_on)}."
    return Line("governance:funding-application-detail", str(one.pk), name, words)


def _to_look_at(held: Funding) -> list[Line]:
    """Overspent ones first, then those that will spend most above or below the year's money, then those whose spend is out."""

    def order(one: ProjectPart) -> tuple[bool, Decimal]:
        return not one.is_overspent, -abs(one.variance or sums.NOTHING)

    found = ((one, list(_of_project(held, one))) for one in sorted(held.projects, key=order))
    return [
        Line("governance:project-detail", one.slug, said.marked(one.name, one.is_sample), " ".join(words))
        for one, words in found
        if words
    ]


def _of_project(held: Funding, one: ProjectPart) -> Iterator[str]:
    if one.left is not None and one.left < 0:
        yield f"{pounds(-one.left)} more is spent than its {pounds(one.amount)}."
    if one.variance:
        way, why = ("more" if one.variance > 0 else "less"), one.reason.rstrip(".")
        yield f"Expected to spend {pounds(abs(one.variance))} {way} than the year’s money. {why or 'No reason is given'}."
    yield from _out(held.quarter, one)
    if one.closed_on and one.closed_on > held.since:
        yield f"Closed on {day_year(one.closed_on)}: {said.lower_first(one.closed_because.rstrip('.'))}."


def _out(quarter: Quarter, one: ProjectPart) -> Iterator[str]:
    """ "Spend of Q3 and Q4 is awaited."; what was sent, or has a reason, apart."""
    cells = {part.quarter: part for part in one.quarters}
    plain = [when for when in one.awaited if when not in cells or cells[when].state == "awaited"]
    if plain:
        yield f"Spend of {listed(_short(when, quarter) for when in plain)} is awaited."
    for when in one.awaited:
        part = cells.get(when)
        if part and part.state == "unverified" and part.amount is not None:
            yield f"Q{when.number}: {pounds(part.amount)}, not yet verified."
        if part and part.state == "missing":
            expected = f", expected by {day_year(part.expected_on)}" if part.expected_on else ""
            yield f"Q{when.number}: {said.lower_first(part.reason)}{expected}."


def _short(when: Quarter, quarter: Quarter) -> str:
    return f"Q{when.number}" if when.year == quarter.year else str(when)


def _ending(every: Iterable[Ending]) -> Iterator[Day]:
    """The soonest day first; on a day the largest amounts first, for they are what is missed."""
    for day, of_day in groupby(every, key=lambda one: one.ends_on):
        found = sorted(of_day, key=lambda one: -(one.amount or sums.NOTHING))
        yield Day(day_year(day), tuple(_ends(one) for one in found[:MOST_A_DAY]), max(len(found) - MOST_A_DAY, 0))


def _ends(one: Ending) -> Line:
    """ "£1,610,109, and with it Behind the Blade and nine more"; empty where nothing more is to be said."""
    amount = pounds(one.amount) if one.amount is not None else ""
    stops = f"with it {said.some_of(one.stops, 1)}" if one.stops else ""
    return Line(PAGES[one.kind], one.slug, one.name, ", ".join(filter(None, (amount, stops))))


# ---------------------------------------------------------------- streams


def _heads(held: Funding) -> tuple[str, ...]:
    so_far = "Spent this year" if held.quarter.number == 4 else "Spent this year so far"
    return f"For {held.year}", f"Spent in Q{held.quarter.number}", so_far, "Left of the year"


def _row(quarter: Quarter, heads: Iterable[str], line: StreamLine) -> Row:
    stream = line.stream
    none = saying.NOT_ASKED if line.projects else NO_PROJECTS
    unknown = saying.NOT_KNOWN if stream.whole is None else saying.NOT_SPLIT
    cells = (
        saying.amount(stream.year_amount, unknown=unknown),
        _spent(line.spent_this_quarter, _unasked_in(quarter, line.projects), none),
        _spent(line.spent_in_year, line.unasked, none),
        _left(line.left_in_year, line.is_spend_whole),
    )
    name = said.marked(stream.name, stream.is_sample)
    return Row(stream.slug, name, stream.funder, _cells(heads, cells))


def _unasked_in(quarter: Quarter, projects: Iterable[ProjectPart]) -> int:
    return sum(one.is_unasked_in(quarter) for one in projects)


def _spent(total: Total, unasked: int, none: str) -> Said:
    """ "Two awaited; nobody is asked about one" under what is verified."""
    made = saying.total(total, nothing=none, unknown=AWAITED, to_the_penny=True)
    if not unasked or not (total.parts or total.unknown):
        return made
    return Said(made.words, "; ".join(filter(None, (made.note, f"nobody is asked about {in_words(unasked)}"))))


def _left(left: Decimal | None, is_whole: bool) -> Said:
    """ "At most" where not all that was spent of it is known."""
    made = saying.exact(left)
    return made if is_whole or left is None else Said(made.words, "at most")


def _total(heads: Iterable[str], held: Funding) -> Row:
    none = saying.NOT_ASKED if held.projects else NO_PROJECTS
    cells = (
        saying.total(held.year_total),
        _spent(held.spent_this_quarter, _unasked_in(held.quarter, held.projects), none),
        _spent(held.spent_in_year, held.unasked, none),
        _left(held.left_in_year, held.is_spend_whole),
    )
    return Row("", f"All {in_words(len(held.streams))} streams", "", _cells(heads, cells))


def _cells(heads: Iterable[str], cells: Iterable[Said]) -> tuple[Cell, ...]:
    return tuple(Cell(label, one) for label, one in zip(heads, cells, strict=True))
