"""The end of a plan's year: each open action is completed, carried forward, merged or closed, and then the plan is closed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance import numbering, year_end
from governance.actions import date_moves, plans
from governance.actions.updates import RowsRefused
from governance.holding import hold
from governance.models import Action, DateMove, DeliveryPlan, Milestone
from indicators.models import Round
from lib import written
from lib.editing import Stale, write
from lib.written import day_year

THIS = "This delivery plan"
LONGEST = 300  # characters of a reason
COMPLETE, CARRY, MERGE, CLOSE = "complete", "carry", "merge", "close"
Ending = Action.Ending

audit.kinds(
    {
        "action_completed": "Action completed",
        "action_carried": "Action carried forward",
        "action_carried_here": "Action carried here from the year before",
        "action_merged": "Action merged into another",
        "action_closed": "Action closed without completing",
        "delivery_plan_closed": "Delivery plan closed",
    }
)


@dataclass(frozen=True)
class Choice:
    """What becomes of one action, seen at that version. `day`: when it was completed, or when it is due anew; `into`: the action it is merged into."""

    what: str
    version: int
    day: dt.date | None = None
    into: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Settled:
    """What was done. `carried` are the new actions in next year's plan, with their plan loaded."""

    completed: int
    carried: tuple[Action, ...]
    merged: int
    closed: int

    @property
    def total(self) -> int:
        return self.completed + len(self.carried) + self.merged + self.closed


@transaction.atomic
def settle(plan: DeliveryPlan, *, choices: Mapping[int, Choice], by: User) -> Settled:
    """Do for each action, by its id, what was chosen: all of it or nothing. Those that are not named stay open.

    Raises RowsRefused with what is wrong with each. What is carried forward becomes an action of next year's plan, whose draft is begun
    where there is none. A date that waits to be accepted is not wanted any more.
    """
    held = hold(plan)
    today = timezone.localdate()
    if not held.is_running:
        raise ValidationError("Only a plan in delivery is settled at the end of its year")
    if not year_end.is_offered(held.year, today, last_quarter_asked=last_quarter_asked(held)):
        raise ValidationError(f"Its actions are settled from {day_year(year_end.offered_from(held.year))} on")
    if not choices:
        raise ValidationError("Choose what becomes of at least one action")
    actions = {action.pk: action for action in Action.objects.filter(delivery_plan=held).select_related("commitment")}
    for action in actions.values():
        action.delivery_plan = held
    following = _next_plan(held, by) if any(choice.what == CARRY for choice in choices.values()) else None
    refused: dict[int, ValidationError] = {}
    for pk, choice in choices.items():
        try:
            _check(actions[pk], choice, choices, actions, following, today)
        except ValidationError as refusal:
            refused[pk] = refusal
    if refused:
        raise RowsRefused(refused)
    carried = []
    for pk, choice in sorted(choices.items(), key=lambda pair: actions[pair[0]].number):
        _take_dates_back(actions[pk], by)
        if choice.what == CARRY:
            assert following
            carried.append(_carry(actions[pk], choice, following, today, by))
        else:
            _end(actions[pk], choice, actions, today, by)
    done = [choice.what for choice in choices.values()]
    return Settled(done.count(COMPLETE), tuple(carried), done.count(MERGE), done.count(CLOSE))


@transaction.atomic
def close(plan: DeliveryPlan, *, note: str, version: int, by: User) -> DeliveryPlan:
    """Close the plan's year for good: once it is over, and nothing of it is open."""
    held = hold(plan)
    if held.is_closed or held.version != version:
        raise Stale(THIS)
    if not held.is_running:
        raise ValidationError("Only a plan in delivery is closed at the end of its year")
    if not year_end.is_over(held.year, timezone.localdate()):
        raise ValidationError(f"It can be closed from {day_year(held.year.next.start)} on, when its year is over")
    still_open = held.actions.open().count()
    if still_open:
        many = "One action is" if still_open == 1 else f"{still_open} actions are"
        raise ValidationError(f"{many} still open. Say first what becomes of them")
    if not note.strip():
        raise ValidationError({"closing_note": "Say in a sentence or two what the year came to"})
    closed = {"state": DeliveryPlan.State.CLOSED, "closed_by": by, "closed_at": timezone.now()}
    write(plan, version=version, what=THIS, closing_note=note.replace("\r\n", "\n").strip(), **closed)
    audit.record("delivery_plan_closed", plan, by=by, comment=plan.closing_note)
    return plan


def last_quarter_asked(plan: DeliveryPlan) -> bool:
    """Whether the updates of the plan's last quarter are asked for: its collection has been opened. One query."""
    return Round.objects.filter(quarter=plan.year.quarters[-1]).exists()


# ---------------------------------------------------------------- what is refused


def _check(
    action: Action,
    choice: Choice,
    choices: Mapping[int, Choice],
    actions: Mapping[int, Action],
    following: DeliveryPlan | None,
    today: dt.date,
) -> None:
    if action.version != choice.version or not action.is_open:
        raise Stale(f"{action.reference}")
    errors, it = {}, action.reference
    if choice.what == COMPLETE:
        if choice.day is None:
            errors["done_on"] = f"Enter the day {it} was completed"
        elif why := year_end.completion_refusal(choice.day, starts_on=action.starts_on, on=today):
            errors["done_on"] = f"{it}: {written.in_sentence(why)}"
    elif choice.what == CARRY:
        assert following
        if following.is_submitted:
            raise ValidationError(
                f"The plan for {following.year} is with the CSP Executive: carry {it} forward once that is agreed or sent back"
            )
        if following.is_closed:
            raise ValidationError(f"The plan for {following.year} is closed already")
        if choice.day is None:
            errors["new_due_on"] = f"Enter when {it} is due in {following.year}"
        elif why := year_end.new_date_refusal(choice.day, year=action.delivery_plan.year):
            errors["new_due_on"] = f"{it}: {written.in_sentence(why)}"
    elif choice.what == MERGE:
        other = actions.get(choice.into) if choice.into else None
        becomes = choices[other.pk].what if other and other.pk in choices else ""
        if other is None or other.pk == action.pk or not other.is_open:
            errors["into"] = f"Choose the open action of this plan that {it} is merged into"
        elif becomes in (COMPLETE, MERGE, CLOSE):
            errors["into"] = f"{other.reference} ends itself here: choose an action that goes on"
    elif choice.what != CLOSE:
        raise ValidationError(f"Choose what becomes of {it}")
    if choice.what != COMPLETE and not choice.reason.strip():
        errors[f"{choice.what}_reason"] = WHY[choice.what].format(it)
    elif len(choice.reason.strip()) > LONGEST:
        errors[f"{choice.what}_reason"] = f"The reason for {it} must be {LONGEST} characters or fewer"
    if errors:
        raise ValidationError(errors)


WHY = {CARRY: "Say why {} is carried forward", MERGE: "Say why {} is merged", CLOSE: "Say why {} is closed"}


# ---------------------------------------------------------------- what is done


def _next_plan(plan: DeliveryPlan, by: User) -> DeliveryPlan:
    """Next year's of the same body, held; its draft is begun where there is none. The later plan is always held second."""
    there = DeliveryPlan.objects.filter(body=plan.body, year=plan.year.next)
    if not there.exists():
        try:
            begun = plans.start(plan.body, year=plan.year.next, by=by)
            DeliveryPlan.objects.filter(pk=begun.pk).update(is_sample=plan.is_sample)
        except ValidationError:
            if not there.exists():  # else somebody was quicker
                raise
    return hold(there.get())


def _carry(action: Action, choice: Choice, following: DeliveryPlan, today: dt.date, by: User) -> Action:
    assert choice.day
    commitment = action.commitment
    same = ("title", "outcome", "owner_post", "owner", "partners", "success_measure", "resources")
    new = Action.objects.create(
        delivery_plan=following,
        number=numbering.next_number(following),
        commitment=commitment if commitment and commitment.year == following.year else None,
        starts_on=following.year.start,
        due_on=choice.day,
        first_due_on=choice.day,
        carried_from=action,
        **{name: getattr(action, name) for name in same},
    )
    new.indicators.set(action.indicators.all())
    new.concerns.set(action.concerns.all())
    steps = year_end.carried(action.milestones.all(), starts_on=new.starts_on, due_on=new.due_on)
    Milestone.objects.bulk_create([Milestone(action=new, text=step.text, due_on=step.due_on) for step in steps])
    _write_end(action, choice, Ending.CARRIED, today, by)
    told = [audit.change("Carried to", None, f"{new.reference} of {following.year}, due {day_year(new.due_on)}")]
    audit.record("action_carried", action, by=by, changes=told, comment=action.ended_because)
    told = [audit.change("Carried from", None, f"{action.reference} of {action.delivery_plan.year}")]
    audit.record("action_carried_here", new, by=by, changes=told, comment=action.ended_because)
    return new


def _end(action: Action, choice: Choice, actions: Mapping[int, Action], today: dt.date, by: User) -> None:
    if choice.what == COMPLETE:
        assert choice.day
        _write_end(action, choice, Ending.COMPLETE, choice.day, by)
        changes = [audit.change("Completed", None, day_year(choice.day))]
        audit.record("action_completed", action, by=by, changes=changes)
    elif choice.what == MERGE:
        assert choice.into
        other = actions[choice.into]
        _write_end(action, choice, Ending.MERGED, today, by, merged_into=other)
        changes = [audit.change("Merged into", None, f"{other.reference} {other.title}")]
        audit.record("action_merged", action, by=by, changes=changes, comment=action.ended_because)
    else:
        _write_end(action, choice, Ending.CLOSED, today, by)
        audit.record("action_closed", action, by=by, comment=action.ended_because)


def _write_end(
    action: Action, choice: Choice, ending: str, on: dt.date, by: User, merged_into: Action | None = None
) -> None:
    because = "" if ending == Ending.COMPLETE else choice.reason.strip()
    told = {"ending": ending, "ended_on": on, "ended_at": timezone.now(), "ended_by": by, "ended_because": because}
    write(action, version=choice.version, what=f"{action.reference}", **told, merged_into=merged_into)


def _take_dates_back(action: Action, by: User) -> None:
    for move in DateMove.objects.waiting().filter(action=action):
        date_moves.take_back(move, because="The action has ended", by=by)
