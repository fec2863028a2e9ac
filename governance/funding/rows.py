"""The rows of the tables of money: one project, or several together, with the words for what is not known."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from governance.funding import saying, spending
from governance.funding.ledger import Line
from governance.funding.results import Result
from governance.funding.saying import NONE_VERIFIED, NOT_ASKED, NOT_SPLIT, Said
from governance.funding.together import Together, runs_in
from governance.models import Project
from lib.numerals import in_words, pence
from lib.quarters import Year

NOT_THEN = Said(saying.NOTHING)  # the project is not of that year


@dataclass(frozen=True)
class Cells:
    """`given` for the whole life, `in_year` what of it is for the year; the others are verified spend."""

    year: Year
    given: Said
    in_year: Said
    spent_in_year: Said
    spent: Said

    @property
    def shown(self) -> tuple[tuple[str, Said], ...]:
        """Each with the heading of its column."""
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
    is_then = runs_in(line, year)
    return Cells(
        year=year,
        given=saying.amount(line.amount),
        in_year=saying.amount(line.money_in(year), unknown=NOT_SPLIT) if is_then else NOT_THEN,
        spent_in_year=spent(line, year) if is_then else NOT_THEN,
        spent=spent(line),
    )


def spent(line: Line, year: Year | None = None) -> Said:
    """Of one project, in a year or so far, with what the amount lacks: "without Q4"."""
    none = NOT_ASKED if line.project.spend_id is None else NONE_VERIFIED
    amount = line.spent_so_far if year is None else line.spent_in(year)
    said = saying.exact(amount, unknown=none)
    notes = [] if amount is None else [spending.left_out(line.awaited, year)]
    if year is None and line.left is not None:
        notes.append(_beside(line, line.left))
    return Said(said.words, "; ".join(filter(None, notes)))


def _beside(line: Line, left: Decimal) -> str:
    if left < 0:
        return f"{pence(-left)} overspent"
    return f"closed, {pence(left)} not spent" if line.project.is_closed and left else ""


def not_spent(line: Line) -> Said:
    """What one project has not spent of all that it was given: at most that while an amount is awaited."""
    if line.left is None:
        return Said(saying.NOT_KNOWN)
    if line.is_overspent:
        return Said(pence(line.left), "overspent")
    return Said(pence(line.left), "at most" if line.awaited and line.left else "")


def together(some: Together, year: Year) -> Cells:
    """The same added up, with how many parts are not known."""
    return Cells(
        year=year,
        given=saying.total(some.given),
        in_year=saying.total(some.given_in(year), unknown="not split by year"),
        spent_in_year=spent_together(some.of_year(year), year),
        spent=spent_together(some),
    )


def spent_together(some: Together, year: Year | None = None) -> Said:
    """Of several, which are all of that year where one is given: "without Q4 of one project; nobody is asked about two"."""
    if not some:
        return NOT_THEN
    total = some.spent if year is None else some.spent_in(year)
    unasked = sum(line.project.spend_id is None for line in some.lines)
    if unasked == len(some):
        return Said(NOT_ASKED)
    notes = [_lacks(some, year)] if total.parts else []
    notes += [f"nobody is asked about {in_words(unasked)}"] if unasked else []
    if year is None:
        notes += _of_closed(some)
    return Said(saying.exact(total.amount, unknown=NONE_VERIFIED).words, "; ".join(filter(None, notes)))


def _lacks(some: Together, year: Year | None) -> str:
    """Quarters are named where they are those of one project, or one of several."""
    awaited = [quarter for line in some.lines for quarter in line.awaited if year is None or quarter.year == year]
    if len(some) == 1:
        return spending.left_out(awaited, year)
    if len(set(awaited)) == 1:
        return f"{spending.left_out(set(awaited), year)} of {saying.count(len(awaited), 'project')}"
    return f"without {saying.count(len(awaited), 'amount')}" if awaited else ""


def _of_closed(some: Together) -> list[str]:
    """What closed projects did not spend: told, and part of nothing else."""
    closed = some.not_spent
    return [f"{pence(closed.known)} not spent by closed projects"] if closed.parts and closed.known > 0 else []
