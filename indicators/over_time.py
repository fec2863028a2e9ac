"""Indicators over time, from their rows as they stand now: the verified figures, what is aimed at, and by what a series is read.

`assessment` says what the figures mean; here its `Series` is made, for a page about one indicator and for lists of many, in a number of
queries that grows with neither the indicators nor the quarters.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from indicators import assessment
from indicators.aggregate import Numbers
from indicators.assessment import AWAITED, MISSING, UNVERIFIED, Assessment, Series
from indicators.models import DatedNote, Definition, Figure, Indicator, Rebase, Return, Target
from indicators.models.figure import FigureQuerySet
from indicators.rating import Verdict
from lib import written
from lib.quarters import Quarter, Year


@dataclass(frozen=True)
class Basis:
    """What a series is read by: the standing target of each year, definitions with their breaks, fresh starts of the usual range, notes."""

    targets: Mapping[Year, Target] = field(default_factory=dict)
    definitions: tuple[Definition, ...] = ()  # oldest first
    rebases: tuple[Rebase, ...] = ()
    notes: tuple[DatedNote, ...] = ()

    def breaks(self, until: Quarter) -> tuple[tuple[Quarter, str], ...]:
        """The new series up to a quarter, each with its reason."""
        return tuple(
            (definition.starts, definition.break_reason)
            for definition in self.definitions
            if definition.breaks_series and definition.starts <= until
        )


def standing(rows: Iterable[Target], as_at: dt.datetime | None = None) -> dict[int, dict[Year, Target]]:
    """The latest target, or the latest set by `as_at`, by indicator and year; `rows` in the order in which they were set."""
    found: dict[int, dict[Year, Target]] = {}
    for target in rows:
        if as_at is None or target.set_at <= as_at:
            found.setdefault(target.indicator_id, {})[target.year] = target
    return found


def series(
    indicator: Indicator,
    basis: Basis,
    until: Quarter,
    *,
    figures: Mapping[Quarter, Numbers],
    states: Mapping[Quarter, str],
    reason: str = "",
) -> Series:
    """The series up to a quarter. Context is never rated, whatever is aimed at.

    `figures`: what stands. `states`: of quarters without one (`assessment.AWAITED` and its like). `reason`: why the quarter itself has none.
    """
    is_rated = indicator.family != Indicator.Family.CONTEXT
    return Series(
        measure=str(indicator.measure),
        polarity=str(indicator.polarity),
        mode=str(indicator.year_to_date),
        frequency=str(indicator.frequency),
        figures={quarter: numbers for quarter, numbers in figures.items() if quarter <= until},
        states={quarter: state for quarter, state in states.items() if quarter <= until and quarter not in figures},
        breaks=tuple(start for start, _ in basis.breaks(until)),
        rebases=tuple(rebase.starts for rebase in basis.rebases if rebase.starts <= until),
        aims={year: target.aim for year, target in basis.targets.items()} if is_rated else {},
        reason=why(states.get(until, ""), reason),
    )


def why(state: str, reason: str) -> str:
    """Why a quarter has no figure, inside a sentence: "Awaiting partner" -> "awaiting partner"; "not sent" where nothing came."""
    return written.in_sentence(reason) or ("not sent" if state == AWAITED else "")


def numbers(figure: Figure) -> Numbers:
    return Numbers(figure.numerator, figure.denominator, figure.stated_percentage)


# ---------------------------------------------------------------- from rows


@dataclass(frozen=True)
class Held:
    """One return with its round, and its figures, oldest first."""

    return_: Return
    figures: tuple[Figure, ...]

    @property
    def verified(self) -> list[Figure]:
        return [figure for figure in self.figures if hasattr(figure, "verification")]

    @property
    def shown(self) -> Figure | None:
        """The figure that stands: the latest verified one."""
        return next((figure for figure in reversed(self.figures) if hasattr(figure, "verification")), None)

    @property
    def sent(self) -> Figure | None:
        """The figure that was sent and waits to be verified."""
        waits = self.return_.status == Return.Status.SUBMITTED and self.figures
        return self.figures[-1] if waits else None

    @property
    def state(self) -> str:
        """Why there is no verified figure."""
        if self.return_.status == Return.Status.MISSING:
            return MISSING
        return UNVERIFIED if self.return_.status == Return.Status.SUBMITTED else AWAITED

    @property
    def reason(self) -> str:
        if self.return_.status == Return.Status.SENT_BACK:
            return str(self.return_.get_status_display())
        return str(self.return_.get_missing_reason_display())


@dataclass(frozen=True)
class OverTime:
    """One indicator with every quarter that has asked for it, oldest first."""

    indicator: Indicator
    quarters: Mapping[Quarter, Held]
    basis: Basis

    @property
    def latest(self) -> Quarter | None:
        """The last quarter that asked for a figure; None when none has."""
        return max(self.quarters, default=None)

    @property
    def latest_verified(self) -> Quarter | None:
        return max((quarter for quarter, held in self.quarters.items() if held.shown), default=None)

    def series(self, until: Quarter, *, counting_sent: bool = False) -> Series:
        """`counting_sent`: figures that were sent and wait to be verified count as if they stood. Sent back, they don't."""
        stands = {
            quarter: (held.sent if counting_sent else None) or held.shown for quarter, held in self.quarters.items()
        }
        this = self.quarters.get(until)
        return series(
            self.indicator,
            self.basis,
            until,
            figures={quarter: numbers(figure) for quarter, figure in stands.items() if figure},
            states={quarter: held.state for quarter, held in self.quarters.items()},
            reason=this.reason if this else "",
        )

    def assess(self, quarter: Quarter, *, counting_sent: bool = False) -> Assessment:
        return assessment.assess(self.series(quarter, counting_sent=counting_sent), quarter)

    def ratings(self) -> dict[Quarter, Verdict]:
        """Of every quarter, by what is known now: the same that `assess` finds for each."""
        if self.latest is None:
            return {}
        whole = self.series(self.latest)
        return {
            quarter: assessment.rated(replace(whole, reason=why(held.state, held.reason)), quarter)
            for quarter, held in self.quarters.items()
        }


def gather(indicator: Indicator) -> OverTime:
    """One indicator, whole. Six queries."""
    figures: dict[int, list[Figure]] = defaultdict(list)
    given = Figure.objects.standing().filter(for_return__indicator=indicator)
    for figure in given.select_related("verification__verified_by", "supplied_by").in_order():
        figures[figure.for_return_id].append(figure)
    returns = Return.objects.filter(indicator=indicator).select_related("round").order_by("round__quarter")
    quarters = {one.round.quarter: Held(one, tuple(figures[one.pk])) for one in returns}
    return OverTime(indicator, quarters, bases([indicator])[indicator.pk])


def verified(indicators: Sequence[Indicator]) -> dict[int, dict[Quarter, Numbers]]:
    """What stands in each quarter, by indicator id. One query."""
    return _by_quarter(Figure.objects.verified().filter(for_return__indicator__in=indicators))


def sent(indicators: Sequence[Indicator]) -> dict[int, dict[Quarter, Numbers]]:
    """The same, counting figures that were sent and wait to be verified. One query."""
    counts = Q(verification__isnull=False) | Q(for_return__status=Return.Status.SUBMITTED)
    return _by_quarter(Figure.objects.standing().filter(counts, for_return__indicator__in=indicators))


def _by_quarter(figures: FigureQuerySet) -> dict[int, dict[Quarter, Numbers]]:
    """Values only, for there may be many; a later figure takes the place of an earlier one."""
    found: dict[int, dict[Quarter, Numbers]] = defaultdict(dict)
    for indicator, quarter, numerator, denominator, stated in figures.in_order().values_list(
        "for_return__indicator_id", "for_return__round__quarter", "numerator", "denominator", "stated_percentage"
    ):
        found[indicator][quarter] = Numbers(numerator, denominator, stated)
    return found


def bases(indicators: Sequence[Indicator]) -> dict[int, Basis]:
    """What each of them is read by, by id. Four queries."""
    targets = standing(Target.objects.filter(indicator__in=indicators).order_by("set_at", "pk"))
    definitions = _by_indicator(Definition.objects.filter(indicator__in=indicators).order_by("starts", "pk"))
    rebases = _by_indicator(Rebase.objects.standing().filter(indicator__in=indicators).order_by("starts"))
    notes = _by_indicator(DatedNote.objects.standing().filter(indicator__in=indicators).order_by("on", "pk"))
    return {
        one.pk: Basis(
            targets=targets.get(one.pk, {}),
            definitions=tuple(definitions[one.pk]),
            rebases=tuple(rebases[one.pk]),
            notes=tuple(notes[one.pk]),
        )
        for one in indicators
    }


def _by_indicator(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.indicator_id].append(row)
    return found
