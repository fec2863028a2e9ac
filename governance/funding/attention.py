"""What of the money needs a look: spent or forecast beyond what there is, late, or not set up. A sentence each, with its project."""

from collections.abc import Callable
from dataclasses import dataclass

from governance.funding.held import Held
from governance.funding.ledger import Line
from governance.models import Project
from lib.numerals import listed, pounds
from lib.quarters import Year


@dataclass(frozen=True)
class Item:
    """The project's name stands before the sentence: "Night patrols" "has spent £10 more than its £20,000."."""

    project: Project
    sentence: str


@dataclass(frozen=True)
class Kind:
    heading: str
    items: tuple[Item, ...]


def find(held: Held, year: Year) -> tuple[Kind, ...]:
    """The most pressing first; kinds without any are left out."""
    kinds: tuple[tuple[str, Callable[[Line], str]], ...] = (
        ("Overspent", _overspent),
        (f"Forecast over the money of {year}", lambda line: _over(line, year)),
        ("Spend overdue", lambda line: _overdue(line, held)),
        ("Nobody is asked what they spend", lambda line: _not_asked(line, held)),
        ("No priority", _no_priority),
    )
    found = []
    for heading, of in kinds:
        said = [(line.project, of(line)) for line in held.projects.lines]
        items = tuple(Item(project, sentence) for project, sentence in said if sentence)
        found += [Kind(heading, items)] if items else []
    return tuple(found)


def _overspent(line: Line) -> str:
    if line.left is None or not line.is_overspent:
        return ""
    return f"has spent {pounds(line.spent_so_far)}, {pounds(-line.left)} more than its {pounds(line.amount)}."


def _over(line: Line, year: Year) -> str:
    variance = line.variance_in(year)
    if variance is None or variance <= 0:
        return ""
    reason = line.reason_in(year).strip()
    said = (
        f"is expected to spend {pounds(line.forecast_in(year))}, "
        f"{pounds(variance)} more than its {pounds(line.money_in(year))}."
    )
    return f"{said} {reason}" if reason else f"{said} No reason is given."


def _overdue(line: Line, held: Held) -> str:
    quarters = held.overdue.get(line.project.pk, ())
    return f"has not given its spend for {listed(map(str, quarters))}." if quarters else ""


def _runs(project: Project, held: Held) -> bool:
    """As `ProjectQuerySet.running`, of rows that are loaded: one whose days are not known runs."""
    begun = project.starts_on is None or project.starts_on <= held.on
    return begun and not project.is_closed and (project.ends_on is None or project.ends_on >= held.on)


def _not_asked(line: Line, held: Held) -> str:
    if line.project.spend_id is not None or not _runs(line.project, held):
        return ""
    return f"runs with {pounds(line.amount)}, and nobody is asked what it spends."


def _no_priority(line: Line) -> str:
    return (
        ""
        if line.project.priority_id or line.project.is_closed
        else f"has {pounds(line.amount)} and serves no priority yet."
    )
