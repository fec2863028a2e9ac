"""What a restatement does: which figure it replaced, how far it moved it, and whether a rating became another. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from indicators import assessment
from indicators.aggregate import Numbers
from indicators.assessment import Series
from indicators.rating import Verdict
from lib.quarters import Quarter

HUNDRED = Decimal(100)
Moves = dict[Quarter, tuple[Verdict, Verdict]]


@dataclass(frozen=True)
class Known:
    """A verified figure of one indicator. `place`: when it was recorded, and its id; of those verified the one with the last place stands."""

    quarter: Quarter
    numbers: Numbers
    place: tuple[dt.datetime, int]
    verified_at: dt.datetime


OneKnown = TypeVar("OneKnown", bound=Known)


def in_order(verified: Iterable[OneKnown]) -> list[OneKnown]:
    """As they became known."""
    return sorted(verified, key=lambda one: (one.verified_at, one.place))


def steps(verified: Iterable[OneKnown]) -> list[tuple[OneKnown, OneKnown]]:
    """The restatements of one quarter in the order in which they became known: what was shown, and what has taken its place.

    A figure that confirms the same numbers (a provisional one that became final) restates nothing.
    """
    found: list[tuple[OneKnown, OneKnown]] = []
    shown: OneKnown | None = None
    for one in in_order(verified):
        if shown is None or one.place > shown.place:
            if shown is not None and shown.numbers != one.numbers:
                found.append((shown, one))
            shown = one
    return found


def standing(verified: Iterable[Known], moment: dt.datetime, *, just_before: bool = False) -> dict[Quarter, Numbers]:
    """What was shown of each quarter at a moment, or just before it."""
    shown: dict[Quarter, Known] = {}
    for one in verified:
        if one.verified_at > moment or (just_before and one.verified_at == moment):
            continue
        if one.quarter not in shown or one.place > shown[one.quarter].place:
            shown[one.quarter] = one
    return {quarter: one.numbers for quarter, one in shown.items()}


def moved(before: Series, after: Series) -> Moves:
    """The ratings that are others after it, by quarter, oldest first."""
    restated = _restated(before, after)
    if not restated:
        return {}
    pairs = {
        quarter: pair(before, after, quarter)
        for quarter in sorted(before.figures)
        if quarter >= restated[0]  # a figure has no part in the rating of an earlier quarter
    }
    return {quarter: (was, now) for quarter, (was, now) in pairs.items() if was.code != now.code}


def pair(before: Series, after: Series, quarter: Quarter) -> tuple[Verdict, Verdict]:
    """The rating of a quarter before it and after it."""
    return assessment.rated(before, quarter), assessment.rated(after, quarter)


def that_moved_a_rating(before: Series, after: Series) -> frozenset[Quarter]:
    """The quarters whose new figure made a rating another one: their own, or that of a later quarter it is a part of.

    Of several restated at once each is asked for its part: whether its figure alone would have done it, or without it nothing would have
    happened. Where neither is so of any, they did it together, and all are named.
    """
    restated, named = _restated(before, after), set()
    for quarter, (was, now) in moved(before, after).items():
        part = [one for one in restated if one <= quarter]
        own = [
            one
            for one in part
            if len(part) == 1
            or _code(_with(before, one, after), quarter) != was.code
            or _code(_with(after, one, before), quarter) != now.code
        ]
        named.update(own or part)
    return frozenset(named)


def is_material(was: Decimal | None, now: Decimal | None, materiality: Decimal | None) -> bool:
    """Whether a count, or a share in per cent, moved by that many per cent of what it was, or more.

    Without a materiality every move counts, and so does one from nothing, or from or to a share of nothing.
    """
    if materiality is None or was is None or now is None:
        return True
    return now != was if was == 0 else abs(now - was) * HUNDRED >= materiality * abs(was)


def _restated(before: Series, after: Series) -> list[Quarter]:
    """Those that have a figure in both, and another one, oldest first."""
    there = set(before.figures) & set(after.figures)
    return sorted(quarter for quarter in there if before.figures[quarter] != after.figures[quarter])


def _with(series: Series, quarter: Quarter, other: Series) -> Series:
    """The series with the figure that this one quarter has in the other."""
    return replace(series, figures={**series.figures, quarter: other.figures[quarter]})


def _code(series: Series, quarter: Quarter) -> str:
    return assessment.rated(series, quarter).code
