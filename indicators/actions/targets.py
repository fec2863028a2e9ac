"""What is aimed at in a year: set for one indicator, proposed anew from last year's set, agreed. Every change is a row of its own."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from indicators import terms, years
from indicators.actions.sets import ask_in_open_rounds, refuse_outside_plans, refuse_spend
from indicators.aims import BASES, Aim
from indicators.models import Indicator, Target
from indicators.models.target import SHARES
from lib.editing import write
from lib.quarters import Year

THIS = "This indicator"
RESULT = Decimal("0.0001")  # as the column holds
NONE = Target.Rule.NONE

audit.kinds(
    {
        "target_set": "Target set",
        "target_copied": "Target proposed from another year",
        "target_agreed": "Agreement to a target recorded",
    }
)


@dataclass(frozen=True)
class Agreement:
    """What became of several proposals: the rows agreed, and the indicators whose proposal was not, each with the sentence why."""

    agreed: tuple[Target, ...]
    refused: tuple[tuple[Indicator, str], ...]


@transaction.atomic
def set_target(
    indicator: Indicator,
    *,
    year: Year,
    rule: str,
    basis: str = "",
    value: Decimal | None = None,
    minimum: Decimal | None = None,
    tolerance: Decimal | None = None,
    profile: tuple[Decimal, ...] | None = None,
    baseline: Decimal | None = None,
    agreed_by: str = "",
    agreed_on: dt.date | None = None,
    reason: str,
    version: int,
    by: User | None,
) -> Target:
    """Say what is aimed at in a year; it holds from now on. Proposed until it is said who agreed it and when.

    Puts the indicator into the year's set: open rounds of that year ask for it. Numbers are counts, or per cent for shares.
    """
    refuse_spend(indicator)
    refuse_outside_plans(year, str(year))
    aim = Aim(rule, _basis(rule, basis, indicator), value, minimum, tolerance, profile)
    found = terms.problems(aim, indicator) | _agreement_problems(agreed_by, agreed_on)
    if not reason.strip():
        found["reason"] = "Say why"
    if found:
        raise ValidationError(found)
    target = _row(
        indicator, year, aim, baseline=baseline, agreed_by=agreed_by.strip(), agreed_on=agreed_on, reason=reason, by=by
    )
    before = Target.objects.filter(indicator=indicator, year=year).latest_each().first()
    if before and _same(before, target):
        raise ValidationError(f"This is what holds for {year} already: nothing has been changed.")
    write(indicator, version=version, what=THIS)
    target.save()
    if before is None:
        ask_in_open_rounds(year, [indicator])
    audit.record("target_set", indicator, by=by, changes=_changes(before, target), comment=target.reason)
    return target


@transaction.atomic
def copy_set(year: Year, *, of: Year, by: User | None) -> list[Target]:
    """Propose for a year what held in another: for each indicator of that set which has no target in this year yet.

    Last year's target becomes the minimum expectation, as the Tower Hamlets rule has it. Nothing is agreed by this. What no longer makes sense for an
    indicator comes as data only, and its reason says why.
    """
    refuse_outside_plans(year, str(year))
    held = Target.objects.filter(year=of).exclude(indicator__in=Indicator.objects.in_set(year)).latest_each()
    before = {target.indicator_id: target for target in held}
    indicators = list(Indicator.objects.select_for_update().filter(pk__in=before).order_by("pk"))
    if not indicators:
        raise ValidationError(f"Every indicator of {of} is in the set of {year} already. Nothing was copied.")
    figures = years.gather(indicators, last=of, this=year)
    copied = []
    for indicator in indicators:
        target = _proposed(before[indicator.pk], indicator, year, figures[indicator.pk].baseline, by)
        write(indicator, version=indicator.version, what=THIS)
        target.save()
        audit.record("target_copied", indicator, by=by, changes=_changes(None, target), comment=target.reason)
        copied.append(target)
    ask_in_open_rounds(year, indicators)
    return copied


@transaction.atomic
def agree(
    year: Year, *, ticked: Sequence[Target], agreed_by: str, agreed_on: dt.date | None, by: User | None
) -> Agreement:
    """Record that these proposals were agreed, each as it was seen.

    One that has changed since holds up none of the others: those were agreed all the same.
    """
    if not agreed_by.strip() or agreed_on is None:
        lacking = {} if agreed_by.strip() else {"agreed_by": "Enter who agreed them"}
        raise ValidationError(lacking | ({} if agreed_on else {"agreed_on": "Enter the day they were agreed"}))
    if found := _agreement_problems(agreed_by, agreed_on):
        raise ValidationError(found)
    agreed: list[Target] = []
    refused: list[tuple[Indicator, str]] = []
    # Always in the same order, so that two who agree at once never wait in a ring.
    for seen in sorted(ticked, key=lambda target: target.indicator_id):
        try:
            with transaction.atomic():
                agreed.append(_agree(seen, year, agreed_by.strip(), agreed_on, by))
        except ValidationError as refusal:
            refused.append((seen.indicator, " ".join(refusal.messages)))
    return Agreement(tuple(agreed), tuple(refused))


def _agree(seen: Target, year: Year, agreed_by: str, agreed_on: dt.date, by: User | None) -> Target:
    indicator = Indicator.objects.select_for_update().get(pk=seen.indicator_id)
    holds = Target.objects.filter(indicator=indicator, year=year).latest_each().first()
    if holds is None or holds.pk != seen.pk:
        now = terms.state(holds) if holds else "Nothing"
        if holds is not None and holds.is_proposed:
            now = terms.brief(holds, indicator)  # "Proposed" is what it was before as well
        raise ValidationError(
            f"Its target has been changed since you opened this page: what holds now is “{now}”. Look at it before you tick it again."
        )
    if not holds.is_proposed:
        raise ValidationError("Its target is no proposal: there is nothing to agree.")
    target = _row(
        indicator,
        year,
        holds.aim,
        baseline=holds.baseline,
        agreed_by=agreed_by,
        agreed_on=agreed_on,
        reason="Agreed as proposed",
        by=by,
    )
    write(indicator, version=indicator.version, what=THIS)
    target.save()
    audit.record("target_agreed", indicator, by=by, changes=_changes(holds, target))
    return target


def _proposed(held: Target, indicator: Indicator, year: Year, baseline: Decimal | None, by: User | None) -> Target:
    """What held in another year as this year's proposal."""
    minimum = held.value if held.rule == Target.Rule.MINIMUM_AND_TARGET else held.minimum
    aim = replace(held.aim, basis=_basis(held.rule, held.basis, indicator), minimum=minimum)
    reason = f"Taken over from {held.year}"
    if held.rule == Target.Rule.MINIMUM_AND_TARGET:
        reason += ": last year’s target proposed as this year’s minimum expectation"
    if found := terms.problems(aim, indicator):
        aim, reason = Aim(NONE, ""), f"Taken over from {held.year} as data only: {'. '.join(found.values())}"[:300]
    elif held.rule == NONE:
        reason += ", data only"
    rounded = None if baseline is None else baseline.quantize(RESULT)
    return _row(indicator, year, aim, baseline=rounded, agreed_by="", agreed_on=None, reason=reason, by=by)


def _basis(rule: str, basis: str, indicator: Indicator) -> str:
    """Nothing is rated without a rule; what isn't said is as the year to date is made."""
    return "" if rule == NONE else basis or str(BASES[indicator.year_to_date][0])


def _row(
    indicator: Indicator,
    year: Year,
    aim: Aim,
    *,
    baseline: Decimal | None,
    agreed_by: str,
    agreed_on: dt.date | None,
    reason: str,
    by: User | None,
) -> Target:
    """Not saved yet."""
    return Target(
        indicator=indicator,
        year=year,
        rule=aim.rule,
        basis=aim.basis,
        value=aim.value,
        minimum=aim.minimum,
        tolerance=aim.tolerance,
        **dict(zip(SHARES, aim.profile or (), strict=False)),
        baseline=baseline,
        agreed_by=agreed_by,
        agreed_on=agreed_on,
        reason=reason.strip(),
        set_by=by,
    )


def _agreement_problems(agreed_by: str, agreed_on: dt.date | None) -> dict[str, str]:
    """Both or neither, and never in the future."""
    if agreed_by.strip() and agreed_on is None:
        return {"agreed_on": "Enter the day it was agreed, or leave both empty for a proposal"}
    if agreed_on and not agreed_by.strip():
        return {"agreed_by": "Enter who agreed it, or leave both empty for a proposal"}
    if agreed_on and agreed_on > timezone.localdate():
        return {"agreed_on": "The day it was agreed can’t be in the future"}
    return {}


def _same(one: Target, other: Target) -> bool:
    names = ("rule", "basis", "value", "minimum", "tolerance", *SHARES, "baseline", "agreed_by", "agreed_on")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _changes(before: Target | None, after: Target) -> list[dict[str, str]]:
    """The year, and from what to what in words; a target that is new begins with nothing."""
    was = terms.told(before, after.indicator) if before else {}
    lines = audit.changes(was, terms.told(after, after.indicator))
    return [audit.change("Year", None, after.year), *(line for line in lines if line["was"] != line["now"])]
