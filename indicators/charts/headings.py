"""The words of breaks and notes over the plot, in rows, so that none covers another and no upright runs through any.

A break's words stand beside its upright, which goes all the way; a note's words stand on top of its upright. Rows are filled from
the top, and as few as will do. What finds no room gives way: the oldest notes first, then what breaks say under their headings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.lettering import ASCENT, DESCENT, width, wrap
from indicators.charts.points import Place, Text, tenth
from indicators.charts.series import Break, Note
from indicators.charts.sizes import LineSize

MOST_NOTES = 3
MOST_BREAKS = 3  # with words; older ones have an upright only
MOST_TRIES = 4000  # of arrangements; beyond that something is left out instead


@dataclass(frozen=True)
class Upright:
    x: Decimal
    top: Decimal
    is_break: bool
    index: int


@dataclass(frozen=True)
class Headings:
    uprights: tuple[Upright, ...]
    texts: tuple[Text, ...]
    height: Decimal  # what the rows take, nothing if there are none
    left_out: tuple[Note, ...]


@dataclass(frozen=True)
class _Item:
    source: Break | Note
    x: Decimal
    lines: tuple[tuple[str, bool], ...]  # words, and whether they are the heading
    wide: Decimal

    @property
    def is_break(self) -> bool:
        return isinstance(self.source, Break)


@dataclass(frozen=True)
class _Spot:
    """Where an item could stand in a row: what it covers from left to right, and how its words are anchored."""

    left: Decimal
    right: Decimal
    x: Decimal
    anchor: str


@dataclass(frozen=True)
class _Put:
    item: _Item
    row: int
    spot: _Spot


def headings(
    breaks: Sequence[tuple[Break, Decimal]], notes: Sequence[tuple[Note, Decimal]], size: LineSize
) -> Headings:
    """For breaks and notes with the x of their uprights, each in order of time."""
    labelled = breaks[-MOST_BREAKS:]
    for how_many in range(min(MOST_NOTES, len(notes)), -1, -1):
        kept = notes[len(notes) - how_many :]
        for brevity in ("whole", "headings", "last") if how_many == 0 else ("whole",):
            spoken = labelled[-1:] if brevity == "last" else labelled
            told: list[tuple[Break | Note, Decimal]] = [*spoken, *kept]
            items = sorted((_item(one, x, size, brevity == "whole") for one, x in told), key=lambda item: item.x)
            put = _arranged(items, size)
            if put is not None:
                left_out = tuple(note for note, _ in notes[: len(notes) - how_many])
                return _drawn(put, breaks, size, left_out)
    return _drawn([], breaks, size, tuple(note for note, _ in notes))


def _item(source: Break | Note, x: Decimal, size: LineSize, is_whole: bool) -> _Item:
    said = source.words if is_whole else ""
    if size.is_paper:
        whole = f"{source.heading}: {said}" if said else source.heading
        lines = tuple((words, False) for words in wrap(whole, size.note_width, size.font))
    else:
        heading = wrap(source.heading, size.note_width * Decimal("0.94"), size.font, lines=1)
        lines = (
            *((words, True) for words in heading),
            *((words, False) for words in wrap(said, size.note_width, size.font)),
        )
    wide = max((width(words, size.font, is_strong=is_strong) for words, is_strong in lines), default=Decimal(0))
    return _Item(source, x, lines, wide)


def _spots(item: _Item, size: LineSize) -> list[_Spot]:
    """In order of preference. Words never leave the picture."""
    x, wide, beside = item.x, item.wide, size.gap if item.is_break else Decimal(0)
    spots = [_Spot(x + beside, x + beside + wide, x + beside, "start")]
    if not item.is_break:
        left = min(max(x - wide / 2, Decimal(0)), size.width - wide)
        spots.append(_Spot(left, left + wide, left + wide / 2, "middle"))
    spots.append(_Spot(x - beside - wide, x - beside, x - beside, "end"))
    return [spot for spot in spots if spot.left >= 0 and spot.right <= size.width]


def _arranged(items: Sequence[_Item], size: LineSize) -> list[_Put] | None:
    spots = [_spots(item, size) for item in items]
    for rows in range(1, len(items) + 1):
        if _least_height(items, rows, size) > size.most_head:
            return None
        tries = [MOST_TRIES]
        if (put := _search(items, spots, rows, [], size, tries)) is not None:
            return put if _height(put, size) <= size.most_head else None
    return None if items else []


def _least_height(items: Sequence[_Item], rows: int, size: LineSize) -> Decimal:
    """The least that so many rows can take."""
    shortest = sorted(len(item.lines) for item in items)[:rows]
    return size.line_height * sum(shortest)


def _search(
    items: Sequence[_Item],
    spots: Sequence[list[_Spot]],
    rows: int,
    put: list[_Put],
    size: LineSize,
    tries: list[int],
) -> list[_Put] | None:
    if len(put) == len(items):
        return put
    for row in range(rows):
        for spot in spots[len(put)]:
            tries[0] -= 1
            if tries[0] < 0:
                return None
            candidate = _Put(items[len(put)], row, spot)
            if not any(_clash(candidate, other, size) for other in put):
                found = _search(items, spots, rows, [*put, candidate], size, tries)
                if found is not None:
                    return found
    return None


def _clash(one: _Put, other: _Put, size: LineSize) -> bool:
    if one.row == other.row:
        near = size.gap * Decimal("1.5")
        if one.spot.left < other.spot.right + near and other.spot.left < one.spot.right + near:
            return True
    return _cut(one, other, size) or _cut(other, one, size)


def _cut(upright: _Put, words: _Put, size: LineSize) -> bool:
    """Whether the upright of the one runs through, or close by, the words of the other. A break's begins in its own row."""
    begins = upright.row if upright.item.is_break else upright.row + 1
    near = size.gap / 2
    return words.row >= begins and words.spot.left - near < upright.item.x < words.spot.right + near


def _rows(put: Sequence[_Put]) -> list[int]:
    """How many lines the longest of each row has."""
    return [
        max((len(one.item.lines) for one in put if one.row == row), default=0)
        for row in range(max((one.row for one in put), default=-1) + 1)
    ]


def _height(put: Sequence[_Put], size: LineSize) -> Decimal:
    rows = _rows(put)
    between = size.line_height / 3
    return size.line_height * sum(rows) + between * len(rows) if rows else Decimal(0)


def _drawn(
    put: Sequence[_Put], breaks: Sequence[tuple[Break, Decimal]], size: LineSize, left_out: tuple[Note, ...]
) -> Headings:
    between = size.line_height / 3
    tops = [Decimal(0)]
    for lines in _rows(put):
        tops.append(tops[-1] + lines * size.line_height + between)
    texts, uprights = [], []
    spoken = set()
    for one in put:
        top = tops[one.row]
        for index, (words, is_strong) in enumerate(one.item.lines):
            baseline = top + ASCENT * size.font + index * size.line_height
            texts.append(Text(Place(tenth(one.spot.x), tenth(baseline)), words, one.spot.anchor, is_strong=is_strong))
        lines_end = top + (len(one.item.lines) - 1) * size.line_height + (ASCENT + DESCENT) * size.font
        begins = top if one.item.is_break else lines_end + size.pen.dotted * 2
        uprights.append(Upright(one.item.x, tenth(begins), one.item.is_break, one.item.source.index))
        spoken.add(id(one.item.source))
    uprights += [Upright(x, tenth(tops[-1]), True, one.index) for one, x in breaks if id(one) not in spoken]
    return Headings(tuple(uprights), tuple(texts), tops[-1], left_out)
