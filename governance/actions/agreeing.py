"""The CSP Executive's word on a delivery plan: given here, or given elsewhere and recorded here; withdrawn when it was recorded wrongly."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance import approving, giving_word
from governance.actions import conditions
from governance.actions.plans import THIS, back_to_draft
from governance.giving_word import Condition
from governance.holding import hold
from governance.models import Approval, DeliveryPlan, Meeting
from lib.editing import Stale, write

State = DeliveryPlan.State
Verdict, Route = Approval.Verdict, Approval.Route
WORDS = giving_word.Words(
    thing="plan",
    done="agreed",
    refused="Say why it is not agreed, so that the body can change it",
    own="and nobody agrees their own plan",
)

audit.kinds(
    {
        "delivery_plan_agreed": "Agreement of the CSP Executive recorded",
        "delivery_plan_not_agreed": "Not agreed by the CSP Executive",
        "delivery_plan_agreement_withdrawn": "Agreement withdrawn",
    }
)


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
    given = giving_word.given_elsewhere(held, given_on, route, meeting, evidence, given_by, post, today, WORDS)
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
    conditions.annul(approval, because=because, by=by)
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
    said = said.replace("\r\n", "\n").strip()
    if errors := giving_word.faults_of_word(verdict, said, rows, given["given_on"], WORDS):
        raise ValidationError(errors)
    approval = Approval.objects.create(
        body=body, delivery_plan=held, verdict=verdict, said=said, recorded_by=by, **given
    )
    changes = giving_word.told(approval, rows)
    if verdict == Verdict.REFUSED:
        back_to_draft(plan, because=said, version=held.version)
        audit.record("delivery_plan_not_agreed", plan, by=by, changes=changes, comment=said)
        return approval
    write(plan, version=held.version, what=THIS, state=State.AGREED, agreed_on=approval.given_on)
    conditions.set_those_of(approval, rows, by=by)
    audit.record("delivery_plan_agreed", plan, by=by, changes=changes, comment=said)
    return approval
