"""Indicators over time, from their rows as they stand now or stood at a moment: the verified figures, what is aimed at, and by what a series is read.

`assessment` says what the figures mean; here its `Series` is made, for a page about one indicator and for lists of many, in a number of
queries that grows with neither the indicators nor the quarters.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from indicators import assessment
from indicators.aggregate import Numbers
from indicators.assessment import AWAITED, MISSING, UNVERIFIED, Assessment, Series
from indicators.models import (
    DatedNote,
    Definition,
    Figure,
    Indicator,
    Rebase,
    Return,
    SendBack,
    Target,
    Verification,
)
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
    """One return with its round, and its figures, oldest first. `status` and `is_closed` are those of the moment looked at."""

    return_: Return
    figures: tuple[Figure, ...]
    status: str
    is_closed: bool

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
        waits = self.status == Return.Status.SUBMITTED and self.figures
        return self.figures[-1] if waits else None

    @property
    def state(self) -> str:
        """Why there is no verified figure."""
        if self.status == Return.Status.MISSING:
            return MISSING
        return UNVERIFIED if self.status == Return.Status.SUBMITTED else AWAITED

    @property
    def status_words(self) -> str:
        return str(Return.Status(self.status).label)

    @property
    def reason(self) -> str:
        if self.status == Return.Status.SENT_BACK:
            return self.status_words
        return str(self.return_.get_missing_reason_display()) if self.status == Return.Status.MISSING else ""

    @property
    def expected_on(self) -> dt.date | None:
        """When a missing figure is expected."""
        return self.return_.expected_on if self.status == Return.Status.MISSING else None


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


def gather(indicator: Indicator, as_at: dt.datetime | None = None) -> OverTime:
    """One indicator, whole, as it stands or as it was known at `as_at`. Six queries, or eight.

    What was verified counts by the moment of its verification, what was not by the moment it was recorded. Quarters that had not been opened
    by then are left out. Why a figure was missing is known as it was said last.
    """
    returns = Return.objects.filter(indicator=indicator).select_related("round").order_by("round__quarter")
    if as_at is None:
        given = Figure.objects.standing().select_related("verification__verified_by", "supplied_by")
        figures = _of_returns(given, indicator)
        held = [Held(one, tuple(figures[one.pk]), one.status, one.round.is_closed) for one in returns]
    else:
        held = _held_at(indicator, returns, as_at)
    quarters = {one.return_.round.quarter: one for one in held}
    return OverTime(indicator, quarters, bases([indicator], as_at)[indicator.pk])


def _of_returns(figures: FigureQuerySet, indicator: Indicator) -> dict[int, list[Figure]]:
    """Those of the indicator by the id of their return, oldest first."""
    found: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures.filter(for_return__indicator=indicator).in_order():
        found[figure.for_return_id].append(figure)
    return found


def _held_at(indicator: Indicator, returns: Iterable[Return], as_at: dt.datetime) -> list[Held]:
    by_then = Verification.objects.filter(verified_at__lte=as_at).select_related("verified_by")
    known = Figure.objects.recorded(as_at).prefetch_related(Prefetch("verification", by_then))
    figures = _of_returns(known.select_related("supplied_by"), indicator)
    sent_back = SendBack.objects.filter(sent_at__lte=as_at, figure__for_return__indicator=indicator)
    back = set(sent_back.values_list("figure_id", flat=True))
    day = timezone.localdate(as_at)
    return [
        Held(
            return_=one,
            figures=tuple(figures[one.pk]),
            status=status_at(one, figures[one.pk], back, as_at),
            is_closed=one.round.closed_at is not None and one.round.closed_at <= as_at,
        )
        for one in returns
        if one.round.opens_on <= day or figures[one.pk]
    ]


def status_at(return_: Return, figures: Sequence[Figure], sent_back: Collection[int], as_at: dt.datetime) -> str:
    """How far a return was at that moment. `figures`: those known then, oldest first; `sent_back`: ids of those sent back by then."""
    if figures and hasattr(figures[-1], "verification"):
        return Return.Status.VERIFIED
    is_settled = return_.missing_at is not None and return_.missing_at <= as_at
    if is_settled and not any(hasattr(figure, "verification") for figure in figures):
        return Return.Status.MISSING
    if not figures:
        return Return.Status.DUE
    return Return.Status.SENT_BACK if figures[-1].pk in sent_back else Return.Status.SUBMITTED


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


def bases(indicators: Sequence[Indicator], as_at: dt.datetime | None = None) -> dict[int, Basis]:
    """What each of them is read by, by id; as it was known at `as_at`, where that is given. Four queries."""
    targets = standing(Target.objects.filter(indicator__in=indicators).order_by("set_at", "pk"), as_at)
    defined = Definition.objects.filter(indicator__in=indicators).order_by("starts", "pk")
    definitions = _by_indicator(defined if as_at is None else defined.filter(made_at__lte=as_at))
    rebases, notes = (
        _by_indicator(
            (model.objects.standing() if as_at is None else model.objects.known(as_at))
            .filter(indicator__in=indicators)
            .order_by(order, "pk")
        )
        for model, order in ((Rebase, "starts"), (DatedNote, "on"))
    )
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
