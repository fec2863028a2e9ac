"""Risks × who asks. The risk is of the body that the chair chairs, and nobody of the table owns it."""

from collections.abc import Callable

from governance.models import Risk
from tests.factories.governance import RiskFactory, RiskScoreFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:risk-list":             (IN,   403,  403,  403,  200,  200,  403,  403,  200,  200,  200),
    "governance:risk-add":              (IN,   403,  403,  403,  200,  403,  403,  403,  200,  200,  200),
    "governance:risk-detail":           (IN,   404,  404,  404,  200,  200,  404,  404,  200,  404,  200),
    "governance:risk-edit":             (IN,   404,  404,  404,  200,  403,  404,  404,  200,  404,  200),
    "governance:risk-score":            (IN,   404,  404,  404,  200,  403,  404,  404,  200,  404,  200),
    "governance:risk-close":            (IN,   404,  404,  404,  200,  403,  404,  404,  200,  404,  200),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:risk-add":              (IN,   403,  403,  403,  OK,   403,  403,  403,  OK,   OK,   OK),
    "governance:risk-edit":             (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   404,  OK),
    "governance:risk-score":            (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   404,  OK),
    "governance:risk-close":            (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   404,  OK),
}
# fmt: on


def of_risk(world: World) -> Case:
    risk: Risk = RiskFactory(body=world.body)
    RiskScoreFactory(risk=risk)
    return Case((risk.pk,))


CASES: dict[str, Callable[[World], Case]] = {
    name: of_risk
    for name in ("governance:risk-detail", "governance:risk-edit", "governance:risk-score", "governance:risk-close")
}
