"""What goes into a pack and what the public edition leaves out × who asks."""

from collections.abc import Callable

from reporting.models import Pack
from tests.factories.packs import Q4, PackFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                      nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:outline-edit": (IN,  403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "reporting:pack-words":   (IN,  404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                      nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:outline-edit": (IN,  403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "reporting:pack-words":   (IN,  404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
}
# fmt: on


def _outline(world: World) -> Case:
    """Nothing is chosen and nothing written: the page comes back and says so."""
    return Case((Q4, Pack.Kind.PACK, Pack.Edition.PUBLIC), {"version": 0})


def _words(world: World) -> Case:
    return Case((PackFactory(plan=world.plan).pk,), {"seen": 0})


CASES: dict[str, Callable[[World], Case]] = {
    "reporting:outline-edit": _outline,
    "reporting:pack-words": _words,
}
