"""A year against the year before, indicator by indicator, as a snapshot of the year's last quarter knows them. Pure.

Totals are compared over the same quarters of both years, and never across a series break or a gap: then the words say why not. What a
public edition does not show is not compared either.
"""

from dataclasses import dataclass

from indicators.trend import Trend, compare
from lib.numerals import listed
from lib.quarters import Quarter
from reporting.pdf import figures
from reporting.pdf.parts import said
from reporting.snapshots.shape import IndicatorPart, Snapshot, ToDate, Value

MOVED = (Trend.BETTER, Trend.WORSE, Trend.HIGHER, Trend.LOWER)
NOT_SHOWN = said.Move("not_shown", "", "not shown")


@dataclass(frozen=True)
class TwoYears:
    """`change` is in words ("down 14 (1.6%)"), empty where the years can't be compared; then `why_not` says why."""

    part: IndicatorPart
    this: said.Figure
    last: said.Figure
    move: said.Move
    change: str
    why_not: str

    @property
    def is_held(self) -> bool:
        """Whether there is anything of either year. A measure beside the set of which nothing is held is told nowhere."""
        part = self.part
        return any(
            one is not None for one in (part.year_to_date.value, part.last_year_to_date.value, part.last_year.value)
        )

    @property
    def is_moved(self) -> bool:
        """By more than counts as similar: then somebody has to say why."""
        return self.move.trend in MOVED


def two_years(part: IndicatorPart, quarter: Quarter) -> TwoYears:
    """`quarter` is the last of the year."""
    this, last = part.year_to_date, part.last_year_to_date
    before = said.printed(part, quarter.year.previous) if last.value is None else None
    shown = said.over_time(this, base=True, strong=True), before or said.over_time(last, base=True)
    if _is_hidden(this.value) or _is_hidden(last.value):
        return TwoYears(part, *shown, NOT_SHOWN, "", "")
    why_not = _why_not(part, quarter)
    found = compare(_numbers(this), _numbers(last), part.polarity, why_not=why_not)
    arrow = "→" if found.trend == Trend.SIMILAR else said.ARROWS.get(found.direction, "")
    move = said.Move(str(found.trend), arrow if found.change else "", found.trend.word.lower())
    return TwoYears(part, *shown, move, found.change.words if found.change else "", found.why)


def moved(snapshot: Snapshot) -> list[TwoYears]:
    """The set's indicators that went another way than similar, in plan order."""
    found = (two_years(part, snapshot.quarter) for part in snapshot.indicators)
    return [one for one in found if one.is_moved]


def _is_hidden(value: Value | None) -> bool:
    return value is not None and bool(value.hidden)


def _numbers(to_date: ToDate) -> figures.Numbers | None:
    return figures.numbers(to_date.value) if to_date.value else None


def _why_not(part: IndicatorPart, quarter: Quarter) -> str:
    """Empty where the two years are of a kind."""
    year, before = quarter.year, quarter.year.previous
    this, last = part.year_to_date, part.last_year_to_date
    if this.value is None:
        return f"there is no verified figure for {year}"
    if last.value is None:
        return f"no quarter of {before} is held that could be compared"
    for start, why in part.breaks:
        if before.quarters[0] < start <= quarter:
            return f"a new series began in {start}: {said.lower_first(why.rstrip('.'))}"
    if this.mode != "latest" and last.missing:
        return f"{listed(f'Q{one.number}' for one in last.missing)} of {before} is not known"
    if this.mode == "latest" and _ends(this) != _ends(last):
        return "the latest figures are of different quarters"
    return ""


def _ends(to_date: ToDate) -> int:
    return to_date.through.number if to_date.through else 4
