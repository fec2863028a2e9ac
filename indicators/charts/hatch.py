"""Patterns as strokes that end where their rectangle ends, drawn alike by every browser and on paper."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.lettering import Box
from indicators.charts.points import Place, tenth


@dataclass(frozen=True)
class Stroke:
    start: Place
    end: Place


def diagonals(inside: Box, gap: Decimal) -> tuple[Stroke, ...]:
    """Rising from left to right at 45 degrees, `gap` apart as measured along an edge."""
    strokes = []
    sum_of_both = inside.left + inside.top + gap  # x and y of any place on a stroke have the same sum
    while sum_of_both < inside.right + inside.bottom:
        left = max(inside.left, sum_of_both - inside.bottom)
        right = min(inside.right, sum_of_both - inside.top)
        strokes.append(Stroke(Place(left, sum_of_both - left), Place(right, sum_of_both - right)))
        sum_of_both += gap
    return tuple(strokes)


def levels(inside: Box, gap: Decimal) -> tuple[Stroke, ...]:
    """Level lines, `gap` apart and evenly away from top and bottom."""
    count = max(1, int((inside.bottom - inside.top) / gap))
    step = (inside.bottom - inside.top) / (count + 1)
    heights = [tenth(inside.top + step * number) for number in range(1, count + 1)]
    return tuple(Stroke(Place(inside.left, y), Place(inside.right, y)) for y in heights)


def uprights(inside: Box, gap: Decimal) -> tuple[Stroke, ...]:
    """Upright lines, `gap` apart and evenly away from left and right."""
    count = max(1, int((inside.right - inside.left) / gap))
    step = (inside.right - inside.left) / (count + 1)
    places = [tenth(inside.left + step * number) for number in range(1, count + 1)]
    return tuple(Stroke(Place(x, inside.bottom), Place(x, inside.top)) for x in places)


def path(strokes: tuple[Stroke, ...]) -> str:
    return "".join(f"M{one.start.x} {one.start.y}L{one.end.x} {one.end.y}" for one in strokes)
