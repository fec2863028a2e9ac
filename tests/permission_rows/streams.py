"""Streams, budget changes and funded posts × who asks. All are in sight of who may see money; the partnership team changes them."""

from collections.abc import Callable

from tests.factories.funding import BudgetChangeFactory, FundedPostsFactory, FundingStreamFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:funding-stream-detail":    (IN,   200,  200,  200,  200,  200,  404,  404,  200,  200,  200),
    "governance:funding-stream-add":       (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:funding-stream-edit":      (IN,   403,  403,  403,  200,  403,  404,  404,  403,  403,  403),
    "governance:budget-change-list":       (IN,   200,  200,  200,  200,  200,  403,  403,  200,  200,  200),
    "governance:budget-change-add":        (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:budget-change-edit":       (IN,   403,  403,  403,  200,  403,  404,  404,  403,  403,  403),
    "governance:funded-posts-list":        (IN,   200,  200,  200,  200,  200,  403,  403,  200,  200,  200),
    "governance:funded-posts-add":         (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:funded-posts-edit":        (IN,   403,  403,  403,  200,  403,  404,  404,  403,  403,  403),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:funding-stream-add":       (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "governance:funding-stream-edit":      (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "governance:budget-change-add":        (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "governance:budget-change-edit":       (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "governance:funded-posts-add":         (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "governance:funded-posts-edit":        (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
}
# fmt: on


def of_stream(world: World) -> Case:
    return Case((FundingStreamFactory().slug,))


CASES: dict[str, Callable[[World], Case]] = {
    "governance:funding-stream-detail": of_stream,
    "governance:funding-stream-edit": of_stream,
    "governance:budget-change-edit": lambda world: Case((BudgetChangeFactory().pk,)),
    "governance:funded-posts-edit": lambda world: Case((FundedPostsFactory().pk,)),
}
