"""The scorecard: a row for each indicator. A column in which nothing at all is known is left out.

Where one of the two trends is left out there is room for the figure that the other starts from.
"""

from dataclasses import dataclass, replace

from indicators import charts
from reporting.pdf import hiding
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
    hides_some: bool  # of the eight quarters: "not shown" stands in place of their line

    @property
    def is_told_once(self) -> bool:
        """Both trends are not comparable, or not shown: one cell says so for both."""
        return not self.short.is_comparable and self.short == self.long


@dataclass(frozen=True)
class RowGroup:
    letter: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Scorecard:
    groups: tuple[RowGroup, ...]
    is_rated: bool
    has_last: bool  # whether the column is there
    has_year_ago: bool
    has_to_date: bool
    has_same_period: bool
    has_short: bool
    has_long: bool
    notes: str  # what its signs mean
    key: tuple[tuple[str, str], ...]  # of a public edition: what the words for hidden figures mean

    @property
    def columns(self) -> int:
        optional = (
            self.has_last,
            self.has_year_ago,
            self.has_to_date,
            self.has_same_period,
            self.has_short,
            self.has_long,
        )
        return 5 + sum(optional)


def build(snapshot: Snapshot) -> Scorecard:
    parts = snapshot.indicators
    has_short = any(said.move(part.short).is_comparable for part in parts)
    has_long = any(said.move(part.long).is_comparable for part in parts)
    made = Scorecard(
        groups=tuple(_group(snapshot, one) for one in snapshot.priorities if one.indicators),
        is_rated=snapshot.is_rated,
        has_last=not has_long and any(part.last.value for part in parts),
        has_year_ago=not has_short and any(part.year_ago.value for part in parts),
        has_to_date=any(part.year_to_date.value for part in parts),
        has_same_period=any(part.last_year_to_date.value for part in parts),
        has_short=has_short,
        has_long=has_long,
        notes="",
        key=hiding.key(snapshot),
    )
    return replace(made, notes=_notes(snapshot, made))


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
        same_period=_printed(snapshot, part) or said.over_time(part.last_year_to_date, base=needs_pair),
        state=said.state(part),
        short=said.move(part.short),
        long=said.move(part.long),
        spark=said.spark(part, snapshot.quarter),
        hides_some=said.hides_some(part),
    )


def _printed(snapshot: Snapshot, part: IndicatorPart) -> said.Figure | None:
    """At the year's end the same period is the whole of last year, and its printed total stands in for it."""
    if part.last_year_to_date.value or snapshot.quarter.number != 4:
        return None
    return said.printed(part, snapshot.quarter.year.previous)


def _notes(snapshot: Snapshot, made: Scorecard) -> str:
    """Only the signs that are used."""
    parts, year = snapshot.indicators, snapshot.quarter.year
    eight = [cell for part in parts for cell in part.history if cell.quarter <= snapshot.quarter]
    shown = [
        cell
        for part in parts
        for cell in (part.this, *([part.last] * made.has_last), *([part.year_ago] * made.has_year_ago))
    ]
    trends = []
    if made.has_short or made.has_long:
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
    if made.has_same_period and any(_printed(snapshot, part) for part in parts):
        signs.append("printed: the total in the plan.")
    return " ".join([*trends, ", ".join(said_of) + ".", *signs])
