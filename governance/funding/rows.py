"""The rows of the tables of money: one project, or several together, with the words for what is not known."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from governance.funding import saying
from governance.funding.ledger import Line
from governance.funding.results import Result
from governance.funding.saying import NONE_VERIFIED, NOT_ASKED, NOT_SPLIT, Said
from governance.funding.together import Together, runs_in
from governance.models import Project
from lib.numerals import pence
from lib.quarters import Year

NOT_THEN = Said(saying.NOTHING)  # the project is not of that year
WITHOUT = "without a verified amount"


@dataclass(frozen=True)
class Cells:
    """`given` for the whole life, `in_year` what of it is for the year; the others are verified spend and what is left after it."""

    year: Year
    given: Said
    in_year: Said
    spent_in_year: Said
    spent: Said
    left: Said

    @property
    def shown(self) -> tuple[tuple[str, Said], ...]:
        """Each with the heading of its column."""
        return (*self.of_priority, ("Left", self.left))

    @property
    def of_priority(self) -> tuple[tuple[str, Said], ...]:
        return (
            ("Amount", self.given),
            (f"For {self.year}", self.in_year),
            (f"Spent in {self.year}", self.spent_in_year),
            ("Spent so far", self.spent),
        )


@dataclass(frozen=True)
class Row:
    project: Project
    cells: Cells
    moves: tuple[Result, ...]  # the indicators that it is meant to move, of those in sight

    @property
    def ends_on(self) -> dt.date | None:
        return self.project.last_day


def row(line: Line, year: Year, results: Mapping[int, Result]) -> Row:
    """Needs the project's indicators loaded, as far as they are in sight."""
    own = {one.pk for one in line.project.indicators.all()}
    moves = tuple(result for pk, result in results.items() if pk in own)
    return Row(line.project, _of_one(line, year), moves)


def _of_one(line: Line, year: Year) -> Cells:
    none = NOT_ASKED if line.project.spend_id is None else NONE_VERIFIED
    is_then = runs_in(line, year)
    return Cells(
        year=year,
        given=saying.amount(line.amount),
        in_year=saying.amount(line.money_in(year), unknown=NOT_SPLIT) if is_then else NOT_THEN,
        spent_in_year=saying.exact(line.spent_in(year), unknown=none) if is_then else NOT_THEN,
        spent=saying.exact(line.spent_so_far, unknown=none),
        left=_left(line),
    )


def _left(line: Line) -> Said:
    if line.left is None:
        return Said(saying.NOT_KNOWN)
    note = "overspent" if line.is_overspent else "not spent, closed" if line.project.is_closed else ""
    return Said(pence(line.left), note)


def together(some: Together, year: Year) -> Cells:
    """The same added up, with how many parts are not known."""
    none = NONE_VERIFIED if any(line.project.spend_id for line in some.lines) else NOT_ASKED
    spent: dict[str, Any] = {"unknown": WITHOUT, "none": none, "to_the_penny": True}
    return Cells(
        year=year,
        given=saying.total(some.given),
        in_year=saying.total(some.given_in(year), unknown="not split by year"),
        spent_in_year=saying.total(some.spent_in(year), **spent),
        spent=saying.total(some.spent, **spent),
        left=_left_together(some),
    )


def _left_together(some: Together) -> Said:
    """What open projects have left, and under it what closed ones did not spend: neither is part of the other."""
    left = saying.total(some.left, to_the_penny=True)
    closed = some.not_spent
    if not closed.parts and not closed.unknown:
        return left
    said = saying.total(closed, to_the_penny=True)
    note = f"{said.words} not spent by closed projects" if closed.parts else "of closed projects not known"
    if closed.parts and said.note:
        note = f"{note} ({said.note})"
    return Said(left.words, "; ".join(filter(None, (left.note, note))))
