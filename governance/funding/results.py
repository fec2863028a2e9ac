"""The indicators that money is meant to move, as they stand beside it: latest figure, rating, trend and a small line. Nothing is divided by anything."""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators import assessment, charts, over_time, placing, wording
from indicators.aggregate import Numbers
from indicators.assessment import Assessment, Series
from indicators.models import Figure, Indicator
from indicators.over_time import Basis
from indicators.placing import Places
from lib.quarters import Quarter, Year

QUARTERS = 8


@dataclass(frozen=True)
class Result:
    """`quarter` is that of the figure, None without one; `assessed` is of that quarter. Context is never rated."""

    indicator: Indicator
    label: str
    short: str  # "B2", or its name where the plan does not number it
    figure: str = ""
    quarter: Quarter | None = None
    assessed: Assessment | None = None
    chart: charts.Quarters | None = None

    @property
    def is_rated(self) -> bool:
        return self.assessed is not None and self.indicator.family != Indicator.Family.CONTEXT

    @property
    def url(self) -> str:
        return self.indicator.get_absolute_url()


def gather(indicators: Iterable[Indicator], year: Year) -> dict[int, Result]:
    """By indicator id, in the plan's order, as far as is verified up to the end of the year. Six queries, whatever their number."""
    every = list({one.pk: one for one in indicators}.values())
    places = placing.latest()
    figures, bases = over_time.verified(every), over_time.bases(every)
    return {
        one.pk: _result(one, places, figures[one.pk], bases[one.pk], year) for one in sorted(every, key=places.order)
    }


def names(indicators: Iterable[Indicator]) -> dict[int, str]:
    """Their references, or their names where the plan does not number them, by id. One query."""
    places = placing.latest()
    return {one.pk: places.reference(one) or one.name for one in indicators}


def _result(indicator: Indicator, places: Places, figures: dict[Quarter, Numbers], basis: Basis, year: Year) -> Result:
    name = {
        "indicator": indicator,
        "label": places.brief(indicator),
        "short": places.reference(indicator) or indicator.name,
    }
    latest = max((quarter for quarter in figures if quarter.year <= year), default=None)
    if latest is None:
        return Result(**name)
    series = over_time.series(indicator, basis, latest, figures=figures, states={})
    return Result(
        **name,
        figure=_words(figures[latest]),
        quarter=latest,
        assessed=assessment.assess(series, latest),
        chart=_spark(places.short_name(indicator), series, latest),
    )


def _words(numbers: Numbers) -> str:
    return wording.value(
        Figure(numerator=numbers.numerator, denominator=numbers.denominator, stated_percentage=numbers.stated)
    )


def _spark(name: str, series: Series, latest: Quarter) -> charts.Quarters:
    """Eight quarters up to the latest figure; of those without one nothing is drawn."""
    quarters = latest.back_to(QUARTERS)
    turn = next(place for place, quarter in enumerate(quarters) if quarter.year == latest.year)
    points = [_point(series, quarter) for quarter in quarters]
    return charts.sparkline(name, points, turn=turn, latest=QUARTERS - 1, size=charts.WIDE)


def _point(series: Series, quarter: Quarter) -> charts.Point:
    value = series.number(quarter)
    if value is None:
        return charts.Point(str(quarter), charts.BLANK)
    return charts.Point(str(quarter), charts.KNOWN, value, _words(series.figures[quarter]))
