"""What bodies said of the plan, given elsewhere and recorded here. A wrong record is withdrawn with a reason and stays."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance.actions.lifecycle import THIS, hold, refuse_future
from governance.models import Approval, Body, PlanVersion
from lib.editing import write
from lib.written import day_year

audit.kinds(
    {"plan_approval_recorded": "Approval of the plan recorded", "plan_approval_withdrawn": "Approval withdrawn"}
)


@transaction.atomic
def record_approval(
    version: PlanVersion,
    *,
    body: Body,
    verdict: str,
    given_on: dt.date,
    route: str,
    given_by: str,
    post: str,
    evidence: str,
    said: str,
    by: User,
) -> Approval:
    """A body's word on a version of the plan, with where it can be read; by mail it is somebody's, in a meeting the body's."""
    held = hold(version.plan)
    refuse_future({"given_on": ("The day it was given", given_on)})
    errors = {}
    if not evidence:
        errors["evidence"] = "Say where it can be read: the minute, or the mail"
    if route == Approval.Route.MAIL and not given_by:
        errors["given_by"] = "Enter who gave it by mail"
    same = Approval.objects.standing().filter(plan_version=version, body=body, given_on=given_on, verdict=verdict)
    if same.exists():
        errors["given_on"] = f"This word of {body} is recorded already"
    if errors:
        raise ValidationError(errors)
    told = {"given_by": given_by, "post": post, "evidence": evidence, "said": said}
    approval = Approval.objects.create(
        plan_version=version, body=body, verdict=verdict, given_on=given_on, route=route, recorded_by=by, **told
    )
    write(held, version=held.version, what=THIS)
    line = f"{approval.get_verdict_display()}, {day_year(given_on)}, {evidence}"
    audit.record(
        "plan_approval_recorded", held, by=by, changes=[audit.change(_what(approval), None, line)], comment=said
    )
    return approval


@transaction.atomic
def withdraw_approval(approval: Approval, *, because: str, by: User) -> Approval:
    """Take back a wrong record: it stays, counts no longer, and says why."""
    version = approval.plan_version
    if version is None:
        raise ValidationError("This approval is of a delivery plan: withdraw it there.")
    held = hold(version.plan)
    if not because.strip():
        raise ValidationError({"because": "Say what is wrong with the record"})
    now = {"withdrawn_at": timezone.now(), "withdrawn_by": by, "withdrawn_because": because.strip()}
    if not Approval.objects.standing().filter(pk=approval.pk).update(**now):
        raise ValidationError("This approval has been withdrawn already.")
    approval.refresh_from_db()
    write(held, version=held.version, what=THIS)
    line = audit.change(_what(approval), f"{approval.get_verdict_display()}, {day_year(approval.given_on)}", None)
    audit.record("plan_approval_withdrawn", held, by=by, changes=[line], comment=because.strip())
    return approval


def _what(approval: Approval) -> str:
    return f"{approval.body} on version {approval.plan_version.number}"  # type: ignore[union-attr]
