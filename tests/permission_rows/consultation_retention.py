"""What is kept of single people's answers, and until when × who asks."""

from collections.abc import Callable

from tests.factories.consultations import ConsultationFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "consultation:consultation-retention": (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "consultation:consultation-retention": (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
}
# fmt: on


def of_consultation(world: World) -> Case:
    return Case((ConsultationFactory(state="analysed").slug,))


CASES: dict[str, Callable[[World], Case]] = {"consultation:consultation-retention": of_consultation}
