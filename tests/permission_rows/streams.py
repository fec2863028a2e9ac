"""Streams, budget changes and funded posts × who asks."""

from collections.abc import Callable

from tests.permission_cases import Case, World

PAGES: dict[str, tuple[object, ...]] = {}
POSTS: dict[str, tuple[object, ...]] = {}
CASES: dict[str, Callable[[World], Case]] = {}
