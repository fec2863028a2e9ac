"""Who gives the figures and writes the words on a day: the leads, each replaced by their deputy while they are away."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from accounts.models import Absence, RoleGrant, User
from indicators.leading import ROLE_OF
from indicators.models import Lead
from lib import written


@dataclass(frozen=True)
class Doer:
    """Somebody who does what an indicator wants; `instead_of` is the lead they stand in for, away until that day. None for a lead."""

    user: User
    instead_of: User | None = None
    until: dt.date | None = None

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def email(self) -> str:
        return self.user.email

    @property
    def note(self) -> str:
        """ "for Farida Begum, away until 27 April 2018"; empty for a lead."""
        if self.instead_of is None:
            return ""
        if not self.instead_of.is_active:
            return f"for {self.instead_of.name}, who has left"
        return f"for {self.instead_of.name}, away until {written.day_year(self.until)}"


def doing(on: dt.date) -> dict[tuple[int, str], list[Doer]]:
    """By indicator and duty, each person once. A lead who has left counts only through a deputy. Three queries at most.

    A deputy who has left counts not at all, and one who lacks the role that goes with a duty that day could not do it: it stays the lead's.
    """
    away = Absence.objects.in_force(on).filter(deputy__is_active=True).select_related("deputy", "person")
    absent = {absence.person_id: absence for absence in away}
    deputies = {absence.deputy_id for absence in absent.values()}
    grants = RoleGrant.objects.in_force(on).filter(user__in=deputies, role__in=ROLE_OF.values())
    may = set(grants.values_list("user", "role"))
    found: dict[tuple[int, str], list[Doer]] = defaultdict(list)
    for lead in Lead.objects.in_force(on).select_related("user").order_by("pk"):
        absence = absent.get(lead.user_id)
        if absence is not None and (absence.deputy_id, ROLE_OF[Lead.Duty(lead.duty)]) in may:
            doer = Doer(absence.deputy, lead.user, absence.ends_on)
        elif lead.user.is_active:
            doer = Doer(lead.user)
        else:
            continue
        doers = found[lead.indicator_id, lead.duty]
        if all(other.user.pk != doer.user.pk for other in doers):
            doers.append(doer)
    return found
