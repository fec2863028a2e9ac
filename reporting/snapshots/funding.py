"""The money of the quarter's year, as known at the moment of a snapshot: read in a number of queries that does not grow with it.

Spend counts by its verification, forecasts by when they were made, applications by when they were submitted, decided and withdrawn. Streams
with their years, projects, posts, growth and savings have no such moment: they go by their days, and otherwise stand as they are now. A
project that was closed on a later day was not closed then.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from governance.funding import by_stream, ledger, together
from governance.funding.by_stream import StreamLine
from governance.funding.ledger import Line
from governance.models import Allocation, BudgetChange, FundedPosts, FundingStream, Project, Undertaking
from lib.quarters import Year
from priorities.models import Priority
from reporting.snapshots import applying
from reporting.snapshots.asked import Asked
from reporting.snapshots.funded import BudgetChangePart, Funding, PostsPart, ProjectPart, StreamPart
from reporting.snapshots.governed import UndertakingPart
from reporting.snapshots.spending import Spending


@dataclass(frozen=True)
class Read:
    """`is_sample` tells whether anything of it was invented."""

    funding: Funding
    is_sample: bool


def read(asked: Asked, since: dt.date) -> Read:
    """Of streams, projects and posts those of the quarter's year. What was decided, withdrawn or restated after the day `since` is new."""
    year = asked.quarter.year
    lines = ledger.lines(_projects(), as_at=asked.as_at, until=asked.quarter)
    streams = [line for line in _streams(lines) if _is_of(line, year)]
    there = {line.stream for line in streams}
    ours = [line for line in lines if line.project.stream in there and together.runs_in(line, year)]
    projects = [line.project for line in ours]
    spending, moved = Spending(asked, projects), _moved(asked, projects)
    changes, posts, applications = _budget_changes(asked), _posts(asked), applying.read(asked, since)
    rows: list[Any] = [*there, *projects, *changes, *posts, *applications]
    return Read(
        funding=Funding(
            quarter=asked.quarter,
            judged_on=asked.judged_on,
            since=since,
            streams=tuple(_stream(asked, line) for line in streams),
            projects=tuple(_project(asked, line, spending, moved) for line in ours),
            restated=tuple(one for project in projects for one in spending.restated(project)),
            budget_changes=tuple(_budget_change(asked, one) for one in changes),
            posts=tuple(_posts_part(asked, one) for one in posts),
            applications=applications,
            conditions=_conditions(asked),
        ),
        is_sample=any(row.is_sample for row in rows) or any(one.has_sample_parts for one in projects),
    )


# ---------------------------------------------------------------- streams and projects


def _is_of(line: StreamLine, year: Year) -> bool:
    """Whether a stream is told of in that year: not before the first that it has money for, where its first day is not known."""
    begins = min(line.years, default=year) if line.stream.starts_on is None else year
    return line.lies_in(year) and year >= begins


def _streams(lines: Iterable[Line]) -> tuple[StreamLine, ...]:
    streams = list(FundingStream.objects.order_by("funder", "name"))
    return by_stream.lines(streams, Allocation.objects.filter(stream__in=streams), lines)


def _stream(asked: Asked, line: StreamLine) -> StreamPart:
    stream = line.stream
    return StreamPart(
        slug=stream.slug,
        name=stream.name,
        funder=stream.funder,
        programme=stream.programme,
        terms=stream.terms,
        whole=line.whole,
        year_amount=line.money_in(asked.quarter.year),
        given=line.projects.given.known,
        starts_on=stream.starts_on,
        ends_on=stream.ends_on,
        note=_note(line),
        is_sample=stream.is_sample,
    )


def _note(line: StreamLine) -> str:
    """What is to be known of the stream, and of the amount of each of its years: "2018-19: As printed."."""
    of_years = [f"{row.year}: {row.note.rstrip('.')}." for row in line.rows if row.note and not row.team]
    return " ".join(filter(None, [line.stream.note, *of_years]))


def _projects() -> list[Project]:
    """In the order of their streams."""
    rows = Project.objects.select_related("stream", "priority", "lead_body", "organisation")
    rows = rows.prefetch_related("organisation__names")
    return list(rows.order_by("stream__funder", "stream__name", "order", "name"))


def _moved(asked: Asked, projects: Iterable[Project]) -> dict[int, list[str]]:
    """Slugs of the plan's indicators that each is meant to move, by its id."""
    links = Project.indicators.through.objects.filter(project__in=[one.pk for one in projects])
    found: dict[int, list[str]] = {}
    for project, pk, slug in links.order_by("indicator__slug").values_list(
        "project_id", "indicator_id", "indicator__slug"
    ):
        if pk in asked.names:
            found.setdefault(project, []).append(slug)
    return found


def _project(asked: Asked, line: Line, spending: Spending, moved: dict[int, list[str]]) -> ProjectPart:
    project, year = line.project, asked.quarter.year
    quarters = spending.quarters(project)
    closed_on = project.closed_on if project.closed_on and project.closed_on <= asked.today else None
    return ProjectPart(
        slug=project.slug,
        name=project.name,
        stream=project.stream.name,
        theme=project.theme,
        letter=_letter(asked, project.priority),
        body=project.lead_body.short_name if project.lead_body else "",
        organisation=project.organisation.name_on(asked.quarter.end) if project.organisation else "",
        team=project.team,
        amount=project.amount,
        year_amount=line.money_in(year),
        is_collected=project.spend_id is not None,
        this=quarters[asked.quarter.number - 1],
        quarters=quarters,
        spent_so_far=line.spent_so_far,
        awaited=line.awaited,
        forecast=line.forecast_in(year),
        reason=line.reason_in(year),
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        closed_on=closed_on,
        closed_because=project.closed_because if closed_on else "",
        indicators=tuple(moved.get(project.pk, [])),
        is_sample=project.is_sample,
        has_sample_parts=project.has_sample_parts,
    )


def _letter(asked: Asked, priority: Priority | None) -> str:
    """Of a priority of this plan; another plan's letters mean something else."""
    return priority.letter if priority and priority.plan_id == asked.plan.pk else ""


# ---------------------------------------------------------------- growth and savings, posts, conditions


def _budget_changes(asked: Asked) -> list[BudgetChange]:
    rows = BudgetChange.objects.filter(year=asked.quarter.year).select_related("stream", "priority")
    return list(rows.order_by("kind", "pk"))


def _budget_change(asked: Asked, one: BudgetChange) -> BudgetChangePart:
    return BudgetChangePart(
        kind=str(one.kind),
        what_for=one.what_for,
        amount=one.amount,
        stream=one.stream.name if one.stream else "",
        letter=_letter(asked, one.priority),
        note=one.note,
        is_sample=one.is_sample,
    )


def _posts(asked: Asked) -> list[FundedPosts]:
    rows = FundedPosts.objects.select_related("stream", "body", "organisation", "priority")
    return [one for one in rows.prefetch_related("organisation__names") if one.are_there(asked.judged_on)]


def _posts_part(asked: Asked, one: FundedPosts) -> PostsPart:
    return PostsPart(
        name=one.name,
        number=one.number,
        posts=one.posts,
        what_for=one.what_for,
        stream=one.stream.name if one.stream else "",
        body=one.body.short_name if one.body else "",
        organisation=one.organisation.name_on(asked.quarter.end) if one.organisation else "",
        letter=_letter(asked, one.priority),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        note=one.note,
        is_sample=one.is_sample,
    )


def _conditions(asked: Asked) -> tuple[UndertakingPart, ...]:
    """Those that were open, of money that was agreed."""
    open_then = Q(ended_on__isnull=True) | Q(ended_on__gt=asked.today)
    rows = Undertaking.objects.filter(
        open_then,
        kind=Undertaking.Kind.CONDITION,
        approval__application__isnull=False,
        recorded_at__lte=asked.as_at,
    )
    rows = rows.select_related("body", "owner", "approval__application__body").order_by("due_on", "pk")
    return tuple(_condition(asked, one) for one in rows)


def _condition(asked: Asked, one: Undertaking) -> UndertakingPart:
    application = one.approval.application if one.approval else None
    assert application is not None, "it is of an agreement to an application"
    return UndertakingPart(
        kind=str(one.kind),
        body=application.body.short_name,  # whose money it is: the CSP Executive asks for every one
        text=one.text,
        owner=one.owner_label,
        due_on=one.due_on,
        days_late=asked.days_late(one.due_on),
        source=application.reference,
    )
