"""The structure: how the bodies stand to each other, drawn, and row by row with who chairs them and which priorities they serve."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from governance import structure
from lib.numerals import listed
from reporting.pdf.parts import said
from reporting.snapshots.governed import BodyPart, Governance

WIDTH, TALLEST = Decimal(510), Decimal(620)  # points; a taller drawing fits on no page, and the table says the same
VERBS = (("parent", "Stands under"), ("accountable", "Answers to"), ("works_with", "Works with"))


@dataclass(frozen=True)
class Row:
    name: str
    kind: str  # empty where the name says it
    chairs: tuple[str, ...]
    letters: str
    links: tuple[str, ...]


@dataclass(frozen=True)
class BodiesPage:
    """`drawing` is None where there is nothing to draw, or it would not fit on a page."""

    lede: str
    drawing: structure.Diagram | None
    rows: tuple[Row, ...]
    unplaced: str  # bodies that nothing is known of but their names
    notes: str


def build(governance: Governance) -> BodiesPage:
    bodies = governance.bodies
    drawn = structure.diagram(
        [_node(body) for body in bodies],
        [structure.Link(body.slug, link.to, link.kind, link.is_sample) for body in bodies for link in body.links],
        WIDTH,
    )
    names = {body.slug: body.short_name for body in bodies}
    linked = {link.to for body in bodies for link in body.links}
    bare = [body for body in bodies if not (body.links or body.chairs or body.letters or _none(body))]
    # Those that others are linked to stand in their rows.
    unplaced = [body for body in bare if body.slug not in linked]
    return BodiesPage(
        lede=_lede(governance),
        drawing=drawn if 0 < drawn.height <= TALLEST else None,
        rows=tuple(_row(body, names) for body in bodies if body not in bare),
        unplaced=f"Not linked to any other yet: {listed(body.name for body in unplaced)}." if unplaced else "",
        notes=_notes(bodies),
    )


def _node(body: BodyPart) -> structure.Node:
    chair = (
        f"{'Chair' if len(body.chairs) == 1 else 'Co-chairs'}: {listed(body.chairs)}" if body.chairs else _none(body)
    )
    return structure.Node(
        slug=body.slug,
        name=body.name,
        short_name=body.short_name,
        kind=body.kind_words,
        chair=chair,
        letters=body.letters,
        is_sample=body.letters_are_sample,
    )


def _none(body: BodyPart) -> str:
    """Of these somebody is expected to be in the chair."""
    return "No chair" if body.kind in ("executive", "partnership", "subgroup") else ""


def _row(body: BodyPart, names: dict[str, str]) -> Row:
    links = []
    for kind, verb in VERBS:
        to = [
            names[link.to] + (" (sample)" if link.is_sample else "")
            for link in body.links
            if link.kind == kind and link.to in names
        ]
        links += [f"{verb} {listed(to)}"] if to else []
    return Row(
        name=body.name,
        kind="" if body.kind_words == body.name else body.kind_words,
        chairs=body.chairs or ((_none(body),) if _none(body) else ()),
        letters=" ".join(body.letters) + (" (sample)" if body.letters_are_sample else ""),
        links=tuple(links),
    )


def _lede(governance: Governance) -> str:
    """How many bodies there are, and for how many subgroups nobody is in the chair."""
    if not governance.bodies:
        return "No body has been entered."
    subgroups = [body for body in governance.bodies if body.kind == "subgroup"]
    vacant = sum(not body.chairs for body in subgroups)
    among = f", {said.many(len(subgroups), 'subgroup', 'subgroups')} among them" if subgroups else ""
    told = [f"{said.capital(said.many(len(governance.bodies), 'body', 'bodies'))}{among}."]
    told += [f"{said.capital(said.many(vacant, 'subgroup has', 'subgroups have'))} no chair."] if vacant else []
    return " ".join(told)


def _notes(bodies: Sequence[BodyPart]) -> str:
    """That some of it was made up."""
    is_sample = any(body.letters_are_sample or any(link.is_sample for link in body.links) for body in bodies)
    return "What is marked as sample was made up: the plan does not say it." if is_sample else ""
