"""The charts of one indicator over time: every quarter, and every month where months are held. What is drawn is decided here, how in `charts`."""

import datetime as dt
from calendar import month_abbr, month_name, monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators import charts, over_time, usual, wording
from indicators.assessment import Series
from indicators.charts import BLANK, KNOWN, MISSING, UNVERIFIED, Band, Break, LineChart, Note, Period
from indicators.over_time import Basis
from indicators.profile.lines import replaced
from indicators.profile.seen import Seen
from indicators.spc import ENOUGH
from indicators.usual import Stretch, Usual
from lib.numerals import figure, in_words, listed
from lib.quarters import Quarter, Year

FEWEST = 2  # figures: one says nothing over time
NARROW = {"quarter": 8, "month": 12, "year": 8}  # the latest of them, on a phone
METHOD = "Usual range: mean ± 2.66 × mean moving range"


@dataclass(frozen=True)
class Chart:
    """One chart, drawn wide and narrow; CSS shows one of them. `caption` is told under both, `narrow_note` under the narrow one alone."""

    heading: str
    wide: LineChart
    narrow: LineChart
    caption: str
    narrow_note: str

    @property
    def marks(self) -> frozenset[str]:
        """What the key has to explain besides the figures."""
        drawn = self.wide.marks
        found = {
            "provisional": drawn.provisional or drawn.latest_provisional,
            "restated": drawn.restated,
            "unverified": drawn.unverified,
            "missing": self.wide.missing,
            "target": self.wide.targets,
            "usual": any(one.edges for one in self.wide.ranges),
            "before": drawn.before or drawn.before_dots,
        }
        return frozenset(mark for mark, is_drawn in found.items() if is_drawn)


@dataclass(frozen=True)
class Months:
    """Month by month: the chart, what it says of the latest month, and the numbers, newest first."""

    chart: Chart
    usual: Usual
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Axis:
    """The periods of a chart, from their first day to their last."""

    every: str  # "quarter", "month", "year"
    spans: tuple[tuple[dt.date, dt.date], ...]

    def from_day(self, day: dt.date) -> int | None:
        """The first period that lies on the day or after it; None for none, and for the very first, where nothing is divided."""
        place = next((index for index, (_, last) in enumerate(self.spans) if last >= day), None)
        return place or None

    def of_day(self, day: dt.date) -> int | None:
        return next((index for index, (first, last) in enumerate(self.spans) if first <= day <= last), None)


# ---------------------------------------------------------------- quarters


def of_quarters(seen: Seen) -> Chart | None:
    """Every quarter from the first with a figure on, or every year of an annual measure; None for fewer than two figures."""
    latest = seen.latest
    if latest is None:
        return None
    series, found = seen.series(latest), seen.assess(latest)
    points = [_quarter(seen, series, quarter) for quarter in found.span]
    if sum(point.value is not None for point in points) < FEWEST:
        return None
    every = "year" if seen.is_annual else "quarter"
    spans = tuple((quarter.year.start if seen.is_annual else quarter.start, quarter.end) for quarter in found.span)
    return _chart(
        f"Every {every} since {found.span[0].year}",
        f"{seen.indicator.name}, by {every}",
        points,
        _Axis(every, spans),
        found.stretches,
        seen.whole.basis,
        latest,
        unit="%" if series.is_share else "",
        id="quarters",
    )


def _quarter(seen: Seen, series: Series, quarter: Quarter) -> Period:
    target = series.target_in(quarter)
    place = {
        "label": str(quarter.year if seen.is_annual else quarter),
        "tick": "" if seen.is_annual else f"Q{quarter.number}",
        "group": str(quarter.year),
        "target": target,
        "target_words": "" if target is None else usual.aimed_at(target, is_share=series.is_share),
    }
    if quarter not in seen.whole.quarters:
        return Period(state=BLANK, **place)
    shown, sent = seen.shown(quarter), seen.sent(quarter)
    if shown:
        value = series.number(quarter)
        if value is None:  # a share of nothing is a gap, and not missing
            return Period(state=BLANK, words=wording.value(shown), **place)
        before = [series.of(over_time.numbers(was)) for was, _ in replaced(seen.held(quarter))]
        was = before[-1] if before else None
        return Period(state=KNOWN, value=value, is_provisional=shown.is_provisional, was=was, **place)
    value = series.of(over_time.numbers(sent)) if sent else None
    if value is not None:
        return Period(state=UNVERIFIED, value=value, **place)
    return Period(state=MISSING if seen.is_missing(quarter) else BLANK, **place)


# ---------------------------------------------------------------- months


def of_months(seen: Seen, numbers: Mapping[dt.date, Decimal]) -> Months | None:
    """Month by month from the first held to the last; `numbers` by the first day of each. None for fewer than two."""
    if len(numbers) < FEWEST or seen.latest is None:
        return None
    months = _every_month(min(numbers), max(numbers))
    values = [numbers.get(month) for month in months]
    axis = _Axis("month", tuple((month, month.replace(day=_days(month))) for month in months))
    points = [_month(month, value) for month, value in zip(months, values, strict=True)]
    basis = seen.whole.basis
    starts = [start for start, _ in basis.breaks(seen.latest)] + [rebase.starts for rebase in basis.rebases]
    places = sorted({place for start in starts if (place := axis.from_day(start.start))})
    told = usual.read(
        values,
        breaks=places,
        polarity=str(seen.indicator.polarity),
        is_share=False,
        target=None,
        is_latest_known=True,
        period="month",
    )
    chart = _chart(
        "Month by month",
        f"{seen.indicator.name}, by month",
        points,
        axis,
        usual.stretches(values, breaks=places, is_share=False),
        basis,
        seen.latest,
        unit="",
        id="months",
    )
    rows = [(_name(month), figure(numbers[month]) if month in numbers else "missing") for month in reversed(months)]
    return Months(chart, told, tuple(rows))


def _every_month(first: dt.date, last: dt.date) -> list[dt.date]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [
        dt.date(first.year + (first.month - 1 + step) // 12, (first.month - 1 + step) % 12 + 1, 1)
        for step in range(count)
    ]


def _month(month: dt.date, value: Decimal | None) -> Period:
    return Period(
        label=_name(month),
        state=MISSING if value is None else KNOWN,
        value=value,
        tick=month_abbr[month.month],
        group=str(Year.of(month)),
    )


def _days(month: dt.date) -> int:
    return monthrange(month.year, month.month)[1]


def _name(day: dt.date) -> str:
    return f"{month_name[day.month]} {day.year}"


# ---------------------------------------------------------------- both


def _chart(
    heading: str,
    name: str,
    points: Sequence[Period],
    axis: _Axis,
    stretches: Sequence[Stretch],
    basis: Basis,
    latest: Quarter,
    *,
    unit: str,
    id: str,
) -> Chart:
    cuts = [(axis.from_day(start.start), why) for start, why in basis.breaks(latest)]
    noted = [(axis.of_day(note.on), note) for note in basis.notes]
    drawn = {
        "bands": [_band(one, is_share=unit == "%") for one in stretches],
        "breaks": [Break(place, "New definition", why) for place, why in cuts if place is not None],
        "notes": [Note(place, _name(note.on), note.words) for place, note in noted if place is not None],
        "unit": unit,
        "every": axis.every,
    }
    most = NARROW[axis.every]
    wide = charts.line(name, points, size=charts.WIDE, id=f"{id}-wide", **drawn)
    narrow = charts.line(name, points, size=charts.NARROW, id=f"{id}-narrow", first=max(0, len(points) - most), **drawn)
    return Chart(
        heading=heading,
        wide=wide,
        narrow=narrow,
        caption=" ".join(_caption(wide, points, axis, stretches, basis, has_break=bool(drawn["breaks"]))),
        narrow_note=" ".join(_narrow_note(wide, narrow, len(points), axis.every)),
    )


def _band(one: Stretch, *, is_share: bool) -> Band:
    """With its limits in the same words as in the sentence about it."""

    def words(number: Decimal | None) -> str:
        return "" if number is None else usual.in_range(number, is_share=is_share)

    return Band(
        start=one.start,
        end=one.end,
        mean=one.mean,
        lower=one.lower,
        upper=one.upper,
        is_trial=one.is_trial,
        mean_words=words(one.mean),
        lower_words=words(one.lower),
        upper_words=words(one.upper),
    )


def _caption(
    wide: LineChart,
    points: Sequence[Period],
    axis: _Axis,
    stretches: Sequence[Stretch],
    basis: Basis,
    *,
    has_break: bool,
) -> list[str]:
    told = []
    afresh = ["after a new definition"] if has_break else []
    afresh += [f"from {rebase.starts}" for rebase in basis.rebases if axis.from_day(rebase.starts.start)]
    if any(one.lower is not None or one.upper is not None for one in stretches):
        told.append(f"{METHOD}{f', worked out afresh {listed(afresh)}' if afresh else ''}.")
        told += _trials(stretches, points, axis.every)
    told += _nobody(points)
    if wide.scale_note:
        told.append(wide.scale_note)
    told += [f"Not drawn for want of room: {one.heading}, {one.words}." for one in wide.notes_left_out]
    return told


def _trials(stretches: Sequence[Stretch], points: Sequence[Period], every: str) -> list[str]:
    """ "Fewer than 12 quarters give a trial range (paler): 2013-14 Q1 to 2014-15 Q4, and from 2016-17 Q2 on."; none where all are sure."""
    trial = [one for one in stretches if one.is_trial and (one.lower is not None or one.upper is not None)]
    none = [one for one in stretches if one.mean is None and len(stretches) > 1]
    told = []
    if trial and len(stretches) == 1:
        told.append(f"Fewer than {ENOUGH} {every}s give a trial range (paler).")
    elif trial:
        spans = listed(_when(one, points) for one in trial)
        told.append(f"Fewer than {ENOUGH} {every}s give a trial range (paler): {spans}.")
    if none:
        told.append(f"Too few for a usual range: {listed(_when(one, points) for one in none)}.")
    return told


def _when(one: Stretch, points: Sequence[Period]) -> str:
    if one.end == len(points):
        return f"from {points[one.start].label} on"
    return f"{points[one.start].label} to {points[one.end - 1].label}"


def _nobody(points: Sequence[Period]) -> list[str]:
    """Quarters in which a share was of nothing."""
    gaps = [point.label for point in points if point.state == BLANK and point.words == wording.NOBODY]
    return [f"The line has a gap where nobody had the need: {listed(gaps)}."] if gaps else []


def _narrow_note(wide: LineChart, narrow: LineChart, points: int, every: str) -> list[str]:
    most = NARROW[every]
    told = [f"The last {in_words(most)} {every}s."] if points > most else []
    if narrow.scale_note != wide.scale_note:
        told.append(narrow.scale_note)
    return told
