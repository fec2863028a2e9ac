"""Approving, issuing and withdrawing packs × who asks."""

from collections.abc import Callable

from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                      nobody  data  other words coord exec  scrut admin chair chair2 supp
}
POSTS: dict[str, tuple[object, ...]] = {
    #                      nobody  data  other words coord exec  scrut admin chair chair2 supp
}
# fmt: on

CASES: dict[str, Callable[[World], Case]] = {}
