"""The quarter's updates × who asks."""

from collections.abc import Callable

from governance.models import Action, DateMove
from tests.factories.governance import Q4, ActionFactory, DateMoveFactory, DeliveryPlanFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:delivery-plan-updates": (IN,   200,  404,  404,  200,  403,  404,  404,  200,  403,  200),
    "governance:delivery-plan-agree-updates":
                                        (IN,   403,  404,  404,  403,  403,  404,  404,  200,  403,  403),
    "governance:delivery-plan-timeline": (IN,  200,  404,  404,  200,  200,  404,  404,  200,  200,  200),
    "governance:date-move-add":         (IN,   200,  404,  404,  200,  403,  404,  404,  200,  403,  200),
    "governance:date-move-refuse":      (IN,   403,  404,  404,  403,  403,  404,  404,  200,  403,  403),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:delivery-plan-updates": (IN,   OK,   404,  404,  OK,   403,  404,  404,  OK,   403,  OK),
    "governance:delivery-plan-agree-updates":
                                        (IN,   403,  404,  404,  403,  403,  404,  404,  OK,   403,  403),
    "governance:date-move-add":         (IN,   OK,   404,  404,  OK,   403,  404,  404,  OK,   403,  OK),
    "governance:date-move-accept":      (IN,   403,  404,  404,  403,  403,  404,  404,  OK,   403,  403),
    "governance:date-move-refuse":      (IN,   403,  404,  404,  403,  403,  404,  404,  OK,   403,  403),
    "governance:date-move-take-back":   (IN,   OK,   404,  404,  OK,   403,  404,  404,  OK,   403,  OK),
}
# fmt: on


def _action(world: World) -> Action:
    """Of the body's plan, which is in delivery; the data lead leads it."""
    return ActionFactory(
        delivery_plan=DeliveryPlanFactory(body=world.body, running=True), owner=world.people["data_lead"]
    )


def _of_plan(world: World, *more: object) -> Case:
    plan = _action(world).delivery_plan
    return Case((plan.body.slug, plan.year, *more))


def _of_move(world: World) -> Case:
    move: DateMove = DateMoveFactory(action=_action(world))
    return Case((move.action_id, move.pk))


CASES: dict[str, Callable[[World], Case]] = {
    "governance:delivery-plan-updates": lambda world: _of_plan(world, Q4),
    "governance:delivery-plan-agree-updates": lambda world: _of_plan(world, Q4),
    "governance:delivery-plan-timeline": _of_plan,
    "governance:date-move-add": lambda world: Case((_action(world).pk,)),
    "governance:date-move-accept": _of_move,
    "governance:date-move-refuse": _of_move,
    "governance:date-move-take-back": _of_move,
}
