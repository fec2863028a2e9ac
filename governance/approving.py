"""Who may give the CSP Executive's word on a delivery plan: nobody agrees their own."""

import datetime as dt

from accounts.models import RoleGrant, User
from governance import asking
from governance.models import DeliveryPlan, Membership
from lib.numerals import listed

# How somebody's place on the body makes its plan their own: of oneself, of others. Any other role acts as chair.
CLAUSES = {
    Membership.Role.CHAIR: ("chair", "chairs"),
    Membership.Role.CO_CHAIR: ("chair", "chairs"),
    Membership.Role.SUPPORT: ("support", "supports"),
}
ACTING = ("act as chair of", "acts as chair of")
# Before a name, in minutes and mails.
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "cllr", "councillor", "rev", "prof"})


def own(plan: DeliveryPlan, user: User, on: dt.date) -> str:
    """How the plan is somebody's own on that day, as a clause ("You chair this body"); "" where it isn't. Up to two queries."""
    if user.pk == plan.submitted_by_id:
        return "You submitted this plan"
    if user.pk == plan.drafted_by_id:
        return "You drafted this plan"
    for place in asking.places([plan.body_id], on).select_related("user"):
        if place.user_id == user.pk or same_name(place.name, user.name):
            return f"You {CLAUSES.get(place.role, ACTING)[0]} this body"
    return ""


def own_by_name(plan: DeliveryPlan, name: str, on: dt.date) -> str:
    """The same for whoever's word is recorded here, who may have no account: "Dana Reid chairs this body"."""
    for place in asking.places([plan.body_id], on).select_related("user"):
        names = [place.name, place.user.name if place.user else ""]
        if any(same_name(one, name) for one in names):
            return f"{name} {CLAUSES.get(place.role, ACTING)[1]} this body"
    if plan.submitted_by and same_name(plan.submitted_by.name, name):
        return f"{name} submitted this plan"
    if plan.drafted_by and same_name(plan.drafted_by.name, name):
        return f"{name} drafted this plan"
    return ""


def whom_to_ask(plan: DeliveryPlan, on: dt.date) -> str:
    """Who may agree it, for the end of a sentence: "ask Jo Mercer or Tom Okafor"."""
    members = User.objects.holding(RoleGrant.Role.EXECUTIVE, on).order_by("name")
    places = asking.places([plan.body_id], on).select_related("user")
    free = [
        member.name
        for member in members
        if member.pk not in (plan.submitted_by_id, plan.drafted_by_id)
        and not any(place.user_id == member.pk or same_name(place.name, member.name) for place in places)
    ]
    if not free:
        return "ask the partnership team to record what the CSP Executive says in its meeting"
    return f"ask {listed(free)}".replace(" and ", " or ")


def same_name(one: str, other: str) -> bool:
    """Whether two names are one person's, titles and capitals apart: "Cllr Dana Reid" is "dana reid". Nobody without a name is anybody."""
    words, others = _words(one), _words(other)
    return bool(words) and words == others


def _words(name: str) -> list[str]:
    return [word for word in name.casefold().replace(".", " ").replace(",", " ").split() if word not in TITLES]
