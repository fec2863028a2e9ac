"""By when a quarter's updates are drafted and agreed: with the quarter's figures where it is collected, else so many days after its end."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from indicators.models import Round
from lib import working_days
from lib.quarters import Quarter

DRAFTED_AFTER, AGREED_AFTER = 10, 15  # working days after the quarter's end


@dataclass(frozen=True)
class ReportingDates:
    """`agreed_by` is never before `drafted_by`."""

    drafted_by: dt.date
    agreed_by: dt.date


def for_quarter(quarter: Quarter) -> ReportingDates:
    """One query."""
    return for_quarters([quarter])[quarter]


def for_quarters(quarters: Iterable[Quarter]) -> dict[Quarter, ReportingDates]:
    """One query for any number of quarters."""
    asked = list(quarters)
    rounds = {round_.quarter: round_ for round_ in Round.objects.filter(quarter__in=asked)}
    return {quarter: _dates(quarter, rounds.get(quarter)) for quarter in asked}


def _dates(quarter: Quarter, round_: Round | None) -> ReportingDates:
    if round_ is None:
        return ReportingDates(working_days.add(quarter.end, DRAFTED_AFTER), working_days.add(quarter.end, AGREED_AFTER))
    drafted_by = round_.commentary_due_on or round_.due_on
    # Words are often due after the figures are verified: then the chair has until the quarter closes, when what goes into its pack is settled.
    return ReportingDates(
        drafted_by, round_.verify_by if round_.verify_by > drafted_by else max(round_.closes_on, drafted_by)
    )
