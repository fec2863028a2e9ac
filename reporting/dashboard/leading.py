"""What the page leads with: ratings where half of the known figures have one, otherwise better and worse."""

from enum import StrEnum

from indicators.trend import Trend
from reporting.snapshots.shape import IndicatorPart, Snapshot, TrendPart

COLOURS = ("red", "amber", "green")


class Leading(StrEnum):
    RATINGS = "ratings"
    YEAR_AGO = "year_ago"
    LAST_QUARTER = "last_quarter"


def is_rated(part: IndicatorPart) -> bool:
    return part.verdict.code in COLOURS


def few_are_rated(snapshot: Snapshot) -> bool:
    """Fewer than half of the verified figures; exactly half is enough for the ratings to lead.

    What is missing or not yet verified could have no rating, so it doesn't count against them. Without any figure, few are rated.
    """
    known = snapshot.in_state("verified")
    if not known:
        return bool(snapshot.indicators)
    return 2 * sum(map(is_rated, known)) < len(known)


def leading(snapshot: Snapshot) -> Leading:
    """Where few are rated, the comparison with a year ago, or with last quarter while a year ago is not known.

    Where nothing can be compared at all, what stands in the place of the ratings says more than columns of "not comparable".
    """
    if few_are_rated(snapshot):
        for lead in (Leading.YEAR_AGO, Leading.LAST_QUARTER):
            if any(is_comparable(compared(part, lead)) for part in snapshot.indicators):
                return lead
    return Leading.RATINGS


def compared(part: IndicatorPart, lead: Leading) -> TrendPart:
    return part.short if lead == Leading.LAST_QUARTER else part.long


def is_comparable(trend: TrendPart) -> bool:
    return trend.trend != Trend.NOT_COMPARABLE
