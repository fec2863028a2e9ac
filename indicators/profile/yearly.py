"""Year by year: what each year's quarters come to, and the totals that were printed before quarters were kept here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators import charts, usual
from indicators.aggregate import due, year_to_date
from indicators.aims import BASES, Basis, Rule
from indicators.assessment import Series
from indicators.charts import Bar, BarChart
from indicators.models import Baseline
from indicators.profile.seen import Seen
from lib.numerals import in_words, listed
from lib.quarters import Quarter, Year

FEWEST = 2  # years with a number
WIDE = Decimal(740)  # in two thirds of the page
MOST, MOST_NARROW = 10, 6  # the latest years, on the page and on a phone; the table has them all
HEADINGS = {"sum": "Total", "pooled": "All quarters together", "latest": "Latest figure"}


@dataclass(frozen=True)
class Row:
    """A year in words: what it came to, what was aimed at, and what has to be known to read it."""

    year: Year
    number: str
    target: str
    note: str


@dataclass(frozen=True)
class Years:
    """`rows` are newest first. `heading` says what the number of a year is."""

    wide: BarChart
    narrow: BarChart
    caption: str
    heading: str
    rows: tuple[Row, ...]

    @property
    def has_targets(self) -> bool:
        return any(row.target for row in self.rows)

    @property
    def has_notes(self) -> bool:
        return any(row.note for row in self.rows)


@dataclass(frozen=True)
class _Year:
    year: Year
    value: Decimal | None
    target: Decimal | None
    short: str  # after the bar's figure: "to Q3"
    note: str  # the whole of it, for the table
    is_complete: bool


def of_years(seen: Seen, baselines: Sequence[Baseline]) -> Years | None:
    """None for fewer than two years with a number, and where the chart over time shows the years already."""
    latest = seen.latest
    if latest is None or (seen.is_annual and not baselines):
        return None
    series = seen.series(latest)
    printed = {baseline.year: baseline for baseline in baselines}
    held = {quarter.year for quarter in series.figures}
    years = [_year(series, year, latest, printed) for year in sorted(held | printed.keys())]
    if sum(one.value is not None for one in years) < FEWEST:
        return None
    bars = [_bar(one, series) for one in years]
    name = f"{seen.indicator.name}, by year"
    return Years(
        wide=charts.bars(name, bars[-MOST:], size=charts.WIDE, width=WIDE, id="years-wide"),
        narrow=charts.bars(name, bars[-MOST_NARROW:], size=charts.NARROW, id="years-narrow"),
        caption=" ".join(_caption(series, years)),
        heading=HEADINGS[series.mode],
        rows=tuple(
            Row(one.year, bar.words, bar.target_words, one.note)
            for one, bar in zip(reversed(years), reversed(bars), strict=True)
        ),
    )


def _year(series: Series, year: Year, latest: Quarter, printed: Mapping[Year, Baseline]) -> _Year:
    quarters = due(series.frequency, year.quarters)
    whole = year_to_date(series.mode, quarters, series.figures)
    if whole.missing and year in printed:
        baseline = printed[year]
        said = ". ".join(part.rstrip(".") for part in (f"Printed in {baseline.source}", baseline.note) if part)
        return _Year(year, baseline.number, None, "printed", said, True)
    target = _target(series, year)
    if any(start in quarters[1:] for start in series.breaks):
        return _Year(year, None, target, "", "What is counted changed within the year", False)
    value = series.of(whole.numbers)
    if value is None or not whole.missing:
        return _Year(year, value, target, "", "" if whole.numbers else "Not known", not whole.missing)
    short = _without(whole.missing, latest)
    if series.mode == "latest":
        short = f"in {whole.through.slug[-2:].upper()}" if whole.through != quarters[-1] else ""
    return _Year(year, value, target, short, short[:1].upper() + short[1:], not short)


def _without(missing: Sequence[Quarter], latest: Quarter) -> str:
    """ "to Q3", "without Q2", "to Q3 without Q2"."""
    past = [quarter for quarter in missing if quarter < latest or quarter.year != latest.year]
    ahead = [quarter for quarter in missing if quarter not in past]
    gaps = f"without {listed(f'Q{quarter.number}' for quarter in past)}" if past else ""
    until = f"to Q{ahead[0].number - 1}" if ahead else ""
    return " ".join(part for part in (until, gaps) if part)


def _target(series: Series, year: Year) -> Decimal | None:
    """The agreed target of the whole year; None where quarters alone are rated."""
    aim = series.aims.get(year)
    if aim is None or aim.rule == Rule.NONE or not aim.is_agreed:
        return None
    return None if (aim.basis or BASES[series.mode][0]) == Basis.QUARTER else aim.value


def _bar(one: _Year, series: Series) -> Bar:
    return Bar(
        label=str(one.year),
        value=one.value,
        words="not known" if one.value is None else usual.in_range(one.value, is_share=series.is_share),
        target=one.target,
        target_words="" if one.target is None else usual.aimed_at(one.target, is_share=series.is_share),
        note=one.short,
        is_incomplete=not one.is_complete and one.value is not None,
        is_strong=one.year == max(series.figures).year,
    )


def _caption(series: Series, years: Sequence[_Year]) -> list[str]:
    told = [f"The last {in_words(MOST)} years; the table has all {len(years)}."] if len(years) > MOST else []
    if any(not one.is_complete and one.value is not None for one in years):
        told.append("Hatched: not the whole year.")
    first, last = years[-MOST:][0].year, years[-1].year
    told += [
        f"A new definition starts with {start}: years before it can’t be compared with those since."
        for start in series.breaks
        if first.quarters[0] < start <= last.quarters[-1]
    ]
    return told
