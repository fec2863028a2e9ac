"""From a publisher's file to what it offers: whole quarters of each series, and what can't be taken, with the reason. Pure."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from indicators.feeds import months, table
from indicators.feeds.layout import Layout, category_name, key
from indicators.feeds.table import Damage, Key, Table
from indicators.numbers import MOST_FIGURES, Unreadable, parse_count
from indicators.uploads.offers import Offer, Place, Reading, Refusal
from lib.numerals import figure, listed
from lib.quarters import Quarter
from lib.sheets import Book, Cell

_FRACTION_OF_NOTHING = re.compile(r"(\d+)\.0+", re.ASCII)  # how some programs write whole numbers
MOST_NAMED = 3
MOST_YEARS = 100


@dataclass(frozen=True)
class Series:
    """What is to be read for one indicator: the lines of one area whose numbers are added up.

    `refused` are the quarters that this file may not fill, each with the sentence why.
    """

    indicator_id: int
    label: str  # "Burglary, borough"
    area: str
    categories: tuple[tuple[str, ...], ...]
    refused: Mapping[Quarter, str] = field(default_factory=dict)


def read(book: Book, layout: Layout, series: Sequence[Series], kept: Collection[Quarter]) -> Reading:
    """What the file offers for these series in the quarters that are kept here. Raises `Unusable` when it isn't the file looked for."""
    found = table.find(book, layout)
    quarters = _from_first_to_last(found.months)
    offers: list[Offer] = []
    refusals: list[Refusal] = []
    taken: list[Series] = []
    for one in series:
        if why := _why_none(one, found):
            head = Place(found.number, found.head, found.where[layout.levels[-1]])
            refusals.append(Refusal(head, "", one.label, f"{why} Nothing is taken for this series."))
            continue
        taken.append(one)
        read_ = _Series(one, found)
        for quarter in quarters:
            if quarter in kept:
                answer = read_.of(quarter)
                (offers if isinstance(answer, Offer) else refusals).append(answer)  # type: ignore[arg-type]
    return Reading(tuple(offers), tuple(refusals), tuple(_notes(found, taken, quarters, kept)))


def _from_first_to_last(found: Sequence[dt.date]) -> list[Quarter]:
    """Every quarter between these months, those without any too. A file may name years that lie far apart by mistake."""
    if not found:
        return []
    first, last = Quarter.of(found[0]), Quarter.of(found[-1])
    if last.year_begins - first.year_begins > MOST_YEARS:
        return sorted({Quarter.of(month) for month in found})
    return list(last.back_to((last.year_begins - first.year_begins) * 4 + last.number - first.number + 1))


# ---------------------------------------------------------------- one series


def _why_none(series: Series, found: Table) -> str:
    """Why the whole series can't be taken; empty when its lines are all there, once each."""
    if key(series.area) not in found.areas:
        names = table.like(series.area, found.areas.values())
        return f"The area “{series.area}” isn’t in this file.{table.asked(names)}"
    there = [line.category for line in found.lines if key(line.area) == key(series.area)]
    for category in series.categories:
        name = category_name(category)
        if len(category) != len(found.layout.levels):
            return f"“{name}” doesn’t have the {len(found.layout.levels)} levels of this file."
        lines = found.by_key.get(_key(series, category))
        if lines is None:
            mapped = {_key(series, one)[1] for one in series.categories}
            free = {tuple(map(key, one)): one for one in there if tuple(map(key, one)) not in mapped}
            return f"“{name}” isn’t in this file.{table.asked(_renamed(category, free.values()))}"
        if found.layout.is_wide and len(lines) > 1:
            rows = listed(str(line.row + 1) for line in lines)
            return f"“{name}” stands in more than one row for {series.area}: {rows}. Which one counts can’t be told."
    return ""


def _renamed(category: tuple[str, ...], among: Collection[tuple[str, ...]]) -> list[str]:
    """What it may be called now: first among those beside it, by their own names, then anywhere, by all levels."""
    beside = [one for one in among if tuple(map(key, one[:-1])) == tuple(map(key, category[:-1]))]
    if named := table.like(category[-1], [one[-1] for one in beside]):
        return named
    return table.like(category_name(category), [category_name(one) for one in among])


class _Series:
    """The numbers of one series by month, and what stands in the way."""

    def __init__(self, series: Series, found: Table) -> None:
        self.series, self.found = series, found
        self.parts = [(category, *found.cells(_key(series, category))) for category in series.categories]
        self.row = found.by_key[_key(series, series.categories[0])][0].row

    def of(self, quarter: Quarter) -> Offer | Refusal:
        if why := self.series.refused.get(quarter):
            return self._refusal(quarter, why)
        three = [months.plus(quarter.start, ahead) for ahead in range(3)]
        numbers: dict[dt.date, Decimal] = dict.fromkeys(three, Decimal(0))
        first: Place | None = None
        for category, cells, damages in self.parts:
            is_zero = self.found.layout.absent_is_zero and not damages
            there = [month for month in three if cells.get(month) or (is_zero and month in self.found.months)]
            if len(there) < len(three):
                return self._incomplete(quarter, category, three, there, damages)
            for month in three:
                if len(cells.get(month, ())) > 1:
                    places = listed(place.name for place, _ in cells[month])
                    why = f"{months.named(month)} of “{category_name(category)}” stands more than once, in {places}."
                    return self._refusal(quarter, why, cells[month][1][0], cells[month][1][1].line)
                for place, cell in cells.get(month, ()):
                    number = whole(cell)
                    if number is None:
                        return self._refusal(quarter, _not_whole(cell, month, category), place, cell.line)
                    numbers[month] += number
                    first = first or place
        total = sum(numbers.values(), Decimal(0))
        if total >= 10**MOST_FIGURES:
            return self._refusal(quarter, f"{figure(total)} has more than {MOST_FIGURES} figures: that is no count.")
        return Offer(
            indicator_id=self.series.indicator_id,
            quarter=quarter,
            place=first or self._place(),
            typed=" + ".join(figure(numbers[month]) for month in three),
            numerator=total,
            months=tuple((month, numbers[month]) for month in three),
        )

    def _incomplete(
        self,
        quarter: Quarter,
        category: tuple[str, ...],
        three: list[dt.date],
        there: list[dt.date],
        damages: list[Damage],
    ) -> Refusal:
        known = [*(self.found.damaged[month] for month in three if month in self.found.damaged), *damages]
        of = "" if self.found.layout.is_wide else f" for “{category_name(category)}”"
        why = " ".join([_has_only(quarter, there, of), *(damage.why for damage in known[:MOST_NAMED])])
        return self._refusal(quarter, why, known[0].place, known[0].typed) if known else self._refusal(quarter, why)

    def _refusal(self, quarter: Quarter, why: str, place: Place | None = None, typed: str = "") -> Refusal:
        return Refusal(place or self._place(quarter), typed, f"{self.series.label}, {quarter}", why)

    def _place(self, quarter: Quarter | None = None) -> Place:
        """The first cell of the series in the quarter, or where its line begins."""
        inside = [
            column
            for month, column in self.found.columns.items()
            if quarter is not None and Quarter.of(month) == quarter
        ]
        return Place(self.found.number, self.row, min(inside, default=self.found.where[self.found.layout.levels[-1]]))


def whole(cell: Cell) -> Decimal | None:
    """The count that a cell holds, formulas by what they came to last; None for anything else."""
    number = cell.number
    if cell.kind in ("error", "boolean", "date"):
        return None
    if number is None:
        text = cell.line
        if match := _FRACTION_OF_NOTHING.fullmatch(text):
            text = match[1]
        try:
            return parse_count(text, thing="It") if text else None
        except Unreadable:
            return None
    if not number.is_finite() or number < 0 or number >= 10**MOST_FIGURES or number != number.to_integral_value():
        return None
    return number.quantize(Decimal(1))


def _not_whole(cell: Cell, month: dt.date, category: tuple[str, ...]) -> str:
    what = f"{months.named(month)} of “{category_name(category)}”"
    return f"{what} is “{cell.line[: table.COMPARED]}”, not a whole number." if cell.text else f"{what} is empty."


def _has_only(quarter: Quarter, there: Sequence[dt.date], of: str = "") -> str:
    """ "2021-22 Q4 has only January of its three months."."""
    named = f"only {listed(f'{month:%B}' for month in there)}" if there else "none"
    return f"{quarter} has {named} of its three months{of}."


def _key(series: Series, category: tuple[str, ...]) -> Key:
    return key(series.area), tuple(map(key, category))


# ---------------------------------------------------------------- the file as a whole


def _notes(
    found: Table, series: Sequence[Series], quarters: Sequence[Quarter], kept: Collection[Quarter]
) -> Iterator[str]:
    wanted = {_key(one, category) for one in series for category in one.categories}
    taken = sum(len(found.by_key.get(one, ())) for one in wanted)
    others = len(found.lines) - taken
    if others:
        are = "line is" if others == 1 else "lines are"
        yield f"{figure(others)} other {are} about other areas or categories, and not kept."
    yield from _left_out(found, quarters, kept)
    yield from _added(found, series, wanted)
    formulas = sum(bool(cell.formula) for one in wanted if one in found.by_key for cell in _cells(found, one))
    if formulas:
        cells = "cell holds a formula" if formulas == 1 else "cells hold formulas"
        yield f"{figure(formulas)} {cells}: what the spreadsheet worked out last is taken."
    if found.unknown:
        names = [f"“{name[: table.COMPARED]}”" for name in found.unknown[:MOST_NAMED]]
        more = len(found.unknown) - len(names)
        columns = (
            "column means nothing here and stays" if len(found.unknown) == 1 else "columns mean nothing here and stay"
        )
        which = f"{', '.join(names)} and {more} more" if more else listed(names)
        yield f"{figure(len(found.unknown))} {columns} unread: {which}."


def _cells(found: Table, at: Key) -> Iterator[Cell]:
    for there in found.cells(at)[0].values():
        yield from (cell for _, cell in there)


def _left_out(found: Table, quarters: Sequence[Quarter], kept: Collection[Quarter]) -> Iterator[str]:
    """Quarters that were never opened here; among them one that the file has only in part."""
    left = [quarter for quarter in quarters if quarter not in kept]
    there = Counter(Quarter.of(month) for month in found.months if month not in found.damaged)
    full = [quarter for quarter in left if there[quarter] == 3]
    if full:
        which = listed(_spans(full))
        are = "quarter was never opened here and is" if len(full) == 1 else "quarters were never opened here and are"
        yield f"{figure(len(full))} {are} left out: {which}."
    for quarter in (left[:1] + left[1:][-1:]) if left else ():
        if quarter not in full:
            told = [month for month in found.months if Quarter.of(month) == quarter and month not in found.damaged]
            yield f"{_has_only(quarter, told)} It is left out."


def _spans(quarters: Sequence[Quarter]) -> list[str]:
    """Runs of quarters: ["2010-11 Q1 to 2015-16 Q4", "2018-19 Q1"]."""
    runs: list[list[Quarter]] = []
    for quarter in quarters:
        if runs and runs[-1][-1].next == quarter:
            runs[-1].append(quarter)
        else:
            runs.append([quarter])
    return [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]


def _added(found: Table, series: Sequence[Series], wanted: Collection[Key]) -> Iterator[str]:
    """Where a series adds up several lines of a group, a further one there may be new, and belong to it."""
    for one in series:
        groups = Counter(tuple(map(key, category[:-1])) for category in one.categories if len(category) > 1)
        for group, several in groups.items():
            if several < 2:
                continue
            further = {
                line.category[-1]
                for line in found.lines
                if key(line.area) == key(one.area)
                and tuple(map(key, line.category[:-1])) == group
                and line.key not in wanted
            }
            if further:
                names = listed(f"“{name}”" for name in sorted(further)[:MOST_NAMED])
                yield f"{one.label} leaves out {names}, which stands beside what it adds up. If it belongs to it, add it."


def stamped(reading: Reading, *, source: str, extracted_on: dt.date | None) -> Reading:
    """The same with where it is from, and of which day, on every figure."""
    offers = tuple(replace(offer, source=source, extracted_on=extracted_on) for offer in reading.offers)
    return replace(reading, offers=offers)


def dated(reading: Reading, published_on: dt.date | None, labels: Mapping[int, str]) -> Reading:
    """Without the quarters that were not over on the day the file is said to be of: that day or the file is the wrong one."""
    if published_on is None:
        return reading
    offers, refusals = [], []
    for offer in reading.offers:
        late = [month for month, _ in offer.months if months.plus(month, 1) > published_on]
        if not late:
            offers.append(offer)
            continue
        why = f"A file published on {published_on.day} {published_on:%B %Y} can’t hold {months.named(late[-1])}. Look at the day."
        refusals.append(Refusal(offer.place, offer.typed, f"{labels[offer.indicator_id]}, {offer.quarter}", why))
    return replace(reading, offers=tuple(offers), refusals=(*reading.refusals, *refusals))
