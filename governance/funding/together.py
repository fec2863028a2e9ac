"""Some projects as one: what they have, spend and leave. What is not known is counted, never taken for nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from governance.funding import sums
from governance.funding.ledger import Line
from governance.funding.sums import Total
from lib.quarters import Quarter, Year


def runs_in(line: Line, year: Year) -> bool:
    """Whether a project is of that year: its days reach into it as far as they are known, or it has money or spend there."""
    first, last = line.project.starts_on, line.project.last_day
    if (first is None or first <= year.end) and (last is None or last >= year.start):
        return True
    return bool(line.years.get(year)) or line.spent_in(year) is not None


@dataclass(frozen=True)
class Together:
    """`of_year` leaves out projects that are not of it: what they have and spend there is nothing, and not unknown.

    A closed project counts with all that was given to it; what it did not spend is `not_spent`, of the others it is `left`.
    """

    lines: tuple[Line, ...]

    def __bool__(self) -> bool:
        return bool(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def of_year(self, year: Year) -> "Together":
        return Together(tuple(line for line in self.lines if runs_in(line, year)))

    @property
    def given(self) -> Total:
        """For the whole of their lives."""
        return sums.add(line.amount for line in self.lines)

    def given_in(self, year: Year) -> Total:
        """What of it is for a year; unknown are those whose money is not split by year."""
        return sums.add(line.money_in(year) for line in self.of_year(year).lines)

    def spent_in(self, year: Year) -> Total:
        """Verified; unknown are those without a verified quarter of the year."""
        return sums.add(line.spent_in(year) for line in self.of_year(year).lines)

    @property
    def spent(self) -> Total:
        return sums.add(line.spent_so_far for line in self.lines)

    @property
    def left(self) -> Total:
        """Still to be spent: of those that are not closed."""
        return sums.add(line.left for line in self.lines if not line.project.is_closed)

    @property
    def not_spent(self) -> Total:
        """What closed ones did not spend."""
        return sums.add(line.left for line in self.lines if line.project.is_closed)

    def knows_spend_in(self, year: Year) -> bool:
        """Whether nothing of the year is awaited, and no project is there that nobody is asked about."""
        return not self.awaited_in(year) and all(line.project.spend_id is not None for line in self.of_year(year).lines)

    def unasked_in(self, year: Year) -> int:
        """How many of the year's projects spend what nobody is asked about."""
        return sum(line.project.spend_id is None for line in self.of_year(year).lines)

    def unsplit_in(self, year: Year) -> "Together":
        """Those of the year whose money is not split by year."""
        return Together(tuple(line for line in self.of_year(year).lines if line.money_in(year) is None))

    def awaited_in(self, year: Year) -> list[Quarter]:
        """A quarter for each amount of the year that is asked for and not verified."""
        return sorted(quarter for line in self.lines for quarter in line.awaited if quarter.year == year)


def of(lines: Iterable[Line]) -> Together:
    return Together(tuple(lines))
