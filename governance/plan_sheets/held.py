"""What a delivery plan holds now of what its sheet says: each action with its update of the quarter and the date that waits. Nine queries."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from governance.models import Action, Brag, DateMove, DeliveryPlan, Milestone, Update
from governance.plan_sheets.columns import (
    COLOUR,
    COMMITMENT,
    INDICATORS,
    MOVED,
    MOVED_WHY,
    OUTCOME,
    PERSON,
    REPORTED,
    STEPS,
)
from governance.plan_sheets.offers import Step
from indicators.models import Indicator
from indicators.placing import Places, in_year
from lib.quarters import Quarter
from lib.sheets.grid import tidy
from lib.written import day_year
from priorities.models import Commitment, Outcome

STEPS_NAMED = 6  # milestones that a cell of the preview lists


@dataclass(frozen=True)
class Held:
    """An action as it is, with its update of the quarter and the new date that waits to be accepted."""

    action: Action
    update: Update | None
    move: DateMove | None
    indicators: tuple[int, ...]  # those in sight
    steps: tuple[Step, ...]
    milestones: tuple[Milestone, ...] = ()  # the rows of those steps

    @property
    def versions(self) -> tuple[int, int]:
        return self.action.version, self.update.version if self.update else 0

    def value(self, field: str) -> Any:
        """As an `Offer` would say it: the same value means that nothing changes."""
        if field in (COMMITMENT, OUTCOME, PERSON):
            return getattr(self.action, f"{field}_id")
        if field == INDICATORS:
            return self.indicators
        if field == STEPS:
            return self.steps
        if field in REPORTED:
            return text_of(field, getattr(self.update, field)) if self.update else ""
        if field == MOVED:
            return self.move.proposed if self.move else None
        if field == MOVED_WHY:
            return text_of(field, self.move.reason) if self.move else ""
        held = getattr(self.action, field)
        return text_of(field, held) if isinstance(held, str) else held


def text_of(field: str, text: str) -> str:
    """A text as it is read back from a sheet: white space as a person sees it."""
    return tidy(text) if field in ("done", "next") else " ".join(tidy(text).split())


class Plan:
    """A delivery plan with all that its sheet tells. `lock` holds its actions until the transaction ends.

    Indicators that `by` may not see are neither told nor touched.
    """

    def __init__(self, plan: DeliveryPlan, quarter: Quarter, by: User, *, lock: bool = False) -> None:
        self.plan, self.quarter = plan, quarter
        rows = plan.actions.in_order()
        self.actions = list(rows.select_for_update() if lock else rows)
        for action in self.actions:
            action.delivery_plan = plan
        self.in_sight = {one.pk: one for one in Indicator.objects.visible_to(by).measuring()}
        self.places: Places = in_year(plan.year)
        updates = {one.action_id: one for one in Update.objects.filter(action__in=self.actions, quarter=quarter)}
        moves = {one.action_id: one for one in DateMove.objects.waiting().filter(action__in=self.actions)}
        expected, steps = self._indicators(), self._milestones()
        self.held = [
            Held(
                action,
                updates.get(action.pk),
                moves.get(action.pk),
                tuple(sorted(pk for pk in expected[action.pk] if pk in self.in_sight)),
                tuple(sorted(map(_step, steps[action.pk]), key=lambda step: (step[1], step[0]))),
                tuple(steps[action.pk]),
            )
            for action in self.actions
        ]
        self.by_number = {one.action.number: one for one in self.held}
        self._words: dict[tuple[str, int], str] = {}

    def _indicators(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        links = Action.indicators.through.objects.filter(action__in=self.actions)
        for action, indicator in links.values_list("action", "indicator"):
            found[action].append(indicator)
        return found

    def _milestones(self) -> dict[int, list[Milestone]]:
        found: dict[int, list[Milestone]] = defaultdict(list)
        for step in Milestone.objects.filter(action__in=self.actions):
            found[step.action_id].append(step)
        return found

    def learn(self, offered: list[dict[str, Any]]) -> None:
        """Read the words of whatever is held or offered, for `say`: three queries."""
        values = [*offered, *({name: one.value(name) for name in (COMMITMENT, OUTCOME, PERSON)} for one in self.held)]
        for field, model in ((COMMITMENT, Commitment), (OUTCOME, Outcome), (PERSON, User)):
            pks = {value[field] for value in values if value.get(field)}
            for thing in model._default_manager.filter(pk__in=pks):
                self._words[field, thing.pk] = thing.email if isinstance(thing, User) else thing.text

    def knows(self, field: str, pk: int) -> bool:
        return (field, pk) in self._words

    def say(self, field: str, value: Any) -> str:
        """A value as the sheet writes it; "" for nothing."""
        if value in (None, "", ()):
            return ""
        if field in (COMMITMENT, OUTCOME, PERSON):
            return self._words.get((field, value), "")
        if field == INDICATORS:
            found = [self.in_sight[pk] for pk in value if pk in self.in_sight]
            found.sort(key=self.places.order)
            return ", ".join(self.places.reference(one) or one.slug for one in found)
        if field == STEPS:
            shown = [f"{text} | {day_year(day)}" for text, day in value[:STEPS_NAMED]]
            more = len(value) - len(shown)
            return "; ".join([*shown, f"{more} more"] if more else shown)
        if field == COLOUR:
            return Brag(value).value.capitalize()
        return day_year(value) if isinstance(value, dt.date) else str(value)


def _step(milestone: Milestone) -> Step:
    return " ".join(tidy(milestone.text).split()), milestone.due_on
