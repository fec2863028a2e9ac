"""No more is given than there is: what the parts of a stream may come to. Checked under a lock on the stream, once the change is written."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import ValidationError

from governance.funding import sums
from governance.models import Allocation, FundingStream, Project, ProjectYear
from lib.numerals import in_full, pounds
from lib.quarters import Year


def hold(stream: FundingStream) -> FundingStream:
    """The stream's row, locked until the transaction ends; as it is now."""
    return FundingStream.objects.select_for_update().get(pk=stream.pk)


def whole(stream: FundingStream, allocations: Iterable[Allocation]) -> Decimal | None:
    """What a stream comes to: its own sum, or that of its years; None where neither is known."""
    if stream.amount is not None:
        return stream.amount
    return sums.add(row.amount for row in allocations if not row.team).amount


def refuse_excess(stream: FundingStream) -> None:
    """For an action that holds the stream and has written its change: a sentence where the parts exceed the whole, and all is undone.

    The stream's years and its projects against the stream; the projects' years against the stream's year; each team's projects against
    what the team has; each project's years against its own amount. The code of the refusal names the box it belongs to: "amount",
    "years", "starts_on" or "ends_on".
    """
    allocations = list(Allocation.objects.filter(stream=stream))
    projects = list(Project.objects.filter(stream=stream))
    years = list(ProjectYear.objects.filter(project__in=projects))
    _refuse_years(stream, allocations)
    _refuse_projects(stream, allocations, projects)
    _refuse_teams(allocations, projects)
    _refuse_teams_of_all(stream, allocations)
    _refuse_project_years(stream, allocations, projects, years)
    for project in projects:
        _refuse_days(stream, project)


def _refuse_years(stream: FundingStream, allocations: list[Allocation]) -> None:
    given = sums.add(row.amount for row in allocations if not row.team).known
    if stream.amount is not None and given > stream.amount:
        raise ValidationError(
            f"The years of {stream} come to {pounds(given)}, {pounds(given - stream.amount)} more than its {pounds(stream.amount)}.",
            code="years",
        )


def _refuse_projects(stream: FundingStream, allocations: list[Allocation], projects: list[Project]) -> None:
    there, given = whole(stream, allocations), sums.add(project.amount for project in projects).known
    if there is not None and given > there:
        raise ValidationError(
            f"The projects of {stream} would come to {pounds(given)}, {pounds(given - there)} more than its {pounds(there)}.",
            code="amount",
        )


def _refuse_teams(allocations: list[Allocation], projects: list[Project]) -> None:
    """What is set aside for teams, year by year within the whole year, and each team's projects within what it has."""
    whole_years = {row.year: row.amount for row in allocations if not row.team}
    by_year: dict[Year, Decimal] = defaultdict(lambda: sums.NOTHING)
    by_team: dict[str, Decimal] = defaultdict(lambda: sums.NOTHING)
    for row in allocations:
        if row.team:
            by_year[row.year] += row.amount
            by_team[row.team] += row.amount
    for year, given in by_year.items():
        if year in whole_years and given > whole_years[year]:
            raise ValidationError(
                f"What the teams have in {year} comes to {pounds(given)}, "
                f"{pounds(given - whole_years[year])} more than the year’s {pounds(whole_years[year])}.",
                code="years",
            )
    for team, there in by_team.items():
        given = sums.add(project.amount for project in projects if project.team == team).known
        if given > there:
            raise ValidationError(
                f"The projects of {team} would come to {pounds(given)}, {pounds(given - there)} more than its {pounds(there)}.",
                code="amount",
            )


def _refuse_teams_of_all(stream: FundingStream, allocations: list[Allocation]) -> None:
    """What teams have in all years, where the years of the whole are not known."""
    given = sums.add(row.amount for row in allocations if row.team).known
    if stream.amount is not None and given > stream.amount:
        raise ValidationError(
            f"What the teams have comes to {pounds(given)}, {pounds(given - stream.amount)} more than the {pounds(stream.amount)} of {stream}.",
            code="years",
        )


def _refuse_project_years(
    stream: FundingStream, allocations: list[Allocation], projects: list[Project], years: list[ProjectYear]
) -> None:
    whole_years = {row.year: row.amount for row in allocations if not row.team}
    by_year: dict[Year, Decimal] = defaultdict(lambda: sums.NOTHING)
    by_project: dict[int, Decimal] = defaultdict(lambda: sums.NOTHING)
    for row in years:
        by_year[row.year] += row.amount
        by_project[row.project_id] += row.amount
    for project in projects:
        given = by_project[project.pk]
        if given > project.amount:
            raise ValidationError(
                f"The years of {project} come to {pounds(given)}, {pounds(given - project.amount)} more than its {pounds(project.amount)}.",
                code="years",
            )
    for year, given in sorted(by_year.items()):
        if year in whole_years and given > whole_years[year]:
            raise ValidationError(
                f"The projects of {stream} would come to {pounds(given)} in {year}, "
                f"{pounds(given - whole_years[year])} more than the year’s {pounds(whole_years[year])}.",
                code="years",
            )


def _refuse_days(stream: FundingStream, project: Project) -> None:
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
