"""A stream with what is there for each year, its projects by the funder's own headings, and what of it is not known."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from governance.funding import limits, sums, together
from governance.funding.ledger import Line
from governance.funding.sums import Total
from governance.funding.together import Together
from governance.models import Allocation, FundingStream
from lib.numerals import in_words
from lib.quarters import Year


@dataclass(frozen=True)
class Theme:
    """The funder's heading; empty for projects under none."""

    title: str
    projects: Together


@dataclass(frozen=True)
class StreamLine:
    """`rows` are its years, of the whole stream or of what is set aside for a team; `whole` is None where that is not known."""

    stream: FundingStream
    projects: Together
    rows: tuple[Allocation, ...]
    whole: Decimal | None

    @cached_property
    def years(self) -> Mapping[Year, Decimal]:
        """What of the whole stream is for each year."""
        return {row.year: row.amount for row in self.rows if not row.team}

    @property
    def themes(self) -> tuple[Theme, ...]:
        """In the order in which the projects stand."""
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self.projects.lines:
            found[line.project.theme].append(line)
        return tuple(Theme(title, together.of(lines)) for title, lines in found.items())

    def lies_in(self, year: Year) -> bool:
        """Whether its days reach into the year, as far as they are known, or it has money there."""
        first, last = self.stream.starts_on, self.stream.ends_on
        return bool(self.years.get(year)) or (
            (first is None or first <= year.end) and (last is None or last >= year.start)
        )

    def money_in(self, year: Year) -> Decimal | None:
        """What is there for a year; None where that is not known, also where a sum for several years is not split.

        What is left over for one year is never worked out from the others: only where the years make up the whole is there nothing more.
        """
        if year in self.years:
            return self.years[year]
        if not self.lies_in(year):
            return sums.NOTHING
        own = self.stream.amount
        if own is None:
            return None
        first, last = self.stream.starts_on, self.stream.ends_on
        if not self.years and first and last and Year.of(first) == Year.of(last):
            return own
        return sums.NOTHING if sums.add(self.years.values()).amount == own else None

    def is_unsplit_in(self, year: Year) -> bool:
        """A sum for several years of which the year's part is not known."""
        return self.stream.amount is not None and self.money_in(year) is None

    def teams_in(self, year: Year) -> list[Allocation]:
        return [row for row in self.rows if row.team and row.year == year]

    def left_in(self, year: Year) -> Decimal | None:
        """Of the year's money, after what is verified as spent in it: at most that, where `projects` don't know all of their spend."""
        return sums.less(self.money_in(year), self.projects.spent_in(year).amount)

    @property
    def sum_of(self) -> str:
        """Of which years the whole is the sum, where it is not a sum of its own: "in 2017-18", "in two years"; else empty."""
        if self.stream.amount is not None or not self.years:
            return ""
        return f"in {next(iter(self.years))}" if len(self.years) == 1 else f"in {in_words(len(self.years))} years"

    @property
    def not_given(self) -> Decimal | None:
        """Not yet given to a project."""
        return sums.less(self.whole, self.projects.given.known)


def lines(
    streams: Iterable[FundingStream], allocations: Iterable[Allocation], of_projects: Iterable[Line]
) -> tuple[StreamLine, ...]:
    rows: dict[int, list[Allocation]] = defaultdict(list)
    for row in allocations:
        rows[row.stream_id].append(row)
    projects: dict[int, list[Line]] = defaultdict(list)
    for line in of_projects:
        projects[line.project.stream_id].append(line)
    return tuple(
        StreamLine(
            stream=stream,
            projects=together.of(projects[stream.pk]),
            rows=tuple(rows[stream.pk]),
            whole=limits.whole(stream, rows[stream.pk]),
        )
        for stream in streams
    )


def there(streams: Iterable[StreamLine], year: Year) -> Total:
    """What there is for a year, of the streams that reach into it."""
    return sums.add(line.money_in(year) for line in streams if line.lies_in(year))
