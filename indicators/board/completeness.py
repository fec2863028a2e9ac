"""How far each organisation is, each return as a square."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from indicators.models import Return
from lib.quarters import Quarter

# Each return as a square; the order in which they stand.
MARKS = {Return.Status.VERIFIED: "verified", Return.Status.SUBMITTED: "to_verify", Return.Status.MISSING: "missing"}
ORDER = ("verified", "to_verify", "out", "missing")


@dataclass(frozen=True)
class Completeness:
    """One organisation's returns, as marks in order, and in words: "4 of 7"."""

    organisation: str
    marks: tuple[str, ...]
    words: str

    @property
    def squares(self) -> list[tuple[int, str]]:
        """Each mark with the place of its square, 18 units apart."""
        return [(index * 18, mark) for index, mark in enumerate(self.marks)]

    @property
    def width(self) -> int:
        return len(self.marks) * 18


def rows(returns: Iterable[Return], quarter: Quarter) -> tuple[Completeness, ...]:
    """Largest first."""
    marks: dict[str, list[str]] = defaultdict(list)
    for return_ in returns:
        marks[return_.indicator.owner.name_on(quarter.end)].append(MARKS.get(return_.status, "out"))
    made = []
    for organisation, found in sorted(marks.items(), key=lambda item: (-len(item[1]), item[0])):
        in_ = sum(mark in ("verified", "to_verify") for mark in found)
        missing = found.count("missing")
        reason = (
            "" if not missing else ", with a reason" if missing == len(found) - in_ else f", {missing} with a reason"
        )
        ordered = tuple(sorted(found, key=ORDER.index))
        made.append(Completeness(organisation, ordered, f"{in_} of {len(found)}{reason}"))
    return tuple(made)
