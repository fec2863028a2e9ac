"""What is left of a stream once what is given to projects and what was agreed to applications is taken off."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from governance.funding import limits, sums
from governance.funding.ledger import split
from governance.models import (
    Allocation,
    FundingApplication,
    FundingStream,
    Project,
    ProjectYear,
)
from lib.quarters import Year
from lib.written import pounds


@dataclass(frozen=True)
class Left:
    """In pounds; `amount` is None where the whole of the stream is not known. `years` are those that have an amount of their own."""

    stream: FundingStream
    whole: Decimal | None
    given: Decimal  # to projects
    promised: Decimal  # agreed to applications that have not become a project yet
    years: Mapping[Year, Decimal] = field(default_factory=dict)

    @property
    def amount(self) -> Decimal | None:
        return sums.less(self.whole, self.given + self.promised)

    @property
    def sentence(self) -> str:
        """ "£40,000 of the £100,000 of Fund 1 is left: £50,000 is given to projects, £10,000 agreed to other applications"."""
        if self.whole is None or self.amount is None:
            return f"How much {self.stream} comes to is not known, so neither is what is left of it."
        taken = []
        if self.given:
            taken.append(f"{pounds(self.given)} is given to projects")
        if self.promised:
            taken.append(f"{pounds(self.promised)} is agreed to applications that are no project yet")
        left = pounds(max(self.amount, sums.NOTHING)) if self.amount else "Nothing"
        said = f"{left} of the {pounds(self.whole)} of {self.stream} is left"
        return f"{said}: {', '.join(taken)}." if taken else f"{said}."

    def excess(self, asked: Mapping[Year, Decimal]) -> str:
        """Why this much can't be agreed; "" where it can."""
        total = sums.add(asked.values()).known
        if self.amount is not None and total > self.amount:
            return f"{self.sentence} {pounds(total)} can’t be agreed from it"
        for year, amount in sorted(asked.items()):
            if year in self.years and amount > self.years[year]:
                there = pounds(max(self.years[year], sums.NOTHING))
                return f"{there} of {self.stream} is left in {year}: {pounds(amount)} can’t be agreed for that year"
        return ""


def of(stream: FundingStream, *, besides: FundingApplication) -> Left:
    """As far as it is taken by others than this application. Four queries."""
    allocations = list(Allocation.objects.filter(stream=stream))
    projects = list(Project.objects.filter(stream=stream))
    rows: dict[int, dict[Year, Decimal]] = defaultdict(dict)
    for row in ProjectYear.objects.filter(project__in=projects):
        rows[row.project_id][row.year] = row.amount
    in_years = [pair for project in projects for pair in split(project, rows[project.pk]).items()]
    promised = limits.promised([stream], besides=besides)[stream.pk]
    return Left(
        stream,
        limits.whole(stream, allocations),
        sums.add(project.amount for project in projects).known,
        sums.add(amount for _, amount in promised).known,
        _years(allocations, [*in_years, *promised]),
    )


def _years(allocations: Iterable[Allocation], taken: Iterable[tuple[Year, Decimal]]) -> dict[Year, Decimal]:
    by_year: dict[Year, Decimal] = defaultdict(lambda: sums.NOTHING)
    for year, amount in taken:
        by_year[year] += amount
    return {row.year: row.amount - by_year[row.year] for row in allocations if not row.team}
