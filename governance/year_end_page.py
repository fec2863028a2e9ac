"""What the page of a year's end tells: the actions still open with what was said of them last, and what became of the others."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from governance import lateness, year_end
from governance.models import Action, DeliveryPlan, Milestone, Update
from lib.numerals import in_words
from lib.written import capitalised, day_year


@dataclass(frozen=True)
class Open:
    """An open action. `update` is the last agreed one; `left_behind` are milestones that no carrying forward takes along."""

    action: Action
    update: Update | None
    standing: lateness.Standing
    left_behind: tuple[Milestone, ...]

    @property
    def carried_without(self) -> list[str]:
        """What does not go along into next year's plan, in sentences."""
        found = []
        following = self.action.delivery_plan.year.next
        commitment = self.action.commitment
        if commitment and commitment.year != following:
            found.append(f"Its commitment is one of {commitment.year}, so it goes along without one.")
        if count := len(self.left_behind):
            named = "; ".join(f"{step.text}, {day_year(step.due_on)}" for step in self.left_behind)
            is_one = count == 1
            found.append(
                f"{capitalised(in_words(count))} milestone{'' if is_one else 's'} not reached yet stay{'s' if is_one else ''} behind, "
                f"since {'it lies' if is_one else 'they lie'} before {day_year(following.start)}: {named}."
            )
        return found


@dataclass(frozen=True)
class YearEnd:
    """`ended` in the order of their numbers; `waiting` updates have not been agreed, and won't be once the plan is closed."""

    plan: DeliveryPlan
    open: tuple[Open, ...]
    ended: tuple[Action, ...]
    waiting: int
    is_offered: bool
    is_over: bool

    @property
    def lede(self) -> str:
        """The first line: what is to be done."""
        plan, total = self.plan, len(self.open) + len(self.ended)
        if plan.is_closed:
            return f"The plan for {plan.year} is closed."
        if not plan.is_running:
            return "This plan has not been agreed, so there is nothing to settle."
        if not self.is_offered:
            return f"From {day_year(year_end.offered_from(plan.year))} you say here what becomes of each open action."
        if self.open:
            return f"{len(self.open)} of {total} action{'' if total == 1 else 's'} {'is' if len(self.open) == 1 else 'are'} still open. Say what becomes of each."
        if not self.is_over:
            return f"Nothing is open any more. The plan can be closed from {day_year(plan.year.next.start)} on."
        return "Nothing is open any more. Close the plan with a note of what the year came to."

    @property
    def may_settle(self) -> bool:
        return self.plan.is_running and self.is_offered and bool(self.open)

    @property
    def may_close(self) -> bool:
        return self.plan.is_running and self.is_over and not self.open


def gather(plan: DeliveryPlan, *, on: dt.date, last_quarter_asked: bool) -> YearEnd:
    """Four queries, however many actions there are. The plan's body has to be loaded."""
    related = ("owner", "commitment", "ended_by", "carried_to__delivery_plan__body")
    actions = list(Action.objects.filter(delivery_plan=plan).select_related(*related).in_order())
    by_id = {action.pk: action for action in actions}
    for action in actions:
        action.delivery_plan = plan
        if action.merged_into_id:
            action.merged_into = by_id[action.merged_into_id]
    still_open = [action for action in actions if action.is_open]
    updates = _last_agreed(still_open)
    steps = _not_reached(still_open)
    return YearEnd(
        plan=plan,
        open=tuple(_open(action, updates.get(action.pk), steps.get(action.pk, []), on) for action in still_open),
        ended=tuple(action for action in actions if not action.is_open),
        waiting=Update.objects.waiting().filter(action__in=still_open).count() if still_open else 0,
        is_offered=year_end.is_offered(plan.year, on, last_quarter_asked=last_quarter_asked),
        is_over=year_end.is_over(plan.year, on),
    )


def _open(action: Action, update: Update | None, steps: list[Milestone], on: dt.date) -> Open:
    stands = lateness.standing(
        due_on=action.due_on, ending="", ended_on=None, brag=update.brag if update else "", on=on
    )
    behind = year_end.left_behind(steps, starts_on=action.delivery_plan.year.next.start)
    return Open(action, update, stands, tuple(behind))


def _last_agreed(actions: Iterable[Action]) -> dict[int, Update]:
    found = Update.objects.agreed().filter(action__in=actions).order_by("quarter")
    return {update.action_id: update for update in found}


def _not_reached(actions: Iterable[Action]) -> dict[int, list[Milestone]]:
    found: dict[int, list[Milestone]] = {}
    for step in Milestone.objects.filter(action__in=actions, done_on__isnull=True):
        found.setdefault(step.action_id, []).append(step)
    return found
