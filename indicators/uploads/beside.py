"""What stands beside a figure in its row: final or provisional, where it is from, or why there is none."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from indicators.numbers import Unreadable
from indicators.uploads import cells
from indicators.uploads.headings import EXPECTED_ON, NOTE, PROVISIONAL, REASON, SOURCE, TAKEN_ON, Layout
from lib.sheets import EMPTY, Cell

MOST_SOURCE, MOST_NOTE = 200, 300  # characters, as the columns hold


class Beside:
    """The rest of one row. What it says is read when it is asked for: beside an empty figure nothing is wrong."""

    def __init__(self, layout: Layout, row: Sequence[Cell]) -> None:
        self.columns, self.row = layout.columns, row

    def _at(self, what: str) -> Cell:
        column = self.columns.get(what)
        return EMPTY if column is None else self.row[column]

    @cached_property
    def gives_a_reason(self) -> bool:
        return not cells.has_no_figure(self._at(REASON))

    def figure(self) -> dict[str, Any]:
        """As in `Offer`. Raises Unreadable."""
        return {
            "is_provisional": cells.is_provisional(self._at(PROVISIONAL)),
            "source": cells.short(self._at(SOURCE), MOST_SOURCE, what="Where it is from"),
            "extracted_on": cells.day(self._at(TAKEN_ON), what="when it was taken from its source"),
        }

    def no_figure(self) -> dict[str, Any]:
        """As in `Offer`. Raises Unreadable."""
        reason = cells.reason(self._at(REASON))
        if not reason:
            raise Unreadable("Say why there is no figure")
        return {
            "missing_reason": reason,
            "missing_note": cells.short(self._at(NOTE), MOST_NOTE, what="The note"),
            "expected_on": cells.day(self._at(EXPECTED_ON), what="when the figure is expected"),
        }
