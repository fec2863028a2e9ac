"""Who was at a meeting, and which of the five responsible authorities (Crime and Disorder Act 1998, section 5) had somebody there."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Organisation
from governance.models import Attendance, Meeting, Membership
from lib import written

Kind = Organisation.Kind
# In the order of the Act; the words in which a page names them.
AUTHORITIES = {
    Kind.COUNCIL: "the council",
    Kind.POLICE: "the police",
    Kind.PROBATION: "probation",
    Kind.FIRE: "the fire and rescue authority",
    Kind.HEALTH: "health",
}


@dataclass(frozen=True)
class Represented:
    """The authorities that had somebody there, and those that had not, in the order of the Act."""

    there: tuple[str, ...]
    not_there: tuple[str, ...]

    @property
    def words(self) -> str:
        """ "Three of the five responsible authorities were represented: ... Nobody came from ..." """
        if not self.there:
            return "None of the five responsible authorities was represented."
        if not self.not_there:
            return "All five responsible authorities were represented."
        verb = "was" if len(self.there) == 1 else "were"
        said = f"{written.in_words(len(self.there)).capitalize()} of the five responsible authorities {verb} represented: {written.listed(self.there)}."
        return f"{said} Nobody came from {_any_of(self.not_there)}."


def _any_of(words: tuple[str, ...]) -> str:
    """ "A", "A or B", "A, B or C"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def members_on(meeting: Meeting) -> list[Membership]:
    """Everyone who had a place on the body that day, chairs first, support officers last. One query, two for names of organisations."""
    places = Membership.objects.in_force(meeting.day).filter(body=meeting.body)
    order = [role.value for role in Membership.Role]
    found = places.select_related("user__organisation", "organisation").prefetch_related(
        "organisation__names", "user__organisation__names"
    )
    return sorted(found, key=lambda place: (order.index(place.role), place.name or place.post, place.pk))


def rows_of(meeting: Meeting) -> list[Attendance]:
    """What was recorded, members first. Organisations' names and members' roles are loaded."""
    found = Attendance.objects.filter(meeting=meeting).select_related("organisation", "membership")
    return list(found.prefetch_related("organisation__names").order_by("pk"))


def represented(rows: Iterable[Attendance]) -> Represented:
    """By who was present, in person or through somebody who came for them. A support officer speaks for nobody. Needs organisations and memberships loaded."""
    there = {
        row.organisation.kind
        for row in rows
        if row.presence == Attendance.Presence.PRESENT
        and row.organisation is not None
        and not (row.membership is not None and row.membership.role == Membership.Role.SUPPORT)
    }
    return Represented(
        tuple(words for kind, words in AUTHORITIES.items() if kind in there),
        tuple(words for kind, words in AUTHORITIES.items() if kind not in there),
    )


def organisation_name(row: Attendance, on: dt.date) -> str:
    """As it was called on that day; "" where none is known."""
    return row.organisation.name_on(on) if row.organisation else ""
