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
    promised: Decimal = sums.NOTHING  # agreed to applications that are no project yet

    @property
    def words(self) -> str:
        """ "£5,000 of £100,000 is left.", "All of its £132,000 is given to projects.", "How much there is of it is not known."."""
        if self.whole is None:
            return f"How much there is of it is not known. Its projects have {pounds(self.given)}."
        taken = self.given + self.promised
        if taken >= self.whole:
            promised = f", {pounds(self.promised)} of it agreed to applications" if self.promised else ""
            return f"All of its {pounds(self.whole)} is given{promised or ' to projects'}."
        if not taken:
            return f"None of its {pounds(self.whole)} is given to a project yet."
        promised = f", after {pounds(self.promised)} agreed to applications" if self.promised else ""
        return f"{pounds(self.whole - taken)} of its {pounds(self.whole)} is left{promised}."


def gather(streams: Iterable[FundingStream]) -> list[Choice]:
    """In their order. Four queries however many there are."""
    every = list(streams)
    allocations: dict[int, list[Allocation]] = defaultdict(list)
    for row in Allocation.objects.filter(stream__in=every):
        allocations[row.stream_id].append(row)
    given: dict[int, list[Decimal]] = defaultdict(list)
    for stream, amount in Project.objects.filter(stream__in=every).values_list("stream", "amount"):
        given[stream].append(amount)
    promised = limits.promised(every)
    return [
        Choice(
            one,
            limits.whole(one, allocations[one.pk]),
            sums.add(given[one.pk]).known,
            sums.add(amount for _, amount in promised[one.pk]).known,
        )
        for one in every
    ]
