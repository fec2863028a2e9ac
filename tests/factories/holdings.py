"""What somebody may have in their hands on a body, for tests of succession."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import User
from governance.models import Body
from tests.factories.governance import FIRST_DAY as FIRST
from tests.factories.governance import ActionFactory, DeliveryPlanFactory, RiskFactory
from tests.factories.governing import DecisionFactory, MeetingFactory, RecommendationFactory, UndertakingFactory


def everything(body: Body, person: User) -> list[Any]:
    """One open thing of every kind, of this body and in this person's hands; and one of each that is not open."""
    plan = DeliveryPlanFactory(body=body, running=True)
    due = {"due_on": dt.date(2018, 6, 29), "meeting": MeetingFactory(body=body)}
    made = [
        ActionFactory(delivery_plan=plan, owner=person, owner_post=""),
        RiskFactory(body=body, owner=person, owner_post=""),
        DecisionFactory(body=body, owner=person, **due),
        UndertakingFactory(body=body, owner=person, **due),
        RecommendationFactory(committee=body, owner=person, owner_post=""),
    ]
    over = {"ended_on": FIRST, "ended_by": person}
    ActionFactory(delivery_plan=plan, owner=person, ending="complete", **over)
    RiskFactory(body=body, owner=person, closed_at=timezone.now(), closed_by=person, closed_because="It is past")
    DecisionFactory(body=body, owner=person, done_on=FIRST, done_by=person, **due)
    UndertakingFactory(body=body, owner=person, ending="done", meeting=due["meeting"], **over)
    return made


def owners(made: list[Any]) -> list[User | None]:
    """Whose they are by now."""
    return [type(one).objects.get(pk=one.pk).owner for one in made]
