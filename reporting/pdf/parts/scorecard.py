"""The scorecard: a row for each indicator. With ratings it shows how each figure moved, without them the figures it moved from."""

from dataclasses import dataclass

from indicators import charts
from reporting.pdf.parts import said
from reporting.snapshots.shape import IndicatorPart, PriorityPart, Snapshot


@dataclass(frozen=True)
class Row:
    named: said.Reference
    this: said.Figure
    last: said.Figure
    year_ago: said.Figure
    to_date: said.Figure
    same_period: said.Figure
    state: said.State
    short: said.Move
    long: said.Move
    spark: charts.Quarters | None

    @property
    def is_comparable(self) -> bool:
        """With anything at all: otherwise one cell says so for both trends."""
        return self.short.is_comparable or self.long.is_comparable


@dataclass(frozen=True)
class RowGroup:
    letter: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Scorecard:
    groups: tuple[RowGroup, ...]
    is_rated: bool
    notes: str  # what its signs mean


def build(snapshot: Snapshot) -> Scorecard:
    return Scorecard(
        groups=tuple(_group(snapshot, one) for one in snapshot.priorities if one.indicators),
        is_rated=snapshot.is_rated,
        notes=_notes(snapshot),
    )


def _group(snapshot: Snapshot, priority: PriorityPart) -> RowGroup:
    return RowGroup(priority.letter, priority.short_title, tuple(_row(snapshot, part) for part in priority.indicators))


def _row(snapshot: Snapshot, part: IndicatorPart) -> Row:
    needs_pair = part.measure == "need_met"
    return Row(
        named=said.named(part),
        this=said.in_cell(part.this, strong=True, base=needs_pair),
        last=said.in_cell(part.last, base=needs_pair),
        year_ago=said.in_cell(part.year_ago, base=needs_pair),
        to_date=said.over_time(part.year_to_date, base=needs_pair),
        same_period=said.over_time(part.last_year_to_date, base=needs_pair),
        state=said.state(part),
        short=said.move(part.short),
        long=said.move(part.long),
        spark=said.spark(part, snapshot.quarter),
    )


def _notes(snapshot: Snapshot) -> str:
    """Only the signs that are used."""
    parts, year = snapshot.indicators, snapshot.quarter.year
    eight = [cell for part in parts for cell in part.history if cell.quarter <= snapshot.quarter]
    shown = [
        cell
        for part in parts
        for cell in ((part.this,) if snapshot.is_rated else (part.this, part.last, part.year_ago))
    ]
    trends = []
    if snapshot.is_rated:
        kinds = {trend.trend for part in parts for trend in (part.short, part.long)}
        neither = "; “lower” and “higher” where neither is" if kinds & {"lower", "higher"} else ""
        trends = [f"Arrow: the way the figure moved. Word: whether that is good{neither}."]
        trends += ["Similar: within 2%, or 2 points."] if "similar" in kinds else []
    said_of = [f"Eight quarters: each on its own scale, grey {year.previous}, black {year}"]
    said_of += ["a dotted upright is missing"] if any(cell.state in ("missing", "awaited") for cell in eight) else []
    said_of += ["a diamond not yet verified"] if any(cell.state == "unverified" for cell in eight) else []
    signs = ["r: restated."] if any(cell.was for cell in shown) else []
    signs += ["p: provisional."] if any(cell.is_provisional for cell in shown) else []
    signs += ["none: no return was asked for."] if any(cell.state == "not_collected" for cell in shown) else []
    return " ".join([*trends, ", ".join(said_of) + ".", *signs])
