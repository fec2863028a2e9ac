"""Open data and the feed × who asks."""

from collections.abc import Callable

from reporting.models import Companion
from reporting.register import addresses
from tests.factories.packs import CompanionFactory, FeedKeyFactory, PackFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                            nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:report-read":      (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:report-workbook":  (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:report-table":     (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:report-data":      (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:figure-schema":    (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    # a key opens it, not who is signed in
    "reporting:figure-list":      (401,  401,  401,  401,  401,  401,  401,  401,  401,  401,  401),
    "reporting:pack-file":        (IN,   404,  404,  404,  200,  200,  404,  404,  404,  404,  404),
    "reporting:feed-key-list":    (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                            nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:feed-key-list":    (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "reporting:feed-key-revoke":  (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
}
# fmt: on


def _beside(form: str) -> Callable[[World], Case]:
    def case(world: World) -> Case:
        pack = PackFactory(plan=world.plan, public=True, issued=True)
        CompanionFactory(pack=pack, form=form)
        return Case(addresses.parts(pack))

    return case


def _file(world: World) -> Case:
    pack = PackFactory(plan=world.plan)
    CompanionFactory(pack=pack, form=Companion.Form.WORKBOOK)
    return Case((pack.pk, Companion.Form.WORKBOOK))


CASES: dict[str, Callable[[World], Case]] = {
    "reporting:report-read": _beside(Companion.Form.PAGE),
    "reporting:report-workbook": _beside(Companion.Form.WORKBOOK),
    "reporting:report-table": _beside(Companion.Form.TABLE),
    "reporting:report-data": _beside(Companion.Form.DATA),
    "reporting:pack-file": _file,
    "reporting:feed-key-revoke": lambda world: Case((FeedKeyFactory().pk,)),
}
