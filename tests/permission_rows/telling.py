"""What reporting tells of governance × who asks."""

from collections.abc import Callable

from tests.factories.consultations import ConcernFactory
from tests.factories.priorities import CommitmentFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:thread":                (IN,   403,  403,  403,  200,  200,  403,  403,  200,  200,  200),
    "reporting:thread-commitment":     (IN,   403,  403,  403,  200,  200,  403,  403,  200,  200,  200),
    "reporting:thread-concern":        (IN,   403,  403,  403,  200,  200,  403,  403,  200,  200,  200),
    "reporting:thread-indicator":      (IN,   403,  403,  403,  200,  200,  403,  403,  200,  200,  200),
    "reporting:gap-list":              (IN,   403,  403,  403,  200,  200,  403,  403,  200,  200,  200),
    "reporting:sheet-detail":          (IN,   403,  403,  403,  200,  200,  403,  403,  200,  403,  200),
    "reporting:sheet-download":        (IN,   403,  403,  403,  200,  200,  403,  403,  200,  403,  200),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
}
# fmt: on


def _concern(world: World) -> Case:
    return Case((ConcernFactory(consultation__plan=world.plan, consultation__totals_only=True).pk,))


CASES: dict[str, Callable[[World], Case]] = {
    "reporting:thread-commitment": lambda world: Case((CommitmentFactory(priority=world.priority).pk,)),
    "reporting:thread-concern": _concern,
    "reporting:sheet-detail": lambda world: Case((world.body.slug, world.round.quarter)),
    "reporting:sheet-download": lambda world: Case((world.body.slug, world.round.quarter)),
    "reporting:thread-indicator": lambda world: Case((world.indicator.slug,)),
}
