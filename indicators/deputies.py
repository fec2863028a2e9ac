"""Who could stand in for whom: that goes by what they lead."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from accounts import absences
from accounts.models import Absence, RoleGrant, User
from accounts.models.user import UserQuerySet
from indicators.leading import ROLE_OF
from indicators.models import Lead
from lib import written

NAMED = 3  # names in a sentence
LEADS = (RoleGrant.Role.DATA_LEAD, RoleGrant.Role.COMMENTARY_LEAD)


@dataclass(frozen=True)
class Away:
    """The page about one person's absences: theirs, those in which they stand in, and who could be chosen."""

    person: User
    planned: tuple[Absence, ...]
    stands_in: tuple[Absence, ...]
    people: tuple[User, ...]


def roles_for(person: User, first: dt.date, last: dt.date) -> list[str]:
    """The roles that whoever stands in must hold: those that go with what this person leads on any of these days."""
    leads = Lead.objects.not_over(first).filter(user=person, starts_on__lte=last)
    duties = set(leads.values_list("duty", flat=True))
    return [str(role) for duty, role in ROLE_OF.items() if duty in duties]


def reach(person: User, by: User | None) -> UserQuerySet:
    """Whom `by` may choose: a colleague of the same organisation; for the partnership team, anybody."""
    others = User.objects.active().exclude(pk=person.pk)
    if by is None or by.has_role(RoleGrant.Role.COORDINATOR):
        return others
    return others.filter(organisation=person.organisation_id) if person.organisation_id else others.none()


def could(person: User, by: User | None, first: dt.date, last: dt.date) -> list[User]:
    """Who could stand in on all of these days."""
    return absences.able(roles_for(person, first, last), first, last, people=reach(person, by))


def refusal(person: User, deputy: User, by: User | None, first: dt.date, last: dt.date) -> str:
    """Why this deputy can't do what the person leads, and who could; empty when they can."""
    roles = roles_for(person, first, last)
    if not roles:
        return f"{person.name} leads nothing on these days, so nobody needs to stand in"
    lacks = absences.lacking(deputy, roles, first, last)
    in_reach = reach(person, by).filter(pk=deputy.pk).exists()
    if not lacks and in_reach:
        return ""
    said = (
        f"{deputy.name} is no {' or '.join(lacks)} {absences.period(first, last)}"
        if lacks
        else f"{deputy.name} works for another organisation: only the partnership team can choose them"
    )
    return f"{said}. {who(could(person, by, first, last))}"


def who(people: Sequence[User]) -> str:
    """ "Ada Crane or Lee Ford could stand in", of many the first three, or whom to ask where nobody could."""
    if not people:
        return "Nobody else could. Ask the partnership team to choose somebody"
    names = [person.name for person in people[:NAMED]]
    if len(people) == NAMED + 1:
        names.append(people[NAMED].name)
    elif len(people) > NAMED:
        names.append(f"one of {written.in_words(len(people) - NAMED)} more")
    return f"{' or '.join(filter(None, [', '.join(names[:-1]), names[-1]]))} could stand in"


def gather(person: User, by: User, on: dt.date) -> Away:
    """`people`: those who lead something of the kind today; whether they can on the days chosen is said once those are known."""
    return Away(
        person=person,
        planned=tuple(absences.of(person, on)),
        stands_in=tuple(absences.stood_in_by(person, on)),
        people=tuple(candidates(reach(person, by), on)),
    )


def candidates(people: UserQuerySet, on: dt.date) -> list[User]:
    """Those of these people who give figures or write commentary. Two queries."""
    grants = RoleGrant.objects.in_force(on).filter(role__in=LEADS)
    some = people.filter(pk__in=grants.values("user")).select_related("organisation")
    return list(some.prefetch_related("organisation__names"))


def whose(user: User, on: dt.date) -> dict[tuple[int, str], str]:
    """For whom a deputy does what that day, by indicator and duty: "For Farida Begum, who is away until 27 April 2018.".

    What they lead themselves is not there. One query, and another for somebody who stands in.
    """
    away = {each.person_id: each for each in Absence.objects.in_force(on).filter(deputy=user).select_related("person")}
    if not away:
        return {}
    found: dict[tuple[int, str], str] = {}
    own = set()
    for lead in Lead.objects.held_by(user, on).order_by("pk"):
        key = (lead.indicator_id, lead.duty)
        if lead.user_id == user.pk:
            own.add(key)
        else:
            absence = away[lead.user_id]
            until = written.day_year(absence.ends_on)
            found.setdefault(key, f"For {absence.person.name}, who is away until {until}.")
    return {key: words for key, words in found.items() if key not in own}
