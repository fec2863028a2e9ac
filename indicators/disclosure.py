"""Which figures are too small to be published, and whether what is published gives one back. Pure: numbers in, words and intervals out.

See docs/decisions/0046-how-small-numbers-are-hidden.md. A count is hidden by itself ("fewer"); of two numbers that belong together
neither is shown ("withheld"), nor is anything that would tell a hidden one.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Generic, TypeVar

FEWER, WITHHELD = "fewer", "withheld"
Key = TypeVar("Key", bound=Hashable)  # whatever tells one figure from another
Interval = tuple[Decimal, Decimal | None]  # the highest None: no end
LEAST: Interval = (Decimal(0), None)


@dataclass(frozen=True)
class Rules:
    """Counts under `threshold` are small, zero too where `hides_zero`; `rounds_to` 0 is no rounding."""

    threshold: int
    hides_zero: bool
    rounds_to: int = 0

    def is_small(self, count: Decimal) -> bool:
        return count < self.threshold and (self.hides_zero or count != 0)

    def hides(self, numerator: Decimal | None, denominator: Decimal | None) -> str:
        """ "fewer", "withheld", or empty where the figure may be shown. A percentage without its base counts nobody."""
        if numerator is None:
            return ""
        if denominator is None:
            return FEWER if self.is_small(numerator) else ""
        parts = (numerator, denominator, denominator - numerator)
        return WITHHELD if any(self.is_small(part) for part in parts) else ""

    def rounded(self, count: Decimal) -> Decimal:
        """To the nearest multiple, half up; as it is without rounding."""
        if not self.rounds_to:
            return count
        return (count / self.rounds_to).quantize(Decimal(1), ROUND_HALF_UP) * self.rounds_to

    @property
    def told(self) -> tuple[Decimal, Decimal]:
        """What "fewer than 5" tells: the lowest and the highest number it can be."""
        return Decimal(0 if self.hides_zero else 1), Decimal(self.threshold - 1)

    @property
    def room(self) -> Decimal:
        """How many whole numbers a hidden figure must be able to be."""
        lowest, highest = self.told
        return highest - lowest + 1

    def tells_no_more_than(self, other: "Rules") -> bool:
        """Whether whoever knows a number to be few by the other rules learns nothing when it is called few by these."""
        (low, high), (other_low, other_high) = self.told, other.told
        return low <= other_low and other_high <= high


# ---------------------------------------------------------------- what the published numbers give back


@dataclass(frozen=True)
class Total(Generic[Key]):
    """What is published of several figures together: those of `parts` times 1 or −1 make `total`."""

    parts: Mapping[Key, int]
    total: Decimal


def intervals(
    keys: Iterable[Key], known: Mapping[Key, Decimal], told: Mapping[Key, Interval], sums: Sequence[Total[Key]]
) -> dict[Key, Interval]:
    """How narrowly each of `keys` can be told by whoever adds up and takes away all that is published.

    `known` are figures that are published, `told` between which numbers others lie.
    """
    found: dict[Key, Interval] = {key: told.get(key, LEAST) for key in keys}
    found |= {key: (number, number) for key, number in known.items()}
    every = _together([reduced for one in sums if (reduced := _without(one, known)).parts])
    for one in every:
        for key in one.parts:
            found.setdefault(key, told.get(key, LEAST))
    narrowed = True
    rounds = 0
    while narrowed and rounds < 1000:
        narrowed = any([_narrow(one, key, found) for one in every for key in one.parts])
        rounds += 1
    return {key: found[key] for key in keys}


def _without(one: Total[Key], known: Mapping[Key, Decimal]) -> Total[Key]:
    rest = one.total - sum((sign * known[key] for key, sign in one.parts.items() if key in known), Decimal(0))
    return Total({key: sign for key, sign in one.parts.items() if key not in known}, rest)


MOST_SUMS = 200


def _together(sums: Sequence[Total[Key]]) -> list[Total[Key]]:
    """The sums, and what two of them make together where that has fewer parts than the longer: the year less its first half is its second."""
    every: dict[tuple[frozenset[tuple[Key, int]], Decimal], Total[Key]] = {_name(one): one for one in sums}
    waiting = list(every.values())
    while waiting and len(every) < MOST_SUMS:
        new = waiting.pop()
        for other in list(every.values()):
            for sign in (1, -1):
                made = _added(new, other, sign)
                shorter = len(made.parts) < max(len(new.parts), len(other.parts))
                if made.parts and shorter and _is_plain(made) and _name(made) not in every:
                    every[_name(made)] = made
                    waiting.append(made)
    return list(every.values())


def _name(one: Total[Key]) -> tuple[frozenset[tuple[Key, int]], Decimal]:
    return frozenset(one.parts.items()), one.total


def _is_plain(one: Total[Key]) -> bool:
    return all(abs(sign) == 1 for sign in one.parts.values())


def _added(one: Total[Key], other: Total[Key], sign: int) -> Total[Key]:
    parts = {
        key: one.parts.get(key, 0) + sign * other.parts.get(key, 0)
        for key in [*one.parts, *(other.parts.keys() - one.parts.keys())]
    }
    return Total({key: number for key, number in parts.items() if number}, one.total + sign * other.total)


def _narrow(one: Total[Key], key: Key, found: dict[Key, Interval]) -> bool:
    """Bring one figure to what the rest of a sum leaves it; whether that narrowed anything."""
    low: Decimal | None = one.total
    high: Decimal | None = one.total
    for other, sign in one.parts.items():
        if other == key:
            continue
        least, most = found[other]
        if sign < 0:
            high = None if high is None or most is None else high + most
            low = None if low is None else low + least
        else:
            low = None if low is None or most is None else low - most
            high = None if high is None else high - least
    if one.parts[key] < 0:
        low, high = None if high is None else -high, None if low is None else -low
    before = found[key]
    lowest = before[0] if low is None else max(before[0], low)
    highest = before[1] if high is None else high if before[1] is None else min(before[1], high)
    found[key] = (lowest, highest)
    return found[key] != before


def is_given_back(interval: Interval, room: Decimal) -> bool:
    """Whether fewer whole numbers are left than there must be."""
    lowest, highest = interval
    return highest is not None and highest - lowest + 1 < room
