"""One indicator on its priority's page. In full where attention is owed, otherwise in short."""

from dataclasses import dataclass
from decimal import Decimal

from indicators import charts
from indicators.trend import Trend
from lib.quarters import Quarter
from lib.written import day_year
from reporting.pdf import figures
from reporting.pdf.hiding import NOT_SHOWN
from reporting.pdf.parts import commentary, drawing, findings, said, table, year
from reporting.snapshots.shape import Cell, IndicatorPart, Snapshot, TrendPart

WIDE, NARROW = Decimal(231), Decimal(183)  # charts, in points; as wide as the column in pack.css


@dataclass(frozen=True)
class Block:
    named: said.Reference
    anchor: str
    name: str
    verdict: said.Verdict
    is_full: bool
    line: str  # how it moved, in one line; in full the findings say it
    findings: tuple[findings.Finding, ...]
    table: table.Table
    drawing: drawing.Drawing | None  # every quarter, in full only
    chart: charts.Quarters | None  # the eight quarters, in short only
    chart_is_beside: bool  # in the place of the commentary, which is long and stands below, or is missing
    commentary: commentary.Commentary


def build(snapshot: Snapshot, part: IndicatorPart) -> Block:
    quarter, words = snapshot.quarter, _said(snapshot, part)
    is_full = asks_attention(part)
    shown = table.build(part, quarter, is_full=is_full)
    is_beside = words.is_long or not words.sayings
    width = NARROW if shown.is_wide and is_beside else WIDE
    return Block(
        named=said.named(part),
        anchor=f"indicator-{part.slug}",
        name=part.name,
        verdict=said.verdict(part),
        is_full=is_full,
        line="" if is_full else line(part, quarter) + (_no_forecast(part) if year.has_forecasts(snapshot) else ""),
        findings=findings.build(part, quarter) if is_full else (),
        table=shown,
        drawing=drawing.build(part) if is_full else None,
        chart=said.chart(part, quarter, width) if not is_full and _is_drawn(part) else None,
        chart_is_beside=is_beside,
        commentary=words,
    )


def _said(snapshot: Snapshot, part: IndicatorPart) -> commentary.Commentary:
    return commentary.build(part.words, said.day_of(snapshot), is_public=snapshot.is_public)


def _is_drawn(part: IndicatorPart) -> bool:
    """Nothing is drawn where all there is of it is hidden."""
    return any(cell.value and not cell.value.hidden for cell in part.history)


def asks_attention(part: IndicatorPart) -> bool:
    """Red, unusual by more than trial limits, worsening, or amber and not explained in full."""
    is_explained = part.words is not None and part.words.state == "sent"
    is_coloured = part.verdict.code == "red" or (part.verdict.code == "amber" and not is_explained)
    return is_coloured or part.usual.asks_for_words or part.is_worsening


# ---------------------------------------------------------------- in one line


def line(part: IndicatorPart, quarter: Quarter) -> str:
    """The quarter's figure and how it moved; or when it is expected, and from whom. The rating's sentence stands before it."""
    cell, when = part.this, quarter.months
    is_coloured = part.verdict.code in said.COLOURS  # its sentence says which way is good
    good = f" {part.polarity_words}." if part.polarity_words and not is_coloured else ""
    if cell.value is None:
        return _nothing(part, when) + good
    what = _what(part, when)
    if cell.state == "unverified":
        return f"{what}; compared once it is verified.{good}"
    moves, more = _moves(part)
    moved = f": {'; '.join(moves)}" if moves else ""
    provisional = ["It is provisional."] if cell.is_provisional else []
    return " ".join([f"{what}{moved}.", *provisional, *more, *_usual(part)]) + good


def _no_forecast(part: IndicatorPart) -> str:
    """Why there is none where there could be one."""
    basis = part.forecast.basis.rstrip(".")
    return f" {basis}." if basis.startswith(year.NO_FORECAST) else ""


def _what(part: IndicatorPart, when: str) -> str:
    """ "61 victims in January to March 2018"; "61.3% in January to March 2018 (19 of 31 offenders with the need)".

    Data only has its number in the sentence before, and says here what it counts: "Calls in January to March 2018".
    """
    value, is_said = part.this.value, part.verdict.code == "data_only"
    if value is None:
        return ""
    if value.hidden:
        unit = f" {part.unit}" if part.measure == "count" and part.unit and value.hidden != NOT_SHOWN else ""
        return f"{said.capital(figures.brief(value))}{unit} in {when}"
    if figures.is_of_nobody(value):
        return f"{said.capital(figures.NOBODY)} in {when}"
    if value.percentage is None and is_said:
        return f"{said.capital(part.unit)} in {when}"
    if value.percentage is None and value.numerator == 1:
        return f"{said.capital(part.unit)} in {when} (1)"  # the unit is written in the plural
    if value.percentage is None:
        return f"{figures.brief(value)} {part.unit} in {when}"
    pair = f"{figures.pair(value)} {part.unit_of_base}".strip() if figures.pair(value) else ""
    if is_said:
        return f"{pair} in {when}" if pair else f"In {when}"
    return f"{figures.brief(value)} in {when}" + (f" ({pair})" if pair else "")


def _moves(part: IndicatorPart) -> tuple[list[str], list[str]]:
    """How it moved; and in sentences of their own, what it can't be compared with."""
    moves, silent, broken, unseen = [], [], [], []
    for trend, then, on in ((part.short, part.last, "last quarter"), (part.long, part.year_ago, "a year ago")):
        if moved := _moved(trend, on):
            moves.append(moved)
        elif trend.trend == Trend.NOT_SHOWN:
            unseen.append(on)
        elif then.state != "verified" or then.value is None:
            silent.append(on)
        elif figures.is_of_nobody(then.value) and not _is_of_nobody(part.this):
            moves.append(f"while {figures.NOBODY} {on}")
        elif not _is_of_nobody(part.this):
            broken.append(f"Not comparable with {on}: {trend.why.rstrip('.')}.")
    if silent and not _is_of_nobody(part.this):  # otherwise what it would be compared with may well be known
        broken.insert(0, f"There is no verified figure for {' or '.join(silent)} to compare with.")
    if unseen:
        broken.append(f"How it compares with {' and '.join(unseen)} is not shown.")
    return moves, broken


def _moved(trend: TrendPart, on: str) -> str:
    """ "↓ better than last quarter, down 74 (10.5%)"; empty where the two can't be compared."""
    moved = said.move(trend)
    if not moved.is_comparable:
        return ""
    if trend.direction == "none":
        return f"→ no change on {on}"
    return f"{moved.words} {'to' if moved.trend == Trend.SIMILAR else 'than'} {on}, {trend.words}"


def _is_of_nobody(cell: Cell) -> bool:
    return cell.value is not None and figures.is_of_nobody(cell.value)


def _usual(part: IndicatorPart) -> list[str]:
    """In short where it is usual; the whole sentence where it isn't."""
    if part.usual.state == "usual":
        return [f"Inside the usual range{', by trial limits' if part.usual.is_trial else ''}."]
    return [part.usual.sentence] if part.usual.state not in ("unknown", "not_shown") else []


def _nothing(part: IndicatorPart, when: str) -> str:
    cell = part.this
    if cell.state == "not_collected":
        return f"Nothing was asked for in {when}."
    note = f" {said.capital(cell.note.rstrip('.'))}." if cell.note else ""
    due = ""
    if cell.expected_on:
        due = f" It is {'due again' if cell.state == 'awaited' else 'expected'} on {day_year(cell.expected_on)}."
    return f"No figure for {when}.{note} Owner: {said.owner(part)}.{due}"
