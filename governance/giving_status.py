"""What the page holds on which a body says how its commitments went: a row for each that takes something by hand."""

from collections.abc import Callable
from dataclasses import dataclass

from governance import promises
from governance.models import CommitmentStatus
from governance.promises import FROM_ACTIONS, CommitmentLine
from lib.quarters import Quarter


@dataclass(frozen=True)
class StatusRow:
    """One commitment: `own` is what was last said for the quarter, `before` what counted in the quarter before it."""

    line: CommitmentLine
    own: CommitmentStatus | None
    before: CommitmentStatus | None

    @property
    def takes_colour(self) -> bool:
        return self.line.source != FROM_ACTIONS


@dataclass(frozen=True)
class Giving:
    """`rows` take something by hand; `from_actions` counts those of the same bodies that take nothing."""

    quarter: Quarter
    rows: tuple[StatusRow, ...]
    from_actions: int

    @property
    def may_stay(self) -> int:
        """How many rows could carry last quarter's word over, and have none of their own."""
        return sum(row.takes_colour and row.before is not None and row.own is None for row in self.rows)

    @property
    def missing(self) -> int:
        return sum(row.line.is_missing for row in self.rows)


def gather(lines: tuple[CommitmentLine, ...], quarter: Quarter, ours: Callable[[CommitmentLine], bool]) -> Giving:
    """`ours` says which commitments may be given a status by whoever asks. One query."""
    own_lines = [line for line in lines if ours(line)]
    taking = [line for line in own_lines if line.source != FROM_ACTIONS or line.number is not None]
    given: dict[int, list[CommitmentStatus]] = {}
    those = CommitmentStatus.objects.filter(commitment__in=[line.pk for line in taking], quarter__lte=quarter)
    for status in those.order_by("quarter", "given_at", "pk"):
        given.setdefault(status.commitment_id, []).append(status)
    rows = tuple(
        StatusRow(
            line,
            next((one for one in reversed(given.get(line.pk, [])) if one.quarter == quarter), None),
            promises.counting([one for one in given.get(line.pk, []) if one.quarter < quarter], quarter.previous),
        )
        for line in taking
    )
    return Giving(quarter, rows, len(own_lines) - len(taking))
