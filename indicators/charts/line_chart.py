"""The chart of one indicator over time: its figures, their usual range, targets, breaks and what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.end_labels import MIDDLE, end_labels, placed, reaches_end, room_for
from indicators.charts.headings import Headings, headings
from indicators.charts.identity import checked
from indicators.charts.lettering import moved, shorten, widest
from indicators.charts.marks import Marks, marks, targets
from indicators.charts.periods import Divider, Slots, has_ticks, period_axis
from indicators.charts.plot import Gridline, Plot, Range, gridlines, ranges
from indicators.charts.points import MUTED, Place, Run, Text, tenth
from indicators.charts.saying import described, span, target_words, usual_range
from indicators.charts.scale import Formatter, Scale, numeral, scale, tick_words
from indicators.charts.series import Band, Break, Note, Period, Series, drawn_from, possible
from indicators.charts.sizes import LINE_SIZES, WIDE, LineSize, Pen, Size
from indicators.charts.words_inside import Upright, hidden, latest_figure, missing, restated, room_in, trials

ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True)
class LineChart:
    """Everything in units of the picture. `texts` are all words in it."""

    width: Decimal
    height: Decimal
    font: Decimal
    fonts: str
    pen: Pen
    is_paper: bool
    id: str
    title: str
    desc: str  # empty on paper, where the title says it all
    left: Decimal  # of the plot
    right: Decimal
    top: Decimal
    axis: Decimal
    gridlines: tuple[Gridline, ...]
    dividers: tuple[Divider, ...]  # between years
    ranges: tuple[Range, ...]
    breaks: tuple[Upright, ...]
    note_uprights: tuple[Upright, ...]
    missing: tuple[Upright, ...]
    targets: tuple[Run, ...]
    marks: Marks
    texts: tuple[Text, ...]
    starts_at_zero: bool
    scale_note: str  # for the caption, empty when the scale starts at zero
    target_note: str  # "The target for 2017-18 Q4 is 1,580.", or empty
    range_note: str  # "The usual range is 1,391 to 1,610 around a mean of 1,500.", or empty
    notes_left_out: tuple[Note, ...]  # told in the description, not drawn


def line(
    name: str,
    points: Sequence[Period],
    *,
    bands: Sequence[Band] = (),
    breaks: Sequence[Break] = (),
    notes: Sequence[Note] = (),
    size: Size = WIDE,
    id: str = "",
    unit: str = "",
    formatter: Formatter | None = None,
    floor: Decimal | None = None,
    ceiling: Decimal | None = None,
    first: int = 0,
    every: str = "quarter",
) -> LineChart:
    """The line chart of `points` from the index `first` on; indexes of bands, breaks and notes count from the first point given.

    `unit` is "" or "%"; `formatter` turns any number into words in its place. Ticks stay between `floor` and `ceiling`: for
    percentages 0 and 100 unless given, for other figures none of which is negative, 0. `every` is "quarter" or "month". Raises
    ValueError when there is nothing from `first` on, or when `id` could not be the id of an element.
    """
    measures = LINE_SIZES[size]
    series = drawn_from(first, points, bands, breaks, notes)
    floor, ceiling = _limits(series, unit, floor, ceiling)
    series = possible(series, floor, ceiling)
    words = formatter or (lambda value: f"{numeral(value)}{unit}")
    made = scale(series.values, floor=floor, ceiling=ceiling, is_whole=unit != "%" and _is_whole(series))
    grid_words = _grid_words(made, formatter, unit, measures)
    labels = end_labels(series.points, series.bands, words, measures, f"this {every}")
    slots = Slots(
        left=max(measures.left, (widest(grid_words, measures.font) + measures.gap + 1).to_integral_value()),
        right=measures.width - room_for(labels, measures),
        how_many=len(series.points),
    )
    heads = headings(
        [(one, slots.edge(one.index)) for one in series.breaks],
        [(one, slots.middle(one.index)) for one in series.notes],
        measures,
    )
    foot = measures.foot if has_ticks(series.points, slots, measures) else measures.one_row_foot
    top = tenth(max(measures.head, heads.height + measures.gap)) if heads.height else measures.head
    plot = Plot(measures, slots, top, measures.height - foot, made)

    drawn = marks(series.points, slots, plot.height, series.cuts, measures.pen)
    steps = targets(series.points, slots, plot.height, series.cuts)
    areas, grid = ranges(series.bands, plot), gridlines(plot)
    break_uprights = tuple(Upright(one.x, one.top, plot.axis) for one in heads.uprights if one.is_break)
    note_uprights = _note_uprights(heads, drawn, plot)
    room = room_in(
        plot,
        drawn,
        [
            *(run.places for run in (*drawn.lines, *drawn.before, *steps)),
            *((Place(one.x, plot.top), Place(one.x, one.bottom)) for one in (*break_uprights, *note_uprights)),
        ],
        faint=[
            *(rule for area in areas for rule in area.rules),
            *((Place(slots.left, one.y), Place(slots.right, one.y)) for one in grid),
        ],
    )
    inside: list[Text] = []
    if not (measures.has_end_labels and reaches_end(series.points)):
        inside += latest_figure(series.points, plot, room, words)
    said_missing, gaps = missing(series.points, plot, room, [one.y for one in grid])
    inside += said_missing
    inside += hidden(series.points, plot, room, [one.y for one in grid])
    if measures.is_paper:
        inside += restated(series.points, max(series.cuts, default=0), plot, room, words)
    inside += trials(areas[:-1] if measures.has_end_labels else areas, plot, room)

    axis_words = [
        Text(Place(slots.left - measures.gap, one.y + MIDDLE * measures.font), said, "end", MUTED)
        for one, said in zip(grid, grid_words, strict=True)
    ]
    periods = period_axis(series.points, slots, plot.axis, measures)
    ends = placed(labels, plot.height, slots.right, plot.top, plot.axis, measures)
    title, desc = (
        f"{name}, {span(series.points)}",
        described(series.points, series.bands, series.breaks, series.notes, words, every),
    )
    return LineChart(
        width=measures.width,
        height=measures.height,
        font=measures.font,
        fonts=measures.fonts,
        pen=measures.pen,
        is_paper=measures.is_paper,
        id=checked(id),
        title=f"{name}. {desc}" if measures.is_paper else title,
        desc="" if measures.is_paper else desc,
        left=slots.left,
        right=slots.right,
        top=plot.top,
        axis=plot.axis,
        gridlines=grid,
        dividers=periods.dividers,
        ranges=areas,
        breaks=break_uprights,
        note_uprights=note_uprights,
        missing=tuple(gaps),
        targets=steps,
        marks=drawn,
        texts=tuple(_tidy(text) for text in (*axis_words, *periods.texts, *heads.texts, *inside, *ends)),
        starts_at_zero=made is None or made.starts_at_zero,
        scale_note=_scale_note(made, grid_words, measures),
        target_note=_target_note(series, words),
        range_note=usual_range(series.points, series.bands, (), words),
        notes_left_out=heads.left_out,
    )


def _limits(
    series: Series, unit: str, floor: Decimal | None, ceiling: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    if unit == "%":
        return ZERO if floor is None else floor, HUNDRED if ceiling is None else ceiling
    if floor is None and all(figure >= 0 for figure in series.figures):
        floor = ZERO
    return floor, ceiling


def _is_whole(series: Series) -> bool:
    return all(figure == figure.to_integral_value() for figure in series.figures)


def _grid_words(made: Scale | None, formatter: Formatter | None, unit: str, size: LineSize) -> tuple[str, ...]:
    if made is None:
        return ()
    if formatter is None:
        return tick_words(made.ticks, made.step, unit)
    return tuple(shorten(formatter(tick), size.width / 4, size.font) for tick in made.ticks)


def _note_uprights(heads: Headings, drawn: Marks, plot: Plot) -> tuple[Upright, ...]:
    """From its words down to the highest mark of its period, or to the axis where there is none."""
    uprights = []
    reach = plot.size.pen.diamond + plot.size.pen.dotted
    for one in heads.uprights:
        if not one.is_break:
            heights = [place.y for place in drawn.all_places() if place.x == one.x]
            heights += [place.y for run in (*drawn.lines, *drawn.before) for place in run.places if place.x == one.x]
            bottom = min(heights) - reach if heights else plot.axis
            uprights.append(Upright(one.x, one.top, max(one.top, bottom)))
    return tuple(uprights)


def _scale_note(made: Scale | None, grid_words: Sequence[str], size: LineSize) -> str:
    if made is None or made.starts_at_zero or not grid_words:  # without room for its words it can't say where it starts
        return ""
    return f"The vertical scale starts at {grid_words[0]}." if size.is_paper else "The scale does not start at zero."


def _target_note(series: Series, words: Formatter) -> str:
    aimed = [point for point in series.points if point.target is not None]
    return f"The target for {aimed[-1].label} is {target_words(aimed[-1], words)}." if aimed else ""


def _tidy(text: Text) -> Text:
    return moved(text, x=tenth(text.place.x), y=tenth(text.place.y))
