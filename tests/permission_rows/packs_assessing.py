"""The annual strategic assessment × who asks. It is of a year of the world's plan, with a section and a proposal."""

from collections.abc import Callable

from reporting.models import Assessment
from tests.factories.packs import AssessedPriorityFactory, AssessmentFactory, AssessmentSectionFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:assessment-list":          (IN,  403,  403,  403,  200,  200,  403,  403,  403,  403,  403),
    "reporting:assessment-detail":        (IN,  404,  404,  404,  200,  200,  404,  404,  404,  404,  404),
    "reporting:assessment-summary":       (IN,  404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "reporting:assessment-why":           (IN,  404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "reporting:assessment-future":        (IN,  404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "reporting:assessment-section-add":   (IN,  404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "reporting:assessment-section-edit":  (IN,  404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "reporting:assessment-proposal-add":  (IN,  404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "reporting:assessment-proposal-edit": (IN,  404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                       nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:assessment-start":           (IN,  403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "reporting:assessment-build":           (IN,  404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "reporting:assessment-summary":         (IN,  404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "reporting:assessment-why":             (IN,  404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "reporting:assessment-future":          (IN,  404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "reporting:assessment-section-add":     (IN,  404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "reporting:assessment-section-edit":    (IN,  404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "reporting:assessment-section-move":    (IN,  404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "reporting:assessment-section-remove":  (IN,  404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "reporting:assessment-proposal-add":    (IN,  404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "reporting:assessment-proposal-edit":   (IN,  404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "reporting:assessment-proposal-remove": (IN,  404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
}
# fmt: on


def assessment(world: World) -> Assessment:
    return AssessmentFactory(plan=world.plan, year=world.plan.years[0])


def of_year(**data: object) -> Callable[[World], Case]:
    return lambda world: Case((assessment(world).year,), data)


def why(world: World) -> Case:
    return Case((assessment(world).year, world.indicator.slug), {"version": 0, "why": "More was reported."})


def future(world: World) -> Case:
    made = assessment(world)
    data = {"version": 0, "future": "keep", "because": "It is not done."}
    return Case((made.year, world.priority.letter.lower()), data)


def section(**data: object) -> Callable[[World], Case]:
    def case(world: World) -> Case:
        made = AssessmentSectionFactory(assessment=assessment(world))
        return Case((made.assessment.year, made.pk), {"version": 1, **data})

    return case


def proposal(**data: object) -> Callable[[World], Case]:
    def case(world: World) -> Case:
        made = AssessedPriorityFactory(assessment=assessment(world), priority=None, title="County lines", future="new")
        return Case((made.assessment.year, made.pk), {"version": 1, **data})

    return case


WRITTEN = {"heading": "Where and when", "text": "After dark.", "is_public": "on"}
PROPOSED = {"title": "County lines", "because": "It cuts across three priorities."}

CASES: dict[str, Callable[[World], Case]] = {
    "reporting:assessment-list": lambda world: Case(),
    "reporting:assessment-start": lambda world: Case((), {"year": world.plan.years[0].slug}),
    "reporting:assessment-detail": of_year(),
    "reporting:assessment-build": of_year(do="draft", after=0),
    "reporting:assessment-summary": of_year(version=1, summary="A quiet year."),
    "reporting:assessment-why": why,
    "reporting:assessment-future": future,
    "reporting:assessment-section-add": of_year(version=0, **WRITTEN),
    "reporting:assessment-section-edit": section(**WRITTEN),
    "reporting:assessment-section-move": section(),
    "reporting:assessment-section-remove": section(),
    "reporting:assessment-proposal-add": of_year(version=0, **PROPOSED),
    "reporting:assessment-proposal-edit": proposal(**PROPOSED),
    "reporting:assessment-proposal-remove": proposal(),
}
