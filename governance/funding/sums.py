"""Adding up money of which some is not known. Pure: Decimals in pounds, None for what is not known.

Nothing is added up by the database (SQLite sums floats), and what is not known is counted, never taken for nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Total:
    """What some amounts come to: of those that are known, with how many are not."""

    known: Decimal
    parts: int  # how many were added up
    unknown: int  # how many more there are, of which the amount is not known

    @property
    def amount(self) -> Decimal | None:
        """The sum; None where no part of it is known."""
        return self.known if self.parts else None

    @property
    def is_whole(self) -> bool:
        return self.unknown == 0


def add(amounts: Iterable[Decimal | None]) -> Total:
    every = list(amounts)
    known = [amount for amount in every if amount is not None]
    return Total(sum(known, NOTHING), len(known), len(every) - len(known))


def less(amount: Decimal | None, other: Decimal | None) -> Decimal | None:
    """What is left of an amount; None where one of the two is not known."""
    return None if amount is None or other is None else amount - other
