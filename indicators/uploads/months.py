"""Months of counts and amounts, kept and added up into whole quarters. Two of three are no quarter."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from indicators.models import Indicator
from indicators.numbers import Unreadable
from indicators.uploads.beside import Beside
from indicators.uploads.naming import Names
from indicators.uploads.offers import Offer, Place, Refusal
from lib import written
from lib.quarters import Quarter


@dataclass(frozen=True)
class Month:
    first: dt.date
    number: Decimal
    place: Place
    typed: str
    said: dict[str, object]


class Months:
    """Those of one sheet, as they are come upon."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.found: dict[tuple[int, Quarter], list[Month]] = defaultdict(list)
        self.missed: dict[tuple[int, Quarter], set[dt.date]] = defaultdict(set)

    def add(
        self, indicator: Indicator, first: dt.date, number: Decimal, place: Place, typed: str, beside: Beside
    ) -> None:
        """A month that can be read. Raises Unreadable where what stands beside it can't."""
        if beside.gives_a_reason:
            raise Unreadable("There is a figure, and a reason for having none: leave one of them")
        month = Month(first, number, place, typed, beside.figure())
        self.found[indicator.pk, Quarter.of(first)].append(month)

    def miss(self, indicator: Indicator, first: dt.date) -> None:
        """A month that stands there and can't be read; it has a refusal of its own."""
        self.missed[indicator.pk, Quarter.of(first)].add(first)

    def added_up(self) -> tuple[list[Offer], list[Refusal]]:
        offers, refusals = [], []
        for (pk, quarter), months in self.found.items():
            months.sort(key=lambda month: (month.first, month.place))
            label = self.names.label(self.names.indicators[pk], quarter, quarter.year)
            if why := self._why_not(pk, quarter, months):
                refusals += [Refusal(month.place, month.typed, label, said) for month, said in why]
            else:
                offers.append(_sum(self.names.indicators[pk], quarter, months))
        return offers, refusals

    def _why_not(self, pk: int, quarter: Quarter, months: list[Month]) -> list[tuple[Month, str]]:
        """Which months can't be taken, and why: those there twice, or the first where others are not there."""
        times = Counter(month.first for month in months)
        twice = [month for month in months if times[month.first] > 1]
        if twice:
            said = []
            for month in twice:
                others = [other.place.name for other in twice if other.first == month.first and other is not month]
                where = written.listed(others)
                said.append((month, f"{_name(month.first)} stands in {where} as well. Leave one of them."))
            return said
        wanted = [quarter.start.replace(month=quarter.start.month + step) for step in range(3)]
        missed = [_name(first) for first in wanted if first in self.missed[pk, quarter]]
        missing = [_name(first) for first in wanted if first not in times and first not in self.missed[pk, quarter]]
        if missing:
            verb = "is" if len(missing) == 1 else "are"
            return [(months[0], f"{written.listed(missing)} {verb} not in the file, so {quarter} can’t be added up.")]
        if missed:
            return [(months[0], f"{written.listed(missed)} can’t be read, so {quarter} can’t be added up.")]
        return []


def _sum(indicator: Indicator, quarter: Quarter, months: list[Month]) -> Offer:
    last = months[-1].said
    return Offer(
        indicator_id=indicator.pk,
        quarter=quarter,
        place=months[0].place,
        typed=" + ".join(month.typed for month in months),
        numerator=sum((month.number for month in months), Decimal(0)),
        is_amount=indicator.is_amount,
        months=tuple((month.first, month.number) for month in months),
        is_provisional=any(month.said["is_provisional"] for month in months),
        source=next((str(month.said["source"]) for month in reversed(months) if month.said["source"]), ""),
        extracted_on=last["extracted_on"],  # type: ignore[arg-type]
    )


def _name(first: dt.date) -> str:
    return f"{first:%B %Y}"
