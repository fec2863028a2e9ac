"""How many stand where, as one bar: red, amber, green and what has no rating, each told apart without its colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.hatch import Stroke, diagonals, levels, path, uprights
from indicators.charts.identity import checked
from indicators.charts.lettering import Box, width
from indicators.charts.points import INK, MUTED, WHITE, Place, Text, tenth
from indicators.charts.sizes import NARROW, PACK, PAPER_FONTS, WEB_FONTS, WIDE, Size

RED, AMBER, GREEN, DATA_ONLY, UNRATED, NOT_VERIFIED, NOT_THERE, NO_RETURN = (
    "red",
    "amber",
    "green",
    "data only",
    "unrated",
    "not yet verified",
    "missing",
    "no return",
)
COMPLETE = "complete"  # of actions; ratings have no such state
NOTHING = "nothing to show"


@dataclass(frozen=True)
class StatusSize:
    width: Decimal
    height: Decimal
    font: Decimal
    fonts: str
    gap: Decimal  # between segments
    least: Decimal  # no segment is narrower
    numbered: Decimal  # nor has a narrower one its number
    hatch: Decimal
    stroke: Decimal


_PAGE = StatusSize(
    width=Decimal(320),
    height=Decimal(26),
    font=Decimal(15),
    fonts=WEB_FONTS,
    gap=Decimal(2),
    least=Decimal(5),
    numbered=Decimal(16),
    hatch=Decimal(7),
    stroke=Decimal("1.5"),
)
_PAPER = StatusSize(
    width=Decimal(132),
    height=Decimal(13),
    font=Decimal("7.5"),
    fonts=PAPER_FONTS,
    gap=Decimal("0.8"),
    least=Decimal("2.5"),
    numbered=Decimal(9),
    hatch=Decimal(4),
    stroke=Decimal("0.7"),
)
STATUS_SIZES = {WIDE: _PAGE, NARROW: _PAGE, PACK: _PAPER}


@dataclass(frozen=True)
class Segment:
    """`state` is red, amber, green, data only, unrated, not yet verified, missing, no return or complete. `plate` lies under a number on a pattern."""

    state: str
    count: int
    box: Box  # inside its outline
    strokes: tuple[Stroke, ...]
    plate: Box | None
    number: Text | None

    @property
    def pattern(self) -> str:
        return path(self.strokes)


@dataclass(frozen=True)
class StatusBar:
    width: Decimal
    height: Decimal
    font: Decimal
    fonts: str
    stroke: Decimal
    is_paper: bool
    id: str
    title: str
    segments: tuple[Segment, ...]
    nothing: Text | None  # in an empty outlined bar
    outline: Box  # of that bar


def status_bar(
    name: str = "",
    *,
    red: int = 0,
    amber: int = 0,
    green: int = 0,
    data_only: int = 0,
    unrated: int = 0,
    not_yet_verified: int = 0,
    missing: int = 0,
    no_return: int = 0,
    size: Size = WIDE,
    width: Decimal | None = None,
    id: str = "",
) -> StatusBar:
    """Always in this order. A count of none has no segment; none at all is an empty bar that says so.

    Raises ValueError for a count below zero.
    """
    counts = {
        RED: red,
        AMBER: amber,
        GREEN: green,
        DATA_ONLY: data_only,
        UNRATED: unrated,
        NOT_VERIFIED: not_yet_verified,
        NOT_THERE: missing,
        NO_RETURN: no_return,
    }
    return stacked([(state, state, count) for state, count in counts.items()], name, size=size, width=width, id=id)


def stacked(
    counts: Sequence[tuple[str, str, int]],
    name: str = "",
    *,
    size: Size = WIDE,
    width: Decimal | None = None,
    id: str = "",
) -> StatusBar:
    """A bar of any counts, in their order: each looks like a state of a rating, or COMPLETE, and has words of its own ("at risk")."""
    if any(count < 0 for _, _, count in counts):
        raise ValueError("A count can't be below zero")
    measures = STATUS_SIZES[size]
    full = measures.width if width is None else width
    some = [(state, count) for state, _, count in counts if count]
    said = ", ".join(f"{count} {words}" for _, words, count in counts if count) or NOTHING
    half = measures.stroke / 2
    return StatusBar(
        width=full,
        height=measures.height,
        font=measures.font,
        fonts=measures.fonts,
        stroke=measures.stroke,
        is_paper=size is PACK,
        id=checked(id),
        title=f"{name}: {said}" if name else said,
        segments=_segments(some, full, measures),
        nothing=None if some else Text(Place(tenth(full / 2), _baseline(measures)), NOTHING, "middle", MUTED),
        outline=Box(half, half, full - half, measures.height - half),
    )


def shares(counts: Sequence[int], room: Decimal, least: Decimal) -> list[Decimal]:
    """`room` divided as the counts are, but none gets less than `least`; the rest give way in proportion."""
    least = min(least, room / len(counts)) if counts else least
    small: set[int] = set()
    while True:
        left = room - least * len(small)
        total = sum(count for index, count in enumerate(counts) if index not in small)
        found = {index for index, count in enumerate(counts) if index not in small and left * count < least * total}
        if not found:
            return [least if index in small else left * count / total for index, count in enumerate(counts)]
        small |= found


def _segments(some: Sequence[tuple[str, int]], full: Decimal, size: StatusSize) -> tuple[Segment, ...]:
    if not some:
        return ()
    widths = shares([count for _, count in some], full - size.gap * (len(some) - 1), size.least)
    segments = []
    left = Decimal(0)
    for (state, count), wide in zip(some, widths, strict=True):
        segments.append(_segment(state, count, left, wide, size))
        left += wide + size.gap
    return tuple(segments)


def _segment(state: str, count: int, left: Decimal, wide: Decimal, size: StatusSize) -> Segment:
    inset = Decimal(0) if state == RED else size.stroke / 2
    inside = Box(tenth(left + inset), inset, tenth(left + wide - inset), size.height - inset)
    words = str(count)
    needed = width(words, size.font, is_strong=True) + size.font / 4
    number = plate = None
    strokes: tuple[Stroke, ...] = ()
    middle = tenth(left + wide / 2)
    if state == AMBER:
        strokes = diagonals(inside, size.hatch)
    elif state == DATA_ONLY:
        strokes = levels(inside, size.hatch)
    elif state == UNRATED:
        strokes = uprights(inside, size.hatch)
    if wide >= max(size.numbered, needed):
        number = Text(Place(middle, _baseline(size)), words, "middle", WHITE if state == RED else INK, True)
        if strokes:
            top, bottom = (_baseline(size) - size.font * share for share in (Decimal("0.86"), Decimal("-0.14")))
            plate = Box(tenth(middle - needed / 2), tenth(top), tenth(middle + needed / 2), tenth(bottom))
    return Segment(state, count, inside, strokes, plate, number)


def _baseline(size: StatusSize) -> Decimal:
    return tenth(size.height / 2 + size.font * Decimal("0.36"))
