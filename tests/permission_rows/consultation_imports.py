"""Files of a survey run elsewhere × who asks."""

from collections.abc import Callable

from consultation.actions import imports
from consultation.models import Batch
from tests.factories.consultations import whole
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "consultation:import-list":          (IN,    404,  404,  404,  200,  404,  404,  404,  404,  404,  404),
    "consultation:import-add":           (IN,    404,  404,  404,  200,  404,  404,  404,  404,  404,  404),
    "consultation:import-columns":       (IN,    404,  404,  404,  200,  404,  404,  404,  404,  404,  404),
    "consultation:import-answers":       (IN,    404,  404,  404,  200,  404,  404,  404,  404,  404,  404),
    "consultation:import-detail":        (IN,    404,  404,  404,  ON,   404,  404,  404,  404,  404,  404),
    "consultation:import-undo":          (IN,    404,  404,  404,  ON,   404,  404,  404,  404,  404,  404),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "consultation:import-add":           (IN,    404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "consultation:import-columns":       (IN,    404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "consultation:import-answers":       (IN,    404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "consultation:import-detail":        (IN,    404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "consultation:import-undo":          (IN,    404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "consultation:import-discard":       (IN,    404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
}
# fmt: on


def _consultation(world: World) -> Case:
    return Case((whole().slug,))


def _file(world: World) -> Case:
    """Uploaded, and nobody has said yet what its columns and answers are."""
    consultation = whole()
    channel = consultation.channels.get(key="imported")
    content = b"First choice,Feeling\nGangs,Fine\n"
    batch: Batch = imports.add(
        consultation,
        source="Survey tool",
        channel=channel,
        content=content,
        name="a.csv",
        by=world.people["coordinator"],
    )
    return Case((consultation.slug, batch.pk), {"version": batch.version})


CASES: dict[str, Callable[[World], Case]] = {
    "consultation:import-list": _consultation,
    "consultation:import-add": _consultation,
    "consultation:import-columns": _file,
    "consultation:import-answers": _file,
    "consultation:import-detail": _file,
    "consultation:import-undo": _file,
    "consultation:import-discard": _file,
}
