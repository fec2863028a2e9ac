"""Who gives an indicator's figures and who writes its commentary, from one day to another."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import RoleGrant, User
from indicators.leading import ROLE_OF
from indicators.models import Indicator, Lead
from lib import written
from lib.editing import write

THIS = "This indicator"

audit.kinds({"lead_set": "Lead named", "lead_ended": "Lead ended", "lead_withdrawn": "Lead taken back"})


@transaction.atomic
def set_lead(indicator: Indicator, *, duty: str, user: User, starts_on: dt.date, version: int, by: User | None) -> Lead:
    """Name a lead from a day on. They hold the role that goes with the duty on that day."""
    role = ROLE_OF[Lead.Duty(duty)]
    if not RoleGrant.objects.in_force(starts_on).filter(user=user, role=role).exists() or not user.is_active:
        raise ValidationError(
            {
                "user": f"{user} isn’t a {role.label.lower()} on {written.day_year(starts_on)}. An administrator can make them one."
            }
        )
    if held := Lead.objects.not_over(starts_on).filter(indicator=indicator, duty=duty, user=user).first():
        since = f" from {written.day_year(held.starts_on)}" if held.starts_on > starts_on else ""
        raise ValidationError({"user": f"{user} leads this already{since}"})
    write(indicator, version=version, what=THIS)
    lead = Lead.objects.create(indicator=indicator, duty=duty, user=user, starts_on=starts_on)
    what = f"{lead.get_duty_display()}, from {written.day_year(starts_on)}"
    audit.record("lead_set", indicator, by=by, changes=[audit.change(what, None, user.label)])
    return lead


@transaction.atomic
def set_leads(
    indicator: Indicator, *, duties: Sequence[str], user: User, starts_on: dt.date, version: int, by: User | None
) -> list[Lead]:
    """Name one person for several duties at once, or for none of them."""
    return [
        set_lead(indicator, duty=duty, user=user, starts_on=starts_on, version=version + done, by=by)
        for done, duty in enumerate(duties)
    ]


@transaction.atomic
def end_lead(lead: Lead, *, ends_on: dt.date, version: int, by: User | None) -> Lead:
    """The last day on which somebody leads. What they still owe is owed by the other leads from then on."""
    if ends_on < lead.starts_on:
        raise ValidationError(
            {"ends_on": f"The last day can’t be before the first, {written.day_year(lead.starts_on)}"}
        )
    write(lead.indicator, version=version, what=THIS)
    lead.ends_on = ends_on
    lead.save(update_fields=["ends_on"])
    what = f"{lead.get_duty_display()}, last day of {lead.user.label}"
    audit.record("lead_ended", lead.indicator, by=by, changes=[audit.change(what, None, written.day_year(ends_on))])
    return lead


@transaction.atomic
def withdraw_lead(lead: Lead, *, on: dt.date, version: int, by: User | None) -> Lead:
    """Take back a lead that has not begun on that day; nothing was ever owed under it. One that has begun is ended instead."""
    if lead.starts_on <= on:
        raise ValidationError(f"{lead.user} leads this already. Say which day is the last instead.")
    write(lead.indicator, version=version, what=THIS)
    lead.delete()
    what = f"{lead.get_duty_display()}, from {written.day_year(lead.starts_on)}"
    audit.record("lead_withdrawn", lead.indicator, by=by, changes=[audit.change(what, lead.user.label, None)])
    return lead
