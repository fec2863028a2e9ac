"""No more is given than there is: what the parts of a stream may come to. Checked under a lock on the stream, once the change is written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError

from governance.funding import sums
from governance.funding.ledger import split
from governance.models import (
    Allocation,
    FundingApplication,
    FundingApplicationYear,
    FundingStream,
    Project,
    ProjectYear,
)
from lib.numerals import in_full, pounds
from lib.quarters import Year


def hold(stream: FundingStream) -> FundingStream:
    """The stream's row, locked until the transaction ends; as it is now.

    Not against rows that only point to it: an application being drafted holds its body and points here, a project the other way round.
    """
    return FundingStream.objects.select_for_update(no_key=True).get(pk=stream.pk)


def whole(stream: FundingStream, allocations: Iterable[Allocation]) -> Decimal | None:
    """What a stream comes to: its own sum, or that of its years; None where neither is known."""
    if stream.amount is not None:
        return stream.amount
    return sums.add(row.amount for row in allocations if not row.team).amount


def promised(
    streams: Iterable[FundingStream], *, besides: FundingApplication | None = None
) -> dict[int, list[tuple[Year, Decimal]]]:
    """What was agreed to applications that have not become a project yet, by year, by the stream's id. One query."""
    rows = FundingApplicationYear.objects.filter(
        application__stream__in=list(streams),
        application__state=FundingApplication.State.AGREED,
        application__project=None,
        agreed__isnull=False,
    )
    if besides is not None:
        rows = rows.exclude(application=besides)
    found: dict[int, list[tuple[Year, Decimal]]] = defaultdict(list)
    for stream, year, amount in rows.values_list("application__stream", "year", "agreed"):
        found[stream].append((year, amount))
    return found


def refuse_excess(stream: FundingStream) -> None:
    """For an action that holds the stream and has written its change: a sentence where the parts exceed the whole, and all is undone.

    The stream's years against the stream; its projects, with what was agreed to applications, against the stream and against each of its
    years; what teams have against the whole, and each team's projects against what the team has, in all and by year; each project's years
    against its own amount. The code of the refusal names the box it belongs to: "amount", "years", "starts_on" or "ends_on".
    """
    allocations = list(Allocation.objects.filter(stream=stream))
    projects = list(Project.objects.filter(stream=stream))
    rows: dict[int, dict[Year, Decimal]] = defaultdict(dict)
    for row in ProjectYear.objects.filter(project__in=projects):
        rows[row.project_id][row.year] = row.amount
    agreed = promised([stream])[stream.pk]
    _refuse_years(stream, allocations)
    _refuse_projects(stream, allocations, projects, agreed)
    _refuse_teams_of_all(stream, allocations)
    for project in projects:
        _refuse_project(stream, project, rows[project.pk])
    for application in _agreed(stream):
        _refuse_days(stream, application)
    parts = [(project, split(project, rows[project.pk])) for project in projects]
    _refuse_in_years(stream, allocations, parts, agreed)
    _refuse_teams(allocations, parts)


def _refuse_years(stream: FundingStream, allocations: list[Allocation]) -> None:
    given = sums.add(row.amount for row in allocations if not row.team).known
    if stream.amount is not None and given > stream.amount:
        raise ValidationError(f"The years of {stream} come to {_over(given, stream.amount)}.", code="years")


def _refuse_projects(
    stream: FundingStream, allocations: list[Allocation], projects: list[Project], agreed: list[tuple[Year, Decimal]]
) -> None:
    there = whole(stream, allocations)
    more = sums.add(amount for _, amount in agreed).known
    given = sums.add(project.amount for project in projects).known + more
    if there is not None and given > there:
        raise ValidationError(f"{_projects(stream, more)} would come to {_over(given, there)}.", code="amount")


def _refuse_teams_of_all(stream: FundingStream, allocations: list[Allocation]) -> None:
    """What teams have: year by year within the whole year, and together where the years of the whole are not known."""
    whole_years = {row.year: row.amount for row in allocations if not row.team}
    for year, given in _added_up((row.year, row.amount) for row in allocations if row.team).items():
        if year in whole_years and given > whole_years[year]:
            over = _over(given, whole_years[year], of="the year’s")
            raise ValidationError(f"What the teams have in {year} comes to {over}.", code="years")
    together = sums.add(row.amount for row in allocations if row.team).known
    if stream.amount is not None and together > stream.amount:
        over = _over(together, stream.amount, of="the")
        raise ValidationError(f"What the teams have comes to {over} of {stream}.", code="years")


def _refuse_project(stream: FundingStream, project: Project, years: Mapping[Year, Decimal]) -> None:
    given = sums.add(years.values()).known
    if given > project.amount:
        raise ValidationError(f"The years of {project} come to {_over(given, project.amount)}.", code="years")
    _refuse_days(stream, project)


def _refuse_in_years(
    stream: FundingStream,
    allocations: list[Allocation],
    parts: list[tuple[Project, Mapping[Year, Decimal]]],
    agreed: list[tuple[Year, Decimal]],
) -> None:
    whole_years = {row.year: row.amount for row in allocations if not row.team}
    more = _added_up(agreed)
    in_years = _added_up([*(pair for _, years in parts for pair in years.items()), *agreed])
    for year, given in sorted(in_years.items()):
        if year in whole_years and given > whole_years[year]:
            what, over = _projects(stream, more[year]), _over(given, whole_years[year], of="the year’s", year=year)
            raise ValidationError(f"{what} would come to {over}.", code="years")


def _refuse_teams(allocations: list[Allocation], parts: list[tuple[Project, Mapping[Year, Decimal]]]) -> None:
    """Each team's projects within what it has, in all and in each year."""
    teams = {row.team.casefold(): row.team for row in allocations if row.team}  # however it is spelt
    for spelt, team in sorted(teams.items()):
        theirs = _added_up((row.year, row.amount) for row in allocations if row.team.casefold() == spelt)
        mine = [(project, years) for project, years in parts if project.team.casefold() == spelt]
        there, together = sums.add(theirs.values()).known, sums.add(project.amount for project, _ in mine).known
        if together > there:
            raise ValidationError(f"The projects of {team} would come to {_over(together, there)}.", code="amount")
        for year, given in sorted(_added_up(pair for _, years in mine for pair in years.items()).items()):
            if year in theirs and given > theirs[year]:
                over = _over(given, theirs[year], of="the team’s", year=year)
                raise ValidationError(f"The projects of {team} would come to {over}.", code="years")


def _added_up(pairs: Iterable[tuple[Year, Decimal]]) -> dict[Year, Decimal]:
    found: dict[Year, Decimal] = defaultdict(lambda: sums.NOTHING)
    for year, amount in pairs:
        found[year] += amount
    return found


def _projects(stream: FundingStream, agreed: Decimal) -> str:
    """What is added up, for the beginning of a sentence."""
    with_it = f", with {pounds(agreed)} agreed to applications," if agreed else ""
    return f"The projects of {stream}{with_it}"


def _over(given: Decimal, there: Decimal, *, of: str = "its", year: Year | None = None) -> str:
    """ "£60,001, £1 more than its £60,000"; "£24,001 in 2017-18, £1 more than the year’s £24,000"."""
    when = f" in {year}" if year else ""
    return f"{pounds(given)}{when}, {pounds(given - there)} more than {of} {pounds(there)}"


def _agreed(stream: FundingStream) -> Iterable[FundingApplication]:
    """Applications that were agreed and have not become a project yet: they are to fit when they do."""
    return FundingApplication.objects.filter(
        stream=stream, state=FundingApplication.State.AGREED, project=None
    ).select_related("body")


def _refuse_days(stream: FundingStream, project: Project | FundingApplication) -> None:
    if stream.starts_on and project.starts_on and project.starts_on < stream.starts_on:
        raise ValidationError(
            f"{project} would start on {in_full(project.starts_on)}, before {stream} does on {in_full(stream.starts_on)}.",
            code="starts_on",
        )
    if stream.ends_on and project.ends_on and project.ends_on > stream.ends_on:
        raise ValidationError(
            f"{project} would end on {in_full(project.ends_on)}, after {stream} does on {in_full(stream.ends_on)}.",
            code="ends_on",
        )
