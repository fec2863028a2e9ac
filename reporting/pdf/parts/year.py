"""The year's figures: every indicator, quarter by quarter, in one table."""

from dataclasses import dataclass, replace

from lib.quarters import Quarter
from reporting.pdf.parts import said
from reporting.snapshots.shape import Cell, IndicatorPart, Snapshot


@dataclass(frozen=True)
class YearRow:
    named: said.Reference
    unit: str
    cells: tuple[said.Figure, ...]
    to_date: said.Figure
    last_year: said.Figure


@dataclass(frozen=True)
class YearGroup:
    letter: str
    title: str
    rows: tuple[YearRow, ...]


@dataclass(frozen=True)
class YearPage:
    year: str
    last_year: str
    to_date_head: str
    groups: tuple[YearGroup, ...]
    empty: str


def build(snapshot: Snapshot) -> YearPage:
    quarter = snapshot.quarter
    return YearPage(
        year=str(quarter.year),
        last_year=str(quarter.year.previous),
        to_date_head="Year" if quarter.number == 4 else "Year to date",
        groups=tuple(
            YearGroup(one.letter, one.short_title, tuple(_row(part, quarter) for part in one.indicators))
            for one in snapshot.priorities
            if one.indicators
        ),
        empty="" if snapshot.indicators else "No indicator is in this year’s monitoring.",
    )


def _row(part: IndicatorPart, quarter: Quarter) -> YearRow:
    return YearRow(
        named=said.named(part),
        unit=_unit(part),
        cells=tuple(_cell(cell, quarter) for cell in part.history if cell.quarter.year == quarter.year),
        to_date=said.over_time(part.year_to_date, base=True, strong=True),
        last_year=said.over_time(part.last_year, base=True),
    )


def _cell(cell: Cell, quarter: Quarter) -> said.Figure:
    """Here a figure that is not yet verified says so in words under it."""
    made = said.in_cell(cell, strong=cell.quarter == quarter, yet_to_come=cell.quarter > quarter, base=True)
    if cell.state != "unverified":
        return made
    return replace(made, sub="not yet verified", is_strong=False)


def _unit(part: IndicatorPart) -> str:
    how = {"latest": "latest", "pooled": "pooled"}.get(part.year_to_date.mode, "")
    return f"{part.unit}, {how}" if how else part.unit
