"""Finds a free place for words inside the plot, among lines, marks and other words."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from indicators.charts.lettering import Box, box, kept_inside
from indicators.charts.points import Place, Text

AIR = Decimal("0.12")  # of the type size, between words and what is drawn


class Room:
    """What is drawn so far. `bounds` is where words may stand."""

    def __init__(self, bounds: Box, font: Decimal) -> None:
        self.bounds = bounds
        self.font = font
        self.boxes: list[Box] = []
        self.strokes: list[tuple[Place, Place]] = []
        self.faint: list[tuple[Place, Place]] = []  # covered when there is no better place

    def draw(self, places: Sequence[Place], *, is_faint: bool = False) -> None:
        """A line through these places is in the way."""
        (self.faint if is_faint else self.strokes).extend(zip(places, places[1:], strict=False))

    def mark(self, place: Place, radius: Decimal) -> None:
        self.boxes.append(Box(place.x - radius, place.y - radius, place.x + radius, place.y + radius))

    def is_free(self, covers: Box, *, is_strict: bool = False) -> bool:
        """Whether nothing is there; strictly, not even a faint line."""
        air = self.font * AIR
        aired = Box(covers.left - air, covers.top - air, covers.right + air, covers.bottom + air)
        return (
            covers.is_inside(self.bounds)
            and not any(aired.meets(other) for other in self.boxes)
            and not any(crosses(start, end, aired) for start, end in self.strokes)
            and not (is_strict and any(crosses(start, end, aired) for start, end in self.faint))
        )

    def first_free(self, candidates: Iterable[Text]) -> Text | None:
        """The first of the texts that covers nothing, taken: what comes later keeps off it. None if there is none."""
        inside = [kept_inside(text, self.font, self.bounds.left, self.bounds.right) for text in candidates]
        free = [(text, covers) for text in inside if self.is_free(covers := box(text, self.font))]
        best = next((one for one in free if self.is_free(one[1], is_strict=True)), free[0] if free else None)
        if best is None:
            return None
        self.boxes.append(best[1])
        return best[0]


def crosses(start: Place, end: Place, covers: Box) -> bool:
    """Whether the line from `start` to `end`, which doesn't go leftwards, enters the box."""
    if end.x < covers.left or start.x > covers.right:
        return False
    if start.x == end.x:
        highest, lowest = min(start.y, end.y), max(start.y, end.y)
    else:
        slope = (end.y - start.y) / (end.x - start.x)
        sides = [
            start.y + slope * (max(start.x, covers.left) - start.x),
            start.y + slope * (min(end.x, covers.right) - start.x),
        ]
        highest, lowest = min(sides), max(sides)
    return highest < covers.bottom and lowest > covers.top
