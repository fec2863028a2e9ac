"""What a snapshot tells of an indicator's figures, version by version. Pure; the same for executive and public ones.

A figure that was restated has versions, counted from the first: each restatement of the quarter makes one more. Snapshots hold every
restatement of their quarters, so the same number in two snapshots is the same version.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indicators.disclosure import Rules
from lib.quarters import Quarter
from reporting.snapshots.shape import Cell, IndicatorPart, Restatement, SmallNumbers, Snapshot, Value

Version = tuple[Quarter, int]


@dataclass(frozen=True)
class Issue:
    """What one public snapshot told of one indicator."""

    snapshot: Snapshot
    part: IndicatorPart
    versions: dict[Version, Value]
    current: dict[Quarter, Version]  # the version that stood for the quarter then

    @property
    def rules(self) -> Rules:
        return rules(self.snapshot.small_numbers)

    @property
    def rounds(self) -> bool:
        return bool(self.rules.rounds_to) and self.part.has_small_numbers


def rules(small: SmallNumbers | None) -> Rules:
    """A snapshot that hides nothing has no threshold."""
    return Rules(small.threshold, small.hides_zero, small.rounds_to) if small else Rules(0, False)


def issue(snapshot: Snapshot, part: IndicatorPart) -> Issue:
    own = [one for one in snapshot.restatements if one.slug == part.slug]
    every = chains(part, own)
    return Issue(
        snapshot,
        part,
        {(quarter, index): value for quarter, chain in every.items() for index, value in enumerate(chain)},
        {quarter: (quarter, len(chain) - 1) for quarter, chain in every.items()},
    )


def issues_of(slug: str, snapshots: Iterable[Snapshot]) -> list[Issue]:
    """Of each snapshot that shows the indicator, what it told of it."""
    return [issue(snapshot, part) for snapshot in snapshots for part in parts(snapshot) if part.slug == slug]


def parts(snapshot: Snapshot) -> Iterator[IndicatorPart]:
    """Every indicator, in the set or beside it."""
    for priority in snapshot.priorities:
        yield from priority.indicators
        yield from priority.context


def cells(part: IndicatorPart) -> dict[Quarter, Cell]:
    """Every quarter that it shows."""
    return {cell.quarter: cell for cell in (*part.history, *part.series, part.year_ago, part.last, part.this)}


def chains(part: IndicatorPart, restatements: Sequence[Restatement]) -> dict[Quarter, list[Value]]:
    """The verified figures of each quarter, the first known first, the one that stands last."""
    found: dict[Quarter, list[Value]] = {}
    for one in restatements:
        found.setdefault(one.quarter, [one.was]).append(one.now)
    for quarter, cell in cells(part).items():
        if cell.state == "verified" and cell.value is not None:
            own = found.setdefault(quarter, [cell.was, cell.value] if cell.was else [cell.value])
            own[-1] = cell.value
    return found
