"""Whose word counts as the CSP Executive's: nobody agrees their own delivery plan, or decides on money for themselves."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import RoleGrant, User
from governance import asking
from governance.models import DeliveryPlan, FundingApplication, FundingInterest, Membership
from lib.numerals import listed

# How somebody's place on the body makes a thing their own: of oneself, of others.
CLAUSES = {
    Membership.Role.CHAIR: ("chair", "chairs"),
    Membership.Role.CO_CHAIR: ("chair", "chairs"),
    Membership.Role.SUPPORT: ("support", "supports"),
}
ACTING = ("act as chair of", "acts as chair of")  # any other role, with a plan
SITTING = ("sit on", "sits on")  # with an application, of which every place counts
_BRACKETS, _APOSTROPHES = re.compile(r"\([^)]*\)"), re.compile("['’‘`]")
# Before or after a name, in minutes and mails.
TITLES = frozenset(
    {
        "obe",
        "mbe",
        "cbe",
        "qpm",
        "mp",
        "jp",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "sir",
        "dame",
        "cllr",
        "councillor",
        "rev",
        "prof",
    }
)

Thing = DeliveryPlan | FundingApplication


@dataclass(frozen=True)
class Tie:
    """How a thing is somebody's own, with or without an account: "chair this body" of oneself, "chairs this body" of others."""

    user_id: int | None
    names: tuple[str, ...]
    of_oneself: str
    of_others: str

    def is_of(self, user: User) -> bool:
        return user.pk == self.user_id or self.has_name(user.name)

    def has_name(self, name: str) -> bool:
        return any(same_name(one, name) for one in self.names)


def own(thing: Thing, user: User, on: dt.date) -> str:
    """How a thing is somebody's own on that day, as a clause ("You chair this body"); "" where it isn't."""
    return next((f"You {tie.of_oneself}" for tie in ties(thing, on) if tie.is_of(user)), "")


def own_by_name(thing: Thing, name: str, on: dt.date) -> str:
    """The same for whoever's word is recorded here, who may have no account: "Dana Reid chairs this body"."""
    return next((f"{name} {tie.of_others}" for tie in ties(thing, on) if tie.has_name(name)), "")


def whom_to_ask(thing: Thing, on: dt.date) -> str:
    """Who may give the CSP Executive's word on it, for the end of a sentence: "ask Jo Mercer or Tom Okafor"."""
    names = [member.name for member in free(members(on), ties(thing, on))]
    if not names:
        return "ask the partnership team to record what the CSP Executive says in its meeting"
    return f"ask {listed(names)}".replace(" and ", " or ")


def members(on: dt.date) -> list[User]:
    """Who is on the CSP Executive and has an account, by name."""
    return list(User.objects.holding(RoleGrant.Role.EXECUTIVE, on).order_by("name"))


def free(people: Iterable[User], tied: Iterable[Tie]) -> list[User]:
    """Of some people those whose own it is not."""
    every = list(tied)
    return [person for person in people if not any(tie.is_of(person) for tie in every)]


def ties(thing: Thing, on: dt.date) -> list[Tie]:
    """Everything that makes a thing somebody's own on that day."""
    if isinstance(thing, FundingApplication):
        return ties_of_application(thing, sitting([thing.body_id], on), thing.interests.select_related("user"))
    working = asking.places([thing.body_id], on).select_related("user")
    places = [_place(place, CLAUSES.get(Membership.Role(place.role), ACTING), "this body") for place in working]
    return [*_hands(thing, "this plan"), *places]


def sitting(bodies: Iterable[int], on: dt.date) -> list[Membership]:
    """Every place on the bodies on that day, whatever its role. One query."""
    found = Membership.objects.in_force(on).filter(body__in=list(bodies))
    return list(found.select_related("user").order_by("pk"))


def ties_of_application(
    application: FundingApplication, places: Iterable[Membership], interests: Iterable[FundingInterest]
) -> list[Tie]:
    """Of its body's places and its declared interests. Needs its body loaded; whoever sits on the body is told so first."""
    body = application.body.name
    sits = [_place(place, CLAUSES.get(Membership.Role(place.role), SITTING), body) for place in places]
    declared = "declared an interest in this application"
    tied = [Tie(one.user_id, _names(one.name, one.user), declared, declared) for one in interests]
    return [*sits, *_hands(application, "this application"), *tied]


def same_name(one: str, other: str) -> bool:
    """Whether two names are one person's: "Cllr Dana Reid (chair)" is "reid, dana". Nobody without a name is anybody.

    Titles and honours, order, capitals, accents' spelling, hyphens and what stands in brackets are apart; an initial is not a name.
    """
    words, others = _words(one), _words(other)
    return bool(words) and words == others


def _hands(thing: Thing, called: str) -> list[Tie]:
    """Who submitted it and who drafted it."""
    through = (("submitted", thing.submitted_by), ("drafted", thing.drafted_by))
    return [
        Tie(user.pk, (user.name,), f"{done} {called}", f"{done} {called}") for done, user in through if user is not None
    ]


def _place(place: Membership, clauses: tuple[str, str], body: str) -> Tie:
    return Tie(place.user_id, _names(place.name, place.user), f"{clauses[0]} {body}", f"{clauses[1]} {body}")


def _names(name: str, user: User | None) -> tuple[str, ...]:
    return (name, user.name) if user else (name,)


def _words(name: str) -> list[str]:
    plain = _BRACKETS.sub(" ", unicodedata.normalize("NFKC", name)).casefold()
    return sorted(word for word in re.findall(r"\w+", _APOSTROPHES.sub("", plain)) if word not in TITLES)
