"""What was promised to a funder and what there was of it, quarter by quarter. The latest count of a quarter holds."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from governance.models import Output, OutputCount
from lib.quarters import Quarter


@dataclass(frozen=True)
class OutputLine:
    output: Output
    counts: Mapping[Quarter, OutputCount] = field(default_factory=dict)  # oldest quarter first

    @property
    def so_far(self) -> Decimal | None:
        """All quarters that were counted; None where none was, which is not 0."""
        return sum((one.number for one in self.counts.values()), Decimal(0)) if self.counts else None

    @property
    def until(self) -> Quarter | None:
        """The last quarter that was counted."""
        return max(self.counts, default=None)


def lines(outputs: Iterable[Output], until: Quarter | None = None) -> list[OutputLine]:
    """In their order, with one query however many there are. `until`: later quarters are left out."""
    every = list(outputs)
    counts: dict[int, dict[Quarter, OutputCount]] = defaultdict(dict)
    found = OutputCount.objects.filter(output__in=[one.pk for one in every]).select_related("counted_by")
    if until is not None:
        found = found.filter(quarter__lte=until)
    for one in found.order_by("quarter", "counted_at", "pk"):
        counts[one.output_id][one.quarter] = one  # in the order they were made: the latest stays
    return [OutputLine(output, counts[output.pk]) for output in every]


def latest(outputs: Collection[int], quarter: Quarter) -> dict[int, OutputCount]:
    """What holds in one quarter, by the output's id. One query."""
    found = OutputCount.objects.filter(output__in=outputs, quarter=quarter).order_by("counted_at", "pk")
    return {one.output_id: one for one in found}
