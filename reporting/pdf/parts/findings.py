"""What the figures of an indicator say: a bold beginning and a sentence each, in the words of the snapshot."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.rating import WORDS
from indicators.trend import Trend, change_between
from lib.numerals import figure, percentage
from lib.quarters import Quarter
from reporting.pdf import figures
from reporting.pdf.parts import said
from reporting.pdf.parts.year import NO_FORECAST
from reporting.snapshots.shape import Cell, IndicatorPart, TrendPart, Value

USUAL = {
    "usual": "Usual range: nothing unusual.",
    "improving": "Usual range: unusual, improving.",
    "worsening": "Usual range: unusual, worsening.",
    "changed": "Usual range: unusual.",
    "unknown": "Usual range: not known.",
    "not_shown": "Usual range: not shown.",
}
MEETS = {
    "will_meet": "Target: will be met.",
    "will_miss": "Target: will be missed.",
    "may": "Target: may be met or missed.",
}


@dataclass(frozen=True)
class Finding:
    start: str
    text: str


def build(part: IndicatorPart, quarter: Quarter) -> tuple[Finding, ...]:
    found = (
        _moved(part, part.short, part.last, "last quarter", _before(part)),
        _moved(part, part.long, part.year_ago, "a year ago"),
        Finding(USUAL[part.usual.state], said.without_not_shown(part.usual.sentence)) if part.usual.sentence else None,
        Finding(MEETS["may" if part.usual.is_trial else part.usual.meets], part.usual.meets_sentence)
        if part.usual.meets
        else None,
        _ahead(part, quarter),
    )
    return tuple(finding for finding in found if finding)


def _moved(part: IndicatorPart, trend: TrendPart, then: Cell, on: str, before: str = "") -> Finding:
    moved = said.move(trend)
    if trend.trend == Trend.NOT_SHOWN or _is_hidden(part.this) or _is_hidden(then):
        return Finding(f"On {on}: not shown.", f"It would give a small number back.{before}")
    if not moved.is_comparable or part.this.value is None or then.value is None:
        why = f"{said.capital(trend.why.rstrip('.'))}." if trend.why else ""
        return Finding(f"On {on}: not comparable.", f"{why}{before}".strip())
    both = f"{figures.brief(part.this.value)} against {figures.brief(then.value)}"
    return Finding(f"On {on}: {moved.words}.", f"{both}, {trend.words}.{before}")


def _is_hidden(cell: Cell) -> bool:
    return cell.value is not None and bool(cell.value.hidden)


def _before(part: IndicatorPart) -> str:
    """Last quarter's colour, by what is known now; nothing where it had none."""
    last = part.last_verdict
    if last is None or last.code not in said.COLOURS:
        return ""
    same = " as well" if last.code == part.verdict.code else ""
    return f" It was {WORDS[last.code].lower()}{same}."


def _ahead(part: IndicatorPart, quarter: Quarter) -> Finding | None:
    """The forecast of the year and its rating; at the year's end what it came to, against the target."""
    forecast = part.forecast
    if forecast.number is not None:
        rated = f" {forecast.verdict.sentence}" if forecast.verdict else ""
        return Finding(f"Forecast for the year: {figure(forecast.number, 0)}.", f"{forecast.basis.rstrip('.')}.{rated}")
    if forecast.basis.startswith(NO_FORECAST):
        why = forecast.basis.removeprefix(NO_FORECAST).rstrip(".")
        return Finding("Forecast for the year: none.", f"{said.capital(why)}.")
    return _year_end(part) if quarter.number == 4 else None


def _year_end(part: IndicatorPart) -> Finding | None:
    """Nothing where the target is not one for the year; while a quarter is not known, neither is what the year came to."""
    whole, target = part.year_to_date, part.target
    if target is None or not target.is_agreed or target.value is None or target.basis not in ("year_to_date", "latest"):
        return None
    if whole.missing:
        are = "is" if len(whole.missing) == 1 else "are"
        return Finding("Year end: not known.", f"{said.listed(map(str, whole.missing))} {are} not known.")
    if whole.value is None:
        return None
    aim = target.value
    is_share = part.measure != "count"
    aimed = f"{figure(aim)}%" if is_share else figure(aim)
    against = Value(None, None, aim) if is_share else Value(aim, None, None)
    change = change_between(figures.numbers(whole.value), figures.numbers(against))
    if change is None:
        return None
    start = f"Year end: {figures.brief(whole.value)}."
    if not change.difference:
        return Finding(start, f"On the target of {aimed}.")
    off = f"{figure(abs(change.difference), 1)} percentage points" if is_share else figure(abs(change.difference))
    if change.direction == "none":  # in points only: too little to show, and still not on it
        off = "Less than 0.1 percentage points"
    share = f" ({percentage(abs(change.per_cent))})" if change.per_cent is not None else ""
    side = "above" if change.difference > Decimal(0) else "below"
    return Finding(start, f"{off}{share} {side} the target of {aimed}.")
