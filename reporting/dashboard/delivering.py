"""How delivery goes, in a row for each body: how many actions stand where, and which are late."""

from dataclasses import dataclass

from governance import lateness
from reporting.pdf.parts import delivery
from reporting.pdf.parts.said import some_of
from reporting.snapshots.governed import DeliveryPart
from reporting.snapshots.shape import Snapshot

MOST_NAMED = 4  # late actions in a row
NOT_AGREED = {"none": "No plan yet", "draft": "A draft", "submitted": "Submitted, not agreed yet"}


@dataclass(frozen=True)
class Count:
    state: str
    number: int


@dataclass(frozen=True)
class Row:
    """`counts` in the order of the states, empty where no plan is agreed; `note` says why there are none, or which are late."""

    slug: str
    name: str
    has_plan: bool
    counts: tuple[Count, ...]
    note: str


@dataclass(frozen=True)
class Delivering:
    headline: str
    states: tuple[str, ...]
    rows: tuple[Row, ...]


def build(snapshot: Snapshot) -> Delivering | None:
    """None where no body owes or has a delivery plan, and nothing is to be said of it."""
    if snapshot.governance is None or not snapshot.governance.delivery:
        return None
    return Delivering(
        headline=delivery.in_a_line(snapshot),
        states=tuple(lateness.WORDS[state] for state in lateness.STATES),
        rows=tuple(map(_row, snapshot.governance.delivery)),
    )


def _row(part: DeliveryPart) -> Row:
    return Row(
        slug=part.slug,
        name=part.body,
        has_plan=part.state != "none",
        counts=tuple(Count(lateness.WORDS[state], number) for state, number in part.counts.items())
        if part.is_agreed
        else (),
        note=_late(part) if part.is_agreed else NOT_AGREED[part.state],
    )


def _late(part: DeliveryPart) -> str:
    """ "Late: ASB 2 and ASB 5"; the longest late first."""
    own = sorted(part.in_state(lateness.LATE), key=lambda action: -action.days_late)
    return f"Late: {some_of([action.reference for action in own], MOST_NAMED)}" if own else ""
