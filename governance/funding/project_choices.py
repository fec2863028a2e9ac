"""What can be chosen for a project: the years its money may be split into, whom and what it serves, who delivers it, who gives its spend."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.text import Truncator

from accounts.models import Organisation, RoleGrant, User
from governance.models import Body, FundingStream, Project
from indicators import placing
from indicators.models import Indicator
from lib.quarters import Year
from priorities.models import Commitment, Priority

LONGEST = 140  # characters of a commitment in a list to choose from
MOST_YEARS = 20  # as of a stream
AHEAD = 3  # years offered where no days are known: this one and those that follow


@dataclass(frozen=True)
class Choosable:
    """Each by the key that the form sends, in the order in which they are offered, with the words for it."""

    priorities: dict[str, tuple[Priority, str]]
    commitments: dict[str, tuple[Commitment, str]]
    indicators: dict[str, tuple[Indicator, str]]
    bodies: dict[str, tuple[Body, str]]
    organisations: dict[str, tuple[Organisation, str]]
    years: Sequence[Year]


def for_project(stream: FundingStream, user: User, on: dt.date, project: Project | None = None) -> Choosable:
    """What the project names already is always among it. Commitments are those of its priority, so a new project has none to choose from."""
    places = placing.latest()
    indicators = sorted(Indicator.objects.visible_to(user).measuring(), key=places.order)
    bodies = Body.objects.visible_to(user).standing(on).exclude(kind=Body.Kind.SCRUTINY)
    if project and project.lead_body_id:
        bodies = Body.objects.filter(Q(pk__in=bodies.values("pk")) | Q(pk=project.lead_body_id))
    organisations = Organisation.objects.visible_to(user).with_names()
    return Choosable(
        priorities=_keyed((one, _title(one)) for one in Priority.objects.select_related("plan")),
        commitments=_keyed((one, _brief(one)) for one in _commitments(project)),
        indicators=_keyed((one, places.brief(one)) for one in indicators),
        bodies=_keyed((one, one.name) for one in bodies),
        organisations=_keyed((one, one.name_on(on)) for one in organisations),
        years=years(stream, on, project),
    )


def years(stream: FundingStream, on: dt.date, project: Project | None = None) -> list[Year]:
    """Those of the stream's days and amounts, and of the project's; this year and the next ones where none is known."""
    known = set(stream.allocations.values_list("year", flat=True))
    days = [stream.starts_on, stream.ends_on]
    if project:
        known |= set(project.years.values_list("year", flat=True))
        days += [project.starts_on, project.ends_on]
    known |= {Year.of(day) for day in days if day}
    if not known:
        known = {Year.of(on), Year(Year.of(on).begins + AHEAD - 1)}
    elif len(known) == 1 and not all(days[:2]):
        known.add(Year(max(known).begins + AHEAD - 1))
    # Those that have an amount stay among them, however many there are: a year that isn't offered would lose it.
    last = (
        max(known)
        if project and project.years.exists()
        else Year(min(max(known).begins, min(known).begins + MOST_YEARS - 1))
    )
    return [Year(begins) for begins in range(min(known).begins, last.begins + 1)]


def leads(on: dt.date) -> list[User]:
    """Who may give spend: data leads, by name."""
    return list(User.objects.holding(RoleGrant.Role.DATA_LEAD, on).select_related("organisation"))


def _commitments(project: Project | None) -> Iterable[Commitment]:
    if project is None:
        return []
    own = Q(pk__in=project.commitments.values("pk"))
    if project.priority_id:
        own |= Q(priority=project.priority_id)
    return Commitment.objects.filter(own).select_related("priority").order_by("priority", "year", "order")


def _title(one: Priority) -> str:
    return f"{one.letter} {one.title}"


def _brief(one: Commitment) -> str:
    return f"{one.year}: {Truncator(one.text).chars(LONGEST)}"


def _keyed(rows: Iterable[tuple[Any, str]]) -> dict[str, Any]:
    return {str(row.pk): (row, words) for row, words in rows}
