"""The indicators that a project is meant to move, as far as one reader may see them: latest figure, trend and eight quarters as a line.

They stand beside its spend and are never divided by it: that both moved does not show that one moved the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from governance.models import Project
from indicators import assessment, charts, over_time, placing, wording
from indicators.aggregate import Numbers
from indicators.models import Figure, Indicator
from indicators.profile import telling
from indicators.profile.telling import Saying
from lib.numerals import pence
from lib.quarters import Quarter


@dataclass(frozen=True)
class Moved:
    """`figure` and `when` are empty where no figure is verified; `sayings` compare it with what was before."""

    label: str
    brief: str  # reference and short name
    url: str
    is_restricted: bool
    figure: str
    when: str  # "2017-18 Q4", or "2017-18" where it is measured once a year
    sayings: tuple[Saying, ...]
    chart: charts.Quarters

    @property
    def sentence(self) -> str:
        """ "1,604 in 2017-18 Q4. Better than last quarter (+43)."."""
        if not self.figure:
            return "No figure is verified yet."
        said = " ".join(f"{one.strong} {one.words}".strip() for one in self.sayings)
        return f"{self.figure} in {self.when}. {said}".strip()


def gather(project: Project, user: User, until: Quarter) -> tuple[Moved, ...]:
    """In the order of the plan, by what was verified up to a quarter. The number of queries does not grow with them."""
    linked = Indicator.objects.visible_to(user).filter(pk__in=project.indicators.values("pk"))
    indicators = list(linked)
    if not indicators:
        return ()
    places, bases, figures = placing.latest(), over_time.bases(indicators), over_time.verified(indicators)
    return tuple(
        _moved(one, places, bases[one.pk], figures[one.pk], until) for one in sorted(indicators, key=places.order)
    )


def _moved(
    indicator: Indicator,
    places: placing.Places,
    basis: over_time.Basis,
    figures: Mapping[Quarter, Numbers],
    until: Quarter,
) -> Moved:
    known = [quarter for quarter in figures if quarter <= until]
    latest = max(known, default=None)
    is_annual = indicator.frequency == Indicator.Frequency.ANNUAL
    series = over_time.series(indicator, basis, until, figures=figures, states={})
    sayings = telling.trends(assessment.assess(series, latest), is_annual=is_annual) if latest else []
    brief = places.brief(indicator)
    return Moved(
        label=places.label(indicator),
        brief=brief,
        url=indicator.get_absolute_url(),
        is_restricted=indicator.is_restricted,
        figure=_words(figures[latest]) if latest else "",
        when=str(latest.year if is_annual else latest) if latest else "",
        sayings=tuple(sayings),
        chart=_chart(brief, [_point(quarter, series, figures) for quarter in _eight(until)], until),
    )


def spend_chart(amounts: Mapping[Quarter, Decimal], until: Quarter) -> charts.Quarters:
    """What was spent in the same eight quarters, on a scale of its own."""
    points = [
        charts.Point(str(one), charts.KNOWN, amounts[one], pence(amounts[one]))
        if one in amounts and one <= until
        else charts.Point(str(one), charts.BLANK)
        for one in _eight(until)
    ]
    return _chart("Spent", points, until)


def _chart(name: str, points: Sequence[charts.Point], until: Quarter) -> charts.Quarters:
    return charts.sparkline(name, points, turn=4, latest=_eight(until).index(until), size=charts.WIDE)


def _eight(until: Quarter) -> list[Quarter]:
    """Those of the year before and of the quarter's own."""
    return [*until.year.previous.quarters, *until.year.quarters]


def _point(quarter: Quarter, series: assessment.Series, figures: Mapping[Quarter, Numbers]) -> charts.Point:
    number = series.number(quarter)
    if quarter not in series.figures:
        return charts.Point(str(quarter), charts.BLANK)
    words = _words(figures[quarter])
    if number is None:  # a figure, but no percentage to draw
        return charts.Point(str(quarter), charts.MISSING, words=words)
    return charts.Point(str(quarter), charts.KNOWN, number, words)


def _words(numbers: Numbers) -> str:
    return wording.value(
        Figure(numerator=numbers.numerator, denominator=numbers.denominator, stated_percentage=numbers.stated)
    )
