"""Recounts every total that a snapshot shows, in another way: its own query and its own loop over the rows of figures.

It imports none of the modules whose arithmetic it checks, so that a fault there can't hide here. Counting is plain: by indicator, year and
number of the quarter, the latest verified figure stands. Money is counted in whole pence.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from governance.models import Project
from indicators.models import Figure

# What stands in a quarter: count or part, base, stated percentage; None where there is none.
Standing = tuple[Decimal | None, Decimal | None, Decimal | None]
Shown = tuple[Decimal | None, Decimal | None, Decimal | None] | None


@dataclass(frozen=True)
class Difference:
    """A total that was counted otherwise."""

    quarter: str
    indicator: str
    total: str
    shown: str
    counted: str

    def __str__(self) -> str:
        return f"{self.quarter}, {self.indicator}, {self.total}: shown {self.shown}, counted {self.counted}"


class Rows:
    """The figures that stood at a moment, by indicator, year (by the calendar year it begins in) and quarter (1 to 4)."""

    def __init__(self, as_at: dt.datetime) -> None:
        self.by_indicator: dict[str, dict[tuple[int, int], Standing]] = {}
        rows = (
            Figure.objects.filter(verification__verified_at__lte=as_at)
            .order_by("recorded_at", "pk")
            .values_list(
                "for_return__indicator__slug",
                "for_return__round__quarter",
                "numerator",
                "denominator",
                "stated_percentage",
            )
        )
        self.count = 0
        for slug, quarter, numerator, denominator, stated in rows:
            self.count += 1
            when = (quarter.year_begins, quarter.number)
            self.by_indicator.setdefault(slug, {})[when] = (numerator, denominator, stated)  # a later one replaces it
        collected = Project.objects.filter(spend__isnull=False)
        self.spend_of = dict(collected.values_list("slug", "spend__slug"))

    def pence_of(self, project: str, first: tuple[int, int], last: tuple[int, int]) -> int | None:
        """What a project spent in these quarters, both included; None without any verified amount."""
        held = self.by_indicator.get(self.spend_of.get(project, ""), {})
        pence = [int((amount or 0) * 100) for when, (amount, _, _) in held.items() if first <= when <= last]
        return sum(pence) if pence else None

    def of(self, slug: str, year: int, numbers: Iterator[int] | range | list[int]) -> list[Standing]:
        held = self.by_indicator.get(slug, {})
        return [held[year, number] for number in numbers if (year, number) in held]


def differences(snapshot: Any, rows: Rows) -> tuple[int, list[Difference]]:
    """How many totals were counted, and those that differ from what the snapshot shows."""
    counted, found = 0, []
    for priority in snapshot.priorities:
        for part in (*priority.indicators, *priority.context):
            for total, shown, again in _totals(snapshot, part, rows):
                counted += 1
                if not _same(shown, again):
                    found.append(
                        Difference(
                            quarter=str(snapshot.quarter),
                            indicator=part.reference or part.slug,
                            total=total,
                            shown=_words(shown),
                            counted=_words(again),
                        )
                    )
    for who, total, amount, pence in _money(snapshot, rows):
        counted += 1
        if amount != (None if pence is None else Decimal(pence) / 100):
            words = ("nothing" if amount is None else f"{amount:.2f}", _in_pounds(pence))
            found.append(Difference(str(snapshot.quarter), who, total, *words))
    return counted, found


def _totals(snapshot: Any, part: Any, rows: Rows) -> Iterator[tuple[str, Shown, Shown]]:
    year, last = snapshot.quarter.year_begins, snapshot.quarter.number
    asked = [4] if part.frequency == "annual" else [1, 2, 3, 4]
    so_far = [number for number in asked if number <= last]
    mode = part.year_to_date.mode
    held = rows.by_indicator.get(part.slug, {})
    compared = [number for number in so_far if (year, number) in held] or so_far
    yield "year to date", _shown(part.year_to_date), _together(mode, rows.of(part.slug, year, so_far))
    yield (
        "same period last year",
        _shown(part.last_year_to_date),
        _together(mode, rows.of(part.slug, year - 1, compared)),
    )
    yield "last year", _shown(part.last_year), _together(mode, rows.of(part.slug, year - 1, asked))
    if part.forecast.number is not None:
        yield "forecast", (part.forecast.number, None, None), _forecast(rows, part.slug, year, last)


def _money(snapshot: Any, rows: Rows) -> Iterator[tuple[str, str, Decimal | None, int | None]]:
    """What each project spent in the year and in all, and all of them together in the year: as shown, and in pence as counted."""
    funding = snapshot.funding
    collected = [project for project in funding.projects if project.is_collected] if funding else []
    first = (snapshot.quarter.year_begins, 1)
    last = (snapshot.quarter.year_begins, snapshot.quarter.number)
    together: int | None = None
    for project in collected:
        in_year = rows.pence_of(project.slug, first, last)
        yield project.name, "spent in the year", project.spent_in_year, in_year
        yield project.name, "spent so far", project.spent_so_far, rows.pence_of(project.slug, (0, 1), last)
        if in_year is not None:
            together = (together or 0) + in_year
    if collected:
        yield "All projects", "spent in the year", funding.spent_in_year.amount, together


def _in_pounds(pence: int | None) -> str:
    return "nothing" if pence is None else f"{pence // 100}.{pence % 100:02d}"


def _shown(to_date: Any) -> Shown:
    value = to_date.value
    return None if value is None else (value.numerator, value.denominator, value.percentage)


def _together(mode: str, quarters: list[Standing]) -> Shown:
    if not quarters:
        return None
    if mode == "latest" or len(quarters) == 1:
        numerator, denominator, stated = quarters[-1]
    elif any(part is None for part, _, _ in quarters) or (
        mode == "pooled" and any(base is None for _, base, _ in quarters)
    ):
        return None  # a stated percentage has no base to put together
    else:
        numerator = denominator = Decimal(0)
        for part, base, _ in quarters:
            numerator += part or 0
            denominator += base or 0
        denominator, stated = (denominator if mode == "pooled" else None), None
    if stated is None and numerator is not None and denominator:
        stated = numerator * 100 / denominator
    return numerator, denominator, stated


def _forecast(rows: Rows, slug: str, year: int, last: int) -> Shown:
    """This year so far × last year / last year's same quarters."""

    def total(of: int, upto: int) -> Decimal:
        result = Decimal(0)
        for numerator, _, _ in rows.of(slug, of, range(1, upto + 1)):
            result += numerator or 0
        return result

    before = total(year - 1, last)
    return (total(year, last) * total(year - 1, 4) / before, None, None) if before else None


def _same(shown: Shown, again: Shown) -> bool:
    """To a millionth: both divide, perhaps in another order."""
    if shown is None or again is None:
        return shown is again
    return all(
        (one is None and other is None)
        or (one is not None and other is not None and abs(one - other) < Decimal("0.000001"))
        for one, other in zip(shown, again, strict=True)
    )


def _words(total: Shown) -> str:
    if total is None:
        return "nothing"
    numerator, denominator, percentage = total
    if denominator is not None:
        return f"{_plain(numerator)} of {_plain(denominator)}"
    return _plain(numerator) if numerator is not None else f"{_plain(percentage)}%"


def _plain(number: Decimal | None) -> str:
    """Every digit, without zeros at the end."""
    return "nothing" if number is None else f"{number.normalize():f}"
