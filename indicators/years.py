"""What the verified figures of last year and this one come to, for those who set a target by them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from indicators import aggregate
from indicators.aggregate import Numbers, YearToDate
from indicators.models import Definition, Figure, Indicator
from lib.quarters import Quarter, Year


@dataclass(frozen=True)
class YearFigures:
    """The verified figures of one indicator in one year. `is_broken`: a new series starts inside it, so that nothing is put together."""

    year: Year
    mode: str
    is_share: bool
    due: tuple[Quarter, ...]
    figures: Mapping[Quarter, Numbers] = field(default_factory=dict)
    is_broken: bool = False

    def number(self, quarter: Quarter) -> Decimal | None:
        """The count, or per cent; None where it is not known."""
        return self._of(self.figures.get(quarter))

    @property
    def to_date(self) -> YearToDate:
        return aggregate.year_to_date(self.mode, self.due, self.figures)

    @property
    def so_far(self) -> Decimal | None:
        """The quarters known as one; None where they can't be put together."""
        return None if self.is_broken else self._of(self.to_date.numbers)

    @property
    def result(self) -> Decimal | None:
        """What the whole year came to; None until every quarter of it is verified."""
        return None if self.to_date.missing else self.so_far

    @property
    def shares(self) -> tuple[Decimal, ...] | None:
        """Each quarter's share of the year, as a profile has them: to hundredths, adding up to 100. None unless all four are known."""
        if self.is_broken or self.mode != "sum":
            return None
        shares = aggregate.seasonal_shares([self.figures.get(quarter) for quarter in self.year.quarters])
        return aggregate.rounded_shares(shares) if shares else None

    def _of(self, numbers: Numbers | None) -> Decimal | None:
        if numbers is None:
            return None
        return numbers.percentage if self.is_share else numbers.numerator


@dataclass(frozen=True)
class TwoYears:
    """Last year and this. `new_series` is the first definition after last year's first quarter that can't be compared with before."""

    last: YearFigures
    this: YearFigures
    new_series: Definition | None = None

    @property
    def baseline(self) -> Decimal | None:
        """Last year's result, where this year's figures can be held against it."""
        return None if self.new_series else self.last.result

    @property
    def profile(self) -> tuple[Decimal, ...]:
        """Last year's seasons where they are known; otherwise even shares, or all of it in the quarter that alone is asked for."""
        if len(self.this.due) == 1:
            return tuple(Decimal(100 if quarter in self.this.due else 0) for quarter in self.this.year.quarters)
        return (None if self.new_series else self.last.shares) or aggregate.EVEN


def gather(indicators: Sequence[Indicator], *, last: Year, this: Year) -> dict[int, TwoYears]:
    """Both years of each, by indicator id. Two queries however many there are."""
    figures = _figures(indicators, [*last.quarters, *this.quarters])
    breaks: dict[int, list[Definition]] = defaultdict(list)
    for definition in Definition.objects.filter(indicator__in=indicators, breaks_series=True).order_by("starts"):
        breaks[definition.indicator_id].append(definition)
    found = {}
    for indicator in indicators:
        new = [one for one in breaks[indicator.pk] if last.quarters[0] < one.starts <= this.quarters[-1]]
        starts = {one.starts for one in new}
        before, now = (_year(indicator, year, figures[indicator.pk], starts) for year in (last, this))
        found[indicator.pk] = TwoYears(before, now, new[0] if new else None)
    return found


def _year(indicator: Indicator, year: Year, figures: Mapping[Quarter, Numbers], starts: set[Quarter]) -> YearFigures:
    return YearFigures(
        year=year,
        mode=str(indicator.year_to_date),
        is_share=indicator.is_share,
        due=aggregate.due(indicator.frequency, year.quarters),
        figures={quarter: figures[quarter] for quarter in year.quarters if quarter in figures},
        is_broken=bool(starts & set(year.quarters[1:])),
    )


def _figures(indicators: Sequence[Indicator], quarters: Sequence[Quarter]) -> dict[int, dict[Quarter, Numbers]]:
    """The latest verified figures in these quarters, by indicator id."""
    verified = Figure.objects.verified().filter(
        for_return__indicator__in=indicators, for_return__round__quarter__in=quarters
    )
    found: dict[int, dict[Quarter, Numbers]] = defaultdict(dict)
    for figure in verified.latest_each().select_related("for_return__round"):
        numbers = Numbers(figure.numerator, figure.denominator, figure.stated_percentage)
        found[figure.for_return.indicator_id][figure.for_return.round.quarter] = numbers
    return found
