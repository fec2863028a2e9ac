"""The plan's life × who asks."""

from collections.abc import Callable

from governance.models import Approval, PlanVersion
from tests.factories.governing import ApprovalFactory, ClearanceFactory, PlanVersionFactory, ReviewFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                       nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:lifecycle-detail":          (IN,   403,  403,  403,  200,  200,  200,  403,  200,  200,  200),
    "governance:lifecycle-plan":            (IN,   403,  403,  403,  200,  200,  200,  403,  200,  200,  200),
    "governance:review-detail":             (IN,   403,  403,  403,  200,  200,  200,  403,  200,  200,  200),
    "governance:sending-list":              (IN,   403,  403,  403,  200,  200,  200,  403,  200,  200,  200),
    "governance:version-add":               (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:clearance-add":             (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:clearance-edit":            (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:version-approve":           (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:version-approval-withdraw": (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:lifecycle-adopt":           (IN,   403,  403,  403,  ON,   403,  403,  403,  403,  403,  403),
    "governance:review-add":                (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:sending-add":               (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "reporting:successor-add":              (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
}
POSTS: dict[str, tuple[object, ...]] = {
    name: (IN, 403, 403, 403, OK, 403, 403, 403, 403, 403, 403)
    for name, row in PAGES.items()
    if row[5] == 403  # what the CSP Executive may not open is what the partnership team changes
}
# fmt: on


def _version(world: World) -> PlanVersion:
    version: PlanVersion = PlanVersionFactory(plan=world.plan)
    return version


def _approval(world: World) -> Approval:
    approval: Approval = ApprovalFactory(body=world.body, delivery_plan=None, plan_version=_version(world))
    return approval


def _of_plan(world: World) -> Case:
    return Case((world.plan.slug,))


CASES: dict[str, Callable[[World], Case]] = {
    "governance:lifecycle-plan": _of_plan,
    "governance:version-add": _of_plan,
    "governance:lifecycle-adopt": _of_plan,
    "governance:review-add": _of_plan,
    "governance:sending-list": _of_plan,
    "governance:sending-add": _of_plan,
    "governance:review-detail": lambda world: Case((ReviewFactory(plan=world.plan).pk,)),
    "governance:clearance-add": lambda world: Case((_version(world).pk,)),
    "governance:clearance-edit": lambda world: Case((ClearanceFactory(version=_version(world)).pk,)),
    "governance:version-approve": lambda world: Case((_version(world).pk,)),
    "governance:version-approval-withdraw": lambda world: Case((_approval(world).pk,)),
}
