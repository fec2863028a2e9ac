"""All the money in one person's sight, read at once for the page and the spreadsheet, in a number of queries that doesn't grow with it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from governance.funding import by_stream, ledger, together
from governance.funding.by_stream import StreamLine
from governance.funding.together import Together
from governance.models import (
    Action,
    Allocation,
    BudgetChange,
    FundedPosts,
    FundingApplication,
    FundingStream,
    Project,
)
from indicators.models import Indicator, Return
from lib.quarters import Quarter, Year
from priorities.models import Plan, Priority


@dataclass(frozen=True)
class Held:
    """`overdue`: quarters of which the spend should have been given by now, by project id. `open_to_them`: ids of the applications they see."""

    on: dt.date
    plan: Plan | None
    priorities: tuple[Priority, ...]
    streams: tuple[StreamLine, ...]
    projects: Together
    changes: tuple[BudgetChange, ...]
    posts: tuple[FundedPosts, ...]
    overdue: Mapping[int, tuple[Quarter, ...]]
    open_to_them: frozenset[int]

    @property
    def years(self) -> tuple[Year, ...]:
        """Those of the plan, and any other that money is held for."""
        found = set(self.plan.years) if self.plan else set()
        found |= {row.year for stream in self.streams for row in stream.rows}
        found |= {change.year for change in self.changes}
        for line in self.projects.lines:
            found |= {*line.years, *(quarter.year for quarter in line.spent), *line.forecasts}
        return tuple(sorted(found or {Year.of(self.on)}))

    def year(self, asked: str) -> Year:
        """The one that is asked for ("2017-18"); otherwise today's, or, once that is past, the last with verified spend or with money."""
        try:
            if (year := Year.parse(asked)) in self.years:
                return year
        except ValueError:
            pass
        today = Year.of(self.on)
        if today in self.years:
            return today
        spent = {quarter.year for line in self.projects.lines for quarter in line.spent}
        held = {year for stream in self.streams for year in stream.years if year < today}
        return max(spent or held, default=self.years[-1] if self.years[-1] < today else self.years[0])

    @property
    def holds_sample(self) -> bool:
        rows = [*(stream.stream for stream in self.streams), *self.changes, *self.posts]
        projects = [line.project for line in self.projects.lines]
        return any(row.is_sample for row in [*rows, *projects]) or any(one.has_sample_parts for one in projects)


def gather(user: User, on: dt.date) -> Held:
    plan = Plan.objects.visible_to(user).current(on)
    streams = list(FundingStream.objects.visible_to(user))
    lines = ledger.lines(_projects(user))
    applications = FundingApplication.objects.visible_to(user)
    return Held(
        on=on,
        plan=plan,
        priorities=tuple(Priority.objects.filter(plan=plan)) if plan else (),
        streams=by_stream.lines(streams, Allocation.objects.filter(stream__in=streams), lines),
        projects=together.of(lines),
        changes=tuple(BudgetChange.objects.visible_to(user).select_related("stream", "priority")),
        posts=tuple(
            FundedPosts.objects.visible_to(user)
            .select_related("stream", "body", "organisation", "priority")
            .prefetch_related("organisation__names")
        ),
        overdue=_overdue([line.project for line in lines], on),
        open_to_them=frozenset(applications.values_list("pk", flat=True)),
    )


def _projects(user: User) -> QuerySet[Project]:
    """With what each serves and promises; a restricted indicator and a plan's action only for who may see it."""
    actions = Action.objects.visible_to(user).open().select_related("delivery_plan__body").in_order()
    return (
        Project.objects.visible_to(user)
        .select_related("stream", "priority__plan", "lead_body", "organisation", "application")
        .prefetch_related(
            "commitments",
            "outputs",
            "organisation__names",
            Prefetch("indicators", Indicator.objects.visible_to(user)),
            Prefetch("application__actions", actions),
        )
    )


def _overdue(projects: list[Project], on: dt.date) -> dict[int, tuple[Quarter, ...]]:
    """Not given by the day it was due, or by the day on which a partner's amount was expected."""
    by_spend = {project.spend_id: project.pk for project in projects if project.spend_id is not None}
    out = Return.objects.awaited() | Return.objects.missing().filter(expected_on__lt=on)
    found: dict[int, list[Quarter]] = defaultdict(list)
    for return_ in out.filter(indicator__in=list(by_spend)).select_related("round", "indicator"):
        if return_.is_overdue(on) or not return_.is_awaited:
            found[by_spend[return_.indicator_id]].append(return_.round.quarter)
    return {project: tuple(sorted(quarters)) for project, quarters in found.items()}
