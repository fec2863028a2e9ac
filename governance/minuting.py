"""What is typed on the pages of a meeting, as its actions take it. Pure shapes: a person is whatever the caller puts there."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ItemRow:
    """A row of the agenda, in its place. `pk` is None for a new one."""

    pk: int | None
    title: str
    purpose: str
    presenter: str = ""


@dataclass(frozen=True)
class MemberHere:
    """One member's row. `presence` is a code of `Attendance.Presence`, or "" where nobody has said. `stand_in`: who came for them."""

    membership_id: int
    presence: str
    stand_in: str = ""


@dataclass(frozen=True)
class GuestHere:
    name: str
    post: str = ""
    organisation_id: int | None = None


@dataclass(frozen=True)
class NewDecision:
    """`item_id` is None for what was decided beyond the items. With nobody to see to it, `owner`, `owner_post` and `due_on` are empty."""

    item_id: int | None
    text: str
    reason: str
    owner: Any = None
    owner_post: str = ""
    due_on: dt.date | None = None


@dataclass(frozen=True)
class NewArising:
    text: str
    owner: Any
    owner_post: str
    due_on: dt.date


@dataclass(frozen=True)
class NewInterest:
    item_id: int | None
    name: str
    nature: str
    took_no_part: bool


@dataclass(frozen=True)
class Minutes:
    """All that one press saves: short minutes by the item's id, what was said beyond them, and what is new."""

    items: Mapping[int, str]
    beyond: str = ""
    made_known: str = ""
    another_item: str = ""
    decisions: Sequence[NewDecision] = field(default_factory=tuple)
    arising: Sequence[NewArising] = field(default_factory=tuple)
    interests: Sequence[NewInterest] = field(default_factory=tuple)
