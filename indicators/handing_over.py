"""What somebody could hand over, and to whom."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import RoleGrant, User
from indicators import deputies, placing
from indicators.models import Lead
from indicators.opening import nearest_set
from lib import written
from lib.quarters import Year


@dataclass(frozen=True)
class Held:
    """One lead that is not over, as a box to tick says it."""

    lead: Lead
    label: str  # "B2 Domestic abuse reports"
    hint: str  # "Figures", "Commentary, from 1 May 2018", "Figures, until 30 June 2018"

    @property
    def value(self) -> str:
        """The lead and the version its indicator was seen at: "12:3"."""
        return f"{self.lead.pk}:{self.lead.indicator.version}"


@dataclass(frozen=True)
class HandOver:
    person: User
    held: tuple[Held, ...]
    people: tuple[User, ...]


def gather(person: User, by: User, on: dt.date) -> HandOver:
    """For a person's own: people of the organisations that own what they lead; for the partnership team everybody who could lead."""
    leads = Lead.objects.not_over(on).filter(user=person).select_related("indicator")
    year = nearest_set(Year.of(on))
    places = placing.in_year(year) if year else placing.latest()
    held = sorted(leads, key=lambda lead: (places.order(lead.indicator), lead.duty != Lead.Duty.DATA, lead.starts_on))
    others = User.objects.active().exclude(pk=person.pk)
    if not by.has_role(RoleGrant.Role.COORDINATOR):
        others = others.filter(organisation__in={lead.indicator.owner_id for lead in held})
    return HandOver(
        person=person,
        held=tuple(Held(lead, places.label(lead.indicator), _hint(lead, on)) for lead in held),
        people=tuple(deputies.candidates(others, on)) if held else (),
    )


def _hint(lead: Lead, on: dt.date) -> str:
    said = str(lead.get_duty_display())
    if lead.starts_on > on:
        said += f", from {written.day_year(lead.starts_on)}"
    return f"{said}, until {written.day_year(lead.ends_on)}" if lead.ends_on else said
