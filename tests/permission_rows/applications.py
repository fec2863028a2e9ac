"""Applications for money × who asks. They are of the body that the chair chairs."""

from collections.abc import Callable

from governance.models import FundingApplication
from tests.factories.funding import FundingApplicationFactory
from tests.factories.governing import ApprovalFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                            nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:funding-application-list":        (IN,   403,  403,  403,  200,  200,  403,  403,  200,  200,  200),
    "governance:funding-application-add":         (IN,   403,  403,  403,  200,  403,  403,  403,  200,  200,  200),
    # submitted: other bodies' members see it
    "governance:funding-application-detail":      (IN,   404,  404,  404,  200,  200,  404,  404,  200,  200,  200),
    "governance:funding-application-take-back":   (IN,   404,  404,  404,  403,  403,  404,  404,  200,  403,  403),
    "governance:funding-application-withdraw":    (IN,   404,  404,  404,  200,  403,  404,  404,  200,  403,  403),
    "governance:funding-application-interest":    (IN,   404,  404,  404,  200,  200,  404,  404,  403,  403,  403),
    "governance:funding-application-decide":      (IN,   404,  404,  404,  403,  200,  404,  404,  403,  403,  403),
    "governance:funding-application-record":      (IN,   404,  404,  404,  200,  403,  404,  404,  403,  403,  403),
    # a draft is for its body and the partnership team
    "governance:funding-application-edit":        (IN,   404,  404,  404,  200,  404,  404,  404,  200,  404,  200),
    "governance:funding-application-submit":      (IN,   404,  404,  404,  403,  404,  404,  404,  200,  404,  403),
    # agreed
    "governance:funding-application-withdraw-decision": (IN, 404, 404, 404, 200, 403,  404,  404,  403,  403,  403),
    "governance:funding-application-project":     (IN,   404,  404,  404,  200,  403,  404,  404,  403,  403,  403),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                            nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:funding-application-add":         (IN,   403,  403,  403,  OK,   403,  403,  403,  OK,   OK,   OK),
    "governance:funding-application-take-back":   (IN,   404,  404,  404,  403,  403,  404,  404,  OK,   403,  403),
    "governance:funding-application-withdraw":    (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   403,  403),
    "governance:funding-application-comment":     (IN,   404,  404,  404,  OK,   OK,   404,  404,  OK,   403,  OK),
    "governance:funding-application-interest":    (IN,   404,  404,  404,  OK,   OK,   404,  404,  403,  403,  403),
    "governance:funding-application-decide":      (IN,   404,  404,  404,  403,  OK,   404,  404,  403,  403,  403),
    "governance:funding-application-record":      (IN,   404,  404,  404,  OK,   403,  404,  404,  403,  403,  403),
    "governance:funding-application-edit":        (IN,   404,  404,  404,  OK,   404,  404,  404,  OK,   404,  OK),
    "governance:funding-application-submit":      (IN,   404,  404,  404,  403,  404,  404,  404,  OK,   404,  403),
    "governance:funding-application-withdraw-decision": (IN, 404, 404, 404, OK,  403,  404,  404,  403,  403,  403),
    "governance:funding-application-project":     (IN,   404,  404,  404,  OK,   403,  404,  404,  403,  403,  403),
}
# fmt: on


def _of(world: World, **fields: object) -> FundingApplication:
    application: FundingApplication = FundingApplicationFactory(body=world.body, **fields)
    return application


def _draft(world: World) -> Case:
    return Case((_of(world).pk,))


def _submitted(world: World) -> Case:
    return Case((_of(world, submitted=True).pk,))


def _agreed(world: World) -> Case:
    application = _of(world, agreed=True)
    ApprovalFactory(application=application, delivery_plan=None)
    return Case((application.pk,))


CASES: dict[str, Callable[[World], Case]] = {
    "governance:funding-application-detail": _submitted,
    "governance:funding-application-take-back": _submitted,
    "governance:funding-application-withdraw": _submitted,
    "governance:funding-application-comment": _submitted,
    "governance:funding-application-interest": _submitted,
    "governance:funding-application-decide": _submitted,
    "governance:funding-application-record": _submitted,
    "governance:funding-application-edit": _draft,
    "governance:funding-application-submit": _draft,
    "governance:funding-application-withdraw-decision": _agreed,
    "governance:funding-application-project": _agreed,
}
