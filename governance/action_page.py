"""Everything about one action."""

import datetime as dt
from dataclasses import dataclass

from accounts import audit
from accounts.models import User
from consultation.models import Concern
from governance import board
from governance.board import Line
from governance.models import Action, DateMove, Decision, Milestone, Risk, Update
from indicators import placing
from indicators.models import Indicator
from lib.govuk import Row
from lib.written import day_year
from priorities.models import Commitment, Outcome


@dataclass(frozen=True)
class Named:
    label: str
    url: str


@dataclass(frozen=True)
class ActionPage:
    line: Line
    judged: bool  # it stands somewhere: the plan is agreed
    facts: tuple[Row, ...]
    milestones: tuple[Milestone, ...]
    reached: int
    moves: tuple[DateMove, ...]  # all of them, also those not accepted
    updates: tuple[Update, ...]  # latest quarter first
    indicators: tuple[Named, ...]  # in the reader's sight
    concerns: tuple[Concern, ...]
    serves: tuple[tuple[str, Commitment | Outcome], ...]
    carried_to: Action | None
    risks: tuple[Risk, ...]
    decisions: tuple[Decision, ...]
    history: tuple[audit.Line, ...]
    may_edit: bool
    may_tick: bool
    may_propose: bool  # another date
    may_decide: bool  # whether it counts


def gather(action: Action, user: User, today: dt.date) -> ActionPage:
    """`action` with its plan, body, lead, commitment and outcome loaded."""
    plan = action.delivery_plan
    boards = board.gather([plan], board.quarter_on(plan.year, today), on=today)
    line = next(line for line in boards[plan.pk].lines if line.action.pk == action.pk)
    places = placing.in_year(plan.year)
    seen = Indicator.objects.visible_to(user).filter(pk__in=action.indicators.values("pk"))
    milestones = tuple(action.milestones.all())
    return ActionPage(
        line=line,
        judged=plan.is_running or plan.is_closed,
        facts=tuple(_facts(action, line)),
        milestones=milestones,
        reached=sum(1 for milestone in milestones if milestone.done_on),
        moves=tuple(action.date_moves.select_related("proposed_by", "decided_by")),
        updates=tuple(_updates(action, user)),
        indicators=tuple(Named(places.label(one), one.get_absolute_url()) for one in sorted(seen, key=places.order)),
        concerns=tuple(action.concerns.all()),
        serves=tuple(
            (name, entry) for name, entry in (("Commitment", action.commitment), ("Outcome", action.outcome)) if entry
        ),
        carried_to=getattr(action, "carried_to", None),
        risks=tuple(Risk.objects.visible_to(user).filter(actions=action).select_related("body")),
        decisions=tuple(Decision.objects.visible_to(user).filter(actions=action).select_related("body")),
        history=tuple(audit.lines(audit.history(action)[:50])),
        may_edit=action.is_open
        and not (plan.is_submitted or plan.is_closed)
        and user.has_perm("governance.draft_plan", plan),
        may_tick=plan.is_running and user.has_perm("governance.draft_update", action),
        may_propose=plan.is_running and action.is_open and user.has_perm("governance.draft_update", action),
        may_decide=plan.is_running and action.is_open and user.has_perm("governance.agree_updates", action),
    )


def _facts(action: Action, line: Line) -> list[Row]:
    due = day_year(line.due_on)
    rows = [
        Row("Led by", action.owner_label),
        Row("Due", f"{due} ({line.dates})" if line.dates else due),
        Row("Starts", day_year(action.starts_on)),
        Row("How success is measured", action.success_measure or "Not said yet"),
        Row("Partners", action.partners or "None named"),
        Row("What it takes", action.resources or "Nothing named"),
    ]
    if action.ending and action.ended_on:
        rows.insert(0, Row("Ended", _ending(action)))
    return rows


def _ending(action: Action) -> list[str]:
    told = [f"{action.get_ending_display()}, {day_year(action.ended_on)}"]
    return [*told, action.ended_because] if action.ended_because else told


def _updates(action: Action, user: User) -> list[Update]:
    """Agreed ones; those that wait only for who drafts or agrees them."""
    found = action.updates.select_related("drafted_by", "agreed_by").order_by("-quarter")
    if not user.has_perm("governance.draft_update", action):
        found = found.agreed()
    return list(found)
