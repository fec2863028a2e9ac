"""An indicator's figures as a table: a row for each year of quarters, with what was aimed at beneath."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.aggregate import due, year_to_date
from lib.numerals import figure
from lib.quarters import Quarter, Year
from reporting.pdf import figures
from reporting.pdf.hiding import NOT_SHOWN
from reporting.pdf.parts import said
from reporting.snapshots.shape import Cell, IndicatorPart, TargetPart, ToDate, Value

LONGEST_UNIT = 14  # characters that fit over the years of a table
LONGEST_PAIR, LONGEST_YEARS_PAIR = 8, 9  # "17 of 30", "74 of 121"
MODES = {
    "sum": "Year: its quarters added up.",
    "pooled": "Year: all its quarters put together.",
    "latest": "Year: its latest quarter; never summed.",
}


@dataclass(frozen=True)
class FigureRow:
    """A year of quarters, or its target. `year_cell` is the year so far, or the whole year. Without cells only the year is known."""

    year: str
    cells: tuple[said.Figure, ...]
    year_cell: said.Figure
    is_this_year: bool


@dataclass(frozen=True)
class Table:
    heads: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    notes: tuple[str, ...]
    has_pairs: bool  # under the percentages
    is_wide: bool  # because they are long


def build(part: IndicatorPart, quarter: Quarter, *, is_full: bool) -> Table:
    """`is_full`: every year with a figure and the targets; otherwise last year and this one."""
    shown = _shown(part, quarter, is_full=is_full)
    rows = _rows(part, quarter, shown, is_full=is_full)
    pairs = [figures.pair(cell.value) for cells in shown.values() for cell in cells if cell.value]
    return Table(
        heads=(_unit(part), "Q1", "Q2", "Q3", "Q4", "Year"),
        rows=rows,
        notes=_notes(part, quarter, shown),
        has_pairs=any(pairs),
        is_wide=any(len(pair) > LONGEST_PAIR for pair in pairs)
        or any(len(row.year_cell.pair) > LONGEST_YEARS_PAIR for row in rows),
    )


def _unit(part: IndicatorPart) -> str:
    if part.measure != "count":
        return "Per cent"
    return said.capital(part.unit) if part.unit and len(part.unit) <= LONGEST_UNIT else "Figure"


def _shown(part: IndicatorPart, quarter: Quarter, *, is_full: bool) -> dict[Year, list[Cell]]:
    """Whole years, latest first; not those of which there is nothing to show."""
    known = {cell.quarter: cell for cell in (*part.series, *part.history)}
    first = min([quarter.year.previous, *(cell.quarter.year for cell in part.series if is_full)])
    years = [Year(begins) for begins in range(quarter.year.begins, first.begins - 1, -1)]
    shown = {year: [known.get(one) or _nothing(one) for one in year.quarters] for year in years}
    return {year: cells for year, cells in shown.items() if year == quarter.year or _has_row(part, year, cells)}


def _has_row(part: IndicatorPart, year: Year, cells: Sequence[Cell]) -> bool:
    """A year in which nothing was ever asked for says nothing, unless its total was printed."""
    return any(cell.state != "not_collected" for cell in cells) or said.printed(part, year) is not None


def _nothing(quarter: Quarter) -> Cell:
    return Cell(quarter, "not_collected", None, False, None, "", "", None)


# ---------------------------------------------------------------- rows


def _rows(
    part: IndicatorPart, quarter: Quarter, shown: Mapping[Year, Sequence[Cell]], *, is_full: bool
) -> tuple[FigureRow, ...]:
    rows = []
    for year, cells in shown.items():
        is_this = year == quarter.year
        whole = _whole(part, quarter, year, cells)
        printed = None if whole.value or is_this else said.printed(part, year)
        total = replace(printed, sub="") if printed else said.over_time(whole, base=True, strong=is_this)
        figured = tuple(_cell(part, cell, quarter) for cell in cells)
        rows.append(FigureRow(str(year), figured, _marked(total, year.quarters[0], part), is_this))
        if is_full and (aimed := _targets(part, quarter, year)):
            rows.append(aimed)
    for name, number, _ in _baselines(part, shown):
        rows.append(FigureRow(name, (), said.Figure(text=figure(number)), False))
    return tuple(rows)


def _cell(part: IndicatorPart, cell: Cell, quarter: Quarter) -> said.Figure:
    made = said.in_cell(cell, strong=cell.quarter == quarter, yet_to_come=cell.quarter > quarter, base=True)
    return _marked(made, cell.quarter, part) if cell.value else made


def _marked(made: said.Figure, quarter: Quarter, part: IndicatorPart) -> said.Figure:
    """With "b" before the latest series break."""
    return replace(made, unit=f"{made.unit}b") if made.text and quarter < _break(part, quarter) else made


def _break(part: IndicatorPart, otherwise: Quarter) -> Quarter:
    return max((start for start, _ in part.breaks), default=otherwise)


def _whole(part: IndicatorPart, quarter: Quarter, year: Year, cells: Sequence[Cell]) -> ToDate:
    """This year and the one before are held ready; an older one is put together from its quarters."""
    if year == quarter.year:
        return part.year_to_date
    if year == quarter.year.previous:
        return part.last_year
    mode = part.year_to_date.mode
    if any(cell.value and cell.value.hidden for cell in cells):  # what the others come to would give it back
        return ToDate(mode, Value(None, None, None, NOT_SHOWN), None, True, ())
    known = {cell.quarter: figures.numbers(cell.value) for cell in cells if cell.state == "verified" and cell.value}
    whole = year_to_date(mode, due(part.frequency, year.quarters), known)
    known_as_one = whole.numbers
    value = Value(known_as_one.numerator, known_as_one.denominator, known_as_one.percentage) if known_as_one else None
    through = None if whole.through == year.quarters[-1] else whole.through
    return ToDate(mode, value, through, whole.is_complete, whole.missing)


def _baselines(part: IndicatorPart, shown: Mapping[Year, Sequence[Cell]]) -> list[tuple[str, Decimal, str]]:
    """Printed years that have no quarters of their own in the table, latest first."""
    own = {str(year) for year in shown}
    return [one for one in sorted(part.baselines, reverse=True) if one[0] not in own]


# ---------------------------------------------------------------- targets


def _targets(part: IndicatorPart, quarter: Quarter, year: Year) -> FigureRow | None:
    """What was aimed at in the quarters of a year; of this year also in those to come."""
    aimed = dict(part.quarter_targets)
    target = part.target if year == quarter.year else None
    if target and target.is_agreed and target.value is not None and target.basis != "rolling_year":
        shares = target.profile or (Decimal(100),) * 4
        aimed = {one: target.value * share / 100 for one, share in zip(year.quarters, shares, strict=True)} | aimed
    if not any(one in aimed for one in year.quarters):
        return None
    return FigureRow(
        "Target",
        tuple(_aimed(part, aimed.get(one)) for one in year.quarters),
        _aimed(part, target.value if target and _is_for_the_year(target) else None),
        False,
    )


def _is_for_the_year(target: TargetPart) -> bool:
    return target.basis in ("year_to_date", "latest")


def _aimed(part: IndicatorPart, number: Decimal | None) -> said.Figure:
    """No sharper than the figures above it: counts whole, shares to one decimal."""
    if number is None:
        return said.Figure()
    if part.measure != "count":
        return said.Figure(figure(number, 1), "%")
    return said.Figure(figure(number, 0 if number >= 10 else None if number == number.to_integral_value() else 1))


# ---------------------------------------------------------------- notes


def _notes(part: IndicatorPart, quarter: Quarter, shown: Mapping[Year, Sequence[Cell]]) -> tuple[str, ...]:
    """The letters and words used in this table, and where a baseline comes from."""
    cells = [cell for own in shown.values() for cell in own if cell.quarter <= quarter]
    said_of = [MODES.get(part.year_to_date.mode, "")]
    if hidden := dict.fromkeys(figures.brief(cell.value) for cell in cells if cell.value and cell.value.hidden):
        said_of.append(f"{said.capital(said.listed(hidden))}: hidden so that no person can be identified.")
    if any(cell.was for cell in cells):
        said_of.append("r: restated.")
    if any(cell.is_provisional for cell in cells):
        said_of.append("p: provisional.")
    if any(cell.value and cell.quarter < _break(part, cell.quarter) for cell in cells):
        said_of.append("b: before the series break, not comparable.")
    if late := [
        f"Q{cell.quarter.number}" for cell in cells if cell.state == "unverified" and cell.quarter.year == quarter.year
    ]:
        said_of.append(f"{said.listed(late)} not yet verified.")
    if any(cell.state == "not_collected" for cell in cells):
        said_of.append("none: no return was asked for.")
    said_of.extend(f"{name}: {source}." for name, _, source in _sources(part, quarter, shown))
    return tuple(filter(None, said_of))


def _sources(
    part: IndicatorPart, quarter: Quarter, shown: Mapping[Year, Sequence[Cell]]
) -> list[tuple[str, Decimal, str]]:
    """The printed totals that stand in the table."""
    return [
        one
        for one in part.baselines
        if (year := next((year for year in shown if str(year) == one[0]), None)) is None
        or (year != quarter.year and not _whole(part, quarter, year, shown[year]).value)
    ]
