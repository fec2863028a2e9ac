"""Context and annual measures, shown beside the indicators and never counted among them."""

from dataclasses import dataclass

from indicators import charts
from indicators.trend import Trend
from reporting.dashboard import naming
from reporting.dashboard.scorecard import spark
from reporting.snapshots.shape import Cell, IndicatorPart, Snapshot


@dataclass(frozen=True)
class Row:
    """The latest figure known; `when` says of which quarter, where that is not the page's."""

    slug: str
    label: str
    kind: str
    text: str
    when: str
    word: str
    direction: str
    signed: str
    chart: charts.Quarters | None


@dataclass(frozen=True)
class Beside:
    rows: tuple[Row, ...]
    without: str  # those without a figure in the two years, in a sentence

    @property
    def is_there(self) -> bool:
        return bool(self.rows or self.without)


def build(snapshot: Snapshot) -> Beside:
    parts = [part for priority in snapshot.priorities for part in priority.context]
    known = [(part, cell) for part in parts if (cell := _latest(part, snapshot))]
    without = [part.short_name for part in parts if _latest(part, snapshot) is None]
    said = f"Without a figure since {snapshot.quarter.year.previous}: {'; '.join(without)}." if without else ""
    return Beside(tuple(_row(part, cell, snapshot) for part, cell in known), said)


def _latest(part: IndicatorPart, snapshot: Snapshot) -> Cell | None:
    """The last verified quarter of the two years."""
    verified = [cell for cell in part.history if cell.state == "verified" and cell.quarter <= snapshot.quarter]
    return verified[-1] if verified else None


def _row(part: IndicatorPart, cell: Cell, snapshot: Snapshot) -> Row:
    assert cell.value is not None  # a verified cell has one
    is_now = cell.quarter == snapshot.quarter
    return Row(
        slug=part.slug,
        label=naming.label(part),
        kind="Once a year" if part.frequency == "annual" else "Context",
        text=naming.brief(cell.value),
        when="" if is_now else naming.seen_from(cell.quarter, snapshot.quarter),
        word=Trend(part.long.trend).word if is_now else "",
        direction=part.long.direction if is_now else "",
        signed=part.long.signed if is_now else "",
        chart=spark(part, snapshot.quarter),
    )
