"""What the money is for: projects under the priority that they serve, beside the indicators they are meant to move."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from governance.funding import rows, together
from governance.funding.held import Held
from governance.funding.ledger import Line
from governance.funding.results import Result
from governance.funding.rows import Cells, Row
from governance.funding.together import Together
from lib.quarters import Year
from priorities.models import Priority

NONE = "Serves no priority yet"


@dataclass(frozen=True)
class Group:
    """`results` are the indicators that the projects are meant to move, each once, in the plan's order; of those in sight."""

    letter: str  # empty for those that serve none
    title: str
    projects: Together
    rows: tuple[Row, ...]
    cells: Cells
    results: tuple[Result, ...]

    @property
    def name(self) -> str:
        return f"{self.letter} {self.title}" if self.letter else self.title

    @property
    def anchor(self) -> str:
        return f"priority-{self.letter.lower() or 'none'}"


def groups(held: Held, year: Year, results: Mapping[int, Result]) -> tuple[Group, ...]:
    """The plan's priorities, each of them; then those of other plans that projects of the year serve, and what serves none."""
    of_year = held.projects.of_year(year)
    found: dict[Priority | None, list[Line]] = defaultdict(list)
    for line in of_year.lines:
        found[line.project.priority].append(line)
    others = sorted(
        (one for one in found if one and one not in held.priorities), key=lambda one: (one.plan_id, one.letter)
    )
    order: Iterable[Priority | None] = (*held.priorities, *others, *((None,) if None in found else ()))
    return tuple(_group(priority, held, found[priority], year, results) for priority in order)


def _group(
    priority: Priority | None, held: Held, lines: list[Line], year: Year, results: Mapping[int, Result]
) -> Group:
    projects = together.of(lines)
    moved = {one.pk for line in lines for one in line.project.indicators.all()}
    elsewhere = f", {priority.plan}" if priority and priority.plan_id != (held.plan.pk if held.plan else None) else ""
    return Group(
        letter=priority.letter if priority and not elsewhere else "",
        title=f"{priority.title}{elsewhere}" if priority else NONE,
        projects=projects,
        rows=tuple(rows.row(line, year, results) for line in lines),
        cells=rows.together(projects, year),
        results=tuple(result for pk, result in results.items() if pk in moved),
    )
