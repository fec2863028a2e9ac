"""Setting a consultation up, and its life from draft to published × who asks. The one they ask for is analysed, so the CSP Executive sees it."""

from collections.abc import Callable

from consultation.models import Consultation, Language, Question
from tests.factories.consultations import LanguageFactory, whole
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                     nobody data  other words coord exec  scrut admin chair chair2 supp
    "consultation:consultation-list":       (IN,   403,  403,  403,  200,  200,  403,  403,  403,  403,  403),
    "consultation:consultation-add":        (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "consultation:consultation-detail":     (IN,   404,  404,  404,  200,  200,  404,  404,  404,  404,  404),
    "consultation:consultation-preview":    (IN,   404,  404,  404,  200,  200,  404,  404,  404,  404,  404),
    "consultation:consultation-edit":       (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:consultation-open":       (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:consultation-extend":     (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:consultation-close":      (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:consultation-reopen":     (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:consultation-concerns":   (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:consultation-channels":   (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:question-list":           (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:question-add":            (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:question-edit":           (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:language-list":           (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:language-add":            (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:language-edit":           (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:language-change":         (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                     nobody data  other words coord exec  scrut admin chair chair2 supp
    "consultation:consultation-add":        (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "consultation:consultation-edit":       (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:consultation-open":       (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:consultation-extend":     (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:consultation-close":      (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:consultation-reopen":     (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:consultation-concerns":   (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:consultation-channels":   (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:question-list":           (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:question-add":            (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:question-edit":           (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:language-add":            (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:language-edit":           (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:language-change":         (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:question-remove":         (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:language-remove":         (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
}
# fmt: on


def _analysed() -> Consultation:
    return whole(state="analysed")


def of_consultation(world: World) -> Case:
    return Case((_analysed().slug,))


def of_question(world: World) -> Case:
    question: Question = _analysed().questions.get(key="safe")
    return Case((question.consultation.slug, question.pk), {"version": 1})


def of_language(world: World) -> Case:
    language: Language = LanguageFactory(consultation=_analysed())
    return Case((language.consultation.slug, language.code), {"version": 1})


ACTS = ("detail", "preview", "edit", "open", "extend", "close", "reopen", "concerns", "channels")
CASES: dict[str, Callable[[World], Case]] = {
    **{f"consultation:consultation-{act}": of_consultation for act in ACTS},
    **{
        f"consultation:{name}": of_consultation
        for name in ("question-list", "question-add", "language-list", "language-add")
    },
    **{f"consultation:question-{act}": of_question for act in ("edit", "remove")},
    **{f"consultation:language-{act}": of_language for act in ("edit", "change", "remove")},
}
