"""A whole delivery plan on paper: its actions with all that is said of them, what it takes, whom it touches, and who agreed it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from accounts.models import User
from governance import board, equalities
from governance.board import Line
from governance.models import Action, Approval, DeliveryPlan, EqualityAnalysis, Milestone, Undertaking
from indicators.models import Indicator
from indicators.placing import in_year
from lib.written import day_year

State = DeliveryPlan.State


@dataclass(frozen=True)
class Printed:
    """One action. `serves` are the labelled lines of what it is for; `line` says how it stands."""

    line: Line
    serves: tuple[tuple[str, str], ...]
    milestones: tuple[Milestone, ...]

    @property
    def action(self) -> Action:
        return self.line.action


@dataclass(frozen=True)
class PlanPrint:
    state: str  # "Agreed by the CSP Executive on 25 May 2017, in delivery since 1 June 2017."
    headline: str
    actions: tuple[Printed, ...]
    analysis: EqualityAnalysis | None
    equality_lacks: tuple[str, ...]
    conditions: tuple[Undertaking, ...]
    approvals: tuple[Approval, ...]
    judged: bool  # the actions stand somewhere: the plan is agreed


def gather(plan: DeliveryPlan, user: User, today: dt.date) -> PlanPrint:
    """In the order of the actions' numbers. The number of queries does not grow with them."""
    quarter = board.quarter_on(plan.year, today)
    stands = board.gather([plan], quarter, on=today)[plan.pk]
    served, steps = _served(plan, user), _steps(plan)
    analysis = equalities.of(plan)
    conditions = (
        plan.conditions.filter(kind=Undertaking.Kind.CONDITION).select_related("owner").order_by("due_on", "pk")
    )
    judged = plan.is_running or plan.is_closed
    count = len(stands.lines)
    return PlanPrint(
        state=state(plan),
        headline=stands.headline if judged else f"{count} action{'' if count == 1 else 's'}",
        actions=tuple(
            Printed(line, tuple(served[line.action.pk]), tuple(steps[line.action.pk])) for line in stands.lines
        ),
        analysis=analysis,
        equality_lacks=tuple(equalities.missing(analysis)),
        conditions=tuple(conditions),
        approvals=tuple(plan.approvals.standing().select_related("body", "meeting", "recorded_by")),
        judged=judged,
    )


def state(plan: DeliveryPlan) -> str:
    """Where the plan stands, in one sentence."""
    agreed = f"Agreed by the CSP Executive on {day_year(plan.agreed_on)}"
    if plan.is_draft:
        return "Draft: not submitted yet."
    if plan.is_submitted:
        return f"Submitted to the CSP Executive on {day_year(plan.submitted_at)}, not agreed yet."
    if plan.is_closed:
        return f"{agreed}, closed on {day_year(plan.closed_at)}."
    return f"{agreed}, in delivery since {day_year(plan.delivery_from)}." if plan.delivery_from else f"{agreed}."


def _served(plan: DeliveryPlan, user: User) -> dict[int, list[tuple[str, str]]]:
    """Commitment, outcome and indicators of each action, as far as they are there and in sight. Four queries."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for action in Action.objects.filter(delivery_plan=plan).select_related("commitment", "outcome"):
        if action.commitment:
            found[action.pk].append(("Commitment", action.commitment.text))
        if action.outcome:
            found[action.pk].append(("Outcome", action.outcome.text))
    places = in_year(plan.year)
    in_sight = {one.pk: one for one in Indicator.objects.visible_to(user)}
    named: dict[int, list[str]] = defaultdict(list)
    links = Action.indicators.through.objects.filter(action__delivery_plan=plan).values_list("action", "indicator")
    seen = [(action_id, in_sight[pk]) for action_id, pk in links if pk in in_sight]
    for action_id, indicator in sorted(seen, key=lambda pair: places.order(pair[1])):
        named[action_id].append(places.brief(indicator))
    for action_id, names in named.items():
        found[action_id].append(("Indicators" if len(names) > 1 else "Indicator", "; ".join(names)))
    return found


def _steps(plan: DeliveryPlan) -> dict[int, list[Milestone]]:
    found: dict[int, list[Milestone]] = defaultdict(list)
    for step in Milestone.objects.filter(action__delivery_plan=plan).order_by("due_on", "pk"):
        found[step.action_id].append(step)
    return found
