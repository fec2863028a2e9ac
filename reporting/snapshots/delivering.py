"""The delivery plans of the quarter's year with their actions, as known at the moment of a snapshot.

Actions, their endings, dates, updates and approvals hold when they were recorded. Milestones that are done and conditions that have
ended hold their day alone: one recorded later with an earlier day counts from that day. A plan that was sent back holds its latest
submission.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from governance import board
from governance.models import Action, Approval, Body, DeliveryPlan, Milestone, Undertaking, Update
from reporting.snapshots.asked import Asked, by
from reporting.snapshots.governed import ActionPart, DeliveryPart, MilestonePart, UndertakingPart, UpdatePart

State = DeliveryPlan.State


@dataclass(frozen=True)
class Delivery:
    """`plans` are the ids of those held, whose conditions stand with them."""

    parts: tuple[DeliveryPart, ...]
    plans: frozenset[int]
    is_sample: bool


def read(asked: Asked) -> Delivery:
    """In the bodies' order. Bodies that owe a plan and have none are in it."""
    there = Q(drafted_at__lte=asked.as_at)
    plans = {
        plan.body_id: plan
        for plan in DeliveryPlan.objects.filter(there, year=asked.quarter.year).select_related("body")
    }
    owing = {body.pk: body for body in Body.objects.standing(asked.judged_on).owing_plans()}
    bodies = owing | {plan.body_id: plan.body for plan in plans.values()}
    rows = _Rows(asked, plans.values())
    parts = [
        _part(asked, body, plans.get(body.pk), rows)
        for body in sorted(bodies.values(), key=lambda one: (one.order, one.name))
    ]
    return Delivery(
        tuple(parts),
        frozenset(plan.pk for plan in plans.values()),
        any(plan.is_sample for plan in plans.values()),
    )


class _Rows:
    """All rows of the year's actions, each kind by one query."""

    def __init__(self, asked: Asked, plans: Iterable[DeliveryPlan]) -> None:
        ours = {"action__delivery_plan__year": asked.quarter.year}
        self.boards = board.gather(plans, asked.quarter, on=asked.judged_on, known_at=asked.as_at)
        words = Approval.objects.filter(delivery_plan__year=asked.quarter.year, verdict__in=Approval.AGREEING)
        self.agreements = by(words.order_by("recorded_at", "pk"), "delivery_plan_id")
        keys = Action.objects.filter(delivery_plan__year=asked.quarter.year, commitment__isnull=False)
        self.commitments = dict(keys.values_list("pk", "commitment__key"))
        self.milestones = by(Milestone.objects.filter(**ours).order_by("due_on", "pk"), "action_id")
        links = Action.indicators.through.objects.filter(**ours).values_list("action_id", "indicator_id")
        self.indicators: dict[int, list[str]] = {}
        for action, indicator in links:
            if indicator in asked.names:
                self.indicators.setdefault(action, []).append(asked.names[indicator])
        conditions = Undertaking.objects.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=asked.today),
            kind=Undertaking.Kind.CONDITION,
            delivery_plan__year=asked.quarter.year,
            recorded_at__lte=asked.as_at,
        )
        self.conditions = by(conditions.select_related("body", "owner").order_by("due_on", "pk"), "delivery_plan_id")


def _part(asked: Asked, body: Body, plan: DeliveryPlan | None, rows: _Rows) -> DeliveryPart:
    given_on = agreed_on(plan, asked, rows.agreements[plan.pk]) if plan else None
    state = state_then(plan, asked, given_on) if plan else "none"
    is_agreed = state in DeliveryPlan.AGREED
    return DeliveryPart(
        slug=body.slug,
        code=body.code,
        body=body.short_name,
        name=body.name,
        state=state,
        agreed_on=given_on if is_agreed else None,
        resources=plan.resources if plan else "",
        conditions=tuple(_condition(asked, one) for one in rows.conditions[plan.pk]) if plan else (),
        actions=tuple(_action(asked, line, rows) for line in rows.boards[plan.pk].lines) if plan and is_agreed else (),
    )


def agreed_on(plan: DeliveryPlan, asked: Asked, agreements: Sequence[Approval]) -> dt.date | None:
    """The day of the agreement that was recorded at the moment and not withdrawn; the plan's own where none was ever recorded."""
    if not agreements:
        return plan.agreed_on
    stood = [
        one.given_on
        for one in agreements
        if one.recorded_at <= asked.as_at and not (one.withdrawn_at and one.withdrawn_at <= asked.as_at)
    ]
    return stood[-1] if stood else None


def state_then(plan: DeliveryPlan, asked: Asked, given_on: dt.date | None) -> str:
    """How far the plan was at the moment, from the days and moments it holds."""
    if plan.closed_at and plan.closed_at <= asked.as_at:
        return State.CLOSED.value
    if given_on and given_on <= asked.today:
        runs = plan.delivery_from and plan.delivery_from <= asked.today
        return State.IN_DELIVERY.value if runs else State.AGREED.value
    if plan.submitted_at and plan.submitted_at <= asked.as_at:
        return State.SUBMITTED.value
    return State.DRAFT.value


def _condition(asked: Asked, one: Undertaking) -> UndertakingPart:
    return UndertakingPart(
        kind=str(one.kind),
        body=one.body.short_name,
        text=one.text,
        owner=one.owner_label,
        due_on=one.due_on,
        days_late=asked.days_late(one.due_on),
        source=f"Delivery plan {asked.quarter.year}",
    )


def _action(asked: Asked, line: board.Line, rows: _Rows) -> ActionPart:
    action = line.action
    return ActionPart(
        reference=action.reference,
        title=action.title,
        lead=action.owner_label,
        starts_on=action.starts_on,
        first_due_on=action.first_due_on,
        due_on=line.due_on,
        moves=len(line.moves),
        slip=line.slip,
        proposed_on=line.waiting.proposed if line.waiting else None,
        state=line.state,
        days_late=line.standing.days_late,
        note=line.standing.note,
        update=_update(line.update) if line.update else None,
        milestones=tuple(_milestone(asked, one) for one in rows.milestones[action.pk]),
        commitment=rows.commitments.get(action.pk, ""),
        indicators=tuple(sorted(rows.indicators.get(action.pk, []))),
        **_ending(asked, action),
    )


def _ending(asked: Asked, action: Action) -> dict[str, Any]:
    """What had ended by the day of the snapshot; what ended after the quarter may still be late in it, and says so."""
    if action.ended_on is None or action.ended_on > asked.today or not action.is_known_to_have_ended(asked.as_at):
        return {"ending": "", "ended_on": None, "ended_because": ""}
    return {"ending": str(action.ending), "ended_on": action.ended_on, "ended_because": action.ended_because}


def _update(update: Update) -> UpdatePart:
    return UpdatePart(
        quarter=update.quarter,
        colour=str(update.brag),
        reason=update.brag_reason,
        done=update.done,
        next=update.next,
        is_no_change=update.is_no_change,
        agreed_on=timezone.localdate(update.agreed_at),
    )


def _milestone(asked: Asked, one: Milestone) -> MilestonePart:
    done = one.done_on if one.done_on and one.done_on <= asked.today else None
    return MilestonePart(one.text, one.due_on, done)
