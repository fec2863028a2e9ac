"""A quarter's updates: drafted by whoever supports the body or leads the action, and agreed by its chair all at once."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance.actions import date_moves
from governance.models import Action, Brag, DateMove, DeliveryPlan, Update
from governance.quarter_lines import ASKED_FOR_MORE, words_needed
from lib.editing import Stale, write
from lib.quarters import Quarter
from lib.refusals import at_boxes
from lib.written import day_year

LONGEST_REASON = 300  # characters
OVERTAKEN = "An update of a later quarter has been agreed already, so nothing is added here"

audit.kinds(
    {
        "update_drafted": "Update drafted",
        "update_agreed": "Update agreed",
        "update_sent_back": "Update sent back",
        "action_completed": "Action completed",
    }
)


class RowsRefused(ValidationError):
    """Some rows can't be saved, so none is. `rows` says why by the action's id; a refusal may name its fields."""

    def __init__(self, rows: Mapping[int, ValidationError]) -> None:
        super().__init__([sentence for refusal in rows.values() for sentence in refusal.messages])
        self.rows = dict(rows)


@dataclass(frozen=True)
class Words:
    """What is said of one action. `version` is that of its update when the form was opened, 0 where there was none."""

    version: int
    done: str
    next: str
    brag: str
    brag_reason: str = ""
    move_to: dt.date | None = None
    move_because: str = ""


@dataclass(frozen=True)
class Verdict:
    """What the chair says of one action: of the update they saw, of the date they saw waiting, or of both.

    `send_back_because` is empty where the update is agreed. `accept` is None where nothing is said of the date.
    """

    update: int | None = None
    version: int = 0
    send_back_because: str = ""
    move: int | None = None
    accept: bool | None = None
    keep_because: str = ""


@dataclass(frozen=True)
class Outcome:
    agreed: int
    sent_back: int
    accepted: int
    kept: int
    completed: int


@transaction.atomic
def draft(plan: DeliveryPlan, *, quarter: Quarter, words: Mapping[Action, Words], by: User) -> list[Update]:
    """Save what is said of some of the plan's actions, all of it or none, and hand it to the chair.

    Raises RowsRefused with what is wrong with each row. What was agreed never changes; what was sent back goes to the chair again.
    """
    actions = _open_plan(plan, quarter)
    held = _updates(plan, quarter)
    overtaken = _overtaken(plan, quarter)
    refused: dict[int, ValidationError] = {}
    saved = []
    for action, said in words.items():
        try:
            if action.pk not in held and action.pk in overtaken:
                raise ValidationError(OVERTAKEN)
            saved.append(_draft(actions[action.pk], held.get(action.pk), quarter, said, by))
        except ValidationError as refusal:
            refused[action.pk] = refusal
    if refused:
        raise RowsRefused(refused)
    return saved


@transaction.atomic
def say_no_change(action: Action, *, quarter: Quarter, version: int, by: User) -> Update:
    """One dated click: as it was agreed last, colour and reason included. Refused where words are needed."""
    plan = action.delivery_plan
    action = _open_plan(plan, quarter)[action.pk]
    update = _updates(plan, quarter).get(action.pk)
    _check(action, update, version)
    if update and update.sent_back_because:
        raise ValidationError(ASKED_FOR_MORE)
    if update is None and action.pk in _overtaken(plan, quarter):
        raise ValidationError(OVERTAKEN)
    earlier = Update.objects.agreed().filter(action=action, quarter__lt=quarter).order_by("quarter")
    before = earlier.last()
    undone = action.milestones.filter(done_on__isnull=True)
    if why := words_needed(action, before, undone, timezone.localdate()):
        raise ValidationError(why)
    assert before is not None  # or words would be needed
    fields = {"done": "", "next": "", "brag": before.brag, "brag_reason": before.brag_reason, "is_no_change": True}
    return _write(action, update, quarter, fields, by)


@transaction.atomic
def agree(plan: DeliveryPlan, *, quarter: Quarter, verdicts: Mapping[int, Verdict], by: User) -> Outcome:
    """All that the chair says on one page, by the action's id: done whole or not at all.

    Raises RowsRefused with what is wrong with each row: an update that was changed since it was seen, a date that was decided
    meanwhile, a reason that lacks. What was not on the page stays as it is. An action whose agreed colour is blue is complete from today.
    """
    locked = _locked(plan)
    if quarter.year != locked.year:
        raise ValidationError(f"{quarter} is not in the year of this plan")
    if not locked.is_running:
        raise ValidationError("Updates are agreed while the plan is in delivery")
    today = timezone.localdate()
    is_over = today > quarter.end
    actions = {
        action.pk: action for action in locked.actions.select_related("delivery_plan__body").filter(pk__in=verdicts)
    }
    updates, overtaken = _updates(plan, quarter), _overtaken(plan, quarter)
    moves = {move.action_id: move for move in DateMove.objects.waiting().filter(action__in=actions)}
    refused: dict[int, ValidationError] = {}
    for pk, verdict in verdicts.items():
        try:
            _check_verdict(verdict, actions[pk], updates.get(pk), is_over)
            if pk in overtaken and verdict.update and not verdict.send_back_because:
                raise ValidationError(f"{actions[pk].reference}: {OVERTAKEN[:1].lower()}{OVERTAKEN[1:]}")
            _check_date(verdict, actions[pk], moves.get(pk), locked)
        except ValidationError as refusal:
            refused[pk] = refusal
    if refused:
        raise RowsRefused(refused)
    agreed = _agree(
        [updates[pk] for pk, verdict in verdicts.items() if verdict.update and not verdict.send_back_because], by
    )
    sent_back = [
        (updates[pk], verdict) for pk, verdict in verdicts.items() if verdict.update and verdict.send_back_because
    ]
    for update, verdict in sent_back:
        because = verdict.send_back_because.strip()
        write(update, version=update.version, what=_what(update.action), sent_back_because=because)
        audit.record("update_sent_back", update, by=by, comment=because)
    decided = [(moves[pk], verdict) for pk, verdict in verdicts.items() if verdict.move and verdict.accept is not None]
    for move, verdict in decided:
        if verdict.accept:
            date_moves.accept(move, by=by)
        else:
            date_moves.refuse(move, because=verdict.keep_because, by=by)
    done = [update.action_id for update in agreed if update.brag == Brag.BLUE]
    for pk in done:
        _complete(actions[pk], moves.get(pk), today, by)
    accepted = sum(bool(verdict.accept) for _, verdict in decided)
    return Outcome(len(agreed), len(sent_back), accepted, len(decided) - accepted, len(done))


# ---------------------------------------------------------------- drafting


def _draft(action: Action, update: Update | None, quarter: Quarter, said: Words, by: User) -> Update:
    _check(action, update, said.version)
    done, next_, reason = said.done.strip(), said.next.strip(), said.brag_reason.strip()
    errors = {}
    if not done:
        errors["done"] = f"Say what was done for {action.reference}; “nothing” is an answer too"
    if said.brag not in Brag.values:
        errors["brag"] = f"Choose how {action.reference} goes"
    elif said.brag in (Brag.RED, Brag.AMBER) and not reason:
        errors["brag_reason"] = f"Say why {action.reference} is {said.brag}"
    if len(reason) > LONGEST_REASON:
        errors["brag_reason"] = (
            f"The reason for the colour of {action.reference} must be {LONGEST_REASON} characters or fewer"
        )
    if said.move_because.strip() and not said.move_to:
        errors["move_to"] = f"Enter the new date that you propose for {action.reference}, or take its reason out"
    if said.move_to and said.brag == Brag.BLUE:
        errors["move_to"] = f"{action.reference} is said to be complete, so it needs no new date"
    if errors:
        raise ValidationError(errors)
    if said.move_to:
        try:
            date_moves.propose(action, proposed=said.move_to, reason=said.move_because, by=by)
        except ValidationError as refusal:
            raise at_boxes(refusal, {"proposed": "move_to", "reason": "move_because"}) from None
    fields = {"done": done, "next": next_, "brag": said.brag, "brag_reason": reason, "is_no_change": False}
    return _write(action, update, quarter, fields, by)


def _check(action: Action, update: Update | None, version: int) -> None:
    """Only what is open, and at the version that was seen."""
    if not action.is_open:
        raise ValidationError(f"{action.reference} has ended, so nothing more is said of it")
    if (update.version if update else 0) != version:
        raise Stale(_what(action))
    if update and update.is_agreed:
        raise ValidationError(f"The update of {action.reference} has been agreed, and stays as it is")


def _write(action: Action, update: Update | None, quarter: Quarter, fields: dict[str, object], by: User) -> Update:
    fields |= {"drafted_by": by, "drafted_at": timezone.now(), "sent_back_because": ""}
    was = _facts(update)
    if update is None:
        update = Update.objects.create(action=action, quarter=quarter, **fields)
    else:
        update = write(update, version=update.version, what=_what(action), **fields)
    audit.record("update_drafted", update, by=by, changes=audit.changes(was, _facts(update)))
    return update


def _facts(update: Update | None) -> dict[str, object]:
    if update is None:
        return {}
    return {
        "Colour": Brag(update.brag).label,
        "Reason": update.brag_reason,
        "Done": "No change" if update.is_no_change else update.done,
        "Next": update.next,
    }


# ---------------------------------------------------------------- agreeing


def _check_verdict(verdict: Verdict, action: Action, update: Update | None, is_over: bool) -> None:
    if not verdict.update:
        return
    if not is_over:
        raise ValidationError("Updates are agreed once the quarter is over: until then more may happen")
    if update is None or update.pk != verdict.update or update.version != verdict.version:
        raise Stale(_what(action))
    if update.is_agreed or update.sent_back_because:  # else its version would be another one
        raise Stale(_what(action))
    if not action.is_open:
        raise ValidationError(f"{action.reference} has ended, so nothing more is said of it")


def _check_date(verdict: Verdict, action: Action, move: DateMove | None, plan: DeliveryPlan) -> None:
    if not verdict.move:
        return
    if move is None or move.pk != verdict.move:
        raise ValidationError(
            {"accept": f"{action.reference}: {date_moves.DECIDED[:1].lower()}{date_moves.DECIDED[1:]}"}
        )
    if verdict.accept and (refusal := date_moves.refusal_now(move, action, plan)):
        raise ValidationError({"accept": refusal})
    if verdict.accept is False and not verdict.keep_because.strip():
        raise ValidationError({"keep_because": f"Say why {day_year(move.was)} stays for {action.reference}"})


def _agree(updates: list[Update], by: User) -> list[Update]:
    """At once: they are held by the lock on their plan, and were looked at under it."""
    now = timezone.now()
    for update in updates:
        update.agreed_at, update.agreed_by, update.version = now, by, update.version + 1
    Update.objects.bulk_update(updates, ["agreed_at", "agreed_by", "version"])
    audit.record_several([audit.Entry("update_agreed", update) for update in updates], by=by)
    return updates


def _complete(action: Action, move: DateMove | None, on: dt.date, by: User) -> None:
    """A date that still waits is not wanted any more."""
    if move and move.state == DateMove.State.PROPOSED:
        date_moves.take_back(move, because="The action is complete", by=by)
    action.refresh_from_db(fields=["version"])
    ended = {"ending": Action.Ending.COMPLETE, "ended_on": on, "ended_at": timezone.now(), "ended_by": by}
    write(action, version=action.version, what=_what(action), **ended)
    audit.record("action_completed", action, by=by, changes=[audit.change("Completed", None, day_year(on))])


# ---------------------------------------------------------------- what both need


def _locked(plan: DeliveryPlan) -> DeliveryPlan:
    return DeliveryPlan.objects.select_for_update().get(pk=plan.pk)


def _open_plan(plan: DeliveryPlan, quarter: Quarter) -> dict[int, Action]:
    """The plan's actions by id, under a lock on the plan; refused when nothing is said of this quarter now."""
    locked = _locked(plan)
    if quarter.year != locked.year:
        raise ValidationError(f"{quarter} is not in the year of this plan")
    if not locked.is_running:
        raise ValidationError("Updates are given while the plan is in delivery")
    if timezone.localdate() < quarter.start:
        raise ValidationError(f"{quarter} begins on {day_year(quarter.start)}: nothing can be said of it before")
    return {action.pk: action for action in locked.actions.select_related("delivery_plan__body")}


def _updates(plan: DeliveryPlan, quarter: Quarter) -> dict[int, Update]:
    """This quarter's, by action; their actions with plan and body, for their names."""
    found: Iterable[Update] = Update.objects.filter(action__delivery_plan=plan, quarter=quarter)
    return {update.action_id: update for update in found.select_related("action__delivery_plan__body")}  # type: ignore[attr-defined]


def _overtaken(plan: DeliveryPlan, quarter: Quarter) -> set[int]:
    """Actions of which an update of a later quarter was agreed."""
    later = Update.objects.agreed().filter(action__delivery_plan=plan, quarter__gt=quarter)
    return set(later.values_list("action", flat=True))


def _what(action: Action) -> str:
    return f"The update of {action.reference}"
