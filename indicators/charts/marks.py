"""What is drawn for the figures of a line chart: lines, steps of the target, and a mark for each state."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.periods import Slots
from indicators.charts.points import MISSING, Place, Run
from indicators.charts.series import Period
from indicators.charts.sizes import Pen

Height = Callable[[Decimal], Decimal]  # of a figure: its y


@dataclass(frozen=True)
class Marks:
    lines: tuple[Run, ...] = ()
    before: tuple[Run, ...] = ()  # lines before the last break
    dots: tuple[Place, ...] = ()
    before_dots: tuple[Place, ...] = ()  # hollow and grey
    provisional: tuple[Place, ...] = ()  # hollow
    latest: Place | None = None  # a larger dot
    latest_provisional: Place | None = None  # and a larger hollow one
    restated: tuple[Place, ...] = ()  # hollow diamonds
    unverified: tuple[Place, ...] = ()  # the same, not joined to the line
    crosses: tuple[Place, ...] = ()  # where restated figures were

    def all_places(self) -> list[Place]:
        ends = [place for place in (self.latest, self.latest_provisional) if place]
        drawn = (self.dots, self.before_dots, self.provisional, self.restated, self.unverified, self.crosses)
        return [*ends, *(place for places in drawn for place in places)]


def marks(points: Sequence[Period], slots: Slots, height: Height, cuts: Collection[int], pen: Pen) -> Marks:
    """`cuts` are the indexes of breaks. Where periods are too close for a dot each, only those that say something have one."""
    since = max(cuts, default=0)
    places = [
        None if point.value is None else Place(slots.middle(index), height(point.value))
        for index, point in enumerate(points)
    ]
    runs = known_runs(points, cuts)
    alone = {run[0] for run in runs if len(run) == 1}
    latest = max((index for index, point in enumerate(points) if point.value is not None), default=-1)
    is_dense = slots.step < pen.dot * 4
    kinds: dict[str, list[Place]] = defaultdict(list)
    for index, (point, place) in enumerate(zip(points, places, strict=True)):
        if place is None:
            continue
        if point.is_unverified:
            kinds["unverified"].append(place)
        elif point.was is not None:
            kinds["restated"].append(place)
        elif point.is_provisional and index >= since:
            kinds["latest provisional" if index == latest else "provisional"].append(place)
        elif index == latest >= since:
            kinds["latest"].append(place)
        elif not is_dense or index in alone:
            kinds["before" if index < since else "dot"].append(place)
    lines = [(run[0] < since, _joined(places, run)) for run in runs if len(run) > 1]
    return Marks(
        lines=tuple(run for is_before, run in lines if not is_before),
        before=tuple(run for is_before, run in lines if is_before),
        dots=tuple(kinds["dot"]),
        before_dots=tuple(kinds["before"]),
        provisional=tuple(kinds["provisional"]),
        latest=next(iter(kinds["latest"]), None),
        latest_provisional=next(iter(kinds["latest provisional"]), None),
        restated=tuple(kinds["restated"]),
        unverified=tuple(kinds["unverified"]),
        crosses=tuple(
            Place(slots.middle(index), height(point.was)) for index, point in enumerate(points) if point.was is not None
        ),
    )


def known_runs(points: Sequence[Period], cuts: Collection[int]) -> list[list[int]]:
    """Indexes of verified figures next to each other, never over a break."""
    runs: list[list[int]] = [[]]
    for index, point in enumerate(points):
        if index in cuts or not point.is_known:
            runs.append([])
        if point.is_known:
            runs[-1].append(index)
    return [run for run in runs if run]


def missing_runs(points: Sequence[Period], state: str = MISSING) -> list[list[int]]:
    """Indexes of missing periods next to each other; or of those in another state."""
    runs: list[list[int]] = [[]]
    for index, point in enumerate(points):
        if point.state == state:
            runs[-1].append(index)
        else:
            runs.append([])
    return [run for run in runs if run]


def targets(points: Sequence[Period], slots: Slots, height: Height, cuts: Collection[int]) -> tuple[Run, ...]:
    """The target's steps, each as wide as its period; not joined over a period without one, nor over a break."""
    runs: list[list[Place]] = []
    is_open = False
    for index, point in enumerate(points):
        if point.target is None:
            is_open = False
            continue
        start, end = (Place(slots.edge(edge), height(point.target)) for edge in (index, index + 1))
        if not is_open or index in cuts:
            runs.append([start, end])
        elif runs[-1][-1].y == start.y:
            runs[-1][-1] = end
        else:
            runs[-1] += [start, end]
        is_open = True
    return tuple(Run(tuple(run)) for run in runs)


def _joined(places: Sequence[Place | None], run: Sequence[int]) -> Run:
    return Run(tuple(place for index in run if (place := places[index]) is not None))
