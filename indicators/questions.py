"""The question that an unusual figure is met with on its form."""

from collections.abc import Mapping
from typing import Any

from indicators import over_time, plausible
from indicators.aggregate import Numbers
from indicators.entry import Entry
from indicators.plausible import Doubt
from lib.written import capitalised


def about(entry: Entry, said: Mapping[str, Any]) -> Doubt | None:
    """Whether to ask before this figure is sent; `said` is what `actions.submit` takes. Six queries.

    Nothing is asked of what can't be sent anyway: the round is closed, or the return has moved on since the form was opened.
    """
    return_ = entry.return_
    if not entry.is_open or said["version"] != return_.version:
        return None
    now = Numbers(said["numerator"], said["denominator"], said["stated_percentage"])
    quarter = return_.round.quarter
    return plausible.doubt(
        over_time.gather(return_.indicator).series(quarter),
        quarter,
        now,
        replaced=over_time.numbers(entry.shown) if entry.shown else None,
        base_name=capitalised(return_.indicator.unit_of_base),
    )
