"""What stands beside a figure in its row: final or provisional, where it is from, or why there is none."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any

from indicators.numbers import Unreadable
from indicators.uploads import cells
from indicators.uploads.headings import EXPECTED_ON, NOTE, PROVISIONAL, REASON, SOURCE, TAKEN_ON, Layout
from lib.sheets import EMPTY, Cell

MOST_SOURCE, MOST_NOTE = 200, 300  # characters, as the columns hold


class UnreadableBeside(Unreadable):
    """`column` is where it stands."""

    def __init__(self, why: str, column: int) -> None:
        super().__init__(why)
        self.column = column


class Beside:
    """The rest of one row. What it says is read when it is asked for: beside an empty figure nothing is wrong."""

    def __init__(self, layout: Layout, row: Sequence[Cell]) -> None:
        self.columns, self.row = layout.columns, row

    def _at(self, what: str) -> Cell:
        column = self.columns.get(what)
        return EMPTY if column is None else self.row[column]

    def _told(self, what: str, read: Callable[[Cell], Any]) -> Any:
        """What is said there. Raises UnreadableBeside, so that this very cell is refused."""
        try:
            return read(self._at(what))
        except Unreadable as unreadable:
            raise UnreadableBeside(str(unreadable), self.columns[what]) from None

    @cached_property
    def gives_a_reason(self) -> bool:
        return not cells.has_no_figure(self._at(REASON))

    def figure(self) -> dict[str, Any]:
        """As in `Offer`. Raises Unreadable."""
        return {
            "is_provisional": self._told(PROVISIONAL, cells.is_provisional),
            "source": self._told(SOURCE, partial(cells.short, most=MOST_SOURCE, what="Where it is from")),
            "extracted_on": self._told(TAKEN_ON, partial(cells.day, what="when it was taken from its source")),
        }

    def no_figure(self) -> dict[str, Any]:
        """As in `Offer`. Raises Unreadable."""
        reason = self._told(REASON, cells.reason)
        if not reason:
            raise Unreadable("Say why there is no figure")
        return {
            "missing_reason": reason,
            "missing_note": self._told(NOTE, partial(cells.short, most=MOST_NOTE, what="The note")),
            "expected_on": self._told(EXPECTED_ON, partial(cells.day, what="when the figure is expected")),
        }
