"""A delivery plan from its first draft to delivery: started, worded, submitted, sent back, begun. Agreeing it is in `agreeing`."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance import readiness
from governance.actions import conditions
from governance.holding import hold, hold_open
from governance.models import Body, DeliveryPlan
from lib.editing import Stale, write
from lib.quarters import Year

THIS = "This delivery plan"
State = DeliveryPlan.State
# Bodies that can have a delivery plan; subgroups owe one.
PLANNING = (Body.Kind.EXECUTIVE, Body.Kind.PARTNERSHIP, Body.Kind.SUBGROUP, Body.Kind.OPERATIONAL, Body.Kind.LINKED)

audit.kinds(
    {
        "delivery_plan_started": "Delivery plan started",
        "delivery_plan_changed": "Delivery plan changed",
        "delivery_plan_submitted": "Delivery plan submitted",
        "delivery_plan_sent_back": "Delivery plan sent back",
        "delivery_plan_begun": "Delivery begun",
    }
)


@dataclass(frozen=True)
class Absence:
    """That something is missing, recorded: why, and who gives it by when. It becomes a condition."""

    because: str
    owner_post: str
    owner: User | None
    due_on: dt.date | None


@transaction.atomic
def start(body: Body, *, year: Year, summary: str = "", by: User | None) -> DeliveryPlan:
    """Begin the draft of a body's plan for a year."""
    if body.kind not in PLANNING:
        raise ValidationError({"body": f"{body} has no delivery plans"})
    if body.ended_on and body.ended_on < year.start:
        raise ValidationError({"year": f"{body} ended before {year} begins"})
    try:
        with transaction.atomic():
            plan = DeliveryPlan.objects.create(body=body, year=year, summary=_tidy(summary), drafted_by=by)
    except IntegrityError:
        raise ValidationError({"year": f"{body} has a delivery plan for {year} already"}) from None
    audit.record("delivery_plan_started", plan, by=by)
    return plan


@transaction.atomic
def edit(
    plan: DeliveryPlan, *, summary: str, resources: str, reason: str = "", version: int, by: User | None
) -> DeliveryPlan:
    """Word what the year is about and what it takes. Once the plan is agreed that needs a reason. Saying what is said already leaves no trace."""
    held = hold_open(plan)
    summary, resources = _tidy(summary), _tidy(resources)
    changes = audit.changes(_facts(held.summary, held.resources), _facts(summary, resources))
    if held.version != version:
        raise Stale(THIS)
    if not changes:
        return plan
    if not held.is_draft and not resources and not held.resources_absent_because:
        raise ValidationError({"resources": "Say what resources it takes: the plan was agreed with a statement"})
    if not held.is_draft and not reason.strip():
        raise ValidationError({"reason": "Say why it changes: the plan has been agreed"})
    write(plan, version=version, what=THIS, summary=summary, resources=resources)
    audit.record("delivery_plan_changed", plan, by=by, changes=changes, comment=reason.strip())
    conditions.settle(plan, by=by)
    return plan


@transaction.atomic
def submit(
    plan: DeliveryPlan,
    *,
    resources_absent: Absence | None = None,
    equality_absent: Absence | None = None,
    version: int,
    by: User,
) -> DeliveryPlan:
    """Hand the draft to the CSP Executive. All that is missing is told at once.

    Without a resources statement or a complete equalities analysis it goes only with that absence recorded, which becomes a condition.
    """
    held = hold(plan)
    if not held.is_draft:
        raise ValidationError("This delivery plan has been submitted already.")
    if held.version != version:
        raise Stale(THIS)
    lacks = readiness.of(held)
    errors: dict[str, list[str]] = {}
    if lacks.faults:
        errors["__all__"] = lacks.faults
    today = timezone.localdate()
    absent = {}
    if not lacks.has_resources and not conditions.is_open(held, conditions.RESOURCES):
        absent[conditions.RESOURCES] = resources_absent
        errors |= _absence_faults("resources", "resources statement", resources_absent, today)
    if lacks.equality and not conditions.is_open(held, conditions.EQUALITY):
        absent[conditions.EQUALITY] = equality_absent
        errors |= _absence_faults("equality", "complete equalities analysis", equality_absent, today)
    if errors:
        raise ValidationError(errors)
    write(
        plan,
        version=version,
        what=THIS,
        state=State.SUBMITTED,
        submitted_by=by,
        submitted_at=timezone.now(),
        sent_back_because="",
        resources_absent_because=_because(lacks.has_resources, resources_absent, held.resources_absent_because),
        equality_absent_because=_because(not lacks.equality, equality_absent, held.equality_absent_because),
    )
    conditions.settle(plan, by=by)
    for text, absence in absent.items():
        assert absence is not None and absence.due_on is not None  # else told above
        conditions.set_one(
            plan, text=text, owner_post=absence.owner_post, owner=absence.owner, due_on=absence.due_on, by=by
        )
    changes = [audit.change("Actions", None, lacks.actions)]
    changes += [audit.change(f"{text}, missing because", None, one.because) for text, one in absent.items() if one]
    audit.record("delivery_plan_submitted", plan, by=by, changes=changes)
    return plan


@transaction.atomic
def send_back(plan: DeliveryPlan, *, comment: str, version: int, by: User) -> DeliveryPlan:
    """Back to a draft, with what is to be done about it. The comment stays in the history."""
    held = hold(plan)
    if not held.is_submitted:
        raise ValidationError("Only a submitted delivery plan can be sent back.")
    if held.version != version:
        raise Stale(THIS)
    if not comment.strip():
        raise ValidationError({"comment": "Say what is to be changed"})
    back_to_draft(plan, because=_tidy(comment), version=version)
    audit.record("delivery_plan_sent_back", plan, by=by, comment=_tidy(comment))
    return plan


def back_to_draft(plan: DeliveryPlan, *, because: str, version: int) -> None:
    """For whoever holds the plan: no longer submitted by anyone."""
    gone = {"submitted_by": None, "submitted_at": None}
    write(plan, version=version, what=THIS, state=State.DRAFT, sent_back_because=because, **gone)


@transaction.atomic
def begin(plan: DeliveryPlan, *, version: int, by: User) -> DeliveryPlan:
    """From agreed to in delivery, as of today."""
    held = hold(plan)
    if held.state != State.AGREED:
        raise ValidationError("Delivery begins once the CSP Executive has agreed the plan, and only once.")
    if held.version != version:
        raise Stale(THIS)
    write(plan, version=version, what=THIS, state=State.IN_DELIVERY, delivery_from=timezone.localdate())
    audit.record("delivery_plan_begun", plan, by=by, changes=[audit.change("State", "agreed", "in delivery")])
    return plan


def _absence_faults(part: str, what: str, absence: Absence | None, today: dt.date) -> dict[str, list[str]]:
    """By the names of the boxes on the page of submission."""
    if absence is None or not absence.because.strip():
        return {f"{part}_because": [f"There is no {what}: say why, and who gives it by when, or write it first"]}
    errors = {}
    if not absence.owner_post.strip() and absence.owner is None:
        errors[f"{part}_owner_post"] = ["Say who gives it: a post, a person or both"]
    if absence.due_on is None:
        errors[f"{part}_due_on"] = ["Enter the day by which it is given"]
    elif absence.due_on < today:
        errors[f"{part}_due_on"] = ["The day by which it is given must be today or later"]
    return errors


def _because(is_there: bool, absence: Absence | None, before: str) -> str:
    if is_there:
        return ""
    return absence.because.strip() if absence and absence.because.strip() else before


def _facts(summary: str, resources: str) -> dict[str, object]:
    return {"What the year is about": summary, "Resources statement": resources}


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
