"""A body's risks: entered, worded, scored again and closed with a reason. Nothing of them is ever removed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance import risk_scores
from governance.models import Action, Body, Risk, RiskScore
from lib.editing import Stale, write
from lib.written import day_year

THIS = "This risk"
LONGEST = 300  # characters
FROM_1_TO_5 = "Likelihood and impact are numbers from 1 to 5"

audit.kinds(
    {
        "risk_added": "Risk entered",
        "risk_changed": "Risk changed",
        "risk_scored": "Risk scored again",
        "risk_closed": "Risk closed",
    }
)


@dataclass(frozen=True)
class Content:
    """What is said of a risk. `before` and `target` are likelihood and impact: without any control, and where the body wants it."""

    cause: str
    event: str
    effect: str
    before: tuple[int, int]
    target: tuple[int, int]
    review_on: dt.date
    controls: str = ""
    owner_post: str = ""
    owner: User | None = None
    actions: Sequence[Action] = ()


@transaction.atomic
def add(body: Body, *, content: Content, now: tuple[int, int], said: str = "", by: User) -> Risk:
    """Enter a risk under the body's next number, with its first score. Numbers are given once."""
    held = Body.objects.select_for_update().get(pk=body.pk)
    errors = _faults(content, timezone.localdate())
    if held.ended_on and held.ended_on < timezone.localdate():
        errors["body"] = f"{held} has ended: enter the risk for the body that took its place"
    if not risk_scores.is_score(*now):
        errors["now"] = FROM_1_TO_5
    if errors:
        raise ValidationError(errors)
    last = held.risks.aggregate(last=Max("number"))["last"] or 0
    risk = Risk.objects.create(body=held, number=last + 1, **_columns(content))
    risk.actions.set(content.actions)
    score = RiskScore.objects.create(risk=risk, likelihood=now[0], impact=now[1], said=said.strip(), scored_by=by)
    changes = [*audit.changes({}, _facts(risk)), audit.change("Now", None, score)]
    audit.record("risk_added", risk, by=by, changes=changes)
    return risk


@transaction.atomic
def edit(risk: Risk, *, content: Content, version: int, by: User) -> Risk:
    """Say `content` of it; its score is another act. Saying what is said already leaves no trace."""
    _refuse(risk, version)
    # A day that has gone by may stay until it is looked at again: a wrong word can be put right meanwhile.
    errors = _faults(content, timezone.localdate(), day_before=risk.review_on)
    if errors:
        raise ValidationError(errors)
    before = _facts(risk)
    linked = set(risk.actions.values_list("pk", flat=True))
    columns = _columns(content)
    is_same = all(getattr(risk, name) == value for name, value in columns.items())
    if is_same and linked == {action.pk for action in content.actions}:
        return risk
    write(risk, version=version, what=THIS, **columns)
    risk.actions.set(content.actions)
    audit.record("risk_changed", risk, by=by, changes=audit.changes(before, _facts(risk)))
    return risk


@transaction.atomic
def score(
    risk: Risk, *, likelihood: int, impact: int, said: str, review_on: dt.date | None, version: int, by: User
) -> RiskScore:
    """Look at it again: how likely and how bad it is now, why, and when it is looked at next. What was scored before stays."""
    _refuse(risk, version)
    errors = {}
    if not risk_scores.is_score(likelihood, impact):
        errors["likelihood"] = FROM_1_TO_5
    if not said.strip():
        errors["said"] = "Say what the score rests on"
    elif len(said.strip()) > LONGEST:
        errors["said"] = f"What the score rests on must be said in {LONGEST} characters or fewer"
    errors |= _review_fault(review_on, timezone.localdate())
    if errors:
        raise ValidationError(errors)
    before = risk.scores.first()  # latest first
    was = day_year(risk.review_on)
    write(risk, version=version, what=THIS, review_on=review_on)
    made = RiskScore.objects.create(risk=risk, likelihood=likelihood, impact=impact, said=said.strip(), scored_by=by)
    changes = [
        audit.change("Score", before, made),
        *audit.changes({"Review": was}, {"Review": day_year(review_on)}),
    ]
    audit.record("risk_scored", risk, by=by, changes=changes, comment=made.said)
    return made


@transaction.atomic
def close(risk: Risk, *, reason: str, version: int, by: User) -> Risk:
    """It is none any more. It stays on the record with all its scores."""
    _refuse(risk, version)
    because = reason.strip()
    if not because:
        raise ValidationError({"reason": "Say why it is closed"})
    if len(because) > LONGEST:
        raise ValidationError({"reason": f"Why it is closed must be said in {LONGEST} characters or fewer"})
    write(risk, version=version, what=THIS, closed_at=timezone.now(), closed_by=by, closed_because=because)
    audit.record("risk_closed", risk, by=by, comment=because)
    return risk


def _refuse(risk: Risk, version: int) -> None:
    """As it is now: somebody else may have closed or changed it."""
    risk.refresh_from_db()
    if risk.version != version:
        raise Stale(THIS)
    if risk.closed_at:
        raise ValidationError("This risk is closed, so it stays as it is. Enter a new one if it is back")


def _faults(content: Content, on: dt.date, *, day_before: dt.date | None = None) -> dict[str, str]:
    errors = {}
    for name, asked in (
        ("cause", "Say what it comes from"),
        ("event", "Say what may happen"),
        ("effect", "Say what would follow from it"),
    ):
        said = getattr(content, name).strip()
        if not said:
            errors[name] = asked
        elif len(said) > LONGEST:
            errors[name] = f"This must be said in {LONGEST} characters or fewer"
    if not risk_scores.is_score(*content.before):
        errors["before"] = FROM_1_TO_5
    if not risk_scores.is_score(*content.target):
        errors["target"] = FROM_1_TO_5
    elif risk_scores.is_score(*content.before) and _product(content.target) > _product(content.before):
        errors["target"] = "The target can’t be higher than the score without any control"
    if not content.owner_post.strip() and content.owner is None:
        errors["owner_post"] = "Say whose it is: a post, a person or both"
    if content.review_on != day_before:
        errors |= _review_fault(content.review_on, on)
    return errors


def _product(pair: tuple[int, int]) -> int:
    return pair[0] * pair[1]


def _review_fault(review_on: dt.date | None, on: dt.date) -> dict[str, str]:
    if review_on is None:
        return {"review_on": "Enter the day on which it is looked at again"}
    return {"review_on": "The day on which it is looked at again must be today or later"} if review_on < on else {}


def _columns(content: Content) -> dict[str, object]:
    texts = {name: getattr(content, name).strip() for name in ("cause", "event", "effect", "owner_post")}
    return texts | {
        "controls": content.controls.replace("\r\n", "\n").strip(),
        "before_likelihood": content.before[0],
        "before_impact": content.before[1],
        "target_likelihood": content.target[0],
        "target_impact": content.target[1],
        "owner": content.owner,
        "review_on": content.review_on,
    }


def _facts(risk: Risk) -> dict[str, object]:
    """In the words of its page, its actions read afresh."""
    actions = risk.actions.select_related("delivery_plan__body").order_by("delivery_plan", "number")
    return {
        "Cause": risk.cause,
        "Event": risk.event,
        "Effect": risk.effect,
        "Controls": risk.controls,
        "Without controls": f"{risk.before_likelihood} × {risk.before_impact} = {risk.before}",
        "Target": f"{risk.target_likelihood} × {risk.target_impact} = {risk.target}",
        "Owner": risk.owner_label,
        "Review": day_year(risk.review_on),
        "Actions": ", ".join(str(action) for action in actions),
    }
