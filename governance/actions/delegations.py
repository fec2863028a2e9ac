"""A chair lets the deputy act for them from one day to another, and takes that back."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance import standing
from governance.models import Delegation, Membership
from lib.editing import write
from lib.written import day_year

audit.kinds({"chair_delegated": "Deputy acts for the chair", "delegation_withdrawn": "Acting for the chair taken back"})


@transaction.atomic
def delegate(
    deputy: Membership, *, starts_on: dt.date, ends_on: dt.date, reason: str, on: dt.date, version: int, by: User
) -> Delegation:
    """Let a deputy act for the chair in these days, both included: inside their own time as deputy, and not only before `on`, today."""
    if deputy.role != Membership.Role.DEPUTY:
        raise ValidationError(f"{deputy.label} is no deputy chair. Only a deputy acts for the chair")
    if deputy.user is None:
        raise ValidationError(f"{deputy.label} has no account here, so nothing can be done in the chair’s place")
    errors = _refused(deputy, starts_on, ends_on, on)
    if not reason.strip():
        errors["reason"] = "Say why, such as leave"
    if errors:
        raise ValidationError(errors)
    held = Delegation.objects.not_over(starts_on).filter(deputy=deputy, starts_on__lte=ends_on).first()
    if held:
        raise ValidationError({"starts_on": f"They act for the chair then already: {_period(held)}"})
    write(deputy, version=version, what="This place")  # two at once: one is told
    made = Delegation.objects.create(
        deputy=deputy, starts_on=starts_on, ends_on=ends_on, reason=reason.strip(), given_by=by
    )
    change = audit.change("Acts for the chair", None, _period(made))
    audit.record("chair_delegated", deputy, by=by, changes=[change], comment=made.reason)
    standing.forget(deputy.user)
    return made


@transaction.atomic
def take_back(delegation: Delegation, *, on: dt.date, by: User) -> Delegation:
    """End it at once. What the deputy did until now stays; one that is over, or was taken back, is refused. `on` is today."""
    if delegation.ends_on < on:
        raise ValidationError(f"It ended on {day_year(delegation.ends_on)} by itself")
    now = timezone.now()
    open_one = Delegation.objects.filter(pk=delegation.pk, withdrawn_at__isnull=True)
    if not open_one.update(withdrawn_at=now, withdrawn_by=by):
        raise ValidationError("It has been taken back already")
    delegation.withdrawn_at, delegation.withdrawn_by = now, by
    deputy = delegation.deputy
    change = audit.change("Acts for the chair", _period(delegation), "taken back")
    audit.record("delegation_withdrawn", deputy, by=by, changes=[change])
    if deputy.user:
        standing.forget(deputy.user)
    return delegation


def _refused(deputy: Membership, starts_on: dt.date, ends_on: dt.date, on: dt.date) -> dict[str, str]:
    if ends_on < starts_on:
        return {"ends_on": "The last day must be on or after the first day"}
    if ends_on < on:
        return {"ends_on": "The last day must be today or later"}
    if starts_on < deputy.starts_on:
        return {"starts_on": f"They are deputy from {day_year(deputy.starts_on)} on: choose that day or a later one"}
    if deputy.ends_on and ends_on > deputy.ends_on:
        return {"ends_on": f"They are deputy until {day_year(deputy.ends_on)}: choose that day or an earlier one"}
    return {}


def _period(delegation: Delegation) -> str:
    return f"{day_year(delegation.starts_on)} to {day_year(delegation.ends_on)}"
