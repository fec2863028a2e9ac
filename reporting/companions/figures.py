"""The figures of a snapshot in long form: one row an indicator and quarter, as tables and programs want them. Pure.

A row of a figure that is hidden holds no number at all, only the words that stand in its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lib.numerals import figure, percentage
from lib.quarters import Quarter
from reporting.pdf import hiding
from reporting.pdf.figures import NOBODY, rounded
from reporting.snapshots.shape import Cell, IndicatorPart, PriorityPart, Snapshot, Value

STATES = {
    "verified": "Verified",
    "unverified": "Not yet verified",
    "awaited": "Not sent",
    "missing": "Missing",
    "not_collected": "No return",
}


@dataclass(frozen=True)
class Numbers:
    """What is shown of a value. `number` is the count, or the percentage to one decimal as it is printed; `part` and `base` make a share.

    `shown` says it in words, also where there is no number: "fewer than 5", "not shown".
    """

    number: Decimal | None = None
    part: Decimal | None = None
    base: Decimal | None = None
    shown: str = ""
    hidden: str = ""


NONE = Numbers()


@dataclass(frozen=True)
class Row:
    """One indicator in one quarter. `was` is what a restated figure was before, in words."""

    priority: PriorityPart
    part: IndicatorPart
    is_counted: bool  # in the monitoring set; otherwise shown beside it
    quarter: Quarter
    state: str
    numbers: Numbers
    is_provisional: bool
    was: str
    reason: str
    note: str

    @property
    def state_words(self) -> str:
        return STATES[self.state]

    @property
    def shown(self) -> str:
        """ "629"; "fewer than 5"; of a figure that is not there its state: "missing: Awaiting partner"."""
        if self.numbers.shown:
            return self.numbers.shown
        return f"{self.state_words.lower()}: {self.reason}" if self.reason else self.state_words.lower()

    @property
    def unit(self) -> str:
        return unit(self.part)


def unit(part: IndicatorPart) -> str:
    """Of the number: "per cent", or what is counted."""
    return part.unit if part.measure == "count" else "per cent"


def rows(snapshot: Snapshot) -> tuple[Row, ...]:
    """Every quarter up to the snapshot's that asked for a figure, oldest first, for each indicator in plan order, context after the set."""
    return tuple(
        row(snapshot, priority, part, is_counted, cell)
        for priority, part, is_counted in parts(snapshot)
        for cell in cells(snapshot, part)
    )


def parts(snapshot: Snapshot) -> Iterator[tuple[PriorityPart, IndicatorPart, bool]]:
    """Each indicator once, with its priority and whether it is counted in the set: first the set, then what is shown beside it."""
    for priority in snapshot.priorities:
        yield from ((priority, part, True) for part in priority.indicators)
    for priority in snapshot.priorities:
        yield from ((priority, part, False) for part in priority.context)


def cells(snapshot: Snapshot, part: IndicatorPart) -> list[Cell]:
    """Every quarter of which the snapshot tells, oldest first. One that nobody was asked for is left out, unless it is the quarter in hand."""
    told = {cell.quarter: cell for cell in (*part.series, *part.history, part.this)}
    return [
        cell
        for when, cell in sorted(told.items())
        if when == snapshot.quarter or (when < snapshot.quarter and cell.state != "not_collected")
    ]


def row(snapshot: Snapshot, priority: PriorityPart, part: IndicatorPart, is_counted: bool, cell: Cell) -> Row:
    return Row(
        priority=priority,
        part=part,
        is_counted=is_counted,
        quarter=cell.quarter,
        state=cell.state,
        numbers=numbers(snapshot, cell.value),
        is_provisional=cell.is_provisional,
        was=numbers(snapshot, cell.was).shown,
        reason=cell.reason,
        note=cell.note,
    )


def numbers(snapshot: Snapshot, value: Value | None) -> Numbers:
    """What may be said of a value in this snapshot."""
    if value is None:
        return NONE
    if value.hidden:
        return Numbers(shown=hidden_words(snapshot, value.hidden), hidden=value.hidden)
    part, base = (None, None) if value.denominator is None else (value.numerator, value.denominator)
    if value.percentage is not None:
        share = rounded(value.percentage)
        of = f"{figure(part)} of {figure(base)}, " if part is not None else ""
        return Numbers(share, part, base, f"{of}{percentage(value.percentage)}")
    if base is not None:
        return Numbers(None, part, base, NOBODY)
    return Numbers(value.numerator, shown=figure(value.numerator))


def hidden_words(snapshot: Snapshot, hidden: str) -> str:
    """ "fewer than 5", by the threshold the edition was made with; "not shown"."""
    small = snapshot.small_numbers
    return hiding.words(small).get(hidden, hiding.NOT_SHOWN) if small else hiding.NOT_SHOWN
