"""The list of indicators: by priority, with the latest verified figure and its rating, and narrowed to what somebody looks for."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.models import User
from indicators import assessment, over_time, placing, wording
from indicators.aggregate import Numbers
from indicators.models import Figure, Indicator
from indicators.over_time import Basis
from indicators.rating import WORDS, Verdict
from lib.quarters import Quarter
from priorities.models import Priority

NO_PLAN = "none"  # as a priority to look for


@dataclass(frozen=True)
class Listed:
    """A line of the list: the indicator with its latest verified figure, and the rating of that quarter; None where it is never rated."""

    indicator: Indicator
    reference: str
    label: str
    owner: str
    figure: str
    quarter: Quarter | None
    rating: Verdict | None = None
    told: str = ""  # all the words by which it is found, in small letters

    def matches(self, words: Sequence[str]) -> bool:
        return all(word in self.told for word in words)


@dataclass(frozen=True)
class Group:
    """The indicators that serve one priority; None for those that no plan places."""

    priority: Priority | None
    rows: tuple[Listed, ...]

    @property
    def code(self) -> str:
        return self.priority.letter if self.priority else NO_PLAN

    @property
    def name(self) -> str:
        return f"{self.priority.letter} {self.priority.title}" if self.priority else "In no plan"


def groups(user: User, on: dt.date) -> list[Group]:
    """Every indicator in this person's sight but spend, by priority. The number of queries does not grow with them."""
    indicators = list(
        Indicator.objects.visible_to(user).measuring().select_related("owner").prefetch_related("owner__names")
    )
    places, bases = placing.latest(), over_time.bases(indicators)
    figures = over_time.verified(indicators)
    by_priority: dict[Priority | None, list[Listed]] = defaultdict(list)
    for indicator in sorted(indicators, key=places.order):
        placement = places.by_indicator.get(indicator.pk)
        held, basis, owner = figures[indicator.pk], bases[indicator.pk], indicator.owner.name_on(on)
        latest = max(held, default=None)
        by_priority[placement.priority if placement else None].append(
            Listed(
                indicator=indicator,
                reference=places.reference(indicator),
                label=places.label(indicator),
                owner=owner,
                figure=_words(held[latest]) if latest else "",
                quarter=latest,
                rating=_rating(indicator, held, basis, latest),
                told=_told(places.label(indicator), places.short_name(indicator), owner, basis),
            )
        )
    return [Group(priority, tuple(rows)) for priority, rows in by_priority.items()]


def _words(numbers: Numbers) -> str:
    return wording.value(
        Figure(numerator=numbers.numerator, denominator=numbers.denominator, stated_percentage=numbers.stated)
    )


def _rating(indicator: Indicator, held: dict[Quarter, Numbers], basis: Basis, latest: Quarter | None) -> Verdict | None:
    if latest is None or indicator.family == Indicator.Family.CONTEXT:
        return None
    return assessment.rated(over_time.series(indicator, basis, latest, figures=held, states={}), latest)


def _told(label: str, short_name: str, owner: str, basis: Basis) -> str:
    definition = basis.definitions[-1].text if basis.definitions else ""
    return " ".join((label, short_name, owner, definition)).casefold()


# ---------------------------------------------------------------- looking for some of them


@dataclass(frozen=True)
class Sought:
    """What the list is narrowed to; empty for any. `q`: words in name, short name, reference, definition and owner, all of them."""

    q: str = ""
    priority: str = ""  # its letter, or `NO_PLAN`
    family: str = ""
    rating: str = ""  # a code of `rating.WORDS`

    @property
    def is_all(self) -> bool:
        return not any((self.q.strip(), self.priority, self.family, self.rating))

    def narrow(self, groups: Iterable[Group]) -> list[Group]:
        some = [
            Group(group.priority, tuple(filter(self._takes, group.rows))) for group in groups if self._takes_in(group)
        ]
        return [group for group in some if group.rows]

    def _takes_in(self, group: Group) -> bool:
        return self.priority in ("", group.code)

    def _takes(self, row: Listed) -> bool:
        of_family = self.family in ("", row.indicator.family)
        of_rating = not self.rating or (row.rating is not None and row.rating.code == self.rating)
        return of_family and of_rating and row.matches(self.q.casefold().split())


def priorities(groups: Iterable[Group]) -> list[tuple[str, str]]:
    """To choose from, in the order of the list."""
    return [(group.code, group.name) for group in groups]


def ratings(groups: Iterable[Group]) -> list[tuple[str, str]]:
    """Those that some indicator has, worst first."""
    held = {row.rating.code for group in groups for row in group.rows if row.rating}
    return [(code, word) for code, word in WORDS.items() if code in held]


def found(some: Iterable[Group], every: Iterable[Group]) -> str:
    """ "3 of 23 match.", "1 of 23 matches.", "None of 23 matches."."""
    few, all_ = _count(some), _count(every)
    return f"{few or 'None'} of {all_} {'match' if few > 1 else 'matches'}."


def _count(groups: Iterable[Group]) -> int:
    return sum(len(group.rows) for group in groups)


def lede(groups: Iterable[Group]) -> str:
    """How many there are: "15 indicators of the plan and 8 measures beside them."; empty without any.

    An indicator of the plan has a reference there ("B2"); what stands in the plan without one is beside them.
    """
    rows = [row for group in groups for row in group.rows]
    own = sum(bool(row.reference) for row in rows)
    beside = len(rows) - own
    of_plan = f"{own} indicator{'' if own == 1 else 's'} of the plan"
    others = f"{beside} measure{'' if beside == 1 else 's'}"
    if own and beside:
        return f"{of_plan} and {others} beside {'it' if own == 1 else 'them'}."
    return f"{of_plan}." if own else f"{others}." if beside else ""
