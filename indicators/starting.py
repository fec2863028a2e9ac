"""Quarters from which something can start for an indicator: a definition, or a usual range worked out afresh."""

import datetime as dt
from collections.abc import Sequence

from indicators.models import Definition, Figure, Indicator
from indicators.opening import years_of_plans
from lib.quarters import Quarter, Year

YEARS_BEFORE = 2  # a definition may reach further back than anything that is held


def of_definitions(indicator: Indicator, today: dt.date) -> tuple[Quarter, ...]:
    """From two years before the first plan, figure or definition to the end of the last plan, or of this year."""
    held = Definition.objects.filter(indicator=indicator).values_list("starts", flat=True)
    years = [*years_of_plans(), Year.of(today), *(quarter.year for quarter in (*held, *with_figures(indicator)))]
    span = range(min(years).begins - YEARS_BEFORE, max(years).begins + 1)
    return tuple(quarter for begins in span for quarter in Year(begins).quarters)


def of_rebases(indicator: Indicator) -> tuple[Quarter, ...]:
    """From the first verified figure to the last, with the gaps; for an annual measure the fourth quarters alone."""
    known = with_figures(indicator)
    if not known:
        return ()
    annual = indicator.frequency == Indicator.Frequency.ANNUAL
    found, quarter = [], known[0]
    while quarter <= known[-1]:
        if not annual or quarter in known or quarter.number == 4:
            found.append(quarter)
        quarter = quarter.next
    return tuple(found)


def with_figures(indicator: Indicator) -> tuple[Quarter, ...]:
    """Those with a verified figure, oldest first. That nobody had the need is no figure to start from."""
    verified = Figure.objects.verified().filter(for_return__indicator=indicator).select_related("for_return__round")
    latest = {figure.for_return.round.quarter: figure for figure in verified.in_order()}
    return tuple(sorted(quarter for quarter, figure in latest.items() if figure.denominator != 0))


def begins_a_series(starts: Quarter, known: Sequence[Quarter], breaks: Sequence[Quarter]) -> Quarter | None:
    """The series break after which `starts` is the first of the quarters with a figure; None when it isn't.

    The usual range starts afresh there anyway.
    """
    last = max((quarter for quarter in breaks if quarter <= starts), default=None)
    if last is None or any(last <= quarter < starts for quarter in known):
        return None
    return last


def nearest(quarter: Quarter, known: Sequence[Quarter]) -> tuple[Quarter, ...]:
    """The last of the quarters with a figure before this one, and the first after it, as far as there are any."""
    before = [one for one in known if one < quarter]
    after = [one for one in known if one > quarter]
    return (*before[-1:], *after[:1])
