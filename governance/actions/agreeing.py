"""The CSP Executive's word on a delivery plan: given here, or given elsewhere and recorded here; withdrawn when it was recorded wrongly."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance import approving
from governance.actions import conditions
from governance.actions.plans import THIS, back_to_draft
from governance.holding import hold
from governance.models import Approval, Body, DeliveryPlan, Meeting
from lib.editing import Stale, write
from lib.written import day_year

State = DeliveryPlan.State
Verdict, Route = Approval.Verdict, Approval.Route
VERDICTS = (Verdict.AGREED, Verdict.SUBJECT, Verdict.REFUSED)  # what can be said of a delivery plan

audit.kinds(
    {
        "delivery_plan_agreed": "Agreement of the CSP Executive recorded",
        "delivery_plan_not_agreed": "Not agreed by the CSP Executive",
        "delivery_plan_agreement_withdrawn": "Agreement withdrawn",
    }
)


@dataclass(frozen=True)
class Condition:
    """A row of the form: what, whose, by when. An empty one is none."""

    text: str
    owner_post: str = ""
    owner: User | None = None
    due_on: dt.date | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.owner_post.strip() or self.owner or self.due_on)


@transaction.atomic
def agree(
    plan: DeliveryPlan,
    *,
    verdict: str,
    said: str = "",
    conditions: Sequence[Condition] = (),
    version: int,
    by: User,
) -> Approval:
    """The word of a member of the CSP Executive, given here and now. Nobody agrees their own plan."""
    held, today = _submitted(plan, version), timezone.localdate()
    if how := approving.own(held, by, today):
        ask = approving.whom_to_ask(held, today)
        raise ValidationError(f"{how}, so somebody else on the CSP Executive agrees it: {ask}.")
    given = {"given_on": today, "given_by": by.name, "post": by.post, "giver": by, "route": Route.HERE}
    return _give(plan, held, verdict, said, conditions, given, by)


@transaction.atomic
def record(
    plan: DeliveryPlan,
    *,
    verdict: str,
    given_on: dt.date,
    route: str,
    meeting: Meeting | None = None,
    evidence: str = "",
    given_by: str = "",
    post: str = "",
    said: str = "",
    conditions: Sequence[Condition] = (),
    version: int,
    by: User,
) -> Approval:
    """Its word as it was given elsewhere, in a meeting or by mail. `given_by` is empty where the meeting gave it as a whole."""
    held, today = _submitted(plan, version), timezone.localdate()
    evidence, given_by, post = evidence.strip(), given_by.strip(), post.strip()
    if route == Route.MAIL:
        meeting = None
    errors = _given_elsewhere(held, given_on, route, meeting, evidence, given_by, today)
    if errors:
        raise ValidationError(errors)
    given: dict[str, Any] = {"given_on": given_on, "route": route, "meeting": meeting, "evidence": evidence}
    given |= {"given_by": given_by, "post": post}
    return _give(plan, held, verdict, said, conditions, given, by)


@transaction.atomic
def withdraw(approval: Approval, *, because: str, by: User) -> DeliveryPlan:
    """It was recorded wrongly. While delivery has not begun the plan waits again for the CSP Executive's word; open conditions fall."""
    plan = approval.delivery_plan
    assert plan is not None  # an approval of something else isn't withdrawn here
    held = hold(plan)
    approval.refresh_from_db()
    because = because.strip()
    if approval.withdrawn_at:
        raise ValidationError("It has been withdrawn already")
    if approval.verdict not in Approval.AGREEING or held.state != State.AGREED:
        raise ValidationError("Only the agreement to a plan can be withdrawn, and only until delivery begins")
    if not because:
        raise ValidationError({"because": "Say why it is withdrawn"})
    fields = {"withdrawn_at": timezone.now(), "withdrawn_by": by, "withdrawn_because": because}
    Approval.objects.filter(pk=approval.pk).update(**fields)
    conditions.drop_those_of(approval, because=f"The agreement was withdrawn: {because}"[:300], by=by)
    write(held, version=held.version, what=THIS, state=State.SUBMITTED, agreed_on=None)
    audit.record("delivery_plan_agreement_withdrawn", held, by=by, comment=because)
    return held


def _submitted(plan: DeliveryPlan, version: int) -> DeliveryPlan:
    """The plan, held, as it was looked at."""
    held = hold(plan)
    if held.version != version:
        raise Stale(THIS)
    if not held.is_submitted:
        raise ValidationError("Only a submitted delivery plan can be agreed")
    return held


def _given_elsewhere(
    plan: DeliveryPlan,
    given_on: dt.date,
    route: str,
    meeting: Meeting | None,
    evidence: str,
    given_by: str,
    today: dt.date,
) -> dict[str, str]:
    errors = {}
    submitted_on = timezone.localtime(plan.submitted_at).date()
    if given_on < submitted_on:
        errors["given_on"] = (
            f"The plan was submitted on {day_year(submitted_on)}: it can’t have been agreed before then"
        )
    elif given_on > today:
        errors["given_on"] = "The day it was agreed must not lie in the future"
    if route not in (Route.MEETING, Route.MAIL):
        errors["route"] = "Say whether it was given in a meeting or by mail"
    if route == Route.MEETING and meeting is None and not evidence:
        errors["meeting"] = "Choose the meeting, or say under “Where can it be read?” in which minute it stands"
    if meeting is not None and meeting.body.kind != Body.Kind.EXECUTIVE:
        errors["meeting"] = "Choose a meeting of the CSP Executive"
    elif meeting is not None and meeting.day != given_on and "given_on" not in errors:
        errors["given_on"] = f"The meeting chosen was on {day_year(meeting.day)}"
    if route == Route.MAIL and not given_by:
        errors["given_by"] = "Say whose mail it was"
    if route == Route.MAIL and not evidence:
        errors["evidence"] = "Say which mail it was, for instance “Mail of 3 May 2018”"
    if given_by and (how := approving.own_by_name(plan, given_by, given_on)):
        ask = approving.whom_to_ask(plan, today)
        errors["given_by"] = f"{how}, and nobody agrees their own plan: {ask}"
    return errors


def _give(
    plan: DeliveryPlan,
    held: DeliveryPlan,
    verdict: str,
    said: str,
    rows: Sequence[Condition],
    given: dict[str, Any],
    by: User,
) -> Approval:
    body = conditions.the_executive()
    if body is None:
        raise ValidationError("There is no CSP Executive among the bodies yet: add it first")
    asked = [row for row in rows if not row.is_empty]
    said = said.replace("\r\n", "\n").strip()
    if errors := _fit(verdict, said, rows, given["given_on"]):
        raise ValidationError(errors)
    approval = Approval.objects.create(
        body=body, delivery_plan=held, verdict=verdict, said=said, recorded_by=by, **given
    )
    changes = [
        audit.change("Given", None, f"{approval.get_route_display().lower()}, {day_year(approval.given_on)}"),
        audit.change("Given by", None, approval.given_by or body.name),
        *(audit.change("Condition", None, row.text.strip()) for row in asked),
    ]
    if verdict == Verdict.REFUSED:
        back_to_draft(plan, because=said, version=held.version)
        audit.record("delivery_plan_not_agreed", plan, by=by, changes=changes, comment=said)
        return approval
    write(plan, version=held.version, what=THIS, state=State.AGREED, agreed_on=approval.given_on)
    for row in asked:
        assert row.due_on is not None  # asked for above
        conditions.set_one(
            plan,
            text=row.text,
            owner_post=row.owner_post,
            owner=row.owner,
            due_on=row.due_on,
            approval=approval,
            by=by,
        )
    audit.record("delivery_plan_agreed", plan, by=by, changes=changes, comment=said)
    return approval


def _fit(verdict: str, said: str, rows: Sequence[Condition], given_on: dt.date) -> dict[str, str]:
    """Whether words and conditions go with the verdict; by the names of the boxes, the rows' as `condition_1_text`."""
    errors = {}
    asked = [row for row in rows if not row.is_empty]
    if verdict not in VERDICTS:
        return {"verdict": "Say whether it is agreed"}
    if verdict == Verdict.REFUSED and not said:
        errors["said"] = "Say why it is not agreed, so that the body can change it"
    if verdict == Verdict.SUBJECT and not asked:
        errors["condition_1_text"] = "Condition 1: say on what condition it is agreed"
    if verdict != Verdict.SUBJECT and asked:
        errors["verdict"] = "Choose “Agreed subject to conditions”, or clear the conditions"
    for number, row in enumerate(rows, start=1):
        if row.is_empty or verdict != Verdict.SUBJECT:
            continue
        if not row.text.strip():
            errors[f"condition_{number}_text"] = f"Condition {number}: say what is to be done"
        if not row.owner_post.strip() and row.owner is None:
            errors[f"condition_{number}_owner_post"] = f"Condition {number}: say who does it, a post, a person or both"
        if row.due_on is None:
            errors[f"condition_{number}_due_on"] = f"Condition {number}: enter the day by which it is done"
        elif row.due_on < given_on:
            errors[f"condition_{number}_due_on"] = (
                f"Condition {number}: the day must be on or after {day_year(given_on)}, when it was agreed"
            )
    return errors
