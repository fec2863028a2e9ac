"""The actions of a delivery plan: added, worded, taken out of a draft; their milestones ticked.

Everything is done while the plan is held, so that nothing is worded while it is being submitted. Dates move by `DateMove` once the plan is
agreed, and an action then ends by being closed, with a reason.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from accounts import audit
from accounts.models import User
from consultation.models import Concern
from governance import action_dates, indicators_told, numbering
from governance.holding import hold, hold_open
from governance.models import Action, DeliveryPlan, EqualityImpact, Milestone
from indicators.models import Indicator
from lib.editing import Stale, write
from lib.written import day_year
from priorities.models import Commitment, Outcome

THIS = "This action"
COLUMNS = (
    "title",
    "starts_on",
    "due_on",
    "owner_post",
    "owner",
    "commitment",
    "outcome",
    "partners",
    "success_measure",
    "resources",
)

audit.kinds(
    {
        "action_added": "Action added",
        "action_changed": "Action changed",
        numbering.TAKEN_OUT: "Action taken out",
        "milestone_done": "Milestone reached",
        "milestone_not_done": "Milestone not reached after all",
    }
)


@dataclass(frozen=True)
class Step:
    """A row for a milestone: of one that is there, by its id, or a new one. Without words and day it is none, or goes."""

    text: str
    due_on: dt.date | None
    pk: int | None = None


@dataclass(frozen=True)
class Content:
    """All that is said of an action. `indicators` and `concerns` replace those named before."""

    title: str
    starts_on: dt.date
    due_on: dt.date
    owner_post: str = ""
    owner: User | None = None
    commitment: Commitment | None = None
    outcome: Outcome | None = None
    partners: str = ""
    success_measure: str = ""
    resources: str = ""
    indicators: Sequence[Indicator] = ()
    concerns: Sequence[Concern] = ()
    milestones: Sequence[Step] = field(default=())

    @property
    def columns(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in COLUMNS}
        return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


@transaction.atomic
def add(plan: DeliveryPlan, *, content: Content, reason: str = "", by: User | None) -> Action:
    """Add an action under the next number. Once the plan is agreed that needs a reason."""
    held = hold_open(plan)
    errors = _faults(held, content)
    if not held.is_draft and not reason.strip():
        errors["reason"] = "Say why an action is added: the plan has been agreed"
    if errors:
        raise ValidationError(errors)
    action = Action.objects.create(
        delivery_plan=held, number=numbering.next_number(held), first_due_on=content.due_on, **content.columns
    )
    action.indicators.set(content.indicators)
    action.concerns.set(content.concerns)
    _write_steps(action, content.milestones)
    audit.record("action_added", action, by=by, changes=audit.changes({}, _said(content)), comment=reason.strip())
    return action


@transaction.atomic
def edit(action: Action, *, content: Content, reason: str = "", version: int, by: User | None) -> Action:
    """Say `content` of it. In an agreed plan its dates stay, and the reason is kept. Saying what is said already leaves no trace."""
    held = hold_open(action.delivery_plan)
    action.refresh_from_db()
    action.delivery_plan = held
    if action.version != version:
        raise Stale(THIS)
    if not action.is_open:
        raise ValidationError("This action has ended, so it stays as it is")
    errors = _faults(held, content)
    if not held.is_draft:
        errors |= _moved(action, content)
    if errors:
        raise ValidationError(errors)
    changes = audit.changes(_facts(action), _said(content, action))
    if not changes:
        return action
    if not held.is_draft and not reason.strip():
        raise ValidationError({"reason": "Say why it changes: the plan has been agreed"})
    columns = content.columns
    if held.is_draft:
        columns["first_due_on"] = content.due_on
    write(action, version=version, what=THIS, **columns)
    action.indicators.set(content.indicators)
    action.concerns.set(content.concerns)
    _write_steps(action, content.milestones)
    audit.record("action_changed", action, by=by, changes=changes, comment=reason.strip())
    return action


@transaction.atomic
def take_out(action: Action, *, version: int, by: User) -> None:
    """Out of a draft, as if it had never been there; its number isn't given again."""
    held = hold(action.delivery_plan)
    action.refresh_from_db()
    action.delivery_plan = held
    if action.version != version:
        raise Stale(THIS)
    if not held.is_draft:
        raise ValidationError(
            "An action can be taken out of a draft only. Later it ends by being closed, with a reason"
        )
    if action.updates.exists():
        raise ValidationError("It has updates, so it stays on the record: it ends by being closed, with a reason")
    if action.carried_from_id:
        raise ValidationError("It was carried forward from the year before, so it stays on the record")
    if EqualityImpact.objects.filter(mitigation=action).exists():
        raise ValidationError("It lessens a harm in the equalities analysis: choose another action there first")
    changes = [audit.change(numbering.NUMBER, action.number, None), audit.change("Action", action.title, None)]
    try:
        action.milestones.all().delete()
        Action.objects.filter(pk=action.pk).delete()
    except ProtectedError:
        raise ValidationError("Something on the record points to it, so it stays") from None
    audit.record(numbering.TAKEN_OUT, held, by=by, changes=changes)


@transaction.atomic
def tick(milestone: Milestone, *, on: dt.date, by: User) -> Milestone:
    """It was reached on that day."""
    return _tick(milestone, on, by)


@transaction.atomic
def untick(milestone: Milestone, *, by: User) -> Milestone:
    """It was not reached after all."""
    return _tick(milestone, None, by)


def _tick(milestone: Milestone, on: dt.date | None, by: User) -> Milestone:
    held = hold(milestone.action.delivery_plan)
    if not held.is_running:
        raise ValidationError("Milestones are ticked off while the plan is in delivery")
    # Whether it stands otherwise now: ticked twice it is ticked once.
    moved = Milestone.objects.filter(pk=milestone.pk, done_on__isnull=on is not None).update(done_on=on)
    milestone.done_on = on
    if moved:
        kind = "milestone_done" if on else "milestone_not_done"
        audit.record(kind, milestone.action, by=by, changes=[audit.change("Milestone", None, milestone.text)])
    return milestone


def _faults(plan: DeliveryPlan, content: Content) -> dict[str, str]:
    rows = [(step.text, step.due_on) for step in content.milestones]
    errors = action_dates.faults(plan.year, content.starts_on, content.due_on, rows)
    if not content.title.strip():
        errors["title"] = "Say what is to be done"
    if not content.owner_post.strip() and content.owner is None:
        errors["owner_post"] = "Say who leads it: a post, a person or both"
    if not plan.is_draft and not content.success_measure.strip():
        errors["success_measure"] = "Say how success is measured: the plan has been agreed"
    return errors


def _moved(action: Action, content: Content) -> dict[str, str]:
    errors = {}
    if content.due_on != action.due_on:
        errors["due_on"] = "The plan has been agreed: propose a new date with the quarter’s update"
    if content.starts_on != action.starts_on:
        errors["starts_on"] = "The plan has been agreed: the day it starts stays"
    return errors


def _write_steps(action: Action, steps: Sequence[Step]) -> None:
    there = {milestone.pk: milestone for milestone in action.milestones.all()}
    for step in steps:
        milestone = there.get(step.pk) if step.pk else None
        if step.text.strip() and step.due_on:
            if milestone:
                Milestone.objects.filter(pk=milestone.pk).update(text=step.text.strip(), due_on=step.due_on)
            else:
                Milestone.objects.create(action=action, text=step.text.strip(), due_on=step.due_on)
        elif milestone and milestone.done_on:
            raise ValidationError(f"“{milestone.text}” has been reached, so it stays")
        elif milestone:
            Milestone.objects.filter(pk=milestone.pk).delete()


def _facts(action: Action) -> dict[str, object]:
    """What is said of it now, in the words of its page."""
    return _said(
        Content(
            **{name: getattr(action, name) for name in COLUMNS},
            indicators=list(action.indicators.all()),
            concerns=list(action.concerns.all()),
            milestones=[Step(step.text, step.due_on) for step in action.milestones.all()],
        )
    )


def _said(content: Content, instead_of: Action | None = None) -> dict[str, object]:
    said = content.columns
    before = instead_of.indicators.all() if instead_of else content.indicators
    lead = Action(owner_post=said["owner_post"], owner=said["owner"]).owner_label
    steps = sorted((step.due_on, step.text.strip()) for step in content.milestones if step.due_on and step.text.strip())
    return {
        "Title": said["title"],
        "Commitment": content.commitment and content.commitment.text,
        "Outcome": content.outcome and content.outcome.text,
        "Indicators": indicators_told.told_after(content.indicators, before),
        "Concerns": ", ".join(sorted(concern.text for concern in content.concerns)),
        "Lead": lead,
        "Partners": said["partners"],
        "Starts": day_year(content.starts_on),
        "Due": day_year(content.due_on),
        "Success measure": said["success_measure"],
        "Resources": said["resources"],
        "Milestones": "; ".join(f"{text}, {day_year(day)}" for day, text in steps),
    }
