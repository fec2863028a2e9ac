"""What was counted, for the partnership team and the CSP Executive × who asks."""

from collections.abc import Callable

from consultation.actions import analysing
from consultation.models import Consultation
from tests.factories.consultations import whole
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "consultation:result-detail":        (IN,    404,  404,  404,  200,  200,  404,  404,  404,  404,  404),
    "consultation:result-download":      (IN,    404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "consultation:result-analyse":       (IN,    404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "consultation:result-publish":       (IN,    404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
}
# fmt: on


def _closed(world: World) -> Case:
    consultation = whole(state="closed")
    return Case((consultation.slug,), {"version": consultation.version})


def _analysed(world: World) -> Case:
    consultation: Consultation = whole(state="closed")
    analysing.analyse(consultation, version=1, by=world.people["coordinator"])
    return Case((consultation.slug,), {"version": consultation.version})


CASES: dict[str, Callable[[World], Case]] = {
    "consultation:result-detail": _analysed,
    "consultation:result-download": _analysed,
    "consultation:result-analyse": _closed,
    "consultation:result-publish": _analysed,
}
