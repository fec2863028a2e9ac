"""Other formats, downloads, retention and what is held about somebody × who asks."""

from collections.abc import Callable

from tests.factories.protecting import FormatRequestFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                   nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:format-request-add":      (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:format-request-thanks":   (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:format-request-list":     (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "reporting:format-request-detail":   (IN,   404,  404,  404,  200,  404,  404,  404,  404,  404,  404),
    "reporting:download-list":           (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "reporting:kept-list":               (IN,   403,  403,  403,  200,  403,  403,  200,  403,  403,  403),
    "reporting:held-search":             (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    # of the data lead: their own, and the coordinator's to answer with; an administrator has no right to what they did
    "reporting:held-export":             (IN,   200,  404,  404,  200,  404,  404,  403,  404,  404,  404),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                   nobody  data  other words coord exec  scrut admin chair chair2 supp
    "reporting:format-request-add":      (OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK),
    "reporting:format-request-detail":   (IN,   404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "reporting:held-search":             (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "reporting:held-export":             (IN,   OK,   404,  404,  OK,   404,  404,  403,  404,  404,  404),
}
# fmt: on

CASES: dict[str, Callable[[World], Case]] = {
    "reporting:format-request-thanks": lambda world: Case((FormatRequestFactory().reference,)),
    "reporting:format-request-detail": lambda world: Case((FormatRequestFactory().pk,)),
    "reporting:held-export": lambda world: Case((world.people["data_lead"].pk,)),
}
