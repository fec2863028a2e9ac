"""The chart of an indicator in full: every quarter with what it is read by, a heading over it and a note under it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from indicators import charts
from indicators.charts import BLANK, HIDDEN, KNOWN, MISSING, UNVERIFIED, Band, Break, LineChart, Note, Period
from lib.numerals import figure, percentage
from lib.quarters import Quarter
from reporting.pdf import figures
from reporting.pdf.parts import said
from reporting.snapshots.shape import Cell, IndicatorPart, StretchPart

FEWEST = 2  # figures: one says nothing over time
METHOD = "the average plus or minus 2.66 times the mean moving range"


@dataclass(frozen=True)
class Drawing:
    heading: str
    chart: LineChart
    note: str


def build(part: IndicatorPart) -> Drawing | None:
    """None for fewer than two figures. What is drawn is what the snapshot holds, nothing is worked out."""
    points = [_period(part, cell) for cell in part.series]
    if sum(point.value is not None for point in points) < FEWEST:
        return None
    every = "year" if part.frequency == "annual" else "quarter"
    what = "Per cent" if part.measure != "count" else said.capital(part.unit) or "Figure"
    made = charts.line(
        f"{part.short_name}, {said.lower_first(what)} a {every}",
        points,
        bands=[_band(part, one) for one in part.stretches],
        breaks=_breaks(part),
        notes=_notes(part),
        size=charts.PACK,
        unit="%" if part.measure != "count" else "",
        every=every,
    )
    known = ", ".join(point.words or "missing" for point in points if point.state != BLANK)
    years = sorted({str(cell.quarter.year) for cell in part.series})
    span = years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"
    return Drawing(
        heading=f"{what} a {every}, {span}",
        chart=replace(made, title=f"{made.title} All in order: {known}."),
        note=" ".join(_note(part, made, points)),
    )


# ---------------------------------------------------------------- what is drawn


def _period(part: IndicatorPart, cell: Cell) -> Period:
    quarter, aimed = cell.quarter, dict(part.quarter_targets).get(cell.quarter)
    is_annual = part.frequency == "annual"
    place: dict[str, Any] = {
        "label": str(quarter.year if is_annual else quarter),
        "tick": "" if is_annual else f"Q{quarter.number}",
        "group": str(quarter.year),
        "target": aimed,
        "target_words": "" if aimed is None else number(part, aimed),
    }
    height = figures.plotted(cell.value) if cell.value else None
    if cell.value is None or height is None:  # a share of nothing has no height either
        words = figures.brief(cell.value) if cell.value else ""
        state = BLANK if cell.state == "not_collected" else HIDDEN if cell.value and cell.value.hidden else MISSING
        return Period(state=state, words=words, **place)
    was = figures.plotted(cell.was) if cell.was else None
    return Period(
        state=UNVERIFIED if cell.state == "unverified" else KNOWN,
        value=height,
        words=figures.brief(cell.value),
        is_provisional=cell.is_provisional,
        was=was,
        was_words=figures.brief(cell.was) if cell.was and was is not None else "",
        **place,
    )


def number(part: IndicatorPart, value: Decimal) -> str:
    """What was worked out, no sharper than the figures it comes from: counts whole, shares to one decimal, if at all."""
    if part.measure != "count":
        return f"{figure(value)}%" if value == value.to_integral_value() else percentage(value)
    return figure(value, 0 if value >= 10 else None if value == value.to_integral_value() else 1)


def _place(part: IndicatorPart, quarter: Quarter) -> int | None:
    """The first point that lies in the quarter or after it; None where there is none."""
    return next((index for index, cell in enumerate(part.series) if cell.quarter >= quarter), None)


def _band(part: IndicatorPart, one: StretchPart) -> Band:
    def words(value: Decimal | None) -> str:
        return "" if value is None else number(part, value)

    start, end = _place(part, one.first), _place(part, one.last)
    assert start is not None and end is not None  # a stretch begins and ends in the series
    return Band(
        start=start,
        end=end + 1,
        mean=one.mean,
        lower=one.lower,
        upper=one.upper,
        is_trial=one.is_trial,
        mean_words=words(one.mean),
        lower_words=words(one.lower),
        upper_words=words(one.upper),
    )


def _breaks(part: IndicatorPart) -> list[Break]:
    """One at the very first figure divides nothing."""
    found = ((_place(part, start), start, why) for start, why in part.breaks)
    return [
        Break(
            place,
            f"Series break, {_month(start)}",
            f"{said.lower_first(why.rstrip('.'))}. Figures on the left are not comparable.",
        )
        for place, start, why in found
        if place
    ]


def _notes(part: IndicatorPart) -> list[Note]:
    found = ((_place(part, Quarter.of(day)), day, words) for day, words in part.notes)
    first = part.series[0].quarter
    return [
        Note(place, f"{day:%B %Y}", words.rstrip("."))
        for place, day, words in found
        if place is not None and Quarter.of(day) >= first
    ]


def _month(quarter: Quarter) -> str:
    return f"{quarter.start:%B %Y}"


# ---------------------------------------------------------------- what is said under it


def _note(part: IndicatorPart, made: LineChart, points: Sequence[Period]) -> list[str]:
    """Only the signs that are drawn."""
    drawn, told = made.marks, _range(part)
    if made.targets:
        profile = part.target.profile if part.target else ()
        told.append("Dashes: the year’s target, spread over its quarters." if profile else "Dashes: the target.")
    if drawn.restated:
        told.append("Hollow diamond: restated; the cross is the figure it replaces.")
    if drawn.unverified:
        told.append(
            "Hollow diamond: not yet verified." if not drawn.restated else "Apart from the line: not yet verified."
        )
    if drawn.provisional or drawn.latest_provisional:
        told.append("Hollow dot: provisional.")
    if made.missing:
        told.append("Dashed upright: missing.")
    if any(point.state == HIDDEN for point in points):
        told.append("Gap in the line: a figure that is not shown.")
    told += [f"{one.heading}: {one.words}." for one in made.notes_left_out]
    return [*told, *filter(None, [made.scale_note])]


def _range(part: IndicatorPart) -> list[str]:
    """How the latest usual range is made, and from how many quarters; or that there is none yet."""
    if not part.stretches:
        return []
    last = part.stretches[-1]
    known = sum(last.first <= cell.quarter <= last.last and cell.state == "verified" for cell in part.series)
    every = "year" if part.frequency == "annual" else "quarter"
    since = f" since {last.first}" if last.first != part.series[0].quarter else ""
    count = f"{said.many(known, every, f'{every}s')}{since}"
    if last.lower is None and last.upper is None:
        return [] if last.mean is not None else [f"No usual range: {count} {'is' if known == 1 else 'are'} too few."]
    trial = ", so its limits are for trial" if last.is_trial else ""
    return [f"Shaded: the usual range ({METHOD}), from {count}{trial}."]
