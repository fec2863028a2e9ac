"""Projects × who asks. The project is delivered by the body that the chair chairs, and the data lead gives its spend."""

from collections.abc import Callable
from decimal import Decimal

from governance.models import Project
from lib.quarters import Quarter
from tests.factories.funding import FunderReportFactory, OutputFactory, ProjectFactory
from tests.factories.indicators import IndicatorFactory, LeadFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                       nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:project-add":                (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:project-detail":             (IN,   200,  200,  200,  200,  200,  404,  404,  200,  200,  200),
    "governance:project-edit":               (IN,   403,  403,  403,  200,  403,  404,  404,  403,  403,  403),
    "governance:project-close":              (IN,   403,  403,  403,  200,  403,  404,  404,  403,  403,  403),
    "governance:project-reopen":             (IN,   403,  403,  403,  200,  403,  404,  404,  403,  403,  403),
    "governance:project-spend":              (IN,   403,  403,  403,  200,  403,  404,  404,  403,  403,  403),
    "governance:project-forecast":           (IN,   200,  403,  403,  200,  403,  404,  404,  200,  403,  200),
    "governance:project-outputs":            (IN,   200,  403,  403,  200,  403,  404,  404,  200,  403,  200),
    "governance:output-add":                 (IN,   200,  403,  403,  200,  403,  404,  404,  200,  403,  200),
    "governance:output-edit":                (IN,   200,  403,  403,  200,  403,  404,  404,  200,  403,  200),
    "governance:output-end":                 (IN,   200,  403,  403,  200,  403,  404,  404,  200,  403,  200),
    "governance:project-reports":            (IN,   200,  403,  403,  200,  403,  404,  404,  200,  403,  200),
    "governance:report-sent":                (IN,   200,  403,  403,  200,  403,  404,  404,  200,  403,  200),
    "governance:report-drop":                (IN,   200,  403,  403,  200,  403,  404,  404,  200,  403,  200),
    "governance:project-return":             (IN,   200,  200,  200,  200,  200,  404,  404,  200,  200,  200),
    "governance:project-return-download":    (IN,   200,  200,  200,  200,  200,  404,  404,  200,  200,  200),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                       nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:project-add":                (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "governance:project-edit":               (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "governance:project-close":              (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "governance:project-reopen":             (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "governance:project-spend":              (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "governance:project-forecast":           (IN,   OK,   403,  403,  OK,   403,  404,  404,  OK,   403,  OK),
    "governance:project-outputs":            (IN,   OK,   403,  403,  OK,   403,  404,  404,  OK,   403,  OK),
    "governance:output-add":                 (IN,   OK,   403,  403,  OK,   403,  404,  404,  OK,   403,  OK),
    "governance:output-edit":                (IN,   OK,   403,  403,  OK,   403,  404,  404,  OK,   403,  OK),
    "governance:output-end":                 (IN,   OK,   403,  403,  OK,   403,  404,  404,  OK,   403,  OK),
    "governance:project-reports":            (IN,   OK,   403,  403,  OK,   403,  404,  404,  OK,   403,  OK),
    "governance:report-sent":                (IN,   OK,   403,  403,  OK,   403,  404,  404,  OK,   403,  OK),
    "governance:report-drop":                (IN,   OK,   403,  403,  OK,   403,  404,  404,  OK,   403,  OK),
}
# fmt: on


def _project(world: World, **said: object) -> Project:
    spend = IndicatorFactory(spend=True, owner=world.police)
    LeadFactory(indicator=spend, user=world.people["data_lead"])
    fields = {"organisation": world.police, "lead_body": world.body, "amount": Decimal(20000), "spend": spend} | said
    project: Project = ProjectFactory(**fields)
    return project


def of_project(world: World) -> Case:
    return Case((_project(world).slug,))


def of_its_spend(world: World) -> Case:
    """Not asked for yet."""
    return Case((_project(world, spend=None).slug,))


def of_closed(world: World) -> Case:
    return Case((_project(world, closed=True).slug,))


def of_output(world: World) -> Case:
    project = _project(world)
    return Case((project.slug, OutputFactory(project=project).pk))


def of_report(world: World) -> Case:
    project = _project(world)
    return Case((project.slug, FunderReportFactory(project=project).pk))


def of_return(world: World) -> Case:
    return Case((_project(world).slug, Quarter.parse("2017-18-q4")))


_OF = {
    of_project: ("detail", "edit", "close", "forecast", "outputs", "reports"),
    of_closed: ("reopen",),
    of_its_spend: ("spend",),
    of_return: ("return", "return-download"),
}
CASES: dict[str, Callable[[World], Case]] = {
    **{f"governance:project-{name}": make for make, names in _OF.items() for name in names},
    "governance:output-add": of_project,
    "governance:output-edit": of_output,
    "governance:output-end": of_output,
    "governance:report-sent": of_report,
    "governance:report-drop": of_report,
}
