"""The equalities analysis of a delivery plan: screened, and where that asks for it analysed characteristic by characteristic."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance import equalities
from governance.actions import conditions
from governance.holding import hold_open
from governance.models import Action, DeliveryPlan, EqualityAnalysis, EqualityImpact
from lib.editing import Stale, write
from lib.written import day_year

THIS = "This equalities analysis"
Screening = EqualityAnalysis.Screening

audit.kinds({"equality_saved": "Equalities analysis saved"})


@dataclass(frozen=True)
class Impact:
    """The effect on people with one characteristic. `effect` is a code of `EqualityImpact.Effect`."""

    characteristic: str
    effect: str
    evidence: str = ""
    mitigation: Action | None = None
    why_no_mitigation: str = ""


@transaction.atomic
def analyse(
    plan: DeliveryPlan,
    *,
    screening: str,
    because: str,
    review_on: dt.date,
    impacts: Sequence[Impact] = (),
    version: int,
    by: User,
) -> EqualityAnalysis:
    """Say it all in one go; `version` is 0 where there is no analysis yet. It may be incomplete: `equalities.missing` lists what it lacks.

    Where no full analysis is needed, what was said of single characteristics before goes.
    """
    held = hold_open(plan)
    before = equalities.of(held)
    if (before.version if before else 0) != version:
        raise Stale(THIS)
    said = tuple(impacts) if screening == Screening.FULL else ()
    _refuse(held, screening, because, review_on, said)
    facts, was = _facts(screening, because, review_on, said), _facts_of(before)
    if before and was == facts:
        return before
    fields = {
        "screening": screening,
        "because": because.strip(),
        "review_on": review_on,
        "screened_by": by,
        "screened_at": timezone.now(),
    }
    if before:
        analysis = write(before, version=version, what=THIS, **fields)
    else:
        analysis = EqualityAnalysis.objects.create(delivery_plan=held, **fields)
    analysis.impacts.all().delete()
    EqualityImpact.objects.bulk_create(
        EqualityImpact(
            analysis=analysis,
            characteristic=impact.characteristic,
            effect=impact.effect,
            evidence=impact.evidence.strip(),
            mitigation=impact.mitigation,
            why_no_mitigation=impact.why_no_mitigation.strip(),
        )
        for impact in said
    )
    audit.record("equality_saved", analysis, by=by, changes=audit.changes(was, facts))
    conditions.settle(held, by=by)
    return analysis


def _refuse(plan: DeliveryPlan, screening: str, because: str, review_on: dt.date, impacts: Sequence[Impact]) -> None:
    """By the names of the boxes: `age_evidence`, `age_mitigation`."""
    errors = {}
    if screening not in Screening.values:
        errors["screening"] = "Say whether a full analysis is needed"
    if screening == Screening.NONE and not because.strip():
        errors["because"] = "Say why no full analysis is needed"
    if review_on <= plan.starts_on:
        errors["review_on"] = f"The review must lie after the plan begins, on {day_year(plan.starts_on)}"
    for impact in impacts:
        if impact.mitigation is not None and impact.mitigation.delivery_plan_id != plan.pk:
            errors[f"{impact.characteristic}_mitigation"] = f"{_name(impact)}: choose an action of this plan"
        elif (
            impact.effect in EqualityImpact.HARMS and impact.mitigation is None and not impact.why_no_mitigation.strip()
        ):
            errors[f"{impact.characteristic}_mitigation"] = (
                f"{_name(impact)}: choose the action that lessens the harm, or say why there is none"
            )
    if errors:
        raise ValidationError(errors)


def _name(impact: Impact) -> str:
    return str(EqualityImpact.Characteristic(impact.characteristic).label)


def _facts_of(analysis: EqualityAnalysis | None) -> dict[str, object]:
    if analysis is None:
        return {}
    return _facts(analysis.screening, analysis.because, analysis.review_on, list(analysis.impacts.all()))


def _facts(
    screening: str, because: str, review_on: dt.date, impacts: Sequence[Impact | EqualityImpact]
) -> dict[str, object]:
    facts: dict[str, object] = {
        "Screening": Screening(screening).label,
        "Because": because.strip(),
        "Review": day_year(review_on),
    }
    for impact in sorted(impacts, key=lambda one: one.characteristic):
        lessened = impact.mitigation.reference if impact.mitigation else impact.why_no_mitigation.strip()
        parts = [EqualityImpact.Effect(impact.effect).label, impact.evidence.strip(), lessened]
        facts[EqualityImpact.Characteristic(impact.characteristic).label] = ". ".join(part for part in parts if part)
    return facts
