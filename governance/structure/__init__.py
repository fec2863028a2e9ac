"""How the bodies stand to each other, as a drawing and as a nested list. Pure: plain nodes and links in, places and words out.

The page draws it 1100 wide, the pack 510 (points), with the one template `charts/structure.svg`.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from governance.structure.forest import ACCOUNTABLE, PARENT, WORKS_WITH, Entry, Group, Link, Node, forest
from governance.structure.layout import Diagram, Drawn, Stroke, drawn
from governance.structure.saying import desc, outline, title

__all__ = [
    "ACCOUNTABLE",
    "Diagram",
    "Drawn",
    "Entry",
    "Group",
    "Link",
    "Node",
    "PARENT",
    "Stroke",
    "WORKS_WITH",
    "diagram",
    "entries",
]


def diagram(nodes: Sequence[Node], links: Sequence[Link], width: int | Decimal, *, id: str = "structure") -> Diagram:
    """The bodies in a drawing `width` wide (up to 600: points on paper; more: pixels of a page), with its `outline` for a nested list.

    Nodes stand in the order given. Links to bodies that are not among them are left out. Whoever is linked to nobody is counted under the
    drawing and listed last.
    """
    stood = forest(nodes, links)
    return drawn(stood, Decimal(width), id=id, title=title(stood), desc=desc(stood), outline=outline(stood))


def entries(outline: Iterable[Group]) -> list[Entry]:
    """Every body of a nested list, in its order."""

    def below(some: Iterable[Entry]) -> list[Entry]:
        return [each for entry in some for each in (entry, *below(entry.children))]

    return [each for group in outline for each in below(group.entries)]
