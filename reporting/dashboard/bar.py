"""All ratings as one bar, drawn for a wide page and for a phone."""

from decimal import Decimal
from typing import Any

from indicators import charts
from indicators.rating import WORDS, Why
from reporting.dashboard.leading import is_rated
from reporting.snapshots.shape import Snapshot

WIDE, NARROW = Decimal(640), Decimal(290)
Bars = tuple[charts.StatusBar, charts.StatusBar]


def build(snapshot: Snapshot) -> Bars | None:
    """Wide and narrow; None where nothing has a colour, which a sentence says better than an empty bar."""
    if not any(map(is_rated, snapshot.indicators)):
        return None
    codes = [part.verdict.code for part in snapshot.indicators]
    counts = {
        code: codes.count(code) for code in WORDS if code != Why.NOT_SHOWN
    }  # that one is of public editions alone
    return _drawn(counts, charts.WIDE, WIDE), _drawn(counts, charts.NARROW, NARROW)


def _drawn(counts: dict[str, Any], size: charts.Size, width: Decimal) -> charts.StatusBar:
    return charts.status_bar(f"All {sum(counts.values())}", **counts, size=size, width=width)
