"""Who leads what, all indicators of a year in one table."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import RoleGrant, User
from indicators import placing
from indicators.models import Indicator, Lead
from indicators.opening import nearest_set
from lib.quarters import Quarter, Year

ROLE_OF = {Lead.Duty.DATA: RoleGrant.Role.DATA_LEAD, Lead.Duty.COMMENTARY: RoleGrant.Role.COMMENTARY_LEAD}
DUTIES = (Lead.Duty.DATA, Lead.Duty.COMMENTARY)


@dataclass(frozen=True)
class Led:
    """One indicator with those who lead it from tomorrow on, by duty: whoever has their last day today is not among them."""

    indicator: Indicator
    label: str
    reference: str
    leads: dict[str, tuple[Lead, ...]]

    @property
    def is_spend(self) -> bool:
        return self.indicator.is_spend

    def asks_for(self, duty: str) -> bool:
        """No commentary is asked for on spend: it is explained with its forecast."""
        return duty == Lead.Duty.DATA or not self.is_spend

    def one(self, duty: str) -> User | None:
        """Who leads; None for nobody."""
        return self.leads[duty][0].user if self.leads[duty] else None

    def is_simple(self, duty: str, on: dt.date) -> bool:
        """Nobody, or one person without a last day: what one select can say."""
        leads = self.leads[duty]
        return not leads or (len(leads) == 1 and leads[0].ends_on is None and leads[0].starts_on <= on)


@dataclass(frozen=True)
class Leading:
    """The indicators of the year's set in plan order, then the measures beside them, then spend; and who can be named, by duty."""

    year: Year | None
    rows: tuple[Led, ...]
    people: dict[str, tuple[User, ...]]


@dataclass(frozen=True)
class Named:
    """Who is to lead an indicator, by duty: a person, or None for nobody. Duties that stay as they are don't appear."""

    indicator: Indicator
    version: int
    who: Mapping[str, User | None]


def gather(user: User, on: dt.date) -> Leading:
    """All that this person may see, with five queries however many there are. Spend until its last quarter has been collected."""
    year = nearest_set(Year.of(on))
    asked = Indicator.objects.in_set(year) if year else Indicator.objects.none()
    beside = Q(family=Indicator.Family.CONTEXT)
    spend = Q(pk__in=Indicator.objects.spend().exclude(asked_until__lt=Quarter.of(on).previous).values("pk"))
    indicators = list(Indicator.objects.visible_to(user).filter(Q(pk__in=asked.values("pk")) | beside | spend))
    leads = _leads(indicators, on)
    places = placing.in_year(year) if year else placing.latest()
    after = (Indicator.Family.PERFORMANCE, Indicator.Family.CONTEXT, Indicator.Family.SPEND).index
    indicators.sort(key=lambda one: (after(Indicator.Family(one.family)), places.order(one)))
    rows = tuple(
        Led(
            indicator,
            places.label(indicator),
            places.reference(indicator) or indicator.name,
            {duty: tuple(leads[indicator.pk, duty]) for duty in DUTIES},
        )
        for indicator in indicators
    )
    people = {duty: tuple(User.objects.holding(ROLE_OF[duty], on)) for duty in DUTIES}
    return Leading(year, rows, people)


def _leads(indicators: Sequence[Indicator], on: dt.date) -> dict[tuple[int, str], list[Lead]]:
    """The leads of these that are not over tomorrow, by indicator and duty. One query."""
    found: dict[tuple[int, str], list[Lead]] = defaultdict(list)
    leads = Lead.objects.not_over(on + dt.timedelta(days=1)).filter(indicator__in=indicators)
    for lead in leads.select_related("user").order_by("starts_on", "pk"):
        found[lead.indicator_id, lead.duty].append(lead)
    return found
