"""What is asked of the record: of which plan and quarter, as known when, and judged on which day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lib.quarters import Quarter
from priorities.models import Plan


@dataclass(frozen=True)
class Asked:
    """`today` is the day of `as_at` in London; `judged_on` the quarter's last day, or `today` where that is earlier."""

    plan: Plan
    quarter: Quarter
    as_at: dt.datetime
    today: dt.date
    judged_on: dt.date
    names: Mapping[int, str]  # references of indicators by their id, or short names without one

    def days_late(self, due_on: dt.date | None) -> int:
        """Calendar days past it today; 0 without a day."""
        return max((self.today - due_on).days, 0) if due_on else 0


def by(rows: Iterable[Any], key: str) -> dict[int, list[Any]]:
    """Rows in lists by one of their attributes; an empty list for a key without rows."""
    lists: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        lists[getattr(row, key)].append(row)
    return lists
