"""What a snapshot says of an indicator's figures: its rows as a series, assessed, as plain parts. No queries here."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from indicators import assessment
from indicators.aggregate import Numbers
from indicators.assessment import Assessment, Series
from indicators.models import DatedNote, Definition, Indicator, Rebase, Target
from indicators.rating import Verdict
from indicators.trend import Comparison
from lib.quarters import Quarter, Year
from lib.written import day_year
from reporting.snapshots.shape import (
    Cell,
    ForecastPart,
    StretchPart,
    TargetPart,
    TrendPart,
    UsualPart,
    Value,
    VerdictPart,
)


@dataclass(frozen=True)
class Basis:
    """What a series is read by, as known at the moment of the snapshot: the standing target of each year, breaks, rebases and notes."""

    targets: Mapping[Year, Target]
    definitions: tuple[Definition, ...]  # all that start up to the quarter, oldest first
    rebases: tuple[Rebase, ...]
    notes: tuple[DatedNote, ...]

    def breaks(self, until: Quarter) -> tuple[tuple[Quarter, str], ...]:
        return tuple(
            (definition.starts, definition.break_reason)
            for definition in self.definitions
            if definition.breaks_series and definition.starts <= until
        )


def numbers(value: Value | None) -> Numbers | None:
    if value is None:
        return None
    return Numbers(value.numerator, value.denominator, value.percentage if value.numerator is None else None)


def series(indicator: Indicator, cells: Mapping[Quarter, Cell], basis: Basis, quarter: Quarter) -> Series:
    """Verified figures and the states of the other quarters, up to this one. Context is never rated, whatever is aimed at."""
    known = {when: found for when, cell in cells.items() if when <= quarter and (found := _verified(cell))}
    is_rated = indicator.family != Indicator.Family.CONTEXT
    this = cells[quarter]
    return Series(
        measure=str(indicator.measure),
        polarity=str(indicator.polarity),
        mode=str(indicator.year_to_date),
        frequency=str(indicator.frequency),
        figures=known,
        states={when: cell.state for when, cell in cells.items() if when <= quarter and when not in known},
        breaks=tuple(start for start, _ in basis.breaks(quarter)),
        rebases=tuple(rebase.starts for rebase in basis.rebases if rebase.starts <= quarter),
        aims={year: target.aim for year, target in basis.targets.items()} if is_rated else {},
        reason=this.reason[:1].lower() + this.reason[1:] or ("not sent" if this.state == "awaited" else ""),
    )


def _verified(cell: Cell) -> Numbers | None:
    return numbers(cell.value) if cell.state == "verified" else None


def assessed(
    indicator: Indicator, cells: Mapping[Quarter, Cell], basis: Basis, quarter: Quarter
) -> tuple[Assessment, dict[str, Any]]:
    """The assessment, and the fields of the indicator's part that come from it."""
    last = None
    if quarter.previous in cells and cells[quarter.previous].state != "not_collected":
        last = assessment.assess(series(indicator, cells, basis, quarter.previous), quarter.previous)
    over_time = series(indicator, cells, basis, quarter)
    found = assessment.assess(over_time, quarter)
    return found, parts(found, over_time, cells, last.verdict if last else None) | {
        "target": _target(basis.targets.get(quarter.year)),
        "breaks": basis.breaks(quarter),
        "notes": tuple((note.on, note.words) for note in basis.notes if note.on <= quarter.end),
    }


def parts(found: Assessment, over_time: Series, cells: Mapping[Quarter, Cell], last: Verdict | None) -> dict[str, Any]:
    """What an assessment says, as plain parts by the name of their field."""
    targets = ((one, over_time.target_in(one)) for one in found.span)
    return {
        "verdict": _verdict(found.verdict),
        "last_verdict": _verdict(last) if last else None,
        "short": _trend(found.short),
        "long": _trend(found.long),
        "is_worsening": found.is_worsening,
        "forecast": ForecastPart(
            found.forecast.number, found.forecast.basis, _verdict(found.ahead) if found.ahead else None
        ),
        "usual": UsualPart(
            state=found.usual.state,
            sentence=found.usual.sentence,
            is_trial=found.usual.is_trial,
            asks_for_words=found.usual.asks_for_words,
            meets=found.usual.meets,
            meets_sentence=found.usual.meets_sentence,
        ),
        "series": tuple(cells.get(one) or nothing(one) for one in found.span),
        "stretches": tuple(
            StretchPart(
                first=found.span[one.start],
                last=found.span[one.end - 1],
                mean=one.mean,
                lower=one.lower,
                upper=one.upper,
                is_trial=one.is_trial,
            )
            for one in found.stretches
        ),
        "quarter_targets": tuple((one, target) for one, target in targets if target is not None),
    }


def nothing(quarter: Quarter, state: str = "not_collected") -> Cell:
    """A quarter without a figure."""
    return Cell(quarter, state, None, False, None, "", "", None)


def _target(target: Target | None) -> TargetPart | None:
    if target is None:
        return None
    terms = target.aim
    return TargetPart(
        rule=terms.rule,
        rule_words=target.get_rule_display(),
        basis=terms.basis,
        value=terms.value,
        minimum=terms.minimum,
        tolerance=terms.tolerance,
        profile=terms.profile or (),
        baseline=target.baseline,
        is_agreed=terms.is_agreed,
        agreed=f"{target.agreed_by}, {day_year(target.agreed_on)}" if target.agreed_on else "",
    )


def _verdict(verdict: Verdict) -> VerdictPart:
    return VerdictPart(verdict.code, verdict.sentence)


def _trend(compared: Comparison) -> TrendPart:
    change = compared.change
    return TrendPart(
        trend=str(compared.trend),
        direction=compared.direction,
        signed=compared.words,
        words=change.words if change else "",
        why=compared.why,
    )


def standing(rows: Iterable[Target], as_at: dt.datetime) -> dict[int, dict[Year, Target]]:
    """The latest target set by `as_at`, by indicator and year; `rows` in the order in which they were set."""
    found: dict[int, dict[Year, Target]] = {}
    for target in rows:
        if target.set_at <= as_at:
            found.setdefault(target.indicator_id, {})[target.year] = target
    return found
