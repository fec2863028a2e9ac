"""What the sample's rows point to, looked up once."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import Organisation, User
from consultation.models import Concern
from governance.models import Action, Body
from indicators.models import Indicator, Placement
from priorities.models import Commitment, Outcome, Plan, Priority

LONDON = ZoneInfo("Europe/London")
Told = dict[str, Any]  # the content of governing.json


@dataclass
class Cast:
    plan: Plan
    people: dict[str, User]  # by email address
    bodies: dict[str, Body]  # by slug
    organisations: dict[str, Organisation]
    priorities: dict[str, Priority]  # by letter
    commitments: dict[str, Commitment]  # by key
    outcomes: dict[str, Outcome]
    indicators: dict[str, Indicator]  # by reference
    concerns: list[Concern]  # in the order of their rank
    chairs: dict[str, User] = field(default_factory=dict)  # those with an account, by slug of the body
    actions: dict[tuple[str, str, int], Action] = field(default_factory=dict)  # by slug, year and number

    @property
    def coordinator(self) -> User:
        return self.people["sam.carrick@example.org"]

    @property
    def support(self) -> User:
        return self.people["callum.reed@example.org"]

    def person(self, email: str | None) -> User | None:
        return self.people[email] if email else None

    def chair(self, slug: str) -> User:
        """The chair, or the coordinator for a body whose chair has no account."""
        return self.chairs.get(slug, self.coordinator)


def cast(plan: Plan, people: dict[str, User]) -> Cast:
    placed = Placement.objects.filter(plan=plan).exclude(reference="").select_related("indicator")
    return Cast(
        plan=plan,
        people=people,
        bodies={body.slug: body for body in Body.objects.all()},
        organisations={organisation.slug: organisation for organisation in Organisation.objects.all()},
        priorities={priority.letter: priority for priority in Priority.objects.filter(plan=plan)},
        commitments={each.key: each for each in Commitment.objects.filter(priority__plan=plan)},
        outcomes={each.key: each for each in Outcome.objects.filter(priority__plan=plan)},
        indicators={placement.reference: placement.indicator for placement in placed},
        concerns=list(Concern.objects.told().filter(consultation__plan=plan).order_by("order")),
    )


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def at(on: str | dt.date, hour: int = 10) -> dt.datetime:
    """That day at that hour in London."""
    date = on if isinstance(on, dt.date) else dt.date.fromisoformat(on)
    return dt.datetime.combine(date, dt.time(hour), tzinfo=LONDON)
