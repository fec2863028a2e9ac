"""What a drawing of the bodies says, in words: its title, its description, and the nested list."""

from collections.abc import Iterable

from governance.structure.forest import ACCOUNTABLE, WORKS_WITH, Entry, Forest, Group, Link, Node, Tree, every
from lib.numerals import listed

BESIDE = "Linked to them"
ALONE = "Not placed yet"


def title(stood: Forest) -> str:
    count = len(stood.nodes)
    return f"How the bodies stand to each other: {count} {'body' if count == 1 else 'bodies'}"


def desc(stood: Forest) -> str:
    """Every line of the drawing, a sentence for each body that has any."""
    said = []
    for node in [*every(stood.trees), *stood.beside]:
        link = stood.under(node)
        words = [f"stands under {stood.nodes[link.to].name}"] if link else []
        words += told(node, stood)
        if words:
            said.append(f"{node.name} {', and '.join(words)}.")
    if stood.alone:
        said.append(f"{ALONE}: {listed([node.name for node in stood.alone])}.")
    return " ".join(said)


def told(node: Node, stood: Forest) -> list[str]:
    """ "answers to X and Y", "works with Z": what no nesting says."""
    words = []
    if links := stood.answers_to(node):
        words.append(f"answers to {_named(links, stood)}")
    if links := [link for link in stood.works_with(node) if _is_told_at(link, stood)]:
        words.append(f"works with {_named(links, stood)}")
    return words


def _is_told_at(link: Link, stood: Forest) -> bool:
    """Said once, at whichever of the two the record was entered."""
    return any((each.body, each.to, each.kind) == (link.body, link.to, link.kind) for each in stood.links)


def outline(stood: Forest) -> tuple[Group, ...]:
    """Every body once, the trees first."""
    groups = (
        Group("", tuple(_entry(tree, stood) for tree in stood.trees)),
        Group(BESIDE, tuple(Entry(node, _words(node, stood)) for node in stood.beside)),
        Group(ALONE, tuple(Entry(node, ()) for node in stood.alone)),
    )
    return tuple(group for group in groups if group.entries)


def _entry(tree: Tree, stood: Forest) -> Entry:
    link = stood.under(tree.node)
    marked = ("sample link",) if link and link.is_sample else ()
    return Entry(
        tree.node, (*_words(tree.node, stood), *marked), tuple(_entry(child, stood) for child in tree.children)
    )


def _words(node: Node, stood: Forest) -> tuple[str, ...]:
    """With what others are to it, for a body that stands in no tree."""
    words = told(node, stood)
    if node in stood.beside:
        answering = [link.body for link in stood.links if link.kind == ACCOUNTABLE and link.to == node.slug]
        working = [link.body for link in stood.links if link.kind == WORKS_WITH and link.to == node.slug]
        for slugs, verb in ((answering, "answer"), (working, "work")):
            if slugs:
                names = listed([stood.nodes[slug].name for slug in slugs])
                words.append(
                    f"{names} {verb}{'s' if len(slugs) == 1 else ''} {'to' if verb == 'answer' else 'with'} it"
                )
    return tuple(words)


def _named(links: Iterable[Link], stood: Forest) -> str:
    return listed([stood.nodes[link.to].name + (" (sample)" if link.is_sample else "") for link in links])
