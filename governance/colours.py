"""The colours that actions were given quarter by quarter, as agreed: members ask why a green fell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from governance.models import Action, Update
from lib.quarters import Quarter


@dataclass(frozen=True)
class Cell:
    """What was agreed of one action for one quarter; `brag` and `reason` are "" where nothing was."""

    quarter: Quarter
    brag: str
    reason: str


@dataclass(frozen=True)
class Row:
    action: Action
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Colours:
    """A table: a row for each action, a column for each quarter."""

    quarters: tuple[Quarter, ...]
    rows: tuple[Row, ...]

    @property
    def says_anything(self) -> bool:
        """Whether any colour was agreed yet."""
        return any(cell.brag for row in self.rows for cell in row.cells)

    def of(self, actions: Iterable[Action]) -> "Colours":
        """The same of these actions alone."""
        wanted = {action.pk for action in actions}
        return Colours(self.quarters, tuple(row for row in self.rows if row.action.pk in wanted))


def table(actions: Iterable[Action], updates: Iterable[Update], quarters: Iterable[Quarter]) -> Colours:
    """From rows that are loaded already; what was not agreed doesn't count."""
    columns = tuple(quarters)
    agreed: Mapping[tuple[int, Quarter], Update] = {
        (update.action_id, update.quarter): update for update in updates if update.is_agreed
    }
    return Colours(columns, tuple(Row(action, _cells(action, columns, agreed)) for action in actions))


def history(actions: Iterable[Action], quarters: Iterable[Quarter]) -> Colours:
    """The same, read from the database. One query."""
    rows, columns = list(actions), tuple(quarters)
    return table(rows, Update.objects.agreed().filter(action__in=rows, quarter__in=columns), columns)


def _cells(
    action: Action, quarters: tuple[Quarter, ...], agreed: Mapping[tuple[int, Quarter], Update]
) -> tuple[Cell, ...]:
    found = [(quarter, agreed.get((action.pk, quarter))) for quarter in quarters]
    return tuple(
        Cell(quarter, update.brag if update else "", update.brag_reason if update else "") for quarter, update in found
    )
