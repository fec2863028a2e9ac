"""The list of what people told the partnership: each published consultation in a few lines. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from consultation import results
from reporting.told import method, ranking, wording
from reporting.told.shape import Found

FIRST = 3  # concerns that a line of the list names


@dataclass(frozen=True)
class Line:
    found: Found
    answered: str
    first: tuple[str, ...]  # "Gangs, 130 of 1,389 (9.4%)"

    @property
    def totals_only(self) -> str:
        return "" if self.found.counts.holds_responses else method.TOTALS


def lines(every: Iterable[Found]) -> list[Line]:
    return [_line(found) for found in every]


def _line(found: Found) -> Line:
    counts = found.counts
    base = ranking.base(counts)
    order = [one for one in results.ranked(counts.concerns, results.by_first) if one.place <= FIRST and one.count]
    first = tuple(f"{one.concern.text}: {wording.of_all(one.count, base)}" for one in order)
    return Line(found, f"{wording.people(counts.responses)} answered, {found.when}.", first)
