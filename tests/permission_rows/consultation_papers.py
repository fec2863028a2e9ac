"""Paper forms: printing them, their codes, keying them in batches × who asks."""

from collections.abc import Callable

from consultation.models import Code
from tests.factories.consultations import BatchFactory, CodeFactory, ResponseFactory, whole
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "consultation:paper-form":            (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "consultation:pile-list":             (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:pile-add":              (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:hand-in-edit":          (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:pile-detail":           (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:pile-finish":           (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:pile-undo":             (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:paper-take-out":        (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:code-list":             (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:code-add":              (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:code-download":         (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:code-forms":            (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "consultation:pile-add":              (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:hand-in-edit":          (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:pile-detail":           (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:pile-finish":           (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:pile-undo":             (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:paper-take-out":        (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:code-add":              (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
}
# fmt: on


def of_consultation(world: World) -> Case:
    """Analysed, so that the CSP Executive sees it and is told that papers are not theirs to enter."""
    return Case((whole(state="analysed").slug,))


def of_pile(world: World) -> Case:
    consultation = whole(state="analysed")
    batch = BatchFactory(channel=consultation.channels.get(key="paper"))
    return Case((consultation.slug, batch.pk), {"version": batch.version, "because": "Twice"})


def of_paper(world: World) -> Case:
    consultation = whole(state="analysed")
    batch = BatchFactory(channel=consultation.channels.get(key="paper"))
    response = ResponseFactory(channel=batch.channel, batch=batch)
    return Case((consultation.slug, batch.pk, response.pk))


def of_series(world: World) -> Case:
    code: Code = CodeFactory(consultation=whole(state="analysed"), value="AB22222P")
    return Case((code.consultation.slug, code.pk))


CASES: dict[str, Callable[[World], Case]] = {
    **dict.fromkeys(
        (
            "consultation:paper-form",
            "consultation:pile-list",
            "consultation:pile-add",
            "consultation:hand-in-edit",
            "consultation:code-list",
            "consultation:code-add",
        ),
        of_consultation,
    ),
    **dict.fromkeys(("consultation:pile-detail", "consultation:pile-finish", "consultation:pile-undo"), of_pile),
    "consultation:paper-take-out": of_paper,
    "consultation:code-download": of_series,
    "consultation:code-forms": of_series,
}
