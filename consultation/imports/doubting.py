"""What of a file makes one doubt that it holds a row for each person. Pure: it says so and refuses nothing."""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import NamedTuple

from consultation.imports.mapping import plain
from consultation.imports.reading import Table
from lib.sheets import Cell, column_name

MOST_ROWS = 60  # of a sheet of totals: forty concerns, "other" and a sum
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?", re.ASCII)
_TOTAL = {plain(word) for word in ("total", "totals", "sum", "all", "all responses", "grand total")}


class Doubt(NamedTuple):
    """`total` is what a column adds up to; 0 where it holds percentages."""

    rows: int
    total: int

    @property
    def sentence(self) -> str:
        if not self.total:
            return f"This looks like percentages: {self.rows} rows, one for each answer. Counts of people are needed: enter them under published totals."
        return f"This looks like totals: {self.rows} rows that add up to {self.total:,}. Enter them under published totals."


def looks_like_totals(table: Table, texts: Collection[str]) -> Doubt | None:
    """A row for each concern or answer with a number beside it, instead of a row for each person. `texts` are those of our own, as `plain` has them."""
    if len(table.rows) > MOST_ROWS:
        return None
    width = range(len(table.headings))
    for named in width:
        words = [plain(cells[named].text) for _, cells in table.rows]
        rows = [row for row, word in zip(table.rows, words, strict=True) if word and word not in _TOTAL]
        known = sum(word in texts for word in set(words))
        if len(rows) < 2 or known < 2 or 2 * known < len(rows) or len(set(words)) != len(words):
            continue
        for column in width:
            if column != named and (doubt := _column([cells[column] for _, cells in rows])):
                return doubt
    return None


def _column(cells: Sequence[Cell]) -> Doubt | None:
    numbers = [_number(cell) for cell in cells]
    if None in numbers:
        return None
    total = sum((number for number in numbers if number is not None), Decimal(0))
    if any("%" in cell.text for cell in cells) or (total != total.to_integral_value() and 98 <= total <= 102):
        return Doubt(len(cells), 0)
    return Doubt(len(cells), int(total)) if total == total.to_integral_value() and total > 3 * len(cells) else None


def _number(cell: Cell) -> Decimal | None:
    if cell.number is not None:
        return cell.number
    text = cell.line.removesuffix("%").strip()
    return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


def percentages(table: Table, columns: Sequence[int]) -> list[str]:
    """Of these columns, which are to hold answers: those that hold percentages alone."""
    found = []
    for column in columns:
        cells = [cells[column] for _, cells in table.rows if cells[column].text]
        if cells and all(cell.text.endswith("%") for cell in cells):
            found.append(
                f"Column {column_name(column)} holds percentages: a file has a row for each person, with what they answered."
            )
    return found
