"""The public register of issued reports × who asks."""

from collections.abc import Callable

from reporting.models import Pack
from reporting.register import addresses
from reporting.register.addresses import About
from tests.factories.packs import PackFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                        nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:report-feed":  (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:report-about": (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:report-issue": (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:report-pdf":   (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                      nobody  data  other words coord exec  scrut admin chair chair2 supp
}
# fmt: on


def _published(world: World) -> Pack:
    return PackFactory(plan=world.plan, public=True, issued=True)


def _issue(world: World) -> Case:
    return Case(addresses.parts(_published(world)))


CASES: dict[str, Callable[[World], Case]] = {
    "reporting:report-about": lambda world: Case((About.of(_published(world)),)),
    "reporting:report-issue": _issue,
    "reporting:report-pdf": _issue,
}
