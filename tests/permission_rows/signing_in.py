"""Where one is signed in, for how long, and the review of roles × who asks. The first are about the person's own account."""

from collections.abc import Callable

from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                 nobody  data  other words coord exec  scrut admin chair chair2 supp
    "accounts:session-list":           (IN,   200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "accounts:session-left":           (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "accounts:review-detail":          (IN,   403,  403,  403,  200,  403,  403,  200,  403,  403,  403),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                 nobody  data  other words coord exec  scrut admin chair chair2 supp
    "accounts:session-end":            (IN,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK),
    "accounts:session-end-others":     (IN,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK),
    "accounts:session-stay":           (IN,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK),
    "accounts:typing-forget":          (IN,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK),
    "accounts:user-sign-out":          (IN,   404,  404,  404,  403,  404,  404,  OK,   404,  404,  404),
    # the administrator may say something of coordinators only, which the action decides role by role
    "accounts:review-detail":          (IN,   403,  403,  403,  OK,   403,  403,  OK,   403,  403,  403),
    "accounts:review-open":            (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
}
# fmt: on

CASES: dict[str, Callable[[World], Case]] = {
    "accounts:user-sign-out": lambda world: Case((world.someone.pk,), {"version": world.someone.version}),
}
