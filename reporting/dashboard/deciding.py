"""What the CSP Executive is asked to decide, so that more can be rated: proposed targets, and which way is good."""

from dataclasses import dataclass

from reporting.dashboard import naming
from reporting.dashboard.leading import few_are_rated
from reporting.pdf.parts import said
from reporting.snapshots.shape import IndicatorPart, Snapshot


@dataclass(frozen=True)
class Deciding:
    """Each is empty when there is nothing of it."""

    proposals: str
    directions: str
    nothing: str


def build(snapshot: Snapshot) -> Deciding | None:
    """None where enough is rated and nothing is proposed: then there is no such part."""
    proposed = [part for part in snapshot.indicators if _is_proposed(part)]
    few = few_are_rated(snapshot)
    if not snapshot.round_exists or not (few or proposed):
        return None
    undirected = [part for part in snapshot.indicators if part.polarity == "none"] if few else []
    return Deciding(
        proposals=_proposals(proposed),
        directions=_directions(undirected),
        nothing="" if proposed or undirected else f"No target for {snapshot.quarter.year} is proposed.",
    )


def _is_proposed(part: IndicatorPart) -> bool:
    return part.target is not None and part.target.rule != "none" and not part.target.is_agreed


def _proposals(parts: list[IndicatorPart]) -> str:
    if not parts:
        return ""
    if len(parts) <= naming.MOST_NAMED:
        a = "A target is" if len(parts) == 1 else "Targets are"
        return f"{a} proposed for {said.references(parts)}."
    return f"Targets for {len(parts)} indicators are proposed."


def _directions(parts: list[IndicatorPart]) -> str:
    if not parts:
        return ""
    it = "it has no direction and is" if len(parts) == 1 else "they have no direction and are"
    return f"Which way is good for {said.references(parts)}. Until then {it} not rated."
