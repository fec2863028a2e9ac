"""What can be chosen for an action: what it serves, the indicators it should move, the concerns it answers, who leads it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.text import Truncator

from accounts.models import RoleGrant, User
from consultation.models import Concern
from governance.models import Action, Body, BodyPriority, DeliveryPlan, Meeting
from indicators import placing
from indicators.models import Indicator
from lib.quarters import Year
from lib.written import day_year
from priorities.models import Commitment, Outcome, Plan, Priority

LONGEST = 110  # characters of a commitment in a list to choose from
WORKING = (
    RoleGrant.Role.COORDINATOR,
    RoleGrant.Role.EXECUTIVE,
    RoleGrant.Role.MEMBER,
    RoleGrant.Role.DATA_LEAD,
    RoleGrant.Role.COMMENTARY_LEAD,
)

Choices = list[tuple[str, str]]
Grouped = list[tuple[str, Choices]]


@dataclass(frozen=True)
class Choosable:
    """In the order in which they are offered: the priorities that the body serves first."""

    commitments: dict[str, Commitment]
    outcomes: dict[str, Outcome]
    indicators: dict[str, Indicator]
    concerns: dict[str, Concern]
    people: dict[str, User]
    served: frozenset[int]  # ids of priorities
    labels: dict[str, str]  # of the indicators

    def grouped(self, entries: dict[str, Commitment] | dict[str, Outcome]) -> Grouped:
        """Under the heading of their priority."""
        groups: dict[Priority, Choices] = {}
        for key, entry in entries.items():
            words = Truncator(entry.text).chars(LONGEST)
            groups.setdefault(entry.priority, []).append((key, words))
        return [(str(priority), choices) for priority, choices in groups.items()]


def for_action(plan: DeliveryPlan, user: User, on: dt.date, action: Action | None = None) -> Choosable:
    """What `user` may choose; what the action names already is among it, as far as it is in their sight."""
    served = frozenset(BodyPriority.objects.filter(body=plan.body_id).values_list("priority", flat=True))
    term = Priority.objects.filter(plan__in=_plans(plan.year)).values("pk")
    commitments = Commitment.objects.filter(priority__in=term, year=plan.year)
    outcomes = Outcome.objects.filter(priority__in=term)
    if action is not None:
        commitments |= Commitment.objects.filter(pk=action.commitment_id)
        outcomes |= Outcome.objects.filter(pk=action.outcome_id)
    places = placing.in_year(plan.year)
    indicators = sorted(Indicator.objects.visible_to(user).measuring(), key=places.order)
    return Choosable(
        commitments=_keyed(_served_first(commitments, served)),
        outcomes=_keyed(_served_first(outcomes, served)),
        indicators=_keyed(indicators),
        concerns=_keyed(Concern.objects.told().filter(consultation__plan__in=_plans(plan.year))),
        people=_keyed(people(on, action.owner if action else None)),
        served=served,
        labels={str(indicator.pk): places.brief(indicator) for indicator in indicators},
    )


def people(on: dt.date, *also: User | None) -> list[User]:
    """Who works here and may lead something, by name; `also` those who lead it already."""
    holders = RoleGrant.objects.in_force(on).filter(role__in=WORKING).values("user")
    found = set(User.objects.active().filter(pk__in=holders)) | {person for person in also if person}
    return sorted(found, key=lambda person: (person.name, person.pk))


def bodies(user: User, supports_or_chairs: frozenset[int], on: dt.date, everything: bool) -> list[Body]:
    """For which somebody may start a plan: those they work for, for the partnership team all that can have one."""
    found = Body.objects.visible_to(user).standing(on).exclude(kind__in=[Body.Kind.SCRUTINY, Body.Kind.COUNCIL])
    return list(found if everything else found.filter(pk__in=supports_or_chairs))


def meetings_of_the_executive(user: User, first: dt.date, on: dt.date) -> dict[str, tuple[Meeting, str]]:
    """Meetings of the CSP Executive from one day to another, latest first, with their day in words."""
    found = Meeting.objects.visible_to(user).standing().from_day(first).before_day(on + dt.timedelta(days=1))
    found = found.filter(body__kind=Body.Kind.EXECUTIVE).select_related("body").order_by("-starts_at")
    return {str(meeting.pk): (meeting, f"Meeting of {day_year(meeting.day)}") for meeting in found}


def _plans(year: Year) -> list[int]:
    """Ids of the partnership's plans that hold the year."""
    return [plan.pk for plan in Plan.objects.all() if year in plan.years]


def _served_first(entries: QuerySet[Any], served: frozenset[int]) -> list[Any]:
    found = entries.select_related("priority")
    return sorted(found, key=lambda entry: entry.priority_id not in served)


def _keyed(rows: Iterable[Any]) -> dict[str, Any]:
    return {str(row.pk): row for row in rows}
