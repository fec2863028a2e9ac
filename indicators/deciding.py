"""What helps to decide about one indicator's target for a year: the figures of two years, last year's target, and the rows so far."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from indicators import placing, terms, years
from indicators.aims import BASES
from indicators.models import Baseline, Indicator, Target
from indicators.years import TwoYears, YearFigures
from lib.quarters import Year
from lib.written import capitalised


@dataclass(frozen=True)
class Line:
    """A quarter, or the year, in the words of the table: last year's figure and this year's; empty where not known."""

    head: str
    last: str
    this: str


@dataclass(frozen=True)
class Row:
    """A row of the record: when, who, what and why."""

    at: dt.datetime
    who: str
    what: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Deciding:
    """All that the page of one year's target shows. `target` holds now, `before` held last year; None where there is none."""

    indicator: Indicator
    year: Year
    label: str
    target: Target | None
    before: Target | None
    figures: TwoYears
    printed: tuple[Baseline, ...]
    rows: tuple[Row, ...]  # newest first

    @property
    def lines(self) -> tuple[Line, ...]:
        """A line for each quarter that is asked for, then the year as far as it is known."""
        last, this = self.figures.last, self.figures.this
        quarters = [
            Line(f"Q{then.number}", self._words(last.number(then)), self._words(this.number(now)))
            for then, now in zip(last.due, this.due, strict=True)
        ]
        return (*quarters, Line(self._of_the_year, self._so_far(last), self._so_far(this)))

    @property
    def _of_the_year(self) -> str:
        return "Latest" if self.indicator.year_to_date == Indicator.YearToDate.LATEST else "Year"

    @property
    def note(self) -> str:
        """What has to be known to read the figures; empty when nothing has."""
        if new := self.figures.new_series:
            why = new.break_reason.rstrip(".")
            return f"A new series starts with {new.starts}: {why}. Figures before it can’t be compared with it."
        return ""

    @property
    def unit(self) -> str:
        """ "Reports. Quarters are added up." """
        out_of = f", out of {self.indicator.unit_of_base}" if self.indicator.is_share else ""
        return f"{capitalised(self.indicator.unit)}{out_of}. {self.indicator.get_year_to_date_display()}."

    @property
    def lede(self) -> str:
        """What holds now, as the first line says it."""
        if self.target is None:
            return f"There is no target for {self.year} yet."
        if self.target.rule == Target.Rule.NONE:
            return f"It is in the set of {self.year} as data only."
        if self.target.is_proposed:
            return "A target is proposed and not yet agreed."
        return f"The target is agreed by {terms.agreement(self.target)}. Changed, it is a proposal until you say who agreed the change."

    @property
    def back_words(self) -> str:
        return f"Back to the targets for {self.year}"

    @property
    def last_years(self) -> str:
        """Last year's target in a line: "Target 1,300, minimum expectation 1,250, for the year to date"."""
        if self.before is None:
            return f"It was not in the set of {self.year.previous}"
        if self.before.rule == Target.Rule.NONE:
            return "None, data only"
        return terms.brief(self.before, self.indicator)

    @property
    def last_years_state(self) -> str:
        is_rated = self.before is not None and self.before.rule != Target.Rule.NONE
        return terms.state(self.before) if self.before and is_rated else ""

    @property
    def last_value(self) -> Decimal | None:
        """Last year's target, which may become this year's minimum expectation."""
        return self.before.value if self.before else None

    @property
    def bases(self) -> tuple[str, ...]:
        """What can be rated, the likeliest first."""
        return tuple(str(basis) for basis in BASES[self.indicator.year_to_date])

    @property
    def is_spread(self) -> bool:
        """Whether a yearly target of it is spread over the quarters: what is added up."""
        return self.indicator.year_to_date == Indicator.YearToDate.SUM

    def _words(self, number: Decimal | None) -> str:
        return terms.as_measured(number, self.indicator)

    def _so_far(self, of: YearFigures) -> str:
        """With a word where quarters are missing: "1,017 so far"."""
        words = self._words(of.so_far)
        is_part = of.to_date.missing and self.indicator.year_to_date != Indicator.YearToDate.LATEST
        return f"{words} so far" if words and is_part else words


def gather(indicator: Indicator, year: Year) -> Deciding:
    """A fixed number of queries."""
    held = Target.objects.filter(indicator=indicator, year__in=[year.previous, year]).latest_each()
    by_year = {target.year: target for target in held}
    return Deciding(
        indicator=indicator,
        year=year,
        label=placing.in_year(year).label(indicator),
        target=by_year.get(year),
        before=by_year.get(year.previous),
        figures=years.gather([indicator], last=year.previous, this=year)[indicator.pk],
        printed=tuple(Baseline.objects.filter(indicator=indicator, year__lt=year).order_by("-year")[:3]),
        rows=_rows(indicator, year),
    )


def _rows(indicator: Indicator, year: Year) -> tuple[Row, ...]:
    targets = Target.objects.filter(indicator=indicator, year=year).select_related("set_by")
    return tuple(
        Row(
            at=target.set_at,
            who=target.set_by.label if target.set_by else "The system",
            what=tuple(_what(target, indicator)),
            why=target.reason,
        )
        for target in targets.order_by("-set_at", "-pk")
    )


def _what(target: Target, indicator: Indicator) -> list[str]:
    told = terms.told(target, indicator)
    rule, agreed = told.pop("Rule"), told.pop("Agreed by")
    lines = [rule, *(f"{words}: {value}" for words, value in told.items() if value)]
    if target.rule != Target.Rule.NONE:
        lines.append(f"Agreed by {agreed}" if agreed else terms.PROPOSED)
    return lines
