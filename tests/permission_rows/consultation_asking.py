"""The public form: who answers, on the web or on a library's screen × who asks."""

from collections.abc import Callable

from tests.factories.consultations import whole
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "consultation:asking-list":           (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "consultation:asking-start":          (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "consultation:asking-kiosk":          (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    # without a form that was begun: to its start
    "consultation:asking-step":           (ON,   ON,   ON,   ON,   ON,   ON,   ON,   ON,   ON,   ON,   ON),
    "consultation:asking-about-you":      (ON,   ON,   ON,   ON,   ON,   ON,   ON,   ON,   ON,   ON,   ON),
    "consultation:asking-check":          (ON,   ON,   ON,   ON,   ON,   ON,   ON,   ON,   ON,   ON,   ON),
    "consultation:asking-sent":           (ON,   ON,   ON,   ON,   ON,   ON,   ON,   ON,   ON,   ON,   ON),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "consultation:asking-start":          (OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK),
    "consultation:asking-kiosk":          (OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK),
    "consultation:asking-step":           (OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK),
    "consultation:asking-check":          (OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK),
}
# fmt: on


def _asked(*more: str) -> Callable[[World], Case]:
    """An open consultation, and what else the address names."""
    return lambda world: Case((whole().slug, *more))


CASES: dict[str, Callable[[World], Case]] = {
    "consultation:asking-start": _asked(),
    "consultation:asking-kiosk": _asked("kiosk"),
    "consultation:asking-step": _asked("safe"),
    "consultation:asking-about-you": _asked(),
    "consultation:asking-check": _asked(),
    "consultation:asking-sent": _asked(),
}
