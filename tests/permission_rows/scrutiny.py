"""Scrutiny × who asks."""

import datetime as dt
from collections.abc import Callable

from governance.models import Body
from tests.factories.governance import BodyFactory
from tests.factories.governing import RecommendationFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:recommendation-list":  (IN,   403,  403,  403,  200,  200,  200,  403,  200,  200,  200),
    "governance:recommendation-detail":(IN,   404,  404,  404,  200,  200,  200,  404,  200,  200,  200),
    "governance:recommendation-add":   (IN,   403,  403,  403,  200,  403,  200,  403,  403,  403,  403),
    "governance:recommendation-edit":  (IN,   404,  404,  404,  200,  403,  200,  404,  403,  403,  403),
    "governance:recommendation-copies":(IN,   404,  404,  404,  200,  403,  200,  404,  403,  403,  403),
    # the chair of the body is who sees to the answer
    "governance:recommendation-owner": (IN,   404,  404,  404,  200,  403,  403,  404,  200,  403,  403),
    "governance:recommendation-answer":(IN,   404,  404,  404,  200,  403,  403,  404,  200,  403,  403),
    "governance:recommendation-follow-up":
                                       (IN,   404,  404,  404,  200,  403,  403,  404,  200,  403,  403),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:recommendation-add":   (IN,   403,  403,  403,  OK,   403,  OK,   403,  403,  403,  403),
    "governance:recommendation-edit":  (IN,   404,  404,  404,  OK,   403,  OK,   404,  403,  403,  403),
    "governance:recommendation-copies":(IN,   404,  404,  404,  OK,   403,  OK,   404,  403,  403,  403),
    "governance:recommendation-owner": (IN,   404,  404,  404,  OK,   403,  403,  404,  OK,   403,  403),
    "governance:recommendation-answer":(IN,   404,  404,  404,  OK,   403,  403,  404,  OK,   403,  403),
    "governance:recommendation-follow-up":
                                       (IN,   404,  404,  404,  OK,   403,  403,  404,  OK,   403,  403),
}
# fmt: on


def _asked(world: World, **fields: object) -> Case:
    """A request that the chair of the body sees to."""
    return Case((RecommendationFactory(owner=world.people["chair"], **fields).pk,))


def _answered(world: World) -> Case:
    fields = {"outcome": "accepted", "answer": "Yes", "answered_on": dt.date(2018, 5, 30)}
    return _asked(world, answer_recorded_by=world.people["coordinator"], **fields)


def _committee(world: World) -> Case:
    BodyFactory(kind=Body.Kind.SCRUTINY)
    return Case()


CASES: dict[str, Callable[[World], Case]] = {
    "governance:recommendation-add": _committee,
    "governance:recommendation-detail": _asked,
    "governance:recommendation-edit": _asked,
    "governance:recommendation-copies": _asked,
    "governance:recommendation-owner": _asked,
    "governance:recommendation-answer": _asked,
    "governance:recommendation-follow-up": _answered,
}
