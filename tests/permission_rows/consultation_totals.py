"""Published totals without responses × who asks."""

import datetime as dt
from collections.abc import Callable

from tests.factories.consultations import TallyFactory, whole
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "consultation:totals-edit":          (IN,    404,  404,  404,  200,  200,  404,  404,  404,  404,  404),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "consultation:totals-edit":          (IN,    404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:totals-begin":         (IN,    404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "consultation:totals-complete":      (IN,    404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
}
# fmt: on


def _analysed(world: World) -> Case:
    return Case((TallyFactory(consultation__state="analysed").consultation.slug,))


def _draft(world: World) -> Case:
    made = whole(draft=True, opens_on=dt.date(2016, 6, 10), closes_on=dt.date(2016, 8, 12))
    return Case((made.slug,), {"version": made.version})


CASES: dict[str, Callable[[World], Case]] = {
    "consultation:totals-edit": _analysed,
    "consultation:totals-begin": _draft,
    "consultation:totals-complete": _draft,
}
