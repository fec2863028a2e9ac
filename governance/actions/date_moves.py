"""New dates for actions: proposed with a reason, and counting only once they are accepted. The first date is kept for good."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance import dates
from governance.models import Action, DateMove, DeliveryPlan
from lib.editing import write
from lib.written import day_year

LONGEST = 300  # characters of a reason
WAITS = "A new date for this action waits to be accepted already. Take it back first"
DECIDED = "This new date has been decided on or taken back since you opened this page"

audit.kinds(
    {
        "date_proposed": "New date proposed",
        "date_accepted": "New date accepted",
        "date_refused": "New date not accepted",
        "date_taken_back": "Proposed date taken back",
    }
)


@transaction.atomic
def propose(action: Action, *, proposed: dt.date, reason: str, by: User) -> DateMove:
    """Ask for another date. It counts once it is accepted; until then it is shown as waiting, beside the date that counts.

    Refused outside the action's and the plan's dates, for a day that is over, where milestones would be left behind it, for an action
    that has ended, and while another one waits.
    """
    plan, action = _held(action)
    if not plan.is_running:
        raise ValidationError("Dates move by proposal once the plan is agreed, and until it is closed")
    errors = {}
    if refusal := _refusal(proposed, action, plan):
        errors["proposed"] = refusal
    if not reason.strip():
        errors["reason"] = "Say why the date moves"
    elif len(reason.strip()) > LONGEST:
        errors["reason"] = f"Why the date moves must be said in {LONGEST} characters or fewer"
    if errors:
        raise ValidationError(errors)
    if DateMove.objects.waiting().filter(action=action).exists():
        raise ValidationError({"proposed": WAITS})
    move = DateMove.objects.create(
        action=action, was=action.due_on, proposed=proposed, reason=reason.strip(), proposed_by=by
    )
    audit.record("date_proposed", action, by=by, changes=[_change(move)], comment=move.reason)
    return move


@transaction.atomic
def accept(move: DateMove, *, by: User) -> Action:
    """From now on the new date counts. Refused where it would not be allowed any more."""
    plan, action = _held(move.action)
    if refusal := refusal_now(move, action, plan):
        raise ValidationError(refusal)
    _decide(move, DateMove.State.ACCEPTED, by)
    write(action, version=action.version, due_on=move.proposed)
    audit.record("date_accepted", action, by=by, changes=[_change(move)], comment=move.reason)
    return action


@transaction.atomic
def refuse(move: DateMove, *, because: str, by: User) -> DateMove:
    """The date that counts stays. Never without a reason."""
    _, action = _held(move.action)
    because = because.strip()
    if not because:
        raise ValidationError({"because": f"Say why {day_year(move.was)} stays"})
    if len(because) > LONGEST:
        raise ValidationError({"because": f"Why it stays must be said in {LONGEST} characters or fewer"})
    _decide(move, DateMove.State.REFUSED, by, because)
    audit.record("date_refused", action, by=by, changes=[_change(move)], comment=because)
    return move


@transaction.atomic
def take_back(move: DateMove, *, because: str = "", by: User) -> DateMove:
    """Whoever drafts wants it no more, or the action has ended meanwhile."""
    _, action = _held(move.action)
    _decide(move, DateMove.State.WITHDRAWN, by, because)
    audit.record("date_taken_back", action, by=by, changes=[_change(move)], comment=because)
    return move


def refusal_now(move: DateMove, action: Action, plan: DeliveryPlan) -> str:
    """Why a date that waits can't be accepted, in a sentence; "" where it can. Takes rows that have just been read."""
    if not plan.is_running:
        return "This plan is not running any more, so its dates stay as they are"
    if move.was != action.due_on:
        return (
            f"The date that counts has become {day_year(action.due_on)} since this one was proposed. "
            "Ask for it to be taken back and proposed anew"
        )
    return _refusal(move.proposed, action, plan)


def _refusal(new: dt.date, action: Action, plan: DeliveryPlan) -> str:
    """Why the date can't move there today, in a sentence; "" where it can. A milestone lies inside its action's dates."""
    refusal = dates.refusal(
        new,
        now=action.due_on,
        starts_on=action.starts_on,
        year=plan.year,
        has_ended=not action.is_open,
        on=timezone.localdate(),
    )
    return refusal or dates.behind(action.milestones.all(), new)


def _held(action: Action) -> tuple[DeliveryPlan, Action]:
    """Its plan under a lock, and the action as it is now."""
    plan = DeliveryPlan.objects.select_for_update().get(pk=action.delivery_plan_id)
    now = Action.objects.select_related("delivery_plan__body").get(pk=action.pk)
    return plan, now


def _decide(move: DateMove, state: str, by: User, because: str = "") -> None:
    """Once only: whoever comes second is told."""
    now = timezone.now()
    waiting = DateMove.objects.waiting().filter(pk=move.pk)
    if not waiting.update(state=state, decided_by=by, decided_at=now, decided_because=because):
        raise ValidationError(DECIDED)
    move.state, move.decided_by, move.decided_at, move.decided_because = state, by, now, because


def _change(move: DateMove) -> dict[str, str]:
    return audit.change("Due", day_year(move.was), day_year(move.proposed))
