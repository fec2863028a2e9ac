"""Bodies and links as trees, with what stands beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lib.numerals import listed

# Kinds of links: codes of `BodyLink.Kind`.
PARENT, ACCOUNTABLE, WORKS_WITH = "parent", "accountable", "works_with"


@dataclass(frozen=True)
class Node:
    """A body. `kind` and `chair` in words ("Subgroup", "Chair: Priya Nair"), `letters` those of the priorities it serves."""

    slug: str
    name: str
    short_name: str
    kind: str = ""
    chair: str = ""
    letters: tuple[str, ...] = ()
    url: str = ""
    is_sample: bool = False  # which priorities it serves is made up

    @property
    def said(self) -> str:
        """In one line: "Subgroup. Chair: Priya Nair. Serves A and C (sample)"."""
        serves = f"Serves {listed(self.letters)}{' (sample)' if self.is_sample else ''}" if self.letters else ""
        kind = self.kind if self.kind != self.name else ""
        return ". ".join(part for part in (kind, self.chair, serves) if part)


@dataclass(frozen=True)
class Link:
    """`body` and `to` are slugs: the first stands under, answers to or works with the second."""

    body: str
    to: str
    kind: str
    is_sample: bool = False


@dataclass(frozen=True)
class Tree:
    node: Node
    children: tuple["Tree", ...] = ()

    @property
    def depth(self) -> int:
        """How many stand below one another: 1 for a body alone."""
        return 1 + max((child.depth for child in self.children), default=0)


@dataclass(frozen=True)
class Entry:
    """A body in the nested list, with what else is to be said of it: "answers to Full Council"."""

    node: Node
    words: tuple[str, ...]
    children: tuple["Entry", ...] = ()


@dataclass(frozen=True)
class Group:
    heading: str  # empty over the first
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Forest:
    """`trees` have somebody standing under somebody; `beside` are linked otherwise; `alone` are linked to nobody."""

    trees: tuple[Tree, ...]
    beside: tuple[Node, ...]
    alone: tuple[Node, ...]
    nodes: dict[str, Node]
    links: tuple[Link, ...]

    def answers_to(self, node: Node) -> list[Link]:
        return [link for link in self.links if link.kind == ACCOUNTABLE and link.body == node.slug]

    def works_with(self, node: Node) -> list[Link]:
        """With whom it works, whichever of the two the link was entered at; each turned so that `to` is the other one."""
        found: list[Link] = []
        for link in self.links:
            if link.kind == WORKS_WITH and node.slug in (link.body, link.to):
                other = link.to if link.body == node.slug else link.body
                if other not in {each.to for each in found}:
                    found.append(Link(node.slug, other, WORKS_WITH, link.is_sample))
        return found

    def under(self, node: Node) -> Link | None:
        return next((link for link in self.links if link.kind == PARENT and link.body == node.slug), None)


def forest(nodes: Sequence[Node], links: Sequence[Link]) -> Forest:
    """Each node in one place. A circle, which the records refuse, is cut at its first node."""
    known = {node.slug: node for node in nodes}
    good = tuple(link for link in links if link.body in known and link.to in known and link.body != link.to)
    below: dict[str, list[Node]] = {}
    for node in nodes:
        for link in good:
            if link.kind == PARENT and link.body == node.slug:
                below.setdefault(link.to, []).append(node)
    has_parent = {node.slug for children in below.values() for node in children}
    seen: set[str] = set()
    grown = [_grow(node, below, seen) for node in nodes if node.slug not in has_parent]
    grown += [_grow(node, below, seen) for node in nodes if node.slug not in seen]  # circles
    linked = {slug for link in good for slug in (link.body, link.to)}
    single = [tree.node for tree in grown if not tree.children]
    return Forest(
        trees=tuple(tree for tree in grown if tree.children),
        beside=tuple(node for node in single if node.slug in linked),
        alone=tuple(node for node in single if node.slug not in linked),
        nodes=known,
        links=good,
    )


def _grow(node: Node, below: dict[str, list[Node]], seen: set[str]) -> Tree:
    seen.add(node.slug)
    return Tree(node, tuple(_grow(child, below, seen) for child in below.get(node.slug, ()) if child.slug not in seen))


def every(trees: Iterable[Tree]) -> list[Node]:
    return [node for tree in trees for node in (tree.node, *every(tree.children))]
