"""The committee’s page and covering reports × who asks."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from reporting.register import addresses
from tests.factories.packs import PackFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                              nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:committee":         (IN,   403,  403,  403,  200,  200,  200,  403,  200,  200,  200),
    # under embargo: a member of scrutiny is not its officer
    "reporting:committee-issue":   (IN,   404,  404,  404,  200,  200,  404,  404,  404,  404,  404),
    "reporting:committee-pdf":     (IN,   404,  404,  404,  200,  200,  404,  404,  404,  404,  404),
    "reporting:cover-report-edit": (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "reporting:cover-report-pdf":  (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "reporting:cover-report-word": (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                              nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:cover-report-edit": (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
}
# fmt: on


def _embargoed(world: World) -> Case:
    until = timezone.now() + dt.timedelta(days=1)
    return Case(addresses.parts(PackFactory(plan=world.plan, public=True, issued=True, publish_at=until)))


def _published(world: World) -> Case:
    return Case((PackFactory(plan=world.plan, public=True, issued=True).pk,))


CASES: dict[str, Callable[[World], Case]] = {
    "reporting:committee-issue": _embargoed,
    "reporting:committee-pdf": _embargoed,
    "reporting:cover-report-edit": _published,
    "reporting:cover-report-pdf": _published,
    "reporting:cover-report-word": _published,
}
