"""Whom and what the words in a sheet mean: commitments and outcomes of the year's plan, indicators, people."""

from collections import defaultdict
from collections.abc import Iterable

from accounts.models import User
from indicators.uploads.headings import plain
from indicators.uploads.naming import Names
from lib.quarters import Year
from priorities.models import Commitment, Outcome


class Known:
    """What can be named in a delivery plan of that year, read once: seven queries. Indicators are those in this person's sight."""

    def __init__(self, year: Year, by: User) -> None:
        self.year = year
        self.commitments = _named(commitments(year))
        self.outcomes = _named(outcomes(year))
        self.people = {person.email.casefold(): person for person in User.objects.filter(is_active=True)}
        self._names = Names(by)

    def indicators(self, text: str) -> tuple[int, ...]:
        """The ids of those of that reference or name: one, none, or several where a name is not enough."""
        return tuple(indicator.pk for indicator in self._names.find(text, self.year))


def commitments(year: Year) -> list[Commitment]:
    """Those that an action of that year may serve, in the order of the plan."""
    return list(Commitment.objects.filter(year=year).select_related("priority"))


def outcomes(year: Year) -> list[Outcome]:
    """Those of the plans in force in that year, in the order of the plan."""
    plans = {"priority__plan__starts_on__lte": year.end, "priority__plan__ends_on__gte": year.start}
    return list(Outcome.objects.filter(**plans).select_related("priority"))


def _named(things: Iterable[Commitment | Outcome]) -> dict[str, set[int]]:
    """Ids by key and by words."""
    found: dict[str, set[int]] = defaultdict(set)
    for thing in things:
        for name in (thing.key, thing.text):
            found[plain(name)].add(thing.pk)
    return found
