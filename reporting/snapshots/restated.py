"""The restatements that a snapshot holds, and which of them a pack lists. No queries here."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from indicators import over_time, restating
from indicators.aggregate import Numbers
from indicators.models import Figure, Indicator, Placement
from indicators.over_time import Basis
from indicators.restating import Known
from lib.quarters import Quarter
from reporting.snapshots.assessing import of_numbers
from reporting.snapshots.shape import Restatement

BasisAt = Callable[[dt.datetime], Basis]


@dataclass(frozen=True)
class Given(Known):
    """A verified figure with what is said when it replaces another."""

    is_provisional: bool
    kind: str  # empty where it was not said
    why: str
    by: str


def known(quarter: Quarter, figure: Figure) -> Given:
    """A verified figure, with its verification loaded."""
    return Given(
        quarter,
        over_time.numbers(figure),
        (figure.recorded_at, figure.pk),
        figure.verification.verified_at,
        figure.is_provisional,
        figure.restates,
        figure.restated_because,
        figure.supplied_by_name,
    )


def restatements(
    placement: Placement, verified: Sequence[Given], basis_at: BasisAt, until: Quarter
) -> list[Restatement]:
    """Every verified figure that was replaced by another, oldest quarter first. `basis_at` gives what the series was read by at a moment."""
    quarters = sorted({one.quarter for one in verified})
    steps = [
        step for quarter in quarters for step in restating.steps(one for one in verified if one.quarter == quarter)
    ]
    moved = {
        moment: _moved(placement.indicator, verified, basis_at(moment), moment, until)
        for moment in {now.verified_at for _, now in steps}
    }
    return [_restatement(placement, was, now, now.quarter in moved[now.verified_at]) for was, now in steps]


def _moved(
    indicator: Indicator, verified: Sequence[Given], basis: Basis, moment: dt.datetime, until: Quarter
) -> frozenset[Quarter]:
    """The quarters whose restatement at that moment made a rating another one."""
    after = restating.standing(verified, moment)
    before = after | restating.standing(verified, moment, just_before=True)  # what was new then replaced nothing

    def series(figures: dict[Quarter, Numbers]) -> over_time.Series:
        return over_time.series(indicator, basis, until, figures=figures, states={})

    return restating.that_moved_a_rating(series(before), series(after))


def _restatement(placement: Placement, was: Known, now: Given, changes_rating: bool) -> Restatement:
    indicator = placement.indicator
    numbers = [of_numbers(one.numbers) for one in (was, now)]
    before, after = (one.numerator if indicator.is_count else one.percentage for one in numbers)
    kind = str(now.kind or Figure.Restates.REVISION)
    return Restatement(
        reference=placement.reference,
        short_name=placement.short_name,
        slug=indicator.slug,
        quarter=now.quarter,
        was=numbers[0],
        now=numbers[1],
        kind=kind,
        why=now.why,
        verified_on=timezone.localdate(now.verified_at),
        by=now.by,
        materiality=indicator.materiality,
        changes_rating=changes_rating,
        is_listed=kind == Figure.Restates.CORRECTION
        or changes_rating
        or restating.is_material(before, after, indicator.materiality),
    )
