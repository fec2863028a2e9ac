"""Eight quarters in little: the sparkline of a scorecard, and the same with its first and latest figure written.

One unit is one point on paper, one pixel on the page. The title says every figure in words; the table beside the chart holds them too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.charts import lettering
from indicators.charts.points import BLANK, HIDDEN, KNOWN, MISSING, MUTED, UNVERIFIED, Place, Point, Text
from indicators.charts.points import tenth as _tenth
from indicators.charts.sizes import NARROW, PACK, WIDE, Size

BASELINE = Decimal(45)
ROOM = Decimal(40)  # right of the last quarter, for the latest figure
FONT = Decimal("7.5")
ABOVE, BELOW = Decimal(5), Decimal(9)  # from the first point to the base line of its figure
CLEAR = Decimal(2)  # between that figure and the line


@dataclass(frozen=True)
class Line:
    """A run of joined points; `is_this_year` says in which ink."""

    points: str  # of a polyline: "3,4.7 10.3,3.4"
    is_this_year: bool


@dataclass(frozen=True)
class Dot:
    """A point that stands alone on the line, or the latest one, which is larger."""

    place: Place
    is_this_year: bool
    is_latest: bool


@dataclass(frozen=True)
class Label:
    """Words in the chart; `anchor` is start, middle or end, `is_strong` for this quarter and this year."""

    place: Place
    words: str
    anchor: str
    is_strong: bool


@dataclass(frozen=True)
class Quarters:
    """Two years of quarters as a line: last year in grey, this year in ink, an upright where the year turns."""

    width: Decimal
    height: Decimal
    title: str
    turn: Decimal  # x of the upright
    top: Decimal  # of uprights
    bottom: Decimal
    baseline: Decimal | None  # y of the rule under the line, in the labelled chart
    rule: Decimal  # how far it goes
    lines: tuple[Line, ...]
    dots: tuple[Dot, ...]
    diamonds: tuple[Place, ...]
    uprights: tuple[Decimal, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class _Frame:
    left: Decimal
    right: Decimal
    high: Decimal  # y of the greatest value
    low: Decimal  # y of the least


# Width, height and frame of a sparkline; no narrow page needs its own.
SPARKS = {
    PACK: (Decimal(57), Decimal(11), _Frame(Decimal(3), Decimal(54), Decimal("2.5"), Decimal("8.5"))),
    WIDE: (Decimal(104), Decimal(28), _Frame(Decimal(5), Decimal(99), Decimal(5), Decimal(23))),
}
SPARKS[NARROW] = SPARKS[WIDE]


def sparkline(name: str, points: Sequence[Point], *, turn: int, latest: int, size: Size = PACK) -> Quarters:
    """The small chart of a scorecard, on a scale of its own: 57 by 11 points on paper, 104 by 28 pixels on the page.

    `turn` is the index of this year's first quarter, `latest` that of the quarter reported. All equal: a level line. One figure: a dot.
    None: uprights only. Raises ValueError when there are no points at all.
    """
    width, height, frame = SPARKS[size]
    return _quarters(name, points, turn, latest, frame, width=width, height=height)


def labelled(name: str, points: Sequence[Point], *, turn: int, latest: int, width: Decimal = Decimal(231)) -> Quarters:
    """The same, 58 points high, with the first and the latest figure written at their points and the years under the line."""
    frame = _Frame(Decimal(14), width - ROOM, Decimal(15), Decimal(33))
    drawn = _quarters(name, points, turn, latest, frame, width=width, height=Decimal(58), baseline=BASELINE)
    labels = (*_years(points, turn, frame), *_ends(points, _places(points, frame), latest, frame))
    return replace(drawn, labels=labels)


def _quarters(
    name: str,
    points: Sequence[Point],
    turn: int,
    latest: int,
    frame: _Frame,
    *,
    width: Decimal,
    height: Decimal,
    baseline: Decimal | None = None,
) -> Quarters:
    if not points:
        raise ValueError("A chart needs at least one quarter")
    places = _places(points, frame)
    lines, dots = _drawn(points, places, turn, latest)
    return Quarters(
        width=width,
        height=height,
        title=_title(name, points),
        turn=_turn(points, turn, frame),
        top=Decimal(0) if baseline is None else Decimal(4),
        bottom=height,
        baseline=baseline,
        rule=frame.right + 14,
        lines=lines,
        dots=dots,
        diamonds=tuple(
            place for point, place in zip(points, places, strict=True) if point.state == UNVERIFIED and place
        ),
        uprights=tuple(_x(index, len(points), frame) for index, point in enumerate(points) if point.state == MISSING),
        labels=(),
    )


def _title(name: str, points: Sequence[Point]) -> str:
    """Every figure, in order: what a screen reader reads in place of the drawing."""
    said = [
        f"{point.words} (not yet verified)" if point.state == UNVERIFIED else point.words
        for point in points
        if point.state != BLANK
    ]
    span = [point.label for point in points if point.state != BLANK]
    if not span:
        return f"{name}: no figures from {points[0].label} to {points[-1].label}."
    if not any(point.value is not None for point in points):
        return f"{name}: no figures from {span[0]} to {span[-1]}."
    when = span[0] if len(span) == 1 else f"{span[0]} to {span[-1]}"
    gaps = ", the other quarters without a return" if len(span) < _between(points) else ""
    return f"{name}, by quarter, {when}{gaps}: {', '.join(said)}."


def _between(points: Sequence[Point]) -> int:
    """How many quarters lie between the first and the last that is drawn, both included."""
    drawn = [index for index, point in enumerate(points) if point.state != BLANK]
    return drawn[-1] - drawn[0] + 1


def _drawn(
    points: Sequence[Point], places: Sequence[Place | None], turn: int, latest: int
) -> tuple[tuple[Line, ...], tuple[Dot, ...]]:
    """Lines through runs of verified points, broken at the turn of the year by their ink; dots on runs of one and on the latest."""
    lines, dots = [], []
    for run in _runs(points):
        before = [index for index in run if index <= turn] if run[0] < turn else []
        since = [index for index in run if index >= turn]
        for part, is_this_year in ((before, False), (since, True)):
            if len(part) > 1:
                lines.append(Line(" ".join(_coordinates(places[index]) for index in part), is_this_year))
        if len(run) == 1 and run[0] != latest and (place := places[run[0]]):
            dots.append(Dot(place, run[0] >= turn, False))
    if points[latest].state == KNOWN and (place := places[latest]):
        dots.append(Dot(place, latest >= turn, True))
    return tuple(lines), tuple(dots)


def _runs(points: Sequence[Point]) -> list[list[int]]:
    runs: list[list[int]] = [[]]
    for index, point in enumerate(points):
        if point.state == KNOWN:
            runs[-1].append(index)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _places(points: Sequence[Point], frame: _Frame) -> list[Place | None]:
    values = [point.value for point in points if point.value is not None]
    least, greatest = (min(values), max(values)) if values else (Decimal(0), Decimal(0))

    def height(value: Decimal) -> Decimal:
        if least == greatest:
            return _tenth((frame.high + frame.low) / 2)
        return _tenth(frame.low - (value - least) / (greatest - least) * (frame.low - frame.high))

    return [
        None if point.value is None else Place(_x(index, len(points), frame), height(point.value))
        for index, point in enumerate(points)
    ]


def _x(index: int, how_many: int, frame: _Frame) -> Decimal:
    if how_many == 1:
        return _tenth((frame.left + frame.right) / 2)
    return _tenth(frame.left + (frame.right - frame.left) * index / (how_many - 1))


def _turn(points: Sequence[Point], turn: int, frame: _Frame) -> Decimal:
    """Half-way between last year's last quarter and this year's first."""
    if not 0 < turn < len(points):
        return frame.left
    return _tenth((_x(turn - 1, len(points), frame) + _x(turn, len(points), frame)) / 2)


def _years(points: Sequence[Point], turn: int, frame: _Frame) -> list[Label]:
    labels = []
    for span, is_strong in ((range(turn), False), (range(turn, len(points)), True)):
        if span:
            middle = (_x(span[0], len(points), frame) + _x(span[-1], len(points), frame)) / 2
            year = points[span[0]].label.rpartition(" ")[0]
            labels.append(Label(Place(_tenth(middle), BASELINE + 10), year, "middle", is_strong))
    return labels


def _ends(points: Sequence[Point], places: Sequence[Place | None], latest: int, frame: _Frame) -> list[Label]:
    """The first figure above or below its point; the latest to the right of its own, strong when it is verified."""
    labels = []
    known = [index for index, place in enumerate(places) if place]
    if known and known[0] != latest:
        labels.append(_first(points, places, known[0]))
    if place := places[latest]:
        labels.append(
            Label(
                Place(place.x + 6, place.y + Decimal("2.6")),
                points[latest].words,
                "start",
                points[latest].state == KNOWN,
            )
        )
    elif points[latest].state == HIDDEN:
        # From before its place on: nothing is drawn there, and behind it there is no room for so many words.
        labels.append(
            Label(Place(_x(latest, len(points), frame) - 10, Decimal(28)), points[latest].words, "start", False)
        )
    elif points[latest].state == MISSING:
        beside = Place(_x(latest, len(points), frame) + 5, Decimal(28))
        # A figure that has no height, "nobody had the need", is drawn like a missing one, and is not called so.
        words = "missing" if points[latest].words == Point.words else "none"
        labels.append(Label(beside, words, "start", False))
    return labels


def _first(points: Sequence[Point], places: Sequence[Place | None], index: int) -> Label:
    """Above its point, unless the line rises so steeply that it would pass through the words: then below."""
    place, words = places[index], points[index].words
    assert place is not None
    above = Label(Place(place.x, place.y - ABOVE), words, "middle", False)
    following = places[index + 1] if [point.state for point in points[index : index + 2]] == [KNOWN] * 2 else None
    if following is None:  # a diamond, or a point that nothing is joined to
        return above
    covers = lettering.box(Text(above.place, words, above.anchor, MUTED), FONT)
    share = min(Decimal(1), (covers.right - place.x) / (following.x - place.x))
    if place.y + (following.y - place.y) * share >= covers.bottom + CLEAR:
        return above
    return replace(above, place=Place(place.x, place.y + BELOW))


def _coordinates(place: Place | None) -> str:
    assert place is not None  # a known point has a value, and so a place
    return f"{place.x},{place.y}"
