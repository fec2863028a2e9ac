"""The words that stand for what a public edition hides. They are put into the snapshot once, before anything is drawn from it.

Afterwards `Value.hidden` is what is printed in place of the figure, so that no part has to know the threshold, and none can forget it.
"""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from reporting.snapshots.shape import SmallNumbers, Snapshot, Value

NOT_SHOWN = "not shown"


def worded(snapshot: Snapshot) -> Snapshot:
    """The same snapshot with the words for each hidden figure; one without any, or that has them already, is left as it is."""
    if snapshot.small_numbers is None:
        return snapshot
    said: Snapshot = _worded(snapshot, words(snapshot.small_numbers))
    return said


def words(small_numbers: SmallNumbers) -> dict[str, str]:
    """By the code in `Value.hidden`."""
    return {"fewer": f"fewer than {small_numbers.threshold}", "withheld": NOT_SHOWN}


def _worded(found: Any, words: dict[str, str]) -> Any:
    """Only what holds a hidden figure is made anew."""
    if isinstance(found, Value):
        return replace(found, hidden=words.get(found.hidden, found.hidden)) if found.hidden else found
    if isinstance(found, tuple):
        made = tuple(_worded(one, words) for one in found)
        return found if all(new is old for new, old in zip(made, found, strict=True)) else made
    if not is_dataclass(found) or isinstance(found, type):
        return found
    changed = {
        field.name: new
        for field in fields(found)
        if (new := _worded(old := getattr(found, field.name), words)) is not old
    }
    return replace(found, **changed) if changed else found


def key(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """What the words mean, for the key under a public table: of those that are there."""
    small = snapshot.small_numbers
    if small is None:
        return ()
    used = set(_hidden(snapshot.priorities))
    least = 0 if small.hides_zero else 1
    fewer = words(small)["fewer"]
    most = small.threshold - 1
    told = (
        (fewer, f"{least} to {most}, hidden so that no person can be identified.", bool(used & {"fewer", fewer})),
        (NOT_SHOWN, "it would give back a hidden count.", has_not_shown(snapshot)),
    )
    return tuple((term, meaning) for term, meaning, is_used in told if is_used)


def has_not_shown(snapshot: Snapshot) -> bool:
    """Whether "not shown" stands anywhere: for a figure, a rating or a comparison."""
    parts = [part for one in snapshot.priorities for part in (*one.indicators, *one.context)]
    return any(
        part.verdict.code == "not_shown" or "not_shown" in (part.short.trend, part.long.trend) for part in parts
    ) or bool(set(_hidden(snapshot.priorities)) & {"withheld", NOT_SHOWN})


def _hidden(found: Any) -> list[str]:
    if isinstance(found, Value):
        return [found.hidden] if found.hidden else []
    if isinstance(found, tuple):
        return [word for one in found for word in _hidden(one)]
    if not is_dataclass(found) or isinstance(found, type):
        return []
    return [word for field in fields(found) for word in _hidden(getattr(found, field.name))]
