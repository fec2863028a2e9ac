"""The commitments and outcomes that an indicator can serve: those of the priority under which the latest plan places it."""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators import placing
from indicators.models import Indicator, Placement
from priorities.models import Commitment, Outcome, Priority

Entry = Commitment | Outcome


@dataclass(frozen=True)
class Group:
    """Entries under one sub-heading of the priority, in the plan's order; `title` is empty for those under none."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Part:
    """A part of the priority's page: "What we will do in the first 12 months", "What will have changed"."""

    heading: str
    kind: str  # "commitments" or "outcomes", as the placement calls them
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Servable:
    placement: Placement
    priority: Priority
    parts: tuple[Part, ...]
    served: frozenset[tuple[str, int]]  # (kind, id) of what is named by now


def gather(indicator: Indicator) -> Servable | None:
    """None where the latest plan does not place the indicator. The number of queries does not grow with the plan."""
    placement = placing.latest().by_indicator.get(indicator.pk)
    if placement is None:
        return None
    placement.indicator = indicator
    priority = Priority.objects.with_parts().get(pk=placement.priority_id)
    served = {
        *(("commitments", one.pk) for one in placement.commitments.all()),
        *(("outcomes", one.pk) for one in placement.outcomes.all()),
    }
    return Servable(placement, priority, tuple(_parts(placement, priority)), frozenset(served))


def _parts(placement: Placement, priority: Priority) -> list[Part]:
    themes = {theme.pk: theme.title for theme in priority.themes.all()}
    commitments, first = list(priority.commitments.all()), placement.plan.years[0]
    parts = []
    for year in sorted({commitment.year for commitment in commitments}):
        heading = "What we will do in the first 12 months" if year == first else f"What we will do in {year}"
        own = [commitment for commitment in commitments if commitment.year == year]
        parts.append(Part(heading, "commitments", _grouped(own, themes)))
    if outcomes := list(priority.outcomes.all()):
        parts.append(Part("What will have changed", "outcomes", _grouped(outcomes, themes)))
    return parts


def _grouped(entries: Iterable[Entry], themes: dict[int, str]) -> tuple[Group, ...]:
    """Those under no sub-heading first, then by sub-heading in the plan's order."""
    by_theme: dict[int | None, list[Entry]] = {}
    for entry in entries:
        by_theme.setdefault(entry.theme_id, []).append(entry)
    titled = [Group(title, tuple(by_theme[pk])) for pk, title in themes.items() if pk in by_theme]
    return (*((Group("", tuple(by_theme[None])),) if None in by_theme else ()), *titled)
