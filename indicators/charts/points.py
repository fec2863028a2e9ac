"""What every chart is made of: the states of a figure, places in the picture, words in it."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# What is drawn for a point.
KNOWN = "known"  # on the line
UNVERIFIED = "unverified"  # a hollow diamond, not joined to the line
MISSING = "missing"  # a dashed or dotted upright, never zero
BLANK = "blank"  # nothing: the quarter is to come, or nothing was asked for
HIDDEN = "hidden"  # a gap with the words for it: there is a figure, and it is not for the reader

# Words are drawn in one of these; the rest of the colours stand in the templates.
INK, MUTED, MULBERRY, WHITE = "#211b26", "#5d5663", "#5a2350", "#fff"

TENTH = Decimal("0.1")


def check(state: str, value: Decimal | None) -> None:
    """Raise ValueError unless there is a value exactly when the state says so."""
    if (value is None) == (state in (KNOWN, UNVERIFIED)):
        raise ValueError(f"A {state} point can't have the value {value}")


def tenth(value: Decimal) -> Decimal:
    """To a tenth of a unit, which no eye can tell from the true place."""
    return value.quantize(TENTH, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Point:
    """One quarter: `label` "2017-18 Q4", `words` "629", "70.5%" or "no figure"."""

    label: str
    state: str
    value: Decimal | None = None
    words: str = "no figure"

    def __post_init__(self) -> None:
        check(self.state, self.value)


@dataclass(frozen=True)
class Place:
    x: Decimal
    y: Decimal


@dataclass(frozen=True)
class Text:
    """Words in the picture, `place` on their base line; `anchor` is start, middle or end."""

    place: Place
    words: str
    anchor: str = "start"
    fill: str = INK
    is_strong: bool = False


@dataclass(frozen=True)
class Run:
    """Points joined by a line, from left to right."""

    places: tuple[Place, ...]

    @property
    def points(self) -> str:
        """For a polyline: "3.0,4.7 10.3,3.4"."""
        return " ".join(f"{place.x},{place.y}" for place in self.places)
