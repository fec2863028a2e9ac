"""What a line chart is told: periods, usual ranges, breaks and notes. Indexes count periods from the first one given."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.charts.points import KNOWN, UNVERIFIED, check


@dataclass(frozen=True, kw_only=True)
class Period:
    """A quarter or a month. Words left empty are made by the chart's formatter."""

    label: str  # "2017-18 Q1"
    state: str
    value: Decimal | None = None
    words: str = ""
    tick: str = ""  # "Q1", or nothing
    group: str = ""  # "2017-18", the year under the ticks
    is_provisional: bool = False
    was: Decimal | None = None  # the figure it replaced
    was_words: str = ""
    target: Decimal | None = None
    target_words: str = ""

    def __post_init__(self) -> None:
        check(self.state, self.value)
        if self.was is not None and self.value is None:
            raise ValueError(f"{self.label} has no figure that could be restated")

    @property
    def is_known(self) -> bool:
        return self.state == KNOWN

    @property
    def is_unverified(self) -> bool:
        return self.state == UNVERIFIED


@dataclass(frozen=True, kw_only=True)
class Band:
    """A usual range from period `start` up to, not including, `end`. A limit that is None isn't drawn."""

    start: int
    end: int
    mean: Decimal | None
    lower: Decimal | None = None
    upper: Decimal | None = None
    is_trial: bool = False  # from few figures
    mean_words: str = ""
    lower_words: str = ""
    upper_words: str = ""

    @property
    def values(self) -> tuple[Decimal, ...]:
        return tuple(value for value in (self.mean, self.lower, self.upper) if value is not None)


@dataclass(frozen=True)
class Break:
    """From period `index` on the figures aren't comparable with those before."""

    index: int
    heading: str  # "New definition"
    words: str = ""  # "Not comparable with before"


@dataclass(frozen=True)
class Note:
    """Something that happened in period `index`."""

    index: int
    heading: str  # "July 2017"
    words: str = ""


@dataclass(frozen=True)
class Series:
    """What is drawn of what was given. Indexes count from the first period drawn."""

    points: tuple[Period, ...]
    bands: tuple[Band, ...]
    breaks: tuple[Break, ...]
    notes: tuple[Note, ...]

    @property
    def cuts(self) -> tuple[int, ...]:
        return tuple(one.index for one in self.breaks)

    @property
    def figures(self) -> tuple[Decimal, ...]:
        """Every figure and target."""
        return tuple(
            value for point in self.points for value in (point.value, point.was, point.target) if value is not None
        )

    @property
    def values(self) -> tuple[Decimal, ...]:
        """All that must lie on the scale."""
        return (*self.figures, *(value for band in self.bands for value in band.values))


def drawn_from(
    first: int, points: Sequence[Period], bands: Sequence[Band], breaks: Sequence[Break], notes: Sequence[Note]
) -> Series:
    """Only what reaches period `first` or later. A break there or before leaves nothing to divide; a note before it has no place.

    Raises ValueError when no period is left.
    """
    kept = tuple(points[first:])
    if not kept or first < 0:
        raise ValueError("A chart needs at least one period")
    return Series(
        points=kept,
        bands=tuple(
            replace(band, start=max(0, band.start - first), end=min(len(kept), band.end - first))
            for band in sorted(bands, key=lambda band: band.start)
            if band.end > first and band.start < len(points) and band.start < band.end
        ),
        breaks=tuple(
            replace(one, index=one.index - first)
            for one in sorted(breaks, key=lambda one: one.index)
            if first < one.index < len(points)
        ),
        notes=tuple(
            replace(one, index=one.index - first)
            for one in sorted(notes, key=lambda one: one.index)
            if first <= one.index < len(points)
        ),
    )


def possible(series: Series, floor: Decimal | None, ceiling: Decimal | None) -> Series:
    """Without limits that no figure could reach, such as 104%: they would say nothing."""

    def limit(value: Decimal | None) -> Decimal | None:
        if value is None or (floor is not None and value < floor) or (ceiling is not None and value > ceiling):
            return None
        return value

    return replace(
        series,
        bands=tuple(replace(band, lower=limit(band.lower), upper=limit(band.upper)) for band in series.bands),
    )
