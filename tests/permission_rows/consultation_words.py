"""What people wrote: reading, tags, quotes, what somebody has to see to × who asks."""

from collections.abc import Callable

from tests.factories.consultations import (
    CommentFactory,
    ConsultationFactory,
    DisclosureFactory,
    QuoteFactory,
    ResponseFactory,
)
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# The CSP Executive sees what was analysed, as here: its quotes, and none of the comments.
# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "consultation:comment-list":           (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:comment-read":           (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:comment-edit":           (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:response-list":          (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:quote-list":             (IN,   404,  404,  404,  200,  200,  404,  404,  404,  404,  404),
    "consultation:quote-choose":           (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:quote-edit":             (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "consultation:disclosure-list":        (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "consultation:disclosure-detail":      (IN,   404,  404,  404,  200,  404,  404,  404,  404,  404,  404),
    "consultation:disclosure-hand-over":   (IN,   404,  404,  404,  200,  404,  404,  404,  404,  404,  404),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                     nobody  data  other words coord exec  scrut admin chair chair2 supp
    "consultation:comment-read":           (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:comment-edit":           (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:response-list":          (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:quote-choose":           (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:quote-edit":             (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:quote-pass":             (IN,   404,  404,  404,  OK,   OK,   404,  404,  404,  404,  404),
    "consultation:quote-withdraw":         (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:disclosure-raise":       (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "consultation:disclosure-detail":      (IN,   404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "consultation:disclosure-hand-over":   (IN,   404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "consultation:disclosure-take-up":     (IN,   404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
}
# fmt: on


def of_consultation(world: World) -> Case:
    return Case((ConsultationFactory(state="analysed").slug,))


def of_comment(world: World) -> Case:
    comment = CommentFactory(response__channel__consultation=ConsultationFactory(state="analysed"))
    return Case((comment.response.consultation.slug, comment.pk))


def of_quote(world: World) -> Case:
    comment = CommentFactory(response__channel__consultation=ConsultationFactory(state="analysed"))
    quote = QuoteFactory(comment=comment)
    return Case((quote.consultation.slug, quote.pk), {"version": quote.version})


def of_response(world: World) -> Case:
    response = ResponseFactory(channel__consultation=ConsultationFactory(state="analysed"), standing="held")
    return Case((response.consultation.slug,))


def of_disclosure(world: World) -> Case:
    disclosure = DisclosureFactory()
    return Case((disclosure.pk,), {"version": disclosure.version})


def with_a_disclosure(world: World) -> Case:
    """It is somebody else's: who it was handed to sees it, as `test_words_pages` tells."""
    DisclosureFactory()
    return Case()


CASES: dict[str, Callable[[World], Case]] = {
    "consultation:comment-list": of_consultation,
    "consultation:comment-read": of_consultation,
    "consultation:quote-list": of_consultation,
    "consultation:quote-pass": of_consultation,
    "consultation:response-list": of_response,
    "consultation:comment-edit": of_comment,
    "consultation:quote-choose": of_comment,
    "consultation:disclosure-raise": of_comment,
    "consultation:quote-edit": of_quote,
    "consultation:quote-withdraw": of_quote,
    "consultation:disclosure-list": with_a_disclosure,
    "consultation:disclosure-detail": of_disclosure,
    "consultation:disclosure-hand-over": of_disclosure,
    "consultation:disclosure-take-up": of_disclosure,
}
