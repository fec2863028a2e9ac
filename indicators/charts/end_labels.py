"""What stands at the right end of a line chart: the latest figure, its target and the usual range, each beside what it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.apart import apart
from indicators.charts.lettering import shorten, width
from indicators.charts.marks import Height
from indicators.charts.points import BLANK, INK, MULBERRY, MUTED, Place, Text, tenth
from indicators.charts.saying import figure_words, target_words, words_of
from indicators.charts.scale import Formatter
from indicators.charts.series import Band, Period
from indicators.charts.sizes import LineSize

MOST_OF_WIDTH = Decimal("0.4")
FEWEST = 4  # periods; of fewer, the last is far from the end
MIDDLE = Decimal("0.34")  # of the type size: from the middle of figures down to their base line


@dataclass(frozen=True)
class EndLabel:
    """In the order of rank labels stand where they want the same place."""

    value: Decimal
    rank: int
    words: str
    fill: str = MUTED
    is_strong: bool = False
    is_latest: bool = False


def end_labels(
    points: Sequence[Period], bands: Sequence[Band], formatter: Formatter, size: LineSize, this: str
) -> tuple[EndLabel, ...]:
    """For what reaches the right end. `this` is "this quarter", said on paper, where no key stands over the chart."""
    if not size.has_end_labels:
        return ()
    labels = []
    last = points[-1]
    if last.value is not None and reaches_end(points):
        labels.append(
            EndLabel(last.value, 1, _latest(last, formatter, size, this), INK, not last.is_unverified, is_latest=True)
        )
    if last.target is not None:
        aim = target_words(last, formatter)
        when = f", {last.tick or last.label}" if last.state == BLANK else f" {this}"
        words = f"{aim} target{when}" if size.is_paper else f"Target {aim}"
        labels.append(EndLabel(last.target, 2, words, MULBERRY, True))
    if bands and bands[-1].end >= len(points):
        labels += _range(bands[-1], formatter, size)
    return tuple(labels)


def reaches_end(points: Sequence[Period]) -> bool:
    """Whether the latest figure stands close enough to the right end to be labelled there."""
    return points[-1].value is not None and len(points) >= FEWEST


def room_for(labels: Sequence[EndLabel], size: LineSize) -> Decimal:
    """How wide the strip at the right must be."""
    widest = max((width(label.words, size.font, is_strong=label.is_strong) for label in labels), default=Decimal(0))
    needed = min(widest, size.width * MOST_OF_WIDTH) + _indent(size) + 1
    return max(size.right, needed.to_integral_value())


def placed(
    labels: Sequence[EndLabel], height: Height, right: Decimal, top: Decimal, bottom: Decimal, size: LineSize
) -> list[Text]:
    """Pushed apart between `top` and `bottom`, the latest figure first."""
    in_order = sorted(labels, key=lambda label: (height(label.value), label.rank))
    first = next((index for index, label in enumerate(in_order) if label.is_latest), 0)
    heights = apart([height(label.value) for label in in_order], first, least=size.apart, top=top, bottom=bottom)
    return [
        Text(
            Place(right + _indent(size), tenth(y + MIDDLE * size.font)),
            shorten(label.words, size.width - right - _indent(size), size.font, is_strong=label.is_strong),
            "start",
            label.fill,
            label.is_strong,
        )
        for label, y in zip(in_order, heights, strict=True)
    ]


def _indent(size: LineSize) -> Decimal:
    return size.font * 2 / 3


def _latest(last: Period, formatter: Formatter, size: LineSize, this: str) -> str:
    said = figure_words(last, formatter)
    if last.is_unverified:
        return f"{said}, not yet verified"
    if last.is_provisional:
        return f"{said}, provisional"
    return f"{said} {this}" if size.is_paper else said


def _range(band: Band, formatter: Formatter, size: LineSize) -> list[EndLabel]:
    mean, lower, upper = words_of(band, formatter)
    trial = "trial " if band.is_trial else ""
    labels = []
    for value, rank, words, web, paper in (
        (band.upper, 0, upper, f"upper {trial}limit", f"top of {trial or 'usual '}range"),
        (band.mean, 3, mean, "mean", "average"),
        (band.lower, 4, lower, f"lower {trial}limit", f"bottom of {trial or 'usual '}range"),
    ):
        if value is not None:
            labels.append(EndLabel(value, rank, f"{words} {paper}" if size.is_paper else f"{words}, {web}"))
    return labels
