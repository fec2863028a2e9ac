"""The year's figures: every indicator, quarter by quarter, in one table."""

from dataclasses import dataclass, replace

from indicators.rating import WORDS
from lib.numerals import figure
from lib.quarters import Quarter
from reporting.pdf.parts import said
from reporting.snapshots.shape import Cell, IndicatorPart, Snapshot

BASES = {"quarter": "a quarter", "rolling_year": "four quarters"}
NO_FORECAST = "No forecast: "  # what the reason of a missing one starts with
LETTERS = (
    "r: restated. p: provisional. none: no return was asked for. latest: the year shows its latest quarter and is never summed. "
    "pooled: the year puts all its quarters together."
)


@dataclass(frozen=True)
class YearRow:
    named: said.Reference
    unit: str
    cells: tuple[said.Figure, ...]
    to_date: said.Figure
    target: said.Figure
    forecast: said.Figure
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
    has_targets: bool  # otherwise there is no column for them; the same with forecasts
    has_forecasts: bool
    has_last_year: bool
    groups: tuple[YearGroup, ...]
    notes: str
    empty: str

    @property
    def columns(self) -> int:
        return 7 + self.has_targets + self.has_forecasts + self.has_last_year


def build(snapshot: Snapshot) -> YearPage:
    quarter, parts = snapshot.quarter, snapshot.indicators
    return YearPage(
        year=str(quarter.year),
        last_year=str(quarter.year.previous),
        to_date_head="Year" if quarter.number == 4 else "Year to date",
        has_targets=any(part.target and part.target.rule != "none" for part in parts),
        has_forecasts=has_forecasts(snapshot),
        has_last_year=any(part.last_year.value or said.printed(part, quarter.year.previous) for part in parts),
        groups=tuple(
            YearGroup(one.letter, one.short_title, tuple(_row(part, quarter) for part in one.indicators))
            for one in snapshot.priorities
            if one.indicators
        ),
        notes=_notes(snapshot),
        empty="" if snapshot.indicators else "No indicator is in this year’s monitoring.",
    )


def has_forecasts(snapshot: Snapshot) -> bool:
    """Whether the pack shows forecasts, and so why one is missing."""
    return snapshot.is_rated and any(part.forecast.number is not None for part in snapshot.indicators)


def _row(part: IndicatorPart, quarter: Quarter) -> YearRow:
    last_year = said.printed(part, quarter.year.previous) if part.last_year.value is None else None
    return YearRow(
        named=said.named(part),
        unit=_unit(part),
        cells=tuple(_cell(cell, quarter) for cell in part.history if cell.quarter.year == quarter.year),
        to_date=said.over_time(part.year_to_date, base=True, strong=True),
        target=_target(part),
        forecast=_forecast(part),
        last_year=last_year or said.over_time(part.last_year, base=True),
    )


def _cell(cell: Cell, quarter: Quarter) -> said.Figure:
    """Here a figure that is not yet verified says so in words under it."""
    made = said.in_cell(cell, strong=cell.quarter == quarter, yet_to_come=cell.quarter > quarter, base=True)
    if cell.state != "unverified":
        return made
    return replace(made, sub="not yet verified", is_strong=False)


def _target(part: IndicatorPart) -> said.Figure:
    """What is aimed at, as it was set; beneath it what it is for, where that is not the year, or that it is not agreed."""
    target = part.target
    if target is None or target.rule == "none":
        return said.Figure(words="none set" if target is None else "data only")
    sub = BASES.get(target.basis, "") if target.is_agreed else "proposed"
    if target.value is None:
        return said.Figure(words="last year’s", sub=sub)
    return said.Figure(figure(target.value), "%" if part.measure != "count" else "", sub=sub)


def _forecast(part: IndicatorPart) -> said.Figure:
    """With the word of its rating beneath."""
    forecast = part.forecast
    if forecast.number is None:
        return said.Figure(words="–")
    return said.Figure(figure(forecast.number, 0), sub=WORDS[forecast.verdict.code].lower() if forecast.verdict else "")


def _notes(snapshot: Snapshot) -> str:
    """How forecasts are made and why one is missing, where printed totals come from, and the letters and words used."""
    before = str(snapshot.quarter.year.previous)
    notes = []
    if has_forecasts(snapshot):
        notes.append("Forecast: if the rest of the year goes as it did last year, and how that would be rated.")
        reasons: dict[str, list[IndicatorPart]] = {}
        for part in snapshot.indicators:
            if part.forecast.number is None:
                reasons.setdefault(part.forecast.basis.removeprefix(NO_FORECAST).rstrip("."), []).append(part)
        whys = "; ".join(f"{said.references(own)}: {said.lower_first(why)}" for why, own in reasons.items())
        notes += [f"–: no forecast. {whys}."] if whys else []
    sources: dict[str, list[IndicatorPart]] = {}
    for part in snapshot.indicators:
        for name, _, source in part.baselines if part.last_year.value is None else ():
            if name == before:
                sources.setdefault(source.rstrip("."), []).append(part)
    notes += [f"printed: {said.references(own)}, {before}: {source}." for source, own in sources.items()]
    return " ".join([*notes, LETTERS])


def _unit(part: IndicatorPart) -> str:
    how = {"latest": "latest", "pooled": "pooled"}.get(part.year_to_date.mode, "")
    return f"{part.unit}, {how}" if how else part.unit
