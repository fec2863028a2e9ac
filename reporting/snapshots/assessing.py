"""What a snapshot says of an indicator's figures: its rows as a series, assessed, as plain parts. No queries here."""

from collections.abc import Mapping
from typing import Any

from indicators import assessment, over_time
from indicators.aggregate import Numbers
from indicators.assessment import Assessment, Series
from indicators.models import Indicator, Target
from indicators.over_time import Basis
from indicators.rating import Verdict
from indicators.trend import Comparison
from lib.quarters import Quarter
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


def numbers(value: Value | None) -> Numbers | None:
    if value is None:
        return None
    return Numbers(value.numerator, value.denominator, value.percentage if value.numerator is None else None)


def of_numbers(known: Numbers) -> Value:
    return Value(known.numerator, known.denominator, known.percentage)


def series(indicator: Indicator, cells: Mapping[Quarter, Cell], basis: Basis, quarter: Quarter) -> Series:
    """Verified figures and the states of the other quarters, up to this one."""
    known = {when: found for when, cell in cells.items() if (found := _verified(cell))}
    states = {when: cell.state for when, cell in cells.items()}
    return over_time.series(indicator, basis, quarter, figures=known, states=states, reason=cells[quarter].reason)


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
