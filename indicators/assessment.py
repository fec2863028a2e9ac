"""What one indicator's figures say in one quarter: rating, trends, usual range, forecast, and which words are owed. Pure.

The one place where the rules of rating, trend, aggregate and variation come together, so that page, dashboard, pack and download all say
the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from indicators import usual
from indicators.aggregate import Forecast, Numbers, YearToDate, due, forecast, share_to_date, year_to_date
from indicators.aims import BASES, HUNDRED, Aim, Basis, Rule
from indicators.explanation import asked
from indicators.rating import Measured, Verdict, Why, rate, unrated
from indicators.trend import Comparison, Trend, compare
from indicators.usual import Stretch, Usual
from lib.numerals import listed
from lib.quarters import Quarter, Year

# What may stand in the place of a verified figure.
UNVERIFIED, AWAITED, MISSING, NOT_COLLECTED = "unverified", "awaited", "missing", "not_collected"


@dataclass(frozen=True)
class Series:
    """One indicator over time, as known at one moment.

    `figures` holds the verified ones. `states` says of other quarters why there is none; a quarter in neither was not collected.
    `breaks`: quarters in which a new definition starts that can't be compared with before. `rebases`: those from which the usual range is
    worked out afresh. `aims`: what was aimed at, by year. `reason`: why the quarter assessed has no figure, in words ("awaiting partner").
    """

    measure: str  # "count", "percentage", "need_met", "amount"
    polarity: str  # "higher", "lower", "none"
    mode: str  # of the year to date: "sum", "pooled", "latest"
    frequency: str = "quarterly"  # or "annual"
    figures: Mapping[Quarter, Numbers] = field(default_factory=dict)
    states: Mapping[Quarter, str] = field(default_factory=dict)
    breaks: tuple[Quarter, ...] = ()
    rebases: tuple[Quarter, ...] = ()
    aims: Mapping[Year, Aim] = field(default_factory=dict)
    reason: str = ""

    @property
    def is_share(self) -> bool:
        return self.measure not in ("count", "amount")

    @property
    def is_amount(self) -> bool:
        return self.measure == "amount"

    def number(self, quarter: Quarter) -> Decimal | None:
        """What is drawn and compared: the count, or per cent; None where there is none, or a share of nothing."""
        return None if quarter not in self.figures else self.of(self.figures[quarter])

    def of(self, numbers: Numbers | None) -> Decimal | None:
        if numbers is None:
            return None
        return numbers.percentage if self.is_share else numbers.numerator

    def due(self, quarters: Sequence[Quarter]) -> tuple[Quarter, ...]:
        return due(self.frequency, quarters)

    def broken_between(self, then: Quarter, now: Quarter) -> Quarter | None:
        """The first new series that starts after `then` and not after `now`."""
        return next((start for start in sorted(self.breaks) if then < start <= now), None)

    def span(self, until: Quarter) -> tuple[Quarter, ...]:
        """Every quarter that asks for a figure, from the first with one up to `until`; empty without any."""
        known = [quarter for quarter in self.figures if quarter <= until]
        if not known:
            return ()
        first = min(known)
        return self.due(until.back_to(4 * (until.year_begins - first.year_begins) + until.number - first.number + 1))

    def target_in(self, quarter: Quarter) -> Decimal | None:
        """The agreed target of a single quarter; None where there is none for one. Where it is spread, its part: the four make up the year's.

        What is measured once a year is held against all of it, however it is spread.
        """
        aim = self.aims.get(quarter.year)
        if aim is None or aim.rule == Rule.NONE or not aim.is_agreed or aim.value is None:
            return None
        if aim.basis == Basis.ROLLING_YEAR:
            return None
        if aim.profile is None or self.frequency == "annual":
            return aim.value
        upto, before = (sum(aim.profile[:number], Decimal(0)) for number in (quarter.number, quarter.number - 1))
        to_date, until_then = aim.part(upto).value, aim.part(before).value
        return None if to_date is None or until_then is None else to_date - until_then


@dataclass(frozen=True)
class Assessment:
    """`short` compares with last quarter, `long` with the same quarter last year. `ahead` rates the forecast, where there is one.

    `asks` names the parts of the commentary that this quarter's figure asks for (see `indicators.explanation`).
    """

    verdict: Verdict
    short: Comparison
    long: Comparison
    forecast: Forecast
    ahead: Verdict | None
    usual: Usual
    asks: tuple[str, ...]
    span: tuple[Quarter, ...]  # every quarter of the chart, oldest first
    stretches: tuple[Stretch, ...]  # by places in the span

    @property
    def is_worsening(self) -> bool:
        """Worse than last quarter and than a year ago, or unusually bad by more than trial limits."""
        both = self.short.trend == Trend.WORSE and self.long.trend == Trend.WORSE
        return both or (self.usual.state == "worsening" and not self.usual.is_trial)


def assess(series: Series, quarter: Quarter) -> Assessment:
    """What the figures say in this quarter. Later quarters are left out, whatever `series` holds."""
    verdict = rated(series, quarter)
    ahead_of = _forecast(series, quarter)
    span, said = series.span(quarter), usual_in(series, quarter)
    return Assessment(
        verdict=verdict,
        short=_compared(series, quarter, quarter.previous),
        long=_compared(series, quarter, quarter.year_ago),
        forecast=ahead_of,
        ahead=_ahead(series, quarter, ahead_of),
        usual=said,
        asks=asked(verdict.rating, is_unusual=said.asks_for_words),
        span=span,
        stretches=tuple(
            usual.stretches(
                [series.number(one) for one in span], breaks=starts(series, quarter), is_share=series.is_share
            )
        ),
    )


def usual_in(series: Series, quarter: Quarter) -> Usual:
    """What the usual range says of this quarter alone, as `assess` finds it."""
    return usual.read(
        [series.number(one) for one in series.span(quarter)],
        breaks=starts(series, quarter),
        polarity=series.polarity,
        is_share=series.is_share,
        target=series.target_in(quarter) if quarter in series.figures else None,
        is_latest_known=quarter in series.figures,
        period="year" if series.frequency == "annual" else "quarter",
    )


def starts(series: Series, quarter: Quarter) -> list[int]:
    """Where the usual range starts afresh, as places in the span."""
    span = series.span(quarter)
    places = set()
    for start in (*series.breaks, *series.rebases):
        place = next((index for index, one in enumerate(span) if one >= start), None)
        if place:
            places.add(place)
    return sorted(places)


# ---------------------------------------------------------------- the rating


def rated(series: Series, quarter: Quarter) -> Verdict:
    """The rating of this quarter alone, as `assess` finds it."""
    aim = series.aims.get(quarter.year)
    if quarter not in series.figures:
        return _without_figure(series, quarter)
    measured, share = measure(series, quarter, aim)
    if aim is None or aim.rule == Rule.NONE or not aim.is_agreed:
        only = Measured(
            series.number(quarter), "in the quarter" if series.frequency != "annual" else "in the year", series.is_share
        )
        return rate(aim, series.polarity, only)
    before = _before(series, quarter, aim) if aim.rule == Rule.LAST_YEAR else None
    return rate(aim.part(share), series.polarity, measured, to_date=share < HUNDRED, last_year=before)


def _without_figure(series: Series, quarter: Quarter) -> Verdict:
    state = series.states.get(quarter, NOT_COLLECTED)
    if state == UNVERIFIED:
        return unrated(Why.UNVERIFIED, "the figure was sent and waits for a second person, so it is not rated")
    if state in (AWAITED, MISSING):
        return unrated(Why.MISSING, series.reason or "no reason was given")
    if quarter not in series.due([quarter]):
        return unrated(Why.DATA_ONLY, "it is measured once a year, with Q4")
    return unrated(Why.NOT_ASKED, "it was not asked for in this quarter")


def measure(series: Series, quarter: Quarter, aim: Aim | None) -> tuple[Measured, Decimal]:
    """The figure on the aim's basis, and which per cent of the year's target it is measured against."""
    basis = (aim.basis if aim else "") or BASES[series.mode][0]
    if basis in (Basis.QUARTER, Basis.LATEST):
        when = f"in Q{quarter.number}" if basis == Basis.LATEST else "in the quarter"
        number = series.number(quarter)
        return Measured(number, when, series.is_share, "" if number is not None else _of_nothing(series, when)), HUNDRED
    if basis == Basis.ROLLING_YEAR:
        return _together(series, quarter.back_to(4), "for the last four quarters"), HUNDRED
    so_far = [one for one in quarter.year.quarters if one <= quarter]
    share = share_to_date(aim.profile if aim else None, quarter)
    return _together(series, so_far, "for the year to date"), share


def _together(series: Series, quarters: Sequence[Quarter], when: str) -> Measured:
    """Several quarters as one figure; not known when one is missing or a new series starts inside."""
    quarters = series.due(quarters)
    if not quarters:
        return Measured(None, when, series.is_share, "it is measured once a year, with Q4")
    name = when.removeprefix("for ").removeprefix("in ")
    year = quarters[-1].year if {one.year for one in quarters} == {quarters[-1].year} else None
    if start := series.broken_between(quarters[0], quarters[-1]):
        why = f"what is counted changed in {_named(start, year)}, so {name} can’t be put together"
        return Measured(None, when, series.is_share, why)
    whole = year_to_date(series.mode, quarters, series.figures)
    if whole.missing:
        is_are = "is" if name.endswith(("date", "year")) and "quarters" not in name else "are"
        return Measured(
            None, when, series.is_share, f"{gaps(series, whole.missing, year)}, so {name} {is_are} not known"
        )
    return Measured(
        number := series.of(whole.numbers),
        when,
        series.is_share,
        "" if number is not None else _no_number(series, whole, when),
    )


def _no_number(series: Series, whole: YearToDate, when: str) -> str:
    if whole.numbers is None:
        return "percentages without what they are out of can’t be put together"
    return _of_nothing(series, when)


def _of_nothing(series: Series, when: str) -> str:
    nobody = "nobody had the need" if series.measure == "need_met" else "there was nobody to count"
    return f"{nobody} {when}, so there is nothing to rate"


def gaps(series: Series, quarters: Sequence[Quarter], year: Year | None = None) -> str:
    """ "Q2 is missing", "Q2 and Q3 are missing", "Q3 is not yet verified and Q2 is missing"; the year is said unless it is this one."""
    words = {UNVERIFIED: "not yet verified", NOT_COLLECTED: "not collected"}
    by_state: dict[str, list[Quarter]] = {}
    for quarter in quarters:
        by_state.setdefault(words.get(series.states.get(quarter, NOT_COLLECTED), "missing"), []).append(quarter)
    return listed(
        f"{listed(_named(one, year) for one in own)} {'is' if len(own) == 1 else 'are'} {state}"
        for state, own in by_state.items()
    )


def _named(quarter: Quarter, year: Year | None) -> str:
    return f"Q{quarter.number}" if quarter.year == year else str(quarter)


def _before(series: Series, quarter: Quarter, aim: Aim) -> Measured:
    """The same basis over the same quarters of last year."""
    basis = aim.basis or BASES[series.mode][0]
    if basis == Basis.ROLLING_YEAR:
        quarters, when = quarter.year_ago.back_to(4), "in the four quarters before"
    elif basis == Basis.YEAR_TO_DATE:
        quarters, when = (
            tuple(one.year_ago for one in quarter.year.quarters if one <= quarter),
            "in the same quarters of last year",
        )
    else:
        quarters, when = (quarter.year_ago,), "in the same quarter of last year"
    quarters = series.due(quarters)
    if quarters and (start := series.broken_between(quarters[0], quarter)):
        return Measured(None, when, series.is_share, f"what is counted changed in {start}")
    whole = year_to_date(series.mode, quarters, series.figures)
    if whole.missing:
        missing = tuple(whole.missing)
        said = gaps(series, missing) if len(missing) == 1 else f"{listed(map(str, missing))} are not known"
        return Measured(None, when, series.is_share, said)
    number = series.of(whole.numbers)
    return Measured(
        number,
        when,
        series.is_share,
        "" if number is not None else _no_number(series, whole, when).partition(", so ")[0],
    )


# ---------------------------------------------------------------- trend and forecast


def _compared(series: Series, now: Quarter, then: Quarter) -> Comparison:
    return compare(
        series.figures.get(now), series.figures.get(then), series.polarity, why_not=_not_comparable(series, now, then)
    )


def _not_comparable(series: Series, now: Quarter, then: Quarter) -> str:
    """Why the two quarters can't be compared; empty when they can."""
    if now not in series.figures:
        return gaps(series, (now,))
    if then not in series.due([then]):
        return "it is measured once a year"
    if then not in series.figures:
        return gaps(series, (then,))
    if start := series.broken_between(then, now):
        return f"what is counted changed in {start}"
    return ""


def _forecast(series: Series, quarter: Quarter) -> Forecast:
    if series.frequency == "annual":
        return Forecast(None, "It is measured once a year")
    start = series.broken_between(quarter.year.previous.quarters[0], quarter)
    broken = f"what is counted changed in {start}" if start else ""
    return forecast(quarter, series.figures, mode=series.mode, broken=broken)


def _ahead(series: Series, quarter: Quarter, ahead_of: Forecast) -> Verdict | None:
    """The forecast rated by the whole year's target; None without a forecast, or when the target is not the year's."""
    aim = series.aims.get(quarter.year)
    if ahead_of.number is None or aim is None or aim.rule == Rule.NONE or not aim.is_agreed:
        return None
    if (aim.basis or BASES[series.mode][0]) != Basis.YEAR_TO_DATE or series.polarity == "none":
        return None
    rounded = ahead_of.number.quantize(Decimal(1), ROUND_HALF_UP)  # as it is shown
    whole = Measured(rounded, "forecast for the year", series.is_share)
    before = _before(series, quarter.year.quarters[-1], aim) if aim.rule == Rule.LAST_YEAR else None
    return rate(aim, series.polarity, whole, last_year=before)
