"""What is aimed at in a year: the targets of its monitoring set as one table, and what last year's set had besides."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from indicators import placing, terms
from indicators.models import Indicator, Target
from indicators.opening import years_of_plans
from lib import written
from lib.quarters import Year
from priorities.models import Priority


@dataclass(frozen=True)
class Aimed:
    """One indicator of the set with the target that holds, in words; what the target doesn't have is empty."""

    target: Target
    indicator: Indicator
    label: str  # "B2 Domestic abuse reports"
    rule: str
    basis: str
    value: str
    minimum: str
    tolerance: str
    profile: str
    baseline: str
    state: str
    brief: str

    @property
    def is_proposed(self) -> bool:
        return self.target.is_proposed


@dataclass(frozen=True)
class Group:
    """The indicators that serve one priority; None for those that no plan places."""

    priority: Priority | None
    rows: tuple[Aimed, ...]


@dataclass(frozen=True)
class Aiming:
    """A year's set as one reader may see it. `left_out`: indicators of last year's set that are not in this one, with their labels."""

    year: Year
    groups: tuple[Group, ...]
    left_out: tuple[tuple[Indicator, str], ...]
    years: tuple[Year, ...]  # to switch between

    @property
    def rows(self) -> tuple[Aimed, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def proposals(self) -> tuple[Aimed, ...]:
        return tuple(row for row in self.rows if row.is_proposed)

    @property
    def lede(self) -> str:
        """ "9 of 15 have an agreed target, 2 are proposed, 4 are data only."; empty for an empty set."""
        every, proposed = len(self.rows), len(self.proposals)
        data_only = sum(row.target.rule == Target.Rule.NONE for row in self.rows)
        agreed = every - proposed - data_only
        if not every:
            return ""
        if data_only == every:
            return f"{'It is' if every == 1 else f'All {every} are'} data only: no target is set for {self.year} yet."
        said = f"{agreed} of {every} {'has' if agreed == 1 else 'have'} an agreed target"
        parts = [f"None of {every} has an agreed target yet" if agreed == 0 else said]
        parts += [_are(proposed, "proposed"), _are(data_only, "data only")]
        return f"{', '.join(part for part in parts if part)}."

    @property
    def copy_words(self) -> str:
        return f"Copy the set of {self.year.previous}"

    @property
    def copy_hint(self) -> str:
        """What copying does, before it is done."""
        number = len(self.left_out)
        who = "It comes" if number == 1 else f"All {number} come"
        return (
            f"{who} with the rule and the target of {self.year.previous}, as a proposal. Where the rule has a minimum expectation, "
            "last year’s target becomes it. Nothing is agreed by copying, and all of it can be changed afterwards."
        )


def _are(number: int, what: str) -> str:
    return f"{number} {'is' if number == 1 else 'are'} {what}" if number else ""


def gather(user: User, year: Year) -> Aiming:
    """For whoever may see indicators; restricted ones as far as they are in sight. The number of queries does not grow with them."""
    visible = Indicator.objects.visible_to(user)
    held = Target.objects.filter(year__in=[year.previous, year], indicator__in=visible).latest_each()
    of_year: dict[Year, dict[int, Target]] = defaultdict(dict)
    for target in held.select_related("indicator"):
        of_year[target.year][target.indicator_id] = target
    places = placing.in_year(year)
    by_priority: dict[Priority | None, list[Aimed]] = defaultdict(list)
    for target in sorted(of_year[year].values(), key=lambda target: places.order(target.indicator)):
        place = places.by_indicator.get(target.indicator_id)
        by_priority[place.priority if place else None].append(_aimed(target, places.brief(target.indicator)))
    left_out = [target.indicator for pk, target in of_year[year.previous].items() if pk not in of_year[year]]
    return Aiming(
        year=year,
        groups=tuple(Group(priority, tuple(rows)) for priority, rows in by_priority.items()),
        left_out=tuple((one, places.brief(one)) for one in sorted(left_out, key=places.order)),
        years=tuple(sorted({*years_of_plans(), *_years_with_a_set(visible), year})),
    )


def proposals(user: User, year: Year, chosen: Sequence[int]) -> list[Target]:
    """The rows of that year with these ids, as far as they are in sight; whether they still hold is for the action to say."""
    visible = Indicator.objects.visible_to(user)
    return list(Target.objects.filter(year=year, pk__in=chosen, indicator__in=visible).select_related("indicator"))


def year_to_show(user: User, on: dt.date) -> Year | None:
    """This year when it has a set, otherwise the nearest year that has one or that a plan speaks of; None when there is neither."""
    sets = _years_with_a_set(Indicator.objects.visible_to(user))
    return Year.of(on).nearest(sets or years_of_plans())


def _years_with_a_set(indicators: QuerySet[Indicator]) -> set[Year]:
    return set(Target.objects.filter(indicator__in=indicators).order_by().values_list("year", flat=True).distinct())


def _aimed(target: Target, label: str) -> Aimed:
    indicator, told = target.indicator, terms.told(target, target.indicator)
    return Aimed(
        target=target,
        indicator=indicator,
        label=label,
        rule=told["Rule"],
        basis=written.in_sentence(told["Rated on"]),
        value=told["Target"],
        minimum=told["Minimum expectation"],
        tolerance=told["Tolerance"],
        profile=terms.profile(target),
        baseline=told["Baseline"],
        state=terms.state(target),
        brief=terms.brief(target, indicator),
    )
