"""What somebody who leaves still holds, so that no indicator, and nothing a body has given to them, is left without anybody."""

import datetime as dt
from dataclasses import dataclass, field

from accounts.models import User
from governance import held as governing
from indicators.models import Commentary, Indicator, Lead, Return
from lib.written import day_year


@dataclass
class Held:
    """An indicator somebody leads: `duties` ("figures", "commentary from 1 May 2018") and the quarters for which something is still owed."""

    indicator: Indicator
    duties: list[str] = field(default_factory=list)
    owed: list[str] = field(default_factory=list)  # "figure for 2017-18 Q4"


def held_by(person: User, on: dt.date) -> list[Held]:
    """What this person leads on that day or is to lead later, by name, with what is owed of it. Names only, no figures."""
    leads = (
        Lead.objects.not_over(on).filter(user=person).select_related("indicator").order_by("indicator__name", "duty")
    )
    held: dict[int, Held] = {}
    for lead in leads:
        of = held.setdefault(lead.indicator_id, Held(lead.indicator))
        later = f" from {day_year(lead.starts_on)}" if lead.starts_on > on else ""
        of.duties.append(lead.get_duty_display().lower() + later)
    for return_ in Return.objects.owed_by(person, on).awaited().select_related("round").order_by("round"):
        held[return_.indicator_id].owed.append(f"figure for {return_.round.quarter}")
    words = Commentary.objects.owed_by(person, on).awaited().select_related("for_return__round")
    for commentary in words.order_by("for_return__round"):
        held[commentary.for_return.indicator_id].owed.append(f"commentary for {commentary.for_return.round.quarter}")
    return list(held.values())


def on_bodies(person: User, on: dt.date) -> list[governing.Held]:
    """Their places on bodies on that day or later, and what of these bodies is open in their hands."""
    return governing.held_by(person, on)
