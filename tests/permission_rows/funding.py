"""The page of money × who asks."""

from collections.abc import Callable

from tests.permission_cases import Case, World

IN = "in"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:funding":              (IN,   200,  200,  200,  200,  200,  403,  403,  200,  200,  200),
    "governance:funding-workbook":     (IN,   200,  200,  200,  200,  200,  403,  403,  200,  200,  200),
}
# fmt: on
POSTS: dict[str, tuple[object, ...]] = {}
CASES: dict[str, Callable[[World], Case]] = {}
