"""Delivery plans from draft to agreement × who asks."""

from collections.abc import Callable

from governance.models import Action, DeliveryPlan, Undertaking
from tests.factories.governance import ActionFactory, DeliveryPlanFactory, MilestoneFactory
from tests.factories.governing import ApprovalFactory, UndertakingFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:delivery-plan-list":    (IN,   200,  200,  200,  200,  200,  403,  403,  200,  200,  200),
    "governance:delivery-plan-add":     (IN,   403,  403,  403,  200,  403,  403,  403,  200,  200,  200),
    # agreed: other bodies' members see it; who leads nothing in it doesn't
    "governance:delivery-plan-detail":  (IN,   404,  404,  404,  200,  200,  404,  404,  200,  200,  200),
    "governance:equality-detail":       (IN,   404,  404,  404,  200,  200,  404,  404,  200,  200,  200),
    "governance:action-detail":         (IN,   404,  404,  404,  200,  200,  404,  404,  200,  200,  200),
    # a draft is for its body, the partnership team and the CSP Executive
    "governance:delivery-plan-edit":    (IN,   404,  404,  404,  200,  403,  404,  404,  200,  404,  200),
    "governance:action-add":            (IN,   404,  404,  404,  200,  403,  404,  404,  200,  404,  200),
    "governance:action-edit":           (IN,   404,  404,  404,  200,  403,  404,  404,  200,  404,  200),
    "governance:equality-edit":         (IN,   404,  404,  404,  200,  403,  404,  404,  200,  404,  200),
    "governance:delivery-plan-submit":  (IN,   404,  404,  404,  403,  403,  404,  404,  200,  404,  403),
    # submitted
    "governance:delivery-plan-send-back": (IN, 404,  404,  404,  200,  200,  404,  404,  403,  404,  403),
    "governance:delivery-plan-agree":   (IN,   404,  404,  404,  403,  200,  404,  404,  403,  404,  403),
    "governance:approval-record":       (IN,   404,  404,  404,  200,  403,  404,  404,  403,  404,  403),
    # agreed
    "governance:approval-withdraw":     (IN,   404,  404,  404,  200,  403,  404,  404,  403,  403,  403),
    "governance:condition-end":         (IN,   404,  404,  404,  200,  403,  404,  404,  200,  403,  200),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:delivery-plan-add":     (IN,   403,  403,  403,  OK,   403,  403,  403,  OK,   OK,   OK),
    "governance:delivery-plan-edit":    (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   404,  OK),
    "governance:action-add":            (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   404,  OK),
    "governance:action-edit":           (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   404,  OK),
    "governance:action-take-out":       (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   404,  OK),
    "governance:equality-edit":         (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   404,  OK),
    "governance:delivery-plan-submit":  (IN,   404,  404,  404,  403,  403,  404,  404,  OK,   404,  403),
    "governance:delivery-plan-send-back": (IN, 404,  404,  404,  OK,   OK,   404,  404,  403,  404,  403),
    "governance:delivery-plan-agree":   (IN,   404,  404,  404,  403,  OK,   404,  404,  403,  404,  403),
    "governance:approval-record":       (IN,   404,  404,  404,  OK,   403,  404,  404,  403,  404,  403),
    "governance:approval-withdraw":     (IN,   404,  404,  404,  OK,   403,  404,  404,  403,  403,  403),
    "governance:delivery-plan-begin":   (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   403,  403),
    "governance:condition-end":         (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   403,  OK),
    "governance:milestone-tick":        (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   403,  OK),
}
# fmt: on


def _plan(world: World, **fields: object) -> DeliveryPlan:
    return DeliveryPlanFactory(body=world.body, **fields)


def _of(plan: DeliveryPlan, *more: object, **data: object) -> Case:
    return Case((plan.body.slug, plan.year, *more), data)


def _draft(world: World) -> Case:
    return _of(_plan(world))


def _submitted(world: World) -> Case:
    return _of(_plan(world, submitted=True))


def _agreed(world: World) -> DeliveryPlan:
    return _plan(world, running=True, state=DeliveryPlan.State.AGREED, delivery_from=None)


def _withdraw(world: World) -> Case:
    plan = _agreed(world)
    return _of(plan, ApprovalFactory(delivery_plan=plan).pk)


def _begin(world: World) -> Case:
    plan = _agreed(world)
    return _of(plan, version=plan.version)


def _condition(world: World) -> Case:
    plan = _agreed(world)
    kind = Undertaking.Kind.CONDITION
    return _of(plan, UndertakingFactory(kind=kind, delivery_plan=plan, meeting=None).pk)


def _action(world: World, **fields: object) -> Action:
    return ActionFactory(delivery_plan=_plan(world, **fields))


def _action_of_draft(world: World) -> Case:
    return Case((_action(world).pk,))


def _tick(world: World) -> Case:
    action = _action(world, running=True)
    return Case((action.pk, MilestoneFactory(action=action).pk))


CASES: dict[str, Callable[[World], Case]] = {
    "governance:delivery-plan-detail": lambda world: _of(_plan(world, running=True)),
    "governance:equality-detail": lambda world: _of(_plan(world, running=True)),
    "governance:action-detail": lambda world: Case((_action(world, running=True).pk,)),
    "governance:delivery-plan-edit": _draft,
    "governance:action-add": _draft,
    "governance:action-edit": _action_of_draft,
    "governance:action-take-out": _action_of_draft,
    "governance:equality-edit": _draft,
    "governance:delivery-plan-submit": _draft,
    "governance:delivery-plan-send-back": _submitted,
    "governance:delivery-plan-agree": _submitted,
    "governance:approval-record": _submitted,
    "governance:approval-withdraw": _withdraw,
    "governance:delivery-plan-begin": _begin,
    "governance:condition-end": _condition,
    "governance:milestone-tick": _tick,
}
