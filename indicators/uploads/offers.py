"""What a file offers, whoever read it: the partnership's own workbook, somebody's own sheet, or a publisher's file. Plain values.

Figures and reasons for having none come out as offers, what can't be read as refusals, each with the cell it stands in.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from lib.quarters import Quarter

LETTERS = 26


@dataclass(frozen=True, order=True)
class Place:
    """A cell: the number of its sheet, row and column, each from 0."""

    sheet: int
    row: int
    column: int

    @property
    def name(self) -> str:
        """As a spreadsheet calls it: "B7", "AA12"."""
        letters, number = "", self.column + 1
        while number:
            number, rest = divmod(number - 1, LETTERS)
            letters = f"{chr(ord('A') + rest)}{letters}"
        return f"{letters}{self.row + 1}"


@dataclass(frozen=True)
class Offer:
    """One figure for one indicator in one quarter, or the reason why there is none. Numbers as in `models.Figure`.

    `months` are the months it is the sum of, each by its first day; empty where a quarter was given. `seen_version` is the version of the
    return when the partnership's own workbook was written, None for any other file.
    """

    indicator_id: int
    quarter: Quarter
    place: Place
    typed: str  # what stands in the cell
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    stated_percentage: Decimal | None = None
    is_amount: bool = False  # the numerator is pounds and pence
    months: tuple[tuple[dt.date, Decimal], ...] = ()
    is_provisional: bool = False
    source: str = ""
    extracted_on: dt.date | None = None
    missing_reason: str = ""  # as in Return.MissingReason; then there are no numbers
    missing_note: str = ""
    expected_on: dt.date | None = None
    seen_version: int | None = None


@dataclass(frozen=True)
class Refusal:
    """A cell that can't be taken, and the sentence why."""

    place: Place
    typed: str
    label: str  # what it would be: "B2 Domestic abuse reports, 2017-18 Q4"; empty where that can't be told
    why: str


@dataclass(frozen=True)
class Reading:
    """All that was read. `notes` are sentences about the file as a whole: a column that was left out, formulas whose values were taken."""

    offers: tuple[Offer, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[str, ...] = ()
