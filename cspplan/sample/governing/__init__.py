"""Who governs and delivers in the sample years: places on bodies, delivery plans, meetings, decisions, scrutiny, risks, money. All of it is made up.

Like the rest of the sample, its rows are written without actions: actions read the clock, and these years are past.
"""

from accounts.models import User
from cspplan.sample.governing import meetings, money, places, plans, promises
from cspplan.sample.governing.cast import cast
from cspplan.sample.people import read
from priorities.models import Plan


def load(plan: Plan, people: dict[str, User]) -> None:
    """Add it to the bodies and the plan that ship; `people` by email address."""
    told, who = read("governing.json"), cast(plan, people)
    places.load(told, who)
    promises.load(told, who)
    plans.load(told, who)
    meetings.load(told, who)
    money.load(read("money.json"), who)
