"""The plot of a line chart: where its sides lie, how high a figure stands in it, its gridlines and usual ranges."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.lettering import Box
from indicators.charts.periods import Slots
from indicators.charts.points import Place, tenth
from indicators.charts.scale import Scale
from indicators.charts.series import Band
from indicators.charts.sizes import LineSize


@dataclass(frozen=True)
class Plot:
    size: LineSize
    slots: Slots
    top: Decimal
    axis: Decimal
    scale: Scale | None  # None when there is no figure at all

    def height(self, value: Decimal) -> Decimal:
        """The y of a figure. Raises ValueError when there is no scale."""
        if self.scale is None:
            raise ValueError("No scale without figures")
        share = (value - self.scale.low) / (self.scale.high - self.scale.low)
        return tenth(self.axis - share * (self.axis - self.top))

    @property
    def box(self) -> Box:
        return Box(self.slots.left, self.top, self.slots.right, self.axis)


@dataclass(frozen=True)
class Gridline:
    y: Decimal
    is_zero: bool  # inside a scale that goes below zero


def gridlines(plot: Plot) -> tuple[Gridline, ...]:
    """One at each tick, from the bottom. That at the bottom is the axis itself."""
    if plot.scale is None:
        return ()
    return tuple(Gridline(plot.height(tick), tick == 0 and plot.scale.low < 0) for tick in plot.scale.ticks)


@dataclass(frozen=True)
class Range:
    """A usual range: an area between two limits, or up to the end of the plot where there is one only; none without any."""

    left: Decimal
    right: Decimal
    top: Decimal
    bottom: Decimal
    edges: tuple[Decimal, ...]  # heights of the limits
    mean: Decimal | None
    is_trial: bool

    @property
    def wide(self) -> Decimal:
        return self.right - self.left

    @property
    def high(self) -> Decimal:
        return self.bottom - self.top

    @property
    def rules(self) -> tuple[tuple[Place, Place], ...]:
        """Edges and mean, from left to right."""
        heights = self.edges if self.mean is None else (*self.edges, self.mean)
        return tuple((Place(self.left, y), Place(self.right, y)) for y in heights)


def ranges(bands: Sequence[Band], plot: Plot) -> tuple[Range, ...]:
    drawn = []
    for band in bands:
        if not band.values:
            continue
        upper = None if band.upper is None else plot.height(band.upper)
        lower = None if band.lower is None else plot.height(band.lower)
        mean = None if band.mean is None else plot.height(band.mean)
        edges = tuple(edge for edge in (upper, lower) if edge is not None)
        top = plot.top if upper is None else upper
        bottom = plot.axis if lower is None else lower
        if not edges and mean is not None:
            top = bottom = mean
        left, right = plot.slots.edge(band.start), plot.slots.edge(band.end)
        drawn.append(Range(left, right, top, bottom, edges, mean, band.is_trial))
    return tuple(drawn)
