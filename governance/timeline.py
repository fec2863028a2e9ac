"""A year's actions as a chart of bars. Pure: takes dates and words, gives places on the drawing.

A bar goes from an action's start to the date that counts. Where that date was moved, the first one is a hollow mark and the slip between the
two is drawn. Milestones are diamonds, filled when they are done. What is late is drawn heavy; nothing rests on a hue alone.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from governance.lateness import AT_RISK, COMPLETE, ENDED, LATE
from lib.numerals import in_full
from lib.quarters import Quarter, Year

WIDE, NARROW = 1100, 350


@dataclass(frozen=True)
class Step:
    """A milestone."""

    text: str
    due_on: dt.date
    done_on: dt.date | None


@dataclass(frozen=True)
class Row:
    """One action. `state` is a code and `words` its words, as `governance.board` says them; `proposed` a date that waits to be accepted."""

    reference: str
    title: str
    url: str
    state: str
    words: str
    starts_on: dt.date
    due_on: dt.date
    first_due_on: dt.date
    ended_on: dt.date | None
    proposed: dt.date | None
    steps: tuple[Step, ...]

    @property
    def is_moved(self) -> bool:
        return self.first_due_on != self.due_on


@dataclass(frozen=True)
class Diamond:
    x: float
    y: float
    is_done: bool
    is_late: bool


@dataclass(frozen=True)
class Slip:
    """From the first date to the one that counts; `first` is where the hollow mark stands."""

    left: float
    right: float
    first: float


@dataclass(frozen=True)
class Bar:
    """`kind`: "late", "at_risk", "done", "ended" or "plain". `tail` is where a late bar goes on to, as far as today; None otherwise."""

    label: str
    label_x: float
    label_y: float
    words: str
    left: float
    wide: float
    top: float
    middle: float
    high: float
    kind: str
    slip: Slip | None
    tail: float | None
    proposed: float | None
    diamonds: tuple[Diamond, ...]

    @property
    def right(self) -> float:
        return round(self.left + self.wide, 1)

    @property
    def bottom(self) -> float:
        return round(self.top + self.high, 1)


@dataclass(frozen=True)
class Column:
    """A quarter."""

    words: str
    left: float
    middle: float


@dataclass(frozen=True)
class Today:
    x: float
    words: str
    anchor: str


@dataclass(frozen=True)
class Timeline:
    id: str
    title: str
    desc: str
    width: int
    height: int
    font: int
    left: float
    right: float
    top: float
    bottom: float
    columns: tuple[Column, ...]
    bars: tuple[Bar, ...]
    today: Today | None


@dataclass(frozen=True)
class _Sizes:
    width: int
    font: int
    left: int  # where the year begins
    row: int  # from one bar to the next
    bar: int
    label_above: bool
    id: str


_WIDE = _Sizes(WIDE, 14, 330, 34, 14, False, "timeline")
_NARROW = _Sizes(NARROW, 14, 8, 54, 14, True, "timeline-narrow")
_HEAD, _FOOT, _EDGE = 46, 12, 12
_LETTER = 7.0  # the width of a letter at 14 px, on the safe side
_KINDS = {LATE: "late", AT_RISK: "at_risk", COMPLETE: "done", ENDED: "ended"}


def draw(rows: Sequence[Row], *, title: str, year: Year, on: dt.date, is_narrow: bool = False) -> Timeline:
    """The drawing for a page: wide, or narrow for a phone, where the label stands above its bar."""
    sizes = _NARROW if is_narrow else _WIDE
    right = sizes.width - _EDGE
    scale = _Scale(year.start, year.end, sizes.left, right)
    height = _HEAD + sizes.row * len(rows) + _FOOT
    return Timeline(
        id=sizes.id,
        title=title,
        desc=describe(rows, on),
        width=sizes.width,
        height=height,
        font=sizes.font,
        left=sizes.left,
        right=right,
        top=_HEAD - 8,
        bottom=height - _FOOT + 4,
        columns=tuple(_column(quarter, scale) for quarter in year.quarters),
        bars=tuple(_bar(row, number, sizes, scale, on) for number, row in enumerate(rows)),
        today=_today(on, year, scale),
    )


def describe(rows: Sequence[Row], on: dt.date) -> str:
    """What the drawing says, for those who hear it: each action with its dates. The table below says it all."""
    return " ".join(f"{row.reference} {row.title}: {_span(row)}." for row in rows) or "There are no actions."


@dataclass(frozen=True)
class _Scale:
    first: dt.date
    last: dt.date
    left: float
    right: float

    def start_of(self, day: dt.date) -> float:
        """Where a day begins; what lies outside the year stands at its edge."""
        days = (self.last - self.first).days + 1
        past = min(max((day - self.first).days, 0), days)
        return round(self.left + (self.right - self.left) * past / days, 1)

    def end_of(self, day: dt.date) -> float:
        """Where it ends: an action is due at the end of its day."""
        return self.start_of(day + dt.timedelta(days=1))


def _column(quarter: Quarter, scale: _Scale) -> Column:
    left, right = scale.start_of(quarter.start), scale.end_of(quarter.end)
    return Column(f"Q{quarter.number}", left, round((left + right) / 2, 1))


def _bar(row: Row, number: int, sizes: _Sizes, scale: _Scale, on: dt.date) -> Bar:
    top = _HEAD + sizes.row * number + (sizes.row - sizes.bar - 6 if sizes.label_above else (sizes.row - sizes.bar) / 2)
    middle = round(top + sizes.bar / 2, 1)
    left, right = scale.start_of(row.starts_on), scale.end_of(row.due_on)
    room = scale.right - scale.left if sizes.label_above else sizes.left - 16
    is_late = row.state == LATE and row.due_on < on
    return Bar(
        label=_fitting(f"{row.reference} {row.title}", room),
        label_x=sizes.left if sizes.label_above else 0,
        label_y=round(top - 8, 1) if sizes.label_above else round(middle + 5, 1),
        words=row.words,
        left=left,
        wide=round(max(right - left, 2), 1),
        top=round(top, 1),
        middle=middle,
        high=sizes.bar,
        kind=_KINDS.get(row.state, "plain"),
        slip=_slip(row, scale) if row.is_moved else None,
        tail=scale.end_of(on) if is_late else None,
        proposed=scale.end_of(row.proposed) if row.proposed else None,
        diamonds=tuple(
            Diamond(
                scale.end_of(step.due_on), middle, step.done_on is not None, step.done_on is None and step.due_on < on
            )
            for step in row.steps
        ),
    )


def _slip(row: Row, scale: _Scale) -> Slip:
    first, now = scale.end_of(row.first_due_on), scale.end_of(row.due_on)
    return Slip(min(first, now), max(first, now), first)


def _today(on: dt.date, year: Year, scale: _Scale) -> Today | None:
    if not year.start <= on <= year.end:
        return None
    x = scale.end_of(on)
    half = 50  # of the words beside it
    anchor = "start" if x - half < scale.left else "end" if x + half > scale.right else "middle"
    return Today(x, f"Today, {on.day} {on:%B}", anchor)


def _fitting(text: str, room: float) -> str:
    most = int(room / _LETTER)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _span(row: Row) -> str:
    moved = f", first due {in_full(row.first_due_on)}" if row.is_moved else ""
    return f"{in_full(row.starts_on)} to {in_full(row.due_on)}{moved}, {row.words.lower()}"
