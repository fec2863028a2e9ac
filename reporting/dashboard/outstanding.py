"""What is still out: figures that are missing, not sent or not verified, and explanations, by whom."""

from dataclasses import dataclass

from lib.written import day_year
from reporting.dashboard import explanations, naming
from reporting.pdf.parts import said
from reporting.snapshots.shape import IndicatorPart, Snapshot

STATES = ("missing", "awaited", "unverified", "not_collected")


@dataclass(frozen=True)
class Outstanding:
    lines: tuple[str, ...]
    nothing: str  # in their place, when there are none


def build(snapshot: Snapshot) -> Outstanding:
    lines = (*_figures(snapshot), *_explanations(snapshot))
    return Outstanding(lines, "" if lines else "Nothing: every figure is verified, and every explanation is in.")


def _figures(snapshot: Snapshot) -> list[str]:
    """One line for each, or one for all of which the same is to be said."""
    same: dict[str, list[IndicatorPart]] = {}
    for state in STATES:
        for part in snapshot.in_state(state):
            same.setdefault(_why(part, snapshot), []).append(part)
    every = len(snapshot.indicators)
    return [f"{_named(parts, every)}: {why}" for why, parts in same.items()]


def _named(parts: list[IndicatorPart], every: int) -> str:
    return naming.every(every) if len(parts) == every > 1 else said.references(parts)


def _why(part: IndicatorPart, snapshot: Snapshot) -> str:
    cell, by = part.this, day_year(part.this.expected_on)
    if cell.state == "missing":
        return f"missing, {said.reason(cell)}. {f'Expected by {by}.' if by else 'No date is given.'}"
    if cell.state == "unverified":
        return "sent, not yet verified, so not rated."
    if cell.state == "not_collected":
        return "no return was asked for."
    if cell.reason:
        return f"{said.reason(cell)}, due again by {by}." if by else f"{said.reason(cell)}."
    if snapshot.due_on is None:
        return "not sent."
    since = "since" if snapshot.due_on < said.day_of(snapshot) else "on"
    return f"not sent, due {since} {day_year(snapshot.due_on)}."


def _explanations(snapshot: Snapshot) -> list[str]:
    """ "B3: the explanation, owed by Tower Hamlets CID."; those that are not due yet by their day alone, and after the others."""
    same: dict[tuple[str, str], list[IndicatorPart]] = {}
    for is_late in (True, False):
        for part in snapshot.indicators:
            if said.is_owed(part.words) and said.is_outstanding(part.words, said.day_of(snapshot)) == is_late:
                assert part.words is not None  # it is owed
                when = f"owed by {part.words.owed_by}" if is_late else f"due on {day_year(part.words.due_on)}"
                what = explanations.lacking(part.words) if is_late else "the explanation"
                same.setdefault((what, when), []).append(part)
    every = len(snapshot.indicators)
    return [
        f"{_named(parts, every)}: {what if len(parts) == 1 else what.replace('explanation', 'explanations')}, {when}."
        for (what, when), parts in same.items()
    ]
