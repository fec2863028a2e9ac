"""Words inside the plot, each where it covers nothing: "missing", the latest figure where it has no label, what was restated."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.end_labels import MIDDLE
from indicators.charts.lettering import ASCENT, DESCENT, Box, box, kept_inside, moved
from indicators.charts.marks import Marks, missing_runs
from indicators.charts.plot import Plot, Range
from indicators.charts.points import HIDDEN, INK, MISSING, MUTED, Place, Text
from indicators.charts.room import AIR, Room
from indicators.charts.saying import figure_words, was_words
from indicators.charts.scale import Formatter
from indicators.charts.series import Period
from indicators.charts.sizes import LineSize

NO_FIGURES = "no figures yet"
NOT_SHOWN = "not shown"
NEAREST = 6  # candidates around a mark, at the same distance from it
FURTHEST = 6  # half lines away from the mark that words are about
MOST_RESTATED = 2  # told in the plot; the table tells all


@dataclass(frozen=True)
class Upright:
    x: Decimal
    top: Decimal
    bottom: Decimal


def room_in(plot: Plot, marks: Marks, strokes: Iterable[Sequence[Place]], faint: Iterable[Sequence[Place]]) -> Room:
    """The plot with what is drawn in it so far. Words keep off what is `faint` where they can."""
    right = plot.slots.right if plot.size.has_end_labels else plot.size.width
    room = Room(Box(plot.slots.left, plot.top - plot.size.font, right, plot.axis), plot.size.font)
    for stroke in strokes:
        room.draw(stroke)
    for stroke in faint:
        room.draw(stroke, is_faint=True)
    for place in marks.all_places():
        room.mark(place, reach(plot.size))
    return room


def latest_figure(points: Sequence[Period], plot: Plot, room: Room, formatter: Formatter) -> list[Text]:
    """At its point, rather over a faint line than further off. It is written even where it must cover something: above it, and inside the plot."""
    found = next((index for index in range(len(points) - 1, -1, -1) if points[index].value is not None), None)
    if found is None:
        return []
    point = points[found]
    assert point.value is not None
    at = Place(plot.slots.middle(found), plot.height(point.value))
    is_strong = not point.is_unverified
    near = list(_around(at, plot, figure_words(point, formatter), is_strong))
    return [room.first_free(near[:NEAREST]) or room.first_free(near[NEAREST:]) or _lowered(near[0], plot)]


def missing(
    points: Sequence[Period], plot: Plot, room: Room, grid: Sequence[Decimal]
) -> tuple[list[Text], list[Upright]]:
    """An upright for each missing period, and the word once for those side by side. The upright stops for the word."""
    texts: list[Text] = []
    top = plot.top
    is_empty = all(point.value is None for point in points)
    if is_empty:
        texts.append(_said_of_nothing(points, plot, room))
        room.boxes.append(box(texts[0], plot.size.font))
        top = max(top, plot.top + plot.size.line_height * Decimal("1.5"))
    uprights: list[Upright] = []
    for run in missing_runs(points):
        middle = (plot.slots.middle(run[0]) + plot.slots.middle(run[-1])) / 2
        said = room.first_free(
            Text(Place(middle, y), "missing", "middle", MUTED) for y in _between(grid or (plot.axis, top), plot)
        )
        texts += [said] if said else []
        for index in run:
            uprights += _interrupted(plot.slots.middle(index), top, plot, said)
    for upright in uprights:
        room.draw((Place(upright.x, upright.top), Place(upright.x, upright.bottom)))
    return texts, uprights


def hidden(points: Sequence[Period], plot: Plot, room: Room, grid: Sequence[Decimal]) -> list[Text]:
    """For figures that are not shown the words in the gap, once for those side by side."""
    texts: list[Text] = []
    for run in missing_runs(points, HIDDEN):
        middle = (plot.slots.middle(run[0]) + plot.slots.middle(run[-1])) / 2
        words = {points[index].words for index in run}
        said = room.first_free(
            Text(Place(middle, y), words.pop() if len(words) == 1 else NOT_SHOWN, "middle", MUTED)
            for y in _between(grid or (plot.axis, plot.top), plot)
        )
        texts += [said] if said else []
    return texts


def restated(points: Sequence[Period], since: int, plot: Plot, room: Room, formatter: Formatter) -> list[Text]:
    """ "Q2 restated: was 771, now 743", on paper, where no key explains the cross."""
    texts: list[Text] = []
    for index in range(len(points) - 1, since - 1, -1):
        point = points[index]
        if point.was is None or point.value is None or len(texts) == MOST_RESTATED:
            continue
        now, was = figure_words(point, formatter), was_words(point, formatter)
        when = point.tick if point.tick and point.group == points[-1].group else point.label
        words = f"{when} restated: was {was}, now {now}"
        heights = sorted((plot.height(point.was), plot.height(point.value)))
        x = plot.slots.middle(index)
        near = [*_over(Place(x, heights[0]), plot, words), *_under(Place(x, heights[1]), plot, words)]
        texts += [text] if (text := room.first_free(near)) else []
    return texts


def trials(ranges: Sequence[Range], plot: Plot, room: Room) -> list[Text]:
    """ "trial limits" in a corner of each such range, or outside at its corner."""
    texts = []
    font, air = plot.size.font, plot.size.gap
    for one in ranges:
        if one.is_trial and one.edges:
            heights = (
                one.bottom - font * Decimal("0.4"),
                one.top + font * Decimal("1.1"),
                one.bottom + font * Decimal("1.1"),
                one.top - font * Decimal("0.4"),
            )
            candidates = [
                Text(Place(x, y), "trial limits", anchor, MUTED)
                for y in heights
                for x, anchor in ((one.left + air, "start"), (one.right - air, "end"))
            ]
            texts += [text] if (text := room.first_free(candidates)) else []
    return texts


def reach(size: LineSize) -> Decimal:
    """From the middle of any mark to its edge, and a little air."""
    return size.pen.diamond + size.pen.outline


def _said_of_nothing(points: Sequence[Period], plot: Plot, room: Room) -> Text:
    """In the middle, or where no upright runs through it; over the uprights of missing periods."""
    is_missing = any(point.state == MISSING for point in points)
    y = plot.top + plot.size.font if is_missing else (plot.top + plot.axis) / 2
    left, wide = plot.slots.left, plot.slots.right - plot.slots.left
    shares = (Decimal("0.5"), Decimal("0.25"), Decimal("0.75"), Decimal("0.4"), Decimal("0.6"))
    candidates = [Text(Place(left + wide * share, y), NO_FIGURES, "middle", MUTED) for share in shares]
    return next((text for text in candidates if room.is_free(box(text, plot.size.font))), candidates[0])


def _between(grid: Sequence[Decimal], plot: Plot) -> Iterator[Decimal]:
    """Base lines half-way between gridlines, from the axis up."""
    heights = sorted({plot.axis, plot.top, *grid}, reverse=True)
    for lower, upper in zip(heights, heights[1:], strict=False):
        yield (lower + upper) / 2 + MIDDLE * plot.size.font


def _interrupted(x: Decimal, top: Decimal, plot: Plot, said: Text | None) -> list[Upright]:
    if said is None:
        return [Upright(x, top, plot.axis)]
    covers, air = box(said, plot.size.font), plot.size.gap / 4
    if not covers.left - air < x < covers.right + air:
        return [Upright(x, top, plot.axis)]
    parts = [Upright(x, top, covers.top - air), Upright(x, covers.bottom + air, plot.axis)]
    return [part for part in parts if part.bottom > part.top]


def _around(at: Place, plot: Plot, words: str, is_strong: bool) -> Iterator[Text]:
    """Above, below, to the right, to the left, then further off."""
    font, near = plot.size.font, reach(plot.size)
    for further in (Decimal(0), font / 2, font):
        above, below = _above(at.y, plot) - further, _below(at.y, plot) + further
        yield Text(Place(at.x, above), words, "middle", INK, is_strong)
        yield Text(Place(at.x, below), words, "middle", INK, is_strong)
        yield Text(Place(at.x + near + further, at.y + MIDDLE * font), words, "start", INK, is_strong)
        yield Text(Place(at.x - near - further, at.y + MIDDLE * font), words, "end", INK, is_strong)
        yield Text(Place(at.x - near / 2, above), words, "end", INK, is_strong)
        yield Text(Place(at.x + near / 2, above), words, "start", INK, is_strong)


def _above(y: Decimal, plot: Plot) -> Decimal:
    """The base line of words over a mark."""
    return y - reach(plot.size) - AIR * 2 * plot.size.font - DESCENT * plot.size.font


def _below(y: Decimal, plot: Plot) -> Decimal:
    return y + reach(plot.size) + AIR * 2 * plot.size.font + ASCENT * plot.size.font


def _over(at: Place, plot: Plot, words: str) -> Iterator[Text]:
    for lines in range(FURTHEST):
        for anchor in ("middle", "end", "start"):
            yield Text(Place(at.x, _above(at.y, plot) - lines * plot.size.line_height / 2), words, anchor)


def _under(at: Place, plot: Plot, words: str) -> Iterator[Text]:
    for lines in range(FURTHEST):
        for anchor in ("middle", "end", "start"):
            yield Text(Place(at.x, _below(at.y, plot) + lines * plot.size.line_height / 2), words, anchor)


def _lowered(text: Text, plot: Plot) -> Text:
    inside = kept_inside(text, plot.size.font, Decimal(0), plot.size.width)
    return moved(inside, y=max(inside.place.y, plot.size.font))
