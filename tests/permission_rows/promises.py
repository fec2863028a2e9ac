"""Commitments and outcomes at work × who asks."""

from collections.abc import Callable

from lib.quarters import Quarter, Year
from priorities.models import Commitment
from tests.factories.governing import CommitmentLeadFactory
from tests.factories.priorities import CommitmentFactory, OutcomeFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"
Q4 = Quarter.parse("2017-18-q4")

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                               nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:commitment-list":   (IN,   200,  200,  200,  200,  200,  403,  403,  200,  200,  200),
    "governance:commitment-status": (IN,   403,  403,  403,  200,  403,  403,  403,  200,  403,  200),
    "governance:commitment-leads":  (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:outcome-list":      (IN,   200,  200,  200,  200,  200,  403,  403,  200,  200,  200),
    "governance:outcome-measure":   (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:outcome-judge":     (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                               nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:commitment-status": (IN,   403,  403,  403,  OK,   403,  403,  403,  OK,   403,  OK),
    "governance:commitment-leads":  (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "governance:outcome-measure":   (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "governance:outcome-judge":     (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
}
# fmt: on


def _led(world: World) -> Commitment:
    commitment: Commitment = CommitmentFactory(priority=world.priority)
    CommitmentLeadFactory(commitment=commitment, body=world.body)
    return commitment


CASES: dict[str, Callable[[World], Case]] = {
    "governance:commitment-list": lambda world: (_led(world), Case())[1],
    "governance:commitment-status": lambda world: (_led(world), Case((Q4,)))[1],
    "governance:commitment-leads": lambda world: Case((Year(2017),)),
    "governance:outcome-measure": lambda world: Case((OutcomeFactory(priority=world.priority).pk,)),
    "governance:outcome-judge": lambda world: Case((OutcomeFactory(priority=world.priority).pk,)),
}
