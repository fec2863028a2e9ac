"""Who may chair a body at the same time: one chair, or up to two co-chairs. Pure: takes roles and days, knows no records and no clock."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CHAIR, CO_CHAIR = "chair", "co_chair"  # codes of `Membership.Role`
CO_CHAIRS = 2
RULE = "A body has one chair at a time, or two co-chairs"


@dataclass(frozen=True)
class Place:
    """A chair or co-chair from one day to another, both included; an open end is None. `label` names them in a sentence."""

    role: str
    starts_on: dt.date
    ends_on: dt.date | None
    label: str = ""

    def covers(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def in_the_way(new: Place, others: Iterable[Place]) -> list[Place]:
    """Those beside whom `new` can't be; empty where it can. Roles other than chair and co-chair are never in the way."""
    if new.role not in (CHAIR, CO_CHAIR):
        return []
    beside = [other for other in others if other.role in (CHAIR, CO_CHAIR) and _overlap(new, other)]
    chairs = [other for other in beside if CHAIR in (new.role, other.role)]
    return chairs or _most_at_once(new, beside)


def _overlap(one: Place, other: Place) -> bool:
    return (other.ends_on is None or one.starts_on <= other.ends_on) and (
        one.ends_on is None or other.starts_on <= one.ends_on
    )


def _most_at_once(new: Place, others: Sequence[Place]) -> list[Place]:
    """Co-chairs of one day of the new one's time, where they are two already. They are most on a day when one of them begins."""
    for day in [new.starts_on, *(other.starts_on for other in others if other.starts_on > new.starts_on)]:
        found = [other for other in others if other.covers(day)]
        if len(found) >= CO_CHAIRS:
            return found
    return []
