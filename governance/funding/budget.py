"""Growth and savings by year: what was added, what was taken away, and what that comes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from governance.funding import sums
from governance.models import BudgetChange
from lib.numerals import pounds
from lib.quarters import Year


@dataclass(frozen=True)
class OfYear:
    year: Year
    rows: tuple[BudgetChange, ...]

    @property
    def growth(self) -> Decimal:
        return sums.add(row.amount for row in self.rows if row.kind == BudgetChange.Kind.GROWTH).known

    @property
    def savings(self) -> Decimal:
        """Less than nothing: it is taken away."""
        return sums.add(row.signed for row in self.rows if row.kind == BudgetChange.Kind.SAVING).known

    @property
    def net(self) -> Decimal:
        return self.growth + self.savings

    @property
    def words(self) -> str:
        """ "£150,000 more", "£1,200,000 less", "no change"."""
        if not self.net:
            return "no change"
        return f"{pounds(abs(self.net))} {'more' if self.net > 0 else 'less'}"


def by_year(rows: Iterable[BudgetChange]) -> list[OfYear]:
    """Latest year first; in a year growth before savings, as they were entered."""
    found: dict[Year, list[BudgetChange]] = {}
    for row in rows:
        found.setdefault(row.year, []).append(row)
    return [OfYear(year, tuple(found[year])) for year in sorted(found, reverse=True)]
