"""Bars from zero, with the figure at each: years, or anything else of which each stands for itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.bar_sizes import BAR_SIZES, BarSize
from indicators.charts.hatch import Stroke, diagonals, path
from indicators.charts.identity import checked
from indicators.charts.lettering import ASCENT, DESCENT, Box, box, moved, shorten, width, wrap
from indicators.charts.points import INK, MUTED, Place, Text, tenth
from indicators.charts.scale import Formatter, numeral
from indicators.charts.sizes import PACK, WIDE, Size

MIDDLE = Decimal("0.34")  # of the type size: from the middle of figures down to their base line
MOST_OF_WIDTH = Decimal("0.4")  # for names, and for figures
BOLDER = Decimal("0.94")  # so much less of a strong text goes into the same room
NOT_KNOWN = "not known"


@dataclass(frozen=True, kw_only=True)
class Bar:
    """`value` is None when it isn't known, which is never a bar of no length. Words left empty are made by the formatter."""

    label: str  # "2017-18"
    value: Decimal | None = None
    words: str = ""
    target: Decimal | None = None
    target_words: str = ""
    note: str = ""  # "to Q3", written after the figure, or under an upright bar's name
    is_incomplete: bool = False  # outlined and hatched
    is_strong: bool = False  # this year: in ink, the others in grey

    def __post_init__(self) -> None:
        if any(value is not None and value < 0 for value in (self.value, self.target)):
            raise ValueError(f"{self.label} is below zero, where no bar goes")


@dataclass(frozen=True)
class DrawnBar:
    box: Box
    is_strong: bool
    is_incomplete: bool
    strokes: tuple[Stroke, ...]

    @property
    def pattern(self) -> str:
        return path(self.strokes)


@dataclass(frozen=True)
class BarChart:
    """Everything in units of the picture. A bar of no length isn't among `bars`; its "0" is among `texts`."""

    size: BarSize
    width: Decimal
    height: Decimal
    is_paper: bool
    id: str
    title: str
    desc: str  # empty on paper, where the title says it all
    axis: Stroke  # at zero
    bars: tuple[DrawnBar, ...]
    targets: tuple[Stroke, ...]
    texts: tuple[Text, ...]


def bars(
    name: str,
    given: Sequence[Bar],
    *,
    size: Size = WIDE,
    is_vertical: bool = False,
    has_names_above: bool = False,
    width: Decimal | None = None,
    id: str = "",
    unit: str = "",
    formatter: Formatter | None = None,
) -> BarChart:
    """Level bars one under the other, or upright ones side by side. Raises ValueError when there are none.

    `has_names_above` writes each name over its level bar, where names are long and the picture is narrow.
    """
    if not given:
        raise ValueError("A chart needs at least one bar")
    measures = BAR_SIZES[size]
    words = formatter or (lambda value: f"{numeral(value)}{unit}")
    full = measures.width if width is None else width
    greatest = max(
        (value for one in given for value in (one.value, one.target) if value is not None), default=Decimal(0)
    )
    draw = _upright if is_vertical else _named_above if has_names_above else _level
    height, axis, drawn, targets, texts = draw(given, full, greatest or Decimal(1), measures, words)
    said = f"{'; '.join(_told(one, words) for one in given)}."
    is_paper = size is PACK
    return BarChart(
        size=measures,
        width=full,
        height=height,
        is_paper=is_paper,
        id=checked(id),
        title=f"{name}. {said}" if is_paper else name,
        desc="" if is_paper else said,
        axis=axis,
        bars=tuple(drawn),
        targets=tuple(targets),
        texts=tuple(moved(text, x=tenth(text.place.x), y=tenth(text.place.y)) for text in texts),
    )


_Drawing = tuple[Decimal, Stroke, list[DrawnBar], list[Stroke], list[Text]]


def _named_above(given: Sequence[Bar], full: Decimal, greatest: Decimal, size: BarSize, words: Formatter) -> _Drawing:
    names = [wrap(one.label, (full - size.gap) * (BOLDER if one.is_strong else 1), size.font) for one in given]
    return _bars(given, full, greatest, size, words, left=size.axis, above=names, beside=[""] * len(given))


def _level(given: Sequence[Bar], full: Decimal, greatest: Decimal, size: BarSize, words: Formatter) -> _Drawing:
    most = full * MOST_OF_WIDTH
    names = [shorten(one.label, most, size.font, is_strong=one.is_strong) for one in given]
    left = max(_wide(name, size, one.is_strong) for name, one in zip(names, given, strict=True)) + size.gap
    return _bars(given, full, greatest, size, words, left=left, above=[()] * len(given), beside=names)


def _bars(
    given: Sequence[Bar],
    full: Decimal,
    greatest: Decimal,
    size: BarSize,
    words: Formatter,
    *,
    left: Decimal,
    above: Sequence[Sequence[str]],
    beside: Sequence[str],
) -> _Drawing:
    """Each with its name in lines above it, or beside it."""
    most = full * MOST_OF_WIDTH
    figures = [shorten(_figure(one, words), most, size.font, is_strong=one.is_strong) for one in given]
    right = _right(given, figures, left, full, greatest, size)
    drawn, targets, texts = [], [], []
    top = size.beyond
    for one, over, name, figure in zip(given, above, beside, figures, strict=True):
        for line in over:
            texts.append(Text(Place(left + size.gap / 2, top + ASCENT * size.font), line, "start", INK, one.is_strong))
            top += size.line_height
        bottom, baseline = top + size.bar, top + size.bar / 2 + MIDDLE * size.font
        if name:
            texts.append(Text(Place(left - size.gap, baseline), name, "end", INK, one.is_strong))
        end = left if one.value is None else tenth(left + one.value / greatest * (right - left))
        if one.value:
            drawn.append(_drawn(one, Box(tenth(left), top, max(end, tenth(left) + size.axis), bottom), size))
        at = None if one.target is None else tenth(left + one.target / greatest * (right - left))
        if at is not None:
            targets.append(Stroke(Place(at, top - size.beyond), Place(at, bottom + size.beyond)))
        text = _figure_text(one, figure, Place(end + size.gap, baseline), "start")
        covers = box(text, size.font)
        if at is not None and covers.left - size.gap < at < covers.right + size.gap:
            text = moved(text, x=at + size.gap)
        texts.append(text)
        top = bottom + size.between
    height = top - size.between + size.beyond
    return height, Stroke(Place(tenth(left), Decimal(0)), Place(tenth(left), height)), drawn, targets, texts


def _right(
    given: Sequence[Bar], figures: Sequence[str], left: Decimal, full: Decimal, greatest: Decimal, size: BarSize
) -> Decimal:
    """Where the greatest ends, so that every figure has room after its bar, or after its target where that is further."""
    right = full - size.target * 2
    for one, figure in zip(given, figures, strict=True):
        furthest = max(one.value or Decimal(0), one.target or Decimal(0))
        room = full - left - size.gap * 2 - _wide(figure, size, one.is_strong)
        if furthest > 0:
            right = min(right, left + room * greatest / furthest)
    return max(right, left)


def _upright(given: Sequence[Bar], full: Decimal, greatest: Decimal, size: BarSize, words: Formatter) -> _Drawing:
    slot = full / len(given)
    wide = min(slot * Decimal("0.6"), size.thickest)
    room = slot - size.gap / 4
    named = [
        (
            *((said, one.is_strong) for said in wrap(one.label, room * (BOLDER if one.is_strong else 1), size.font)),
            *([(shorten(one.note, room, size.font), False)] if one.note else []),
        )
        for one in given
    ]
    axis = size.height - size.line_height * max(map(len, named)) - size.font / 3
    high = axis - size.line_height * 2 - size.gap - size.beyond
    drawn, targets, texts = [], [], []
    for index, one in enumerate(given):
        middle = slot * index + slot / 2
        left, right = tenth(middle - wide / 2), tenth(middle + wide / 2)
        for number, (said, is_strong) in enumerate(named[index], start=1):
            under = Place(middle, axis + size.line_height * number - size.font / 12)
            texts.append(Text(under, said, "middle", INK, is_strong))
        top = axis if one.value is None else tenth(axis - one.value / greatest * high)
        if one.value:
            drawn.append(_drawn(one, Box(left, min(top, axis - size.axis), right, axis), size))
        at = None if one.target is None else tenth(axis - one.target / greatest * high)
        if at is not None:
            targets.append(Stroke(Place(left - size.beyond, at), Place(right + size.beyond, at)))
        figure = wrap(_words(one, words), room * (BOLDER if one.is_strong else 1), size.font)
        base = top - size.gap / 2 - DESCENT * size.font
        highest = base - ASCENT * size.font - size.line_height * (len(figure) - 1)
        if at is not None and highest - size.gap / 2 < at < top:
            base = at - size.gap / 2 - DESCENT * size.font
        for number, said in enumerate(reversed(figure)):
            texts.append(_figure_text(one, said, Place(middle, base - size.line_height * number), "middle"))
    return size.height, Stroke(Place(Decimal(0), axis), Place(full, axis)), drawn, targets, texts


def _drawn(one: Bar, covers: Box, size: BarSize) -> DrawnBar:
    if not one.is_incomplete:
        return DrawnBar(covers, one.is_strong, False, ())
    inset = size.outline / 2
    inside = Box(
        covers.left + inset,
        covers.top + inset,
        max(covers.right - inset, covers.left + inset + size.axis),
        max(covers.bottom - inset, covers.top + inset + size.axis),
    )
    return DrawnBar(inside, one.is_strong, True, diagonals(inside, size.hatch))


def _figure_text(one: Bar, figure: str, place: Place, anchor: str) -> Text:
    is_known = one.value is not None
    return Text(place, figure, anchor, INK if is_known else MUTED, one.is_strong and is_known)


def _words(one: Bar, words: Formatter) -> str:
    return one.words or (NOT_KNOWN if one.value is None else words(one.value))


def _figure(one: Bar, words: Formatter) -> str:
    return f"{_words(one, words)} {one.note}".rstrip()


def _told(one: Bar, words: Formatter) -> str:
    said = f"{one.label}{f' {one.note}' if one.note else ''}: {_words(one, words)}"
    if one.is_incomplete:
        said += ", not complete"
    if one.target is not None:
        said += f", target {one.target_words or words(one.target)}"
    return said


def _wide(words: str, size: BarSize, is_strong: bool) -> Decimal:
    return width(words, size.font, is_strong=is_strong)
