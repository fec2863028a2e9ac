"""Periods of days, from one to another with both included; an open end is None. Pure."""

import datetime as dt
from collections.abc import Iterable

Period = tuple[dt.date, dt.date | None]

_DAY = dt.timedelta(days=1)


def joined(periods: Iterable[Period]) -> list[Period]:
    """The days of any of them, as the fewest periods, in order. Two that follow each other without a gap become one."""
    found: list[Period] = []
    for first, last in sorted(periods, key=lambda period: period[0]):
        if not found or not _meets(found[-1][1], first):
            found.append((first, last))
        else:
            found[-1] = (found[-1][0], _later(found[-1][1], last))
    return found


def without(periods: Iterable[Period], taken: Iterable[Period]) -> list[Period]:
    """The days of `periods` that are in none of `taken`, in order."""
    left = joined(periods)
    for from_day, to_day in joined(taken):
        kept: list[Period] = []
        for first, last in left:
            if first < from_day:
                kept.append((first, _earlier(last, from_day - _DAY)))
            if to_day is not None and (last is None or last > to_day):
                kept.append((max(first, to_day + _DAY), last))
        left = kept
    return left


def since(periods: Iterable[Period], day: dt.date) -> list[Period]:
    """What of them is on that day or later."""
    return [(max(first, day), last) for first, last in joined(periods) if last is None or last >= day]


def _meets(last: dt.date | None, first: dt.date) -> bool:
    return last is None or first <= last + _DAY


def _later(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return None if one is None or other is None else max(one, other)


def _earlier(one: dt.date | None, other: dt.date) -> dt.date:
    return other if one is None else min(one, other)
