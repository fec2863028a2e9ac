"""A snapshot as far as one reader may see it: a figure that is not verified is for those who may see its return; to others it is not yet verified.

The CSP Executive and the partnership team see all of it; members of a body, who read its sheet, what is verified and what is their own.
"""

from collections.abc import Callable
from dataclasses import replace

from accounts.models import User
from governance.models import Project
from indicators.models import Return
from lib.quarters import Quarter
from reporting.snapshots.funded import Funding, ProjectPart, SpendPart
from reporting.snapshots.shape import Cell, IndicatorPart, PriorityPart, Snapshot

Sees = Callable[[str, Quarter], bool]  # by the indicator's slug


def seen_by(snapshot: Snapshot, user: User) -> Snapshot:
    """The snapshot without the numbers of unverified figures that this reader may not see. Two queries, whatever it holds."""
    returns = frozenset(Return.objects.visible_to(user).values_list("indicator__slug", "round__quarter"))

    def sees(slug: str, quarter: Quarter) -> bool:
        return (slug, quarter) in returns

    return replace(
        snapshot,
        priorities=tuple(_priority(priority, sees) for priority in snapshot.priorities),
        funding=_funding(snapshot.funding, sees) if snapshot.funding else None,
    )


def _priority(priority: PriorityPart, sees: Sees) -> PriorityPart:
    return replace(
        priority,
        indicators=tuple(_indicator(part, sees) for part in priority.indicators),
        context=tuple(_indicator(part, sees) for part in priority.context),
    )


def _indicator(part: IndicatorPart, sees: Sees) -> IndicatorPart:
    """Verdict, trends and totals are made of verified figures alone: only the cells hold others."""

    def cell(one: Cell) -> Cell:
        if one.state != "unverified" or sees(part.slug, one.quarter):
            return one
        return replace(one, value=None, is_provisional=False, note="")

    return replace(
        part,
        this=cell(part.this),
        last=cell(part.last),
        year_ago=cell(part.year_ago),
        history=tuple(map(cell, part.history)),
        series=tuple(map(cell, part.series)),
    )


def _funding(funding: Funding, sees: Sees) -> Funding:
    spends = dict(Project.objects.filter(spend__isnull=False).values_list("slug", "spend__slug"))

    def project(part: ProjectPart) -> ProjectPart:
        def spend(one: SpendPart) -> SpendPart:
            if one.state != "unverified" or sees(spends.get(part.slug, ""), one.quarter):
                return one
            return replace(one, amount=None)

        return replace(part, this=spend(part.this), quarters=tuple(map(spend, part.quarters)))

    return replace(funding, projects=tuple(map(project, funding.projects)))
