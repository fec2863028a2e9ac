"""The scorecard: one row an indicator, by priority, with the sentence that explains its rating under it."""

from dataclasses import dataclass, field

from indicators import charts
from indicators.rating import WORDS
from indicators.trend import Trend
from lib.numerals import figure, in_words, listed
from lib.quarters import Quarter
from lib.written import day_year
from reporting.dashboard import naming
from reporting.dashboard.headline import common_reason
from reporting.dashboard.leading import Leading
from reporting.pdf import figures
from reporting.pdf.parts import said
from reporting.snapshots.shape import ForecastPart, IndicatorPart, PriorityPart, Snapshot, ToDate, TrendPart

NONE = "–"
MOST_QUARTERS = 3  # restated ones that are named beside an indicator; more are counted
RATING, FIGURE, SHORT, LONG, SPARK, SO_FAR, SAME_PERIOD, AHEAD = (
    "rating",
    "figure",
    "short",
    "long",
    "spark",
    "so_far",
    "same_period",
    "ahead",
)
ORDER = {
    Leading.RATINGS: (RATING, FIGURE, SHORT, LONG, SPARK, SO_FAR, SAME_PERIOD, AHEAD),
    Leading.YEAR_AGO: (FIGURE, LONG, SHORT, SPARK, SO_FAR, SAME_PERIOD, RATING, AHEAD),
    Leading.LAST_QUARTER: (FIGURE, SHORT, LONG, SPARK, SO_FAR, SAME_PERIOD, RATING, AHEAD),
}


@dataclass(frozen=True)
class Column:
    kind: str
    words: str
    is_number: bool


@dataclass(frozen=True)
class Cell:
    """One cell, drawn by its column's kind. `text` is a figure, `sub` what is said after it; `code` and `word` a rating; `direction` and
    `word` a trend. `is_empty`: there is nothing, and a narrow page leaves it out.
    """

    column: Column
    text: str = ""
    sub: str = ""
    code: str = ""
    word: str = ""
    direction: str = ""
    chart: charts.Quarters | None = None
    is_strong: bool = False
    is_empty: bool = False


@dataclass(frozen=True)
class Row:
    """`direction` is said where the sentence doesn't say it; `notes` are further sentences; `in_short` is both for a narrow line of print."""

    anchor: str
    slug: str
    label: str
    cells: tuple[Cell, ...]
    direction: str
    sentence: str
    notes: tuple[str, ...]
    ahead: str  # the sentence that rates the forecast
    not_ahead: str  # why there is no forecast, where others have one
    usual: str  # what is unusual of the figure; empty when nothing is
    in_short: str


@dataclass(frozen=True)
class Group:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Scorecard:
    caption: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    note: str = ""  # why there is no forecast

    @property
    def width(self) -> int:
        return len(self.columns) + 1


@dataclass(frozen=True)
class _Reading:
    """What every row needs to know of the whole."""

    snapshot: Snapshot
    columns: tuple[Column, ...]
    said_once: dict[str, str] = field(default_factory=dict)

    @property
    def quarter(self) -> Quarter:
        return self.snapshot.quarter


def build(snapshot: Snapshot, lead: Leading) -> Scorecard:
    total = len(snapshot.indicators)
    ahead = any(part.forecast.number is not None for part in snapshot.indicators)
    heads = _heads(snapshot.quarter)
    columns = tuple(heads[kind] for kind in ORDER[lead] if ahead or kind != AHEAD)
    reading = _Reading(snapshot, columns, {which: common_reason(snapshot, which) for which in (SHORT, LONG)})
    return Scorecard(
        caption=f"Scorecard, {f'all {total} indicators' if total != 1 else 'one indicator'}",
        columns=columns,
        groups=tuple(_group(reading, priority) for priority in snapshot.priorities if priority.indicators),
        note="" if ahead else _no_forecast(snapshot),
    )


def _heads(quarter: Quarter) -> dict[str, Column]:
    words = {
        RATING: "Rating",
        FIGURE: f"Q{quarter.number}",
        SHORT: "On last quarter",
        LONG: "On a year ago",
        SPARK: f"Since {quarter.year.previous}",
        SO_FAR: "Year to date",
        SAME_PERIOD: "Same last year",
        AHEAD: "Year-end forecast",
    }
    return {kind: Column(kind, head, kind in (FIGURE, SO_FAR, SAME_PERIOD)) for kind, head in words.items()}


def _no_forecast(snapshot: Snapshot) -> str:
    """Said under the table, when the column is left out."""
    if snapshot.quarter.number == 4:
        return "The year has ended, so there is no forecast."
    return "There is no forecast yet: it needs all of last year’s figures, and this year’s so far."


def _group(reading: _Reading, priority: PriorityPart) -> Group:
    return Group(f"{priority.letter} {priority.title}", tuple(_row(reading, part) for part in priority.indicators))


def _row(reading: _Reading, part: IndicatorPart) -> Row:
    direction = naming.sentence(part.polarity_words)
    notes = _notes(reading, part)
    return Row(
        anchor=f"row-{part.slug}",
        slug=part.slug,
        label=naming.label(part),
        cells=tuple(_cell(reading, part, column) for column in reading.columns),
        direction="" if part.polarity_words.lower() in part.verdict.sentence.lower() else direction,
        sentence=part.verdict.sentence,
        notes=notes,
        ahead=part.forecast.verdict.sentence if part.forecast.verdict else "",
        not_ahead=_not_ahead(reading, part),
        usual=naming.usual(part) if naming.is_unusual(part) else "",
        in_short=" ".join((direction, *_marks(reading, part), *_unusual(part))),
    )


# ---------------------------------------------------------------- cells


def _cell(reading: _Reading, part: IndicatorPart, column: Column) -> Cell:
    if column.kind == RATING:
        return Cell(column, code=part.verdict.code, word=WORDS[part.verdict.code])
    if column.kind == FIGURE:
        return _figure(part, column)
    if column.kind in (SHORT, LONG):
        return _trend(part.short if column.kind == SHORT else part.long, column)
    if column.kind == SPARK:
        return Cell(column, chart=spark(part, reading.quarter))
    if column.kind == AHEAD:
        return _ahead(part.forecast, column)
    return _over_time(part.year_to_date if column.kind == SO_FAR else part.last_year_to_date, column)


def _figure(part: IndicatorPart, column: Column) -> Cell:
    if part.this.value is None:
        return Cell(column, NONE, is_empty=True)
    return Cell(column, naming.brief(part.this.value), is_strong=part.this.state == "verified")


def _trend(trend: TrendPart, column: Column) -> Cell:
    return Cell(column, word=Trend(trend.trend).word, direction=trend.direction, sub=trend.signed)


def _over_time(to_date: ToDate, column: Column) -> Cell:
    if to_date.value is None:
        so_far = column.kind == SO_FAR
        return Cell(column, "not known" if so_far else NONE, is_empty=not so_far)
    latest = "latest: " if to_date.mode == "latest" and column.kind == SO_FAR else ""
    return Cell(column, f"{latest}{naming.brief(to_date.value)}", said.left_out(to_date))


def _ahead(forecast: ForecastPart, column: Column) -> Cell:
    if forecast.number is None:
        return Cell(column, NONE, is_empty=True)
    code = forecast.verdict.code if forecast.verdict else ""
    return Cell(column, figure(forecast.number, 0), code=code, word=WORDS[code] if code else "")


def spark(part: IndicatorPart, quarter: Quarter) -> charts.Quarters | None:
    """The two years as a line, in the page's size; None without any quarters."""
    if not part.history:
        return None
    return charts.sparkline(
        part.short_name,
        said.points(part, quarter),
        turn=said.turn(part, quarter),
        latest=said.position(part, quarter),
        size=charts.WIDE,
    )


# ---------------------------------------------------------------- notes


def _marks(reading: _Reading, part: IndicatorPart) -> list[str]:
    """What the name carries: "Restricted.", "Q2 restated.", "Five quarters restated.", "Provisional." """
    shown = {cell.quarter for cell in part.history}
    changed = {one.quarter for one in reading.snapshot.restatements if one.slug == part.slug} & shown
    restated = listed(naming.seen_from(quarter, reading.quarter) for quarter in sorted(changed))
    if len(changed) > MOST_QUARTERS:
        restated = f"{in_words(len(changed))} quarters"
    marks = ["Restricted"] if part.is_restricted else []
    marks += [f"{restated} restated"] if restated else []
    marks += ["Provisional"] if part.this.is_provisional else []
    return [naming.sentence(mark) for mark in marks]


def _unusual(part: IndicatorPart) -> list[str]:
    """ "Unusual, worsening."; that it has changed where no direction is good is what unusual says."""
    if not naming.is_unusual(part):
        return []
    return ["Unusual." if part.usual.state == "changed" else f"Unusual, {part.usual.state}."]


def _notes(reading: _Reading, part: IndicatorPart) -> tuple[str, ...]:
    cell = part.this
    said_of = _marks(reading, part)
    if part.measure == "need_met" and cell.value and not figures.is_of_nobody(cell.value) and figures.pair(cell.value):
        said_of.append(f"{figures.pair(cell.value)} in the quarter")
    said_of.append(cell.note)
    if cell.expected_on:
        said_of.append(f"{'Due again' if cell.state == 'awaited' else 'Expected'} by {day_year(cell.expected_on)}")
    if cell.state == "verified":
        said_of += [_apart(reading, part.short, SHORT, "last quarter"), _apart(reading, part.long, LONG, "a year ago")]
    return tuple(naming.sentence(note) for note in said_of if note)


def _not_ahead(reading: _Reading, part: IndicatorPart) -> str:
    """Why what is added up has no forecast, where others have one."""
    has_column = any(column.kind == AHEAD for column in reading.columns)
    could = part.this.state == "verified" and part.year_to_date.mode == "sum"  # otherwise the row says it already
    return naming.sentence(part.forecast.basis) if has_column and could and part.forecast.number is None else ""


def _apart(reading: _Reading, trend: TrendPart, which: str, ago: str) -> str:
    """Why a verified figure can't be compared, unless that is said once for all of them."""
    if not trend.why or trend.why == reading.said_once[which]:
        return ""
    return f"Not comparable with {ago}: {trend.why}"
