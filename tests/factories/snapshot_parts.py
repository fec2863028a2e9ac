"""Single indicators of a snapshot made by hand, changed and assessed anew, so that rating, trends and cells go together."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from indicators import assessment
from indicators.aims import Aim
from lib.quarters import Quarter, Year
from reporting.snapshots import assessing
from reporting.snapshots.shape import Cell, IndicatorPart, Snapshot, TargetPart
from tests.factories import snapshots

Q4 = snapshots.Q4


def part(slug: str, snapshot: Snapshot | None = None) -> IndicatorPart:
    return next(one for one in (snapshot or snapshots.sample()).indicators if one.slug == slug)


def alone(*parts: IndicatorPart, **changes: Any) -> Snapshot:
    """A snapshot of these indicators under the first priority, without restatements."""
    first = snapshots.sample().priorities[0]
    own = replace(first, indicators=parts, context=())
    return snapshots.sample(**{"priorities": (own,), "restatements": (), **changes})


def with_cells(
    one: IndicatorPart,
    cells: Sequence[Cell],
    quarter: Quarter = Q4,
    *,
    aims: Mapping[int, Aim] | None = None,
    breaks: tuple[tuple[Quarter, str], ...] = (),
) -> IndicatorPart:
    """The indicator with these quarters, oldest first, and what they say. `aims` by the year they begin in; the quarter's is its target."""
    by_quarter = {cell.quarter: cell for cell in cells}
    by_year = {Year(begins): aim for begins, aim in (aims or {}).items()}

    def series(until: Quarter) -> assessment.Series:
        known = {
            cell.quarter: assessing.numbers(cell.value)
            for cell in cells
            if cell.quarter <= until and cell.state == "verified"
        }
        this = by_quarter[until]
        return assessment.Series(
            measure=one.measure,
            polarity=one.polarity,
            mode=one.year_to_date.mode,
            frequency=one.frequency,
            figures=known,
            states={cell.quarter: cell.state for cell in cells if cell.quarter <= until and cell.quarter not in known},
            breaks=tuple(start for start, _ in breaks if start <= until),
            aims=by_year,
            reason=this.reason[:1].lower() + this.reason[1:] or ("not sent" if this.state == "awaited" else ""),
        )

    last = by_quarter.get(quarter.previous)
    before = assessment.assess(series(quarter.previous), quarter.previous).verdict if last else None
    found = assessment.assess(series(quarter), quarter)
    history = tuple(
        by_quarter.get(each) or assessing.nothing(each)
        for each in (*quarter.year.previous.quarters, *quarter.year.quarters)
    )
    this_year, last_year = history[4:], history[:4]
    mode = one.year_to_date.mode
    return replace(
        one,
        **assessing.parts(found, series(quarter), by_quarter, before),
        breaks=breaks,
        target=target(by_year.get(quarter.year)),
        this=by_quarter[quarter],
        last=last or assessing.nothing(quarter.previous),
        year_ago=by_quarter.get(quarter.year_ago) or assessing.nothing(quarter.year_ago),
        history=history,
        year_to_date=snapshots.to_date(this_year, mode, one.measure, quarter),
        last_year=snapshots.to_date(last_year, mode, one.measure, quarter.year.previous.quarters[3]),
        last_year_to_date=snapshots.to_date(last_year[: quarter.number], mode, one.measure, quarter),
    )


def target(aim: Aim | None) -> TargetPart | None:
    """As the snapshot holds it, agreed or proposed."""
    if aim is None:
        return None
    words = {
        "minimum_and_target": "Minimum expectation and target",
        "tolerance": "Tolerance in per cent of the target",
        "points": "Tolerance in percentage points",
        "last_year": "Against last year",
        "none": "None, data only",
    }
    return TargetPart(
        aim.rule, words[aim.rule], aim.basis, aim.value, aim.minimum, aim.tolerance, aim.profile or (), None,
        aim.is_agreed, "CSP Executive, 25 May 2017" if aim.is_agreed else "",
    )  # fmt: skip


def in_state(one: IndicatorPart, state: str, given: Any = None, **changes: Any) -> IndicatorPart:
    """The indicator with its latest quarter in this state; a figure only where the state has one."""
    given = 5 if given is None and state in ("verified", "unverified") else given
    return with_cells(one, (*one.history[:-1], snapshots.cell(Q4, given, state=state, **changes)))


def with_this(one: IndicatorPart, given: Any) -> IndicatorPart:
    return in_state(one, "verified", given)


def long_run() -> Snapshot:
    """One red indicator over 16 quarters: a series break after the first year, a note, a figure restated and the latest provisional.

    Its figures are those of the pictures of the pack: 2,842 in the year against a target of 2,700 and a minimum of 2,800.
    """
    given = [610, 724, 773, 643, 771, 729, 764, 678, 737, 783, 685, 658, 767, 743, 703, 629]
    first = Quarter.parse("2014-15 Q1")
    cells = [snapshots.cell(first.plus(index), number) for index, number in enumerate(given)]
    cells[13] = replace(cells[13], was=snapshots.value(771))
    cells[15] = replace(cells[15], is_provisional=True)
    profile = tuple(Decimal(share) for share in (26, 27, 24, 23))
    aims = {
        2016: Aim("minimum_and_target", "year_to_date", Decimal(2860), Decimal(2950), None, profile),
        2017: Aim("minimum_and_target", "year_to_date", Decimal(2700), Decimal(2800), None, profile),
    }
    broken = ((Quarter.parse("2015-16 Q1"), "Hotspot areas redrawn"),)
    made = with_cells(part("violence-with-injury-hotspots"), cells, aims=aims, breaks=broken)
    made = replace(made, notes=((dt.date(2017, 6, 1), "Late Night Levy began"),))
    priority = replace(snapshots.sample().priorities[1], indicators=(made,), context=())
    return snapshots.sample(priorities=(priority,))


def this_year_alone(slug: str) -> IndicatorPart:
    """The indicator as in a first year: there is only last quarter to compare with."""
    one = part(slug)
    return with_cells(one, one.history[4:])
