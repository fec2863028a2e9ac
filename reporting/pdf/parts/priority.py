"""A part for each priority: its indicators with figures and words, the measures beside them, and what was promised for the year."""

from dataclasses import dataclass

from governance import lateness
from indicators.rating import WORDS
from lib.numerals import figure
from reporting.pdf.parts import block, said
from reporting.snapshots.shape import CommitmentPart, IndicatorPart, PriorityPart, Snapshot

TALLY_REFERENCES = 6
MOST_ACTIONS = 6  # that serve one commitment
FEW_PROMISES = 10  # a short list is not broken over two pages


@dataclass(frozen=True)
class Beside:
    """A measure shown beside the set, never counted in it."""

    name: str
    this: said.Figure
    last: said.Figure
    year_ago: said.Figure
    detail: str  # how often, and from where
    owner: str


@dataclass(frozen=True)
class Promise:
    """`state` is None where a pack of that time did not hold it; `basis` are the actions it comes from, or the quarter it was said in."""

    number: int
    text: str
    target: str
    lead: str
    state: said.State | None
    basis: str
    words: str


@dataclass(frozen=True)
class Promises:
    theme: str
    items: tuple[Promise, ...]


@dataclass(frozen=True)
class PriorityPage:
    anchor: str
    letter: str
    title: str
    why: tuple[str, ...]
    tally: tuple[said.State, ...]
    blocks: tuple[block.Block, ...]
    beside: tuple[Beside, ...]
    beside_note: str
    year: str
    promises: tuple[Promises, ...]
    promises_heading: str
    how_many_promises: str
    promises_stay_together: bool
    promises_have_states: bool


def build(snapshot: Snapshot, priority: PriorityPart) -> PriorityPage:
    year = str(snapshot.quarter.year)
    total = len(priority.commitments)
    return PriorityPage(
        anchor=anchor(priority),
        letter=priority.letter,
        title=priority.title,
        why=tuple(part.strip() for part in priority.why.split("\n") if part.strip()),
        tally=_tally(priority),
        blocks=tuple(block.build(snapshot, part) for part in priority.indicators),
        beside=tuple(_beside(part) for part in priority.context),
        beside_note=_beside_note(priority),
        year=year,
        promises=promises(priority.commitments),
        promises_heading=f"What the partnership will do in {year}",
        how_many_promises=f"{said.capital(said.many(total, 'commitment', 'commitments'))} in the plan."
        if total
        else f"The plan has no commitments for {year} under this priority.",
        promises_stay_together=total <= FEW_PROMISES,
        promises_have_states=any(one.state for one in priority.commitments),
    )


def anchor(priority: PriorityPart) -> str:
    return f"priority-{priority.letter.lower()}"


def _tally(priority: PriorityPart) -> tuple[said.State, ...]:
    """ "2 data only: C3, C4", the states there are."""
    return tuple(
        said.State(code, f"{len(own)} {WORDS[code].lower()}: {said.references(own, TALLY_REFERENCES)}")
        for code, own in said.by_state(priority.indicators).items()
    )


# ---------------------------------------------------------------- beside the set, and what was promised


def _beside(part: IndicatorPart) -> Beside:
    return Beside(
        name=part.name,
        this=said.in_cell(part.this, strong=True, base=True),
        last=said.in_cell(part.last, base=True),
        year_ago=said.in_cell(part.year_ago, base=True),
        detail=". ".join(filter(None, ("Once a year" if part.frequency == "annual" else "", part.source))),
        owner=part.owner,
    )


def _beside_note(priority: PriorityPart) -> str:
    states = {cell.state for part in priority.context for cell in (part.this, part.last, part.year_ago)}
    said_of = ["none: no return was asked for."] if "not_collected" in states else []
    said_of += ["missing and awaited: it was asked for and has not come."] if states & {"missing", "awaited"} else []
    return " ".join(said_of)


def promises(commitments: tuple[CommitmentPart, ...]) -> tuple[Promises, ...]:
    """By theme in the plan's order, those without one first; numbered through, as they are counted."""
    themes: dict[str, list[Promise]] = {}
    for number, one in enumerate(commitments, start=1):
        themes.setdefault(one.theme, []).append(_promise(number, one))
    return tuple(Promises(theme, tuple(items)) for theme, items in themes.items())


def _promise(number: int, one: CommitmentPart) -> Promise:
    basis = said.some_of(one.actions, MOST_ACTIONS)
    return Promise(
        number=number,
        text=one.text,
        target=_target(one),
        lead=one.lead,
        state=said.State(one.state, lateness.WORDS[one.state]) if one.state else None,
        basis=f"from {basis}" if basis else f"said for {one.said_in}" if one.said_in else "",
        words=one.said,
    )


def _target(one: CommitmentPart) -> str:
    if one.number is None:
        return ""
    if one.reached is not None:
        return f"{figure(one.reached)} of {figure(one.number)} {one.unit}".strip()
    return f"Number to reach: {figure(one.number)} {one.unit}".strip()
