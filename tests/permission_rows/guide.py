"""The user guide × who asks: anybody reads it."""

from collections.abc import Callable

from tests.permission_cases import Case, World

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                         nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:guide-list":   (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:guide-part":   (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                         nobody  data  other words coord exec  scrut admin chair chair2 supp
}
# fmt: on

CASES: dict[str, Callable[[World], Case]] = {"reporting:guide-part": lambda world: Case(("start",))}
