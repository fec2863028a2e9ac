"""The streams that a new project can take money of, with what is left of each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from governance.funding import limits, sums
from governance.models import Allocation, FundingStream, Project
from lib.numerals import pounds


@dataclass(frozen=True)
class Choice:
    stream: FundingStream
    whole: Decimal | None  # None: not known
    given: Decimal  # to projects

    @property
    def words(self) -> str:
        """ "£5,000 of £100,000 is left.", "All of its £132,000 is given to projects.", "How much there is of it is not known."."""
        if self.whole is None:
            return f"How much there is of it is not known. Its projects have {pounds(self.given)}."
        if self.given >= self.whole:
            return f"All of its {pounds(self.whole)} is given to projects."
        if not self.given:
            return f"None of its {pounds(self.whole)} is given to a project yet."
        return f"{pounds(self.whole - self.given)} of its {pounds(self.whole)} is left."


def gather(streams: Iterable[FundingStream]) -> list[Choice]:
    """In their order. Three queries however many there are."""
    every = list(streams)
    allocations: dict[int, list[Allocation]] = defaultdict(list)
    for row in Allocation.objects.filter(stream__in=every):
        allocations[row.stream_id].append(row)
    given: dict[int, list[Decimal]] = defaultdict(list)
    for stream, amount in Project.objects.filter(stream__in=every).values_list("stream", "amount"):
        given[stream].append(amount)
    return [Choice(one, limits.whole(one, allocations[one.pk]), sums.add(given[one.pk]).known) for one in every]
