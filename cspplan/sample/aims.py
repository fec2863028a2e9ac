"""What the sample years aim at, and what helps to read them: targets, dated notes, what an indicator serves. All of it is made up."""

import datetime as dt
from decimal import Decimal
from typing import Any

from accounts.models import User
from cspplan.sample.people import read
from indicators.aggregate import Numbers, rounded_shares, seasonal_shares
from indicators.models import DatedNote, Indicator, Placement, Target
from lib.quarters import Year

AGREED_BY, AGREED_ON = "CSP Executive", dt.date(2017, 5, 25)
SET_AT = dt.datetime(2017, 5, 26, 10, tzinfo=dt.UTC)
FIRST_YEAR, YEAR_BEFORE = Year.parse("2017-18"), Year.parse("2016-17")
REASON = "Sample: last year’s result, with something better in view."


def load(placements: dict[str, Placement], by: User) -> None:
    """Add them to the 15 placed indicators, whose figures of the year before are in `figures.json`."""
    aims = read("aims.json")
    _year_before(placements, by)
    figures = read("figures.json")
    for reference, terms in aims["targets"].items():
        _target(placements[reference].indicator, terms, [_numbers(given) for given in figures[reference][:4]], by)
    DatedNote.objects.bulk_create(
        DatedNote(
            indicator=placements[reference].indicator,
            on=dt.date.fromisoformat(on),
            words=words,
            made_by=by,
            made_at=dt.datetime.combine(dt.date.fromisoformat(on), dt.time(12), tzinfo=dt.UTC),
        )
        for reference, notes in aims["notes"].items()
        for on, words in notes
    )
    for reference, keys in aims["serves"].items():
        placement = placements[reference]
        placement.commitments.set(placement.priority.commitments.filter(key__in=keys))
        placement.outcomes.set(placement.priority.outcomes.filter(key__in=keys))


def _year_before(placements: dict[str, Placement], by: User) -> None:
    """The year before the plan is monitored too, without targets; the catalogue has done so for the plan's first year."""
    Target.objects.bulk_create(
        Target(
            indicator=placement.indicator,
            year=YEAR_BEFORE,
            rule=Target.Rule.NONE,
            reason="Sample: collected in the year before the plan, data only.",
            set_by=by,
            set_at=dt.datetime(2016, 4, 11, 10, tzinfo=dt.UTC),
        )
        for placement in placements.values()
    )


def _target(indicator: Indicator, terms: dict[str, Any], last_year: list[Numbers], by: User) -> None:
    """A target that spreads over the quarters does so by last year's seasons."""
    shares = seasonal_shares(last_year) if terms["basis"] == "year_to_date" and indicator.is_count else None
    profile = (
        dict(zip(("share_q1", "share_q2", "share_q3", "share_q4"), rounded_shares(shares), strict=True))
        if shares
        else {}
    )
    is_agreed = not terms.get("proposed")
    Target.objects.create(
        indicator=indicator,
        year=FIRST_YEAR,
        rule=terms["rule"],
        basis=terms["basis"],
        **{name: Decimal(terms[name]) for name in ("value", "minimum", "tolerance") if name in terms},
        **profile,
        baseline=_result(indicator, last_year),
        agreed_by=AGREED_BY if is_agreed else "",
        agreed_on=AGREED_ON if is_agreed else None,
        reason=REASON,
        set_by=by,
        set_at=SET_AT,
    )
    Indicator.objects.filter(pk=indicator.pk).update(version=2)


def _result(indicator: Indicator, last_year: list[Numbers]) -> Decimal:
    """What last year came to: added up, pooled, or its last quarter."""
    if indicator.year_to_date == Indicator.YearToDate.LATEST:
        return last_year[-1].numerator or Decimal(0)
    total = sum((quarter.numerator or Decimal(0) for quarter in last_year), Decimal(0))
    base = sum((quarter.denominator or Decimal(0) for quarter in last_year), Decimal(0))
    return (100 * total / base).quantize(Decimal("0.0001")) if base else total


def _numbers(given: str) -> Numbers:
    """ "1467" is a count; "81/104" a part and what it is out of."""
    part, _, base = given.partition("/")
    return Numbers(Decimal(part), Decimal(base) if base else None)
