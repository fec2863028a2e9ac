"""What changed since last quarter: ratings, restated figures, new series; as the pack says it."""

from dataclasses import dataclass

from reporting.dashboard import naming
from reporting.pdf.parts import changed
from reporting.snapshots.shape import Snapshot


@dataclass(frozen=True)
class Changes:
    heading: str
    lines: tuple[str, ...]
    nothing: str  # in their place, when there are none


def build(snapshot: Snapshot) -> Changes:
    lines = changed.since_last_quarter(snapshot)
    heading = f"What changed since {naming.before(snapshot.quarter)}"
    return Changes(heading, lines, "" if lines else changed.nothing(snapshot))
