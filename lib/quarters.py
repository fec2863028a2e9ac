"""Financial years and quarters as values: April to March, Q1 is April to June.

Pure: no Django, no clock. Both sort by time and can be written in a URL, a database column and a sentence.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import total_ordering

_YEAR = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4}-\d{2})[- ][qQ]([1-4])", re.ASCII)
_FIRST_MONTH = {1: 4, 2: 7, 3: 10, 4: 1}
_MONTH_NAMES = {
    1: "April to June",
    2: "July to September",
    3: "October to December",
    4: "January to March",
}


@total_ordering
@dataclass(frozen=True)
class Year:
    """A financial year by the calendar year it begins in: Year(2017) is "2017-18"."""

    begins: int

    @classmethod
    def parse(cls, text: str) -> "Year":
        """The year written as "2017-18"; ValueError for anything else, "2017-19" included."""
        match = _YEAR.fullmatch(text)
        if not match or int(match[2]) != (int(match[1]) + 1) % 100 or not 1900 <= int(match[1]) <= 2999:
            raise ValueError(f"{text!r} is not a financial year like 2017-18")
        return cls(int(match[1]))

    @classmethod
    def of(cls, day: dt.date) -> "Year":
        """The financial year that holds this day; it turns on 1 April."""
        return cls(day.year if day.month >= 4 else day.year - 1)

    def __str__(self) -> str:
        return f"{self.begins}-{(self.begins + 1) % 100:02d}"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Year):
            return NotImplemented
        return self.begins < other.begins

    @property
    def slug(self) -> str:
        return str(self)

    @property
    def start(self) -> dt.date:
        return dt.date(self.begins, 4, 1)

    @property
    def end(self) -> dt.date:
        return dt.date(self.begins + 1, 3, 31)

    @property
    def quarters(self) -> tuple["Quarter", ...]:
        return tuple(Quarter(self.begins, number) for number in (1, 2, 3, 4))

    def nearest(self, years: Iterable["Year"]) -> "Year | None":
        """The one of `years` nearest to this, of two as near the earlier; None of none."""
        return min(years, key=lambda other: (abs(other.begins - self.begins), other.begins), default=None)

    @property
    def previous(self) -> "Year":
        return Year(self.begins - 1)

    @property
    def next(self) -> "Year":
        return Year(self.begins + 1)


@total_ordering
@dataclass(frozen=True)
class Quarter:
    """A quarter of the financial year that begins in `year_begins`: Quarter(2017, 4) is January to March 2018."""

    year_begins: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in _FIRST_MONTH:
            raise ValueError(f"A year has quarters 1 to 4, not {self.number}")

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """The quarter written as "2017-18-q1" or "2017-18 Q1"; ValueError for anything else."""
        match = _QUARTER.fullmatch(text)
        if not match:
            raise ValueError(f"{text!r} is not a quarter like 2017-18-q1")
        return cls(Year.parse(match[1]).begins, int(match[2]))

    @classmethod
    def of(cls, day: dt.date) -> "Quarter":
        """The quarter that holds this day."""
        return cls(Year.of(day).begins, (day.month - 4) % 12 // 3 + 1)

    def __str__(self) -> str:
        return f"{self.year} Q{self.number}"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Quarter):
            return NotImplemented
        return (self.year_begins, self.number) < (other.year_begins, other.number)

    @property
    def slug(self) -> str:
        """As in URLs and columns, where it sorts by time: "2017-18-q1"."""
        return f"{self.year}-q{self.number}"

    @property
    def year(self) -> Year:
        return Year(self.year_begins)

    @property
    def start(self) -> dt.date:
        month = _FIRST_MONTH[self.number]
        return dt.date(self.year_begins + (month < 4), month, 1)

    @property
    def end(self) -> dt.date:
        return self.next.start - dt.timedelta(days=1)

    @property
    def months(self) -> str:
        """Its months with the calendar year: "January to March 2018"."""
        return f"{_MONTH_NAMES[self.number]} {self.start.year}"

    @property
    def previous(self) -> "Quarter":
        return self.plus(-1)

    @property
    def next(self) -> "Quarter":
        return self.plus(1)

    @property
    def year_ago(self) -> "Quarter":
        return self.plus(-4)

    def plus(self, quarters: int) -> "Quarter":
        """The quarter so many later, or earlier when negative."""
        index = self.year_begins * 4 + self.number - 1 + quarters
        return Quarter(index // 4, index % 4 + 1)

    def back_to(self, how_many: int) -> tuple["Quarter", ...]:
        """This quarter and those before it, `how_many` in all, oldest first."""
        return tuple(self.plus(-step) for step in range(how_many - 1, -1, -1))
