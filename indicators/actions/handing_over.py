"""Handing over what somebody leads. Returns, drafts and comments hang on the indicator, so they go along."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import owe_mail
from accounts.models import RoleGrant, User
from indicators.actions.leads import THIS
from indicators.leading import DUTIES, ROLE_OF
from indicators.models import Indicator, Lead
from lib import written
from lib.editing import Stale, write

AHEAD = dt.timedelta(days=366)

audit.kinds({"lead_handed_over": "Handed over"})


@dataclass(frozen=True)
class _Passing:
    """One lead that passes on: `first` is the new lead's first day."""

    lead: Lead
    first: dt.date

    @property
    def was_to_begin(self) -> bool:
        """Whether the one who hands over had not begun before that day, and so never leads."""
        return self.lead.starts_on >= self.first and self.lead.starts_on > timezone.localdate()


@transaction.atomic
def hand_over(chosen: Sequence[tuple[Lead, int]], *, to: User, starts_on: dt.date, by: User) -> list[Lead]:
    """Let each lead, with the version its indicator was seen at, pass to another person from a day on; all of them or none.

    Whoever led has the day before as the last one; a last day that was set already is the new lead's. Where the new person leads it too,
    the other lead just ends. People hand over what is their own, to somebody of the organisation that owns it; the partnership team
    anything to anybody. The new person is told by mail. Returns what they lead by it.
    """
    _check(chosen, to, starts_on)
    wanted = sorted({lead.indicator_id for lead, _ in chosen})
    now = {one.pk: one for one in Indicator.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    for lead, version in chosen:
        if now[lead.indicator_id].version != version:
            raise Stale(f"{THIS}, {now[lead.indicator_id]},")
    leads = {one.pk: one for one in Lead.objects.filter(pk__in=[lead.pk for lead, _ in chosen]).select_related("user")}
    if len(leads) != len({lead.pk for lead, _ in chosen}):
        raise Stale(THIS)
    in_order = sorted(leads.values(), key=lambda lead: (lead.indicator_id, DUTIES.index(Lead.Duty(lead.duty)), lead.pk))
    passing = [_Passing(lead, max(starts_on, lead.starts_on)) for lead in in_order]
    refused = [said for one in passing for said in _refusals(one, now[one.lead.indicator_id], to, by)]
    if refused:
        raise ValidationError(list(dict.fromkeys(refused)))
    events, named = [], []
    for pk in wanted:
        some = [one for one in passing if one.lead.indicator_id == pk]
        write(now[pk], version=now[pk].version, what=THIS)
        changes = []
        for one in some:
            changes.append(
                audit.change(
                    f"{one.lead.get_duty_display()}, from {written.day_year(one.first)}", one.lead.user.label, to.label
                )
            )
            if new := _pass(one, to):
                named.append(new)
        events.append(audit.record("lead_handed_over", now[pk], by=by, changes=changes))
    # About the event, not the indicator: a later handing over of the same one must not take the place of this mail.
    owe_mail(to, stage="handed_over", about=events[0], cycle=f"{events[0].pk}-{events[-1].pk}", by=by)
    return named


def _pass(one: _Passing, to: User) -> Lead | None:
    """End the old lead and begin the new one, which is None where that person leads it from that day anyway."""
    lead = one.lead
    ends_on = lead.ends_on
    if one.was_to_begin:
        lead.delete()
    else:
        lead.ends_on = max(lead.starts_on, one.first - dt.timedelta(days=1))
        lead.save(update_fields=["ends_on"])
    if _leads_already(one, to):
        return None
    return Lead.objects.create(
        indicator_id=lead.indicator_id, duty=lead.duty, user=to, starts_on=one.first, ends_on=ends_on
    )


def _leads_already(one: _Passing, to: User) -> bool:
    """Whether they lead it on that day, at least as long as the lead that passes on."""
    lead = one.lead
    own = Lead.objects.in_force(one.first).filter(indicator=lead.indicator_id, duty=lead.duty, user=to)
    return any(each.ends_on is None or (lead.ends_on and each.ends_on >= lead.ends_on) for each in own)


def _check(chosen: Sequence[tuple[Lead, int]], to: User, starts_on: dt.date) -> None:
    today = timezone.localdate()
    if not chosen:
        raise ValidationError({"leads": "Tick what you hand over"})
    if starts_on < today:
        raise ValidationError({"starts_on": "The first day must be today or later"})
    if starts_on - today > AHEAD:
        raise ValidationError({"starts_on": "The first day must be within 12 months"})
    if not to.is_active:
        raise ValidationError({"to": f"{to.name} is no longer here. Choose somebody else"})


def _refusals(one: _Passing, indicator: Indicator, to: User, by: User) -> list[str]:
    lead, team = one.lead, by.has_role(RoleGrant.Role.COORDINATOR)
    if lead.user_id != by.pk and not team:
        return [f"Only {lead.user.name} or the partnership team can hand over {indicator}."]
    if lead.user_id == to.pk:
        return [f"{to.name} leads {indicator} already. Choose somebody else."]
    if lead.ends_on and lead.ends_on < one.first:
        return [
            f"{lead.user.name} leads {indicator} only until {written.day_year(lead.ends_on)}: choose an earlier day."
        ]
    said = []
    role = ROLE_OF[Lead.Duty(lead.duty)]
    if not RoleGrant.objects.in_force(one.first).filter(user=to, role=role).exists():
        said.append(
            f"{to.name} is no {role.label.lower()} on {written.day_year(one.first)}. An administrator can make them one."
        )
    if not team and to.organisation_id != indicator.owner_id:
        owner = indicator.owner.name_on(one.first)
        said.append(
            f"{to.name} is not at {owner}, which owns {indicator}. The partnership team can hand it over for you."
        )
    later = Lead.objects.filter(indicator=indicator, duty=lead.duty, user=to, starts_on__gt=one.first)
    if not said and later.exists() and not _leads_already(one, to):
        day = written.day_year(later.order_by("starts_on")[0].starts_on)
        said.append(f"{to.name} leads {indicator} from {day} already: choose that day, or take that back first.")
    return said
