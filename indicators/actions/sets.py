"""The year's monitoring set. A target of "none, data only" puts an indicator into it; rules and values come with targets."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from indicators.models import Commentary, Indicator, Return, Round, Target
from indicators.opening import is_asked_in, years_of_plans
from lib.editing import write
from lib.quarters import Year
from priorities.models import Plan

audit.kinds({"indicator_in_set": "Indicator added to the year’s set"})


def refuse_outside_plans(year: Year, what: str) -> None:
    """Refuse a year that no plan speaks of, with the years that are open.

    Locks the plans: opening a quarter and adding to its year's set wait for each other, so that neither misses the other's indicator.
    """
    list(Plan.objects.order_by("pk").select_for_update(no_key=True))
    years = years_of_plans()
    if not years:
        raise ValidationError("There is no plan yet. Load or write the plan first.")
    if year not in years:
        raise ValidationError(
            f"{what} lies outside the plan. Figures are taken for the years {years[0]} to {years[-1]}."
        )


def refuse_spend(indicator: Indicator) -> None:
    """Spend is asked for by the quarters of its project."""
    if indicator.is_spend:
        raise ValidationError(
            f"{indicator} is in no year’s set and has no target: it is asked for by its own quarters."
        )


def ask(round_: Round, indicators: list[Indicator]) -> None:
    """Add a return with its commentary for each of these indicators, as far as the quarter asks for it."""
    asked = [indicator for indicator in indicators if is_asked_in(indicator, round_.quarter)]
    Return.objects.bulk_create(Return(indicator=indicator, round=round_) for indicator in asked)
    returns = Return.objects.filter(round=round_, indicator__in=asked, commentary__isnull=True)
    Commentary.objects.bulk_create(
        # Spend is explained with its forecast; words about the quarter are welcome and not asked for.
        Commentary(for_return=return_, due_on=None if return_.indicator.is_spend else round_.commentary_due_on)
        for return_ in returns.select_related("indicator")
    )


def ask_in_open_rounds(year: Year, indicators: Sequence[Indicator]) -> None:
    """Rounds of that year that are open ask for what has come into its set from now on."""
    for round_ in Round.objects.open():
        if round_.quarter.year == year:
            asked = set(round_.returns.filter(indicator__in=indicators).values_list("indicator_id", flat=True))
            ask(round_, [indicator for indicator in indicators if indicator.pk not in asked])


@transaction.atomic
def add_to_set(indicator: Indicator, *, year: Year, reason: str, version: int, by: User | None) -> Target:
    """Put an indicator into a year's set as data only; rounds of that year that are open ask for it from now on."""
    refuse_spend(indicator)
    refuse_outside_plans(year, str(year))
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is added"})
    if Target.objects.filter(indicator=indicator, year=year).exists():
        raise ValidationError({"year": f"It is in the set of {year} already"})
    write(indicator, version=version, what="This indicator")
    target = Target.objects.create(indicator=indicator, year=year, reason=reason.strip(), set_by=by)
    ask_in_open_rounds(year, [indicator])
    changes = [audit.change(f"Monitoring set of {year}", "not in it", "in it, data only")]
    audit.record("indicator_in_set", indicator, by=by, changes=changes, comment=target.reason)
    return target


@transaction.atomic
def take_over(year: Year, *, of: Year, by: User | None) -> list[Indicator]:
    """Part of opening a round: the set of one year becomes that of another, as data only. Returns its indicators."""
    indicators = list(Indicator.objects.in_set(of))
    Target.objects.bulk_create(
        Target(indicator=indicator, year=year, reason=f"Taken over from {of}, data only.", set_by=by)
        for indicator in indicators
    )
    return indicators
