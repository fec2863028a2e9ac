"""One row of a file beside the action that it is about: what it would say, and what would change by that."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from governance.plan_sheets.columns import (
    COMMITMENT,
    DUE,
    INDICATORS,
    MOVED,
    NAMED,
    OUTCOME,
    PERSON,
    REFERENCE,
    STARTS,
    STEPS,
    TITLE,
)
from governance.plan_sheets.held import Held, Plan
from governance.plan_sheets.offers import Offer
from governance.plan_sheets.results import CHANGED, REFUSED, Line


@dataclass(frozen=True)
class Row:
    """`held` is None for an action that the plan does not have; `unread` are the fields whose cells could not be read."""

    plan: Plan
    offer: Offer
    held: Held | None
    unread: frozenset[str]

    def given(self, field: str) -> bool:
        return field in self.offer.fields

    def was(self, field: str) -> Any:
        return self.held.value(field) if self.held else nothing(field)

    def value(self, field: str) -> Any:
        """What it would be. Milestones are added and moved by a file, never taken out."""
        if not self.given(field):
            return self.was(field)
        said = self.offer.fields[field]
        if field != STEPS:
            return said
        texts = {text for text, _ in said}
        kept = [step for step in self.was(STEPS) if step[0] not in texts]
        return tuple(sorted([*said, *kept], key=lambda step: (step[1], step[0])))

    def differs(self, field: str) -> bool:
        return self.given(field) and self.value(field) != self.was(field)

    def changes(self, fields: Iterable[str]) -> list[Line]:
        say = self.plan.say
        return [
            Line(
                CHANGED,
                name,
                NAMED[name],
                self.offer.places[name],
                say(name, self.was(name)),
                say(name, self.value(name)),
            )
            for name in fields
            if self.differs(name)
        ]

    def no(self, field: str, why: str) -> Line:
        """It can't be taken, at its cell; at the row's first where the sheet has no such column."""
        typed = {REFERENCE: self.offer.reference, TITLE: self.offer.title}.get(field)
        if typed is None:
            typed = self.plan.say(field, self.offer.fields.get(field))
        return Line(REFUSED, field, NAMED[field], self.offer.places.get(field, self.offer.place), "", typed, why)


def nothing(field: str) -> Any:
    """What a new action says where the file says nothing."""
    if field in (STEPS, INDICATORS):
        return ()
    return None if field in (COMMITMENT, OUTCOME, PERSON, STARTS, DUE, MOVED) else ""
