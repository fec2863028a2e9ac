"""Removals of personal data × who asks: an administrator asks for them, a coordinator or another administrator decides."""

from collections.abc import Callable

from tests.factories.accounts import ErasedPlaceFactory, ErasureFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                           nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:erasure-list":   (IN,   403,  403,  403,  200,  403,  403,  200,  403,  403,  403),
    "reporting:erasure-ask":    (IN,   403,  403,  403,  403,  403,  403,  200,  403,  403,  403),
    "reporting:erasure-detail": (IN,   404,  404,  404,  200,  404,  404,  200,  404,  404,  404),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                           nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:erasure-ask":    (IN,   403,  403,  403,  403,  403,  403,  OK,   403,  403,  403),
    "reporting:erasure-decide": (IN,   404,  404,  404,  OK,   404,  404,  OK,   404,  404,  404),
}
# fmt: on


def _asked(world: World) -> Case:
    return Case((ErasedPlaceFactory(erasure=ErasureFactory()).erasure.pk,))


CASES: dict[str, Callable[[World], Case]] = {"reporting:erasure-detail": _asked, "reporting:erasure-decide": _asked}
