"""The horizontal axis: periods, and under them the years; fewer of each where they would run into each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.lettering import Box, box, kept_inside, widest, width
from indicators.charts.points import INK, MUTED, Place, Text, tenth
from indicators.charts.series import Period
from indicators.charts.sizes import LineSize

# Every year, or every second, and so on; counted back from the latest.
THINNER = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True)
class Slots:
    """Equal widths for the periods, side by side between `left` and `right`."""

    left: Decimal
    right: Decimal
    how_many: int

    @property
    def step(self) -> Decimal:
        return (self.right - self.left) / self.how_many

    def edge(self, index: int) -> Decimal:
        return tenth(self.left + self.step * index)

    def middle(self, index: int) -> Decimal:
        return tenth(self.left + self.step * (2 * index + 1) / 2)


@dataclass(frozen=True)
class Divider:
    x: Decimal
    top: Decimal
    bottom: Decimal


@dataclass(frozen=True)
class PeriodAxis:
    texts: tuple[Text, ...]
    dividers: tuple[Divider, ...]


@dataclass(frozen=True)
class _Group:
    name: str
    start: int
    end: int


def has_ticks(points: Sequence[Period], slots: Slots, size: LineSize) -> bool:
    """Whether "Q1", "Q2" are written: when all that are given have room."""
    ticks = [point.tick for point in points if point.tick]
    return bool(ticks) and widest(ticks, size.font) + size.gap / 2 <= slots.step


def period_axis(points: Sequence[Period], slots: Slots, axis: Decimal, size: LineSize) -> PeriodAxis:
    """Under the axis at height `axis`."""
    is_ticked = has_ticks(points, slots, size)
    texts = []
    if is_ticked:
        texts = [
            Text(Place(slots.middle(index), axis + size.period_drop), point.tick, "middle", MUTED)
            for index, point in enumerate(points)
            if point.tick
        ]
    groups = _groups(points)
    every = _every(groups, slots, size)
    if every is None:
        return PeriodAxis(tuple(texts), ())
    drop = size.group_drop if is_ticked else size.period_drop
    texts += _years(groups, every, slots, axis + drop, size)
    is_divided = every == 1 and is_ticked
    bottom = axis + (size.divider if is_divided else size.divider / 8)
    return PeriodAxis(
        tuple(texts), tuple(Divider(slots.edge(group.start), axis, tenth(bottom)) for group in groups if group.start)
    )


def _groups(points: Sequence[Period]) -> list[_Group]:
    groups: list[_Group] = []
    for index, point in enumerate(points):
        if groups and groups[-1].name == point.group:
            groups[-1] = _Group(point.group, groups[-1].start, index + 1)
        else:
            groups.append(_Group(point.group, index, index + 1))
    return groups


def _every(groups: Sequence[_Group], slots: Slots, size: LineSize) -> int | None:
    """How many years to go on by; None when there are no years."""
    names = [group.name for group in groups if group.name]
    if not names:
        return None
    longest = slots.step * max(group.end - group.start for group in groups)
    needed = widest(names, size.font) + size.gap
    return next((every for every in THINNER if needed <= longest * every), THINNER[-1])


def _years(groups: Sequence[_Group], every: int, slots: Slots, y: Decimal, size: LineSize) -> list[Text]:
    """From the latest back. The latest is strong; one that would touch its neighbour, as a part of a year may, is left out."""
    texts: list[Text] = []
    taken: list[Box] = []
    for group in groups[::-1][::every]:
        if not group.name:
            continue
        is_latest = group is groups[-1]
        middle = (slots.edge(group.start) + slots.edge(group.end)) / 2
        text = Text(Place(tenth(middle), y), group.name, "middle", INK if is_latest else MUTED, is_latest)
        if width(group.name, size.font, is_strong=is_latest) > size.width:
            continue
        text = kept_inside(text, size.font, Decimal(0), size.width)
        covers = box(text, size.font)
        if not any(covers.meets(other, size.gap / 2) for other in taken):
            texts.append(text)
            taken.append(covers)
    return texts[::-1]
