"""All that is shown of one consultation's results, as plain values. Pure: made by `reading`, drawn by everything else."""

import datetime as dt
from dataclasses import dataclass

from consultation.counts import Counts
from lib.numerals import in_full


@dataclass(frozen=True)
class Quoted:
    """Words that somebody wrote and two people have passed for publication."""

    question: str
    text: str


@dataclass(frozen=True)
class Found:
    """`counts` hold nothing that may not be published. `number` is that of the result they come from; 0 for published totals."""

    slug: str
    title: str
    purpose: str
    opens_on: dt.date
    closes_on: dt.date
    counts: Counts
    threshold: int
    number: int
    taken_on: dt.date | None  # the day of counting; None: not known of published totals
    reason: str  # why this result replaces the one before
    source: str
    note: str
    is_sample: bool
    is_published: bool  # False: a preview
    quotes: tuple[Quoted, ...] = ()
    purge_on: dt.date | None = None
    is_purged: bool = False

    @property
    def when(self) -> str:
        """ "10 June to 12 August 2016"; both in full where the years differ."""
        first, last = self.opens_on, self.closes_on
        if first.year == last.year:
            return f"{first.day} {first:%B} to {in_full(last)}"
        return f"{in_full(first)} to {in_full(last)}"

    @property
    def year(self) -> int:
        """In which it ended: how people name it."""
        return self.closes_on.year
