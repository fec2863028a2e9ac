"""What the public reads of consultations × who asks."""

from collections.abc import Callable

from tests.factories.consultations import ConsultationFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                      nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:told-list":   (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:told-detail": (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:told-done":   (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:told-pdf":    (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:told-csv":    (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                      nobody  data  other words coord exec  scrut admin chair chair2 supp
}
# fmt: on


def _published(world: World) -> Case:
    return Case((ConsultationFactory(totals_only=True).slug,))


CASES: dict[str, Callable[[World], Case]] = {
    "reporting:told-detail": _published,
    "reporting:told-done": _published,
    "reporting:told-pdf": _published,
    "reporting:told-csv": _published,
}
