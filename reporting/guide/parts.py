"""The parts of the guide, in the order in which they are offered."""

import json
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from django.conf import settings

from accounts.models import RoleGrant
from reporting.guide import blocks
from reporting.guide.blocks import Block

Role = RoleGrant.Role
FOLDER = settings.BASE_DIR / "docs" / "guide"

# By the name of its file: whom a part is written for. Nobody named: everybody.
PARTS: dict[str, frozenset[str]] = {
    "start": frozenset(),
    "public": frozenset(),
    "figures": frozenset({Role.DATA_LEAD}),
    "commentary": frozenset({Role.COMMENTARY_LEAD}),
    "quarter": frozenset({Role.COORDINATOR}),
    "packs": frozenset({Role.COORDINATOR}),
    "plan-and-targets": frozenset({Role.COORDINATOR}),
    "consultations": frozenset({Role.COORDINATOR}),
    "executive": frozenset({Role.EXECUTIVE}),
    "delivery": frozenset({Role.MEMBER}),
    "money-and-risks": frozenset({Role.MEMBER, Role.EXECUTIVE, Role.COORDINATOR}),
    "scrutiny": frozenset({Role.SCRUTINY}),
    "people": frozenset({Role.ADMINISTRATOR}),
    "data-protection": frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    "operations": frozenset({Role.ADMINISTRATOR}),
}


@dataclass(frozen=True)
class Part:
    slug: str
    title: str
    lede: Block  # for whom it is, and what it helps with
    blocks: tuple[Block, ...]  # what comes after
    roles: frozenset[str]

    @property
    def contents(self) -> tuple[Block, ...]:
        """The headings that a contents list leads to."""
        return tuple(block for block in self.blocks if block.anchor)

    @property
    def has_pictures(self) -> bool:
        return any(block.kind == "picture" for block in self.blocks)


@cache
def part(slug: str) -> Part | None:
    """None where there is no such part. Read once: a file changes with a release only."""
    if slug not in PARTS:
        return None
    text = (FOLDER / f"{slug}.md").read_text(encoding="utf-8")
    title, lede, *rest = blocks.parse(text, _sizes())
    return Part(slug, title.words, lede, tuple(rest), PARTS[slug])


@cache
def _sizes() -> dict[str, tuple[int, int]]:
    """Of each picture, so that the page doesn't jump while they load: as the script that takes them wrote it down."""
    taken = json.loads((FOLDER / "pictures.json").read_text(encoding="utf-8"))
    return {f"guide/{name}.png": (one["width"], one["height"]) for name, one in taken.items()}


def every() -> list[Part]:
    return [found for slug in PARTS if (found := part(slug))]


@dataclass(frozen=True)
class Group:
    words: str
    parts: list[Part]


def grouped(held: Set[str] | None) -> list[Group]:
    """The parts for the roles that somebody holds, then the others. None: they are not signed in."""
    shown = every()
    if held is None:
        mine = list(takewhile(lambda one: not one.roles, shown))
        words = "For everybody", "By what people do"
    else:
        mine = [one for one in shown if one.slug == "start" or one.roles & held]
        words = "For you", "The other parts"
    return [Group(words[0], mine), Group(words[1], [one for one in shown if one not in mine])]
