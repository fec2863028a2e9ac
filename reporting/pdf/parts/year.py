"""All figures: every indicator that the pack shows, quarter by quarter, this year and last, in one table."""

from dataclasses import dataclass, replace

from indicators.rating import WORDS
from lib.numerals import figure
from lib.quarters import Quarter, Year
from reporting.pdf import hiding
from reporting.pdf.parts import said
from reporting.snapshots.shape import Cell, IndicatorPart, PriorityPart, Snapshot

BASES = {"quarter": "a quarter", "rolling_year": "four quarters"}
NO_FORECAST = "No forecast: "  # what the reason of a missing one starts with
LETTERS = (
    "r: restated. p: provisional. none: no return was asked for. latest: the year shows its latest quarter and is never summed. "
    "pooled: the year puts all its quarters together."
)


@dataclass(frozen=True)
class Line:
    """One year of an indicator: its quarters, and what they come to."""

    year: str
    cells: tuple[said.Figure, ...]
    total: said.Figure


@dataclass(frozen=True)
class YearRow:
    """`target` and `forecast` are of this year."""

    named: said.Reference
    unit: str
    this: Line
    last: Line
    target: said.Figure
    forecast: said.Figure


@dataclass(frozen=True)
class YearGroup:
    """`beside` are the measures that are shown beside the indicators and never counted among them."""

    letter: str
    title: str
    rows: tuple[YearRow, ...]
    beside: tuple[YearRow, ...]


@dataclass(frozen=True)
class YearPage:
    year: str
    last_year: str
    total_head: str
    has_targets: bool  # otherwise there is no column for them; the same with forecasts
    has_forecasts: bool
    groups: tuple[YearGroup, ...]
    notes: str
    key: tuple[tuple[str, str], ...]  # of a public edition: what the words for hidden figures mean
    empty: str

    @property
    def columns(self) -> int:
        return 8 + self.has_targets + self.has_forecasts


def build(snapshot: Snapshot) -> YearPage:
    quarter, parts = snapshot.quarter, snapshot.indicators
    groups = tuple(_group(one, quarter) for one in snapshot.priorities if one.indicators or one.context)
    return YearPage(
        year=str(quarter.year),
        last_year=str(quarter.year.previous),
        total_head="Year" if quarter.number == 4 else "Year to date",
        has_targets=any(part.target and part.target.rule != "none" for part in parts),
        has_forecasts=has_forecasts(snapshot),
        groups=groups,
        notes=_notes(snapshot),
        key=hiding.key(snapshot),
        empty="" if groups else "No indicator is in this year’s monitoring.",
    )


def _group(priority: PriorityPart, quarter: Quarter) -> YearGroup:
    return YearGroup(
        priority.letter,
        priority.short_title,
        tuple(_row(part, quarter) for part in priority.indicators),
        tuple(_row(part, quarter, is_beside=True) for part in priority.context),
    )


def has_forecasts(snapshot: Snapshot) -> bool:
    """Whether the pack shows forecasts, and so why one is missing."""
    return snapshot.is_rated and any(part.forecast.number is not None for part in snapshot.indicators)


def _row(part: IndicatorPart, quarter: Quarter, *, is_beside: bool = False) -> YearRow:
    """What stands beside the set is never rated: nothing is aimed at."""
    year, before = quarter.year, quarter.year.previous
    printed = said.printed(part, before) if part.last_year.value is None else None
    return YearRow(
        named=said.named(part),
        unit=_unit(part),
        this=_line(part, year, quarter, said.over_time(part.year_to_date, base=True, strong=True)),
        last=_line(part, before, quarter, printed or said.over_time(part.last_year, base=True)),
        target=said.Figure() if is_beside else _target(part),
        forecast=said.Figure() if is_beside else _forecast(part),
    )


def _line(part: IndicatorPart, year: Year, quarter: Quarter, total: said.Figure) -> Line:
    return Line(str(year), tuple(_cell(cell, quarter) for cell in part.history if cell.quarter.year == year), total)


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
                why = said.without_not_shown(part.forecast.basis.removeprefix(NO_FORECAST).rstrip("."))
                reasons.setdefault(why, []).append(part)
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
