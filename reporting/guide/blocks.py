"""Markdown as a small tree of blocks. Knows what the guide uses and refuses the rest, raw HTML first of all. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NoReturn

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

PICTURES = (
    "../../static/"  # where the guide's files see the pictures, so that they show where the files are read as they are
)
LINK = re.compile(r"(?P<part>[a-z-]+)\.md(?P<anchor>#[a-z0-9-]+)?")
ANCHOR = re.compile(r"#[a-z0-9-]+")


class NotOfTheGuide(ValueError):
    """What stands in the file can't be shown; says what and where."""


@dataclass(frozen=True)
class Span:
    """Words of one kind. `url` is relative to the page of a part."""

    words: str
    is_strong: bool = False
    is_code: bool = False
    url: str = ""


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Block:
    """`kind` is "heading", "text", "steps", "points", "table" or "picture"; what the others need stays empty."""

    kind: str
    line: Line = ()
    level: int = 0
    anchor: str = ""  # of a heading of the second level
    items: tuple[Line, ...] = ()  # of steps and points
    head: tuple[Line, ...] = ()  # of a table
    rows: tuple[tuple[Line, ...], ...] = ()
    file: str = ""  # of a picture, below static/
    size: tuple[int, int] = (0, 0)  # width and height of the picture as it is
    alt: str = ""
    caption: str = ""

    @property
    def words(self) -> str:
        return "".join(span.words for span in self.line)


def parse(text: str, sizes: Mapping[str, tuple[int, int]]) -> tuple[Block, ...]:
    """The blocks of a file, in their order. `sizes` of pictures by their file. Raises NotOfTheGuide for what the guide doesn't use."""
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(text))
    found = (_block(node) for node in tree.children)
    return tuple(replace(one, size=sizes.get(one.file, (0, 0))) if one.file else one for one in found)


def anchor(words: str) -> str:
    """Of a heading, as code forges make it: so one link serves there and here."""
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "heading":
            level, line = int(node.tag[1:]), _line(node)
            name = anchor("".join(span.words for span in line)) if level == 2 else ""
            return Block("heading", line, level=level, anchor=name)
        case "paragraph":
            inline = node.children[0].children
            return _picture(inline[0]) if [child.type for child in inline] == ["image"] else Block("text", _line(node))
        case "ordered_list":
            return Block("steps", items=_items(node))
        case "bullet_list":
            return Block("points", items=_items(node))
        case "table":
            head, *rows = [
                tuple(_line(cell) for cell in row.children) for part in node.children for row in part.children
            ]
            return Block("table", head=head, rows=tuple(rows))
    _refuse(node)


def _items(node: SyntaxTreeNode) -> tuple[Line, ...]:
    """Each item is one line: steps within steps would be too much for a guide."""
    for item in node.children:
        if [child.type for child in item.children] != ["paragraph"]:
            _refuse(item)
    return tuple(_line(item.children[0]) for item in node.children)


def _picture(node: SyntaxTreeNode) -> Block:
    source = str(node.attrs["src"])
    if not source.startswith(PICTURES):
        _refuse(node)
    return Block(
        "picture", file=source.removeprefix(PICTURES), alt=node.content, caption=str(node.attrs.get("title", ""))
    )


def _line(node: SyntaxTreeNode) -> Line:
    return tuple(span for inline in node.children for child in inline.children for span in _spans(child))


def _spans(node: SyntaxTreeNode, *, is_strong: bool = False, url: str = "") -> Iterator[Span]:
    match node.type:
        case "text":
            if node.content:
                yield Span(_typeset(node.content), is_strong, url=url)
        case "softbreak":
            yield Span(" ", is_strong, url=url)
        case "code_inline":
            yield Span(node.content, is_strong, is_code=True, url=url)
        case "strong":
            for child in node.children:
                yield from _spans(child, is_strong=True, url=url)
        case "link":
            for child in node.children:
                yield from _spans(child, is_strong=is_strong, url=_address(node))
        case _:
            _refuse(node)


def _address(node: SyntaxTreeNode) -> str:
    """Other parts and places of the guide only. Pages of the product are named by the words on their buttons, which a test looks for."""
    target = str(node.attrs["href"])
    if found := LINK.fullmatch(target):
        return f"../{found['part']}/{found['anchor'] or ''}"
    if ANCHOR.fullmatch(target):
        return target
    _refuse(node)


def _typeset(words: str) -> str:
    """Apostrophes as the product prints them, so that its words are found in it."""
    return words.replace("'", "’")


def _refuse(node: SyntaxTreeNode) -> NoReturn:
    lines = node.map  # of blocks only
    where = f" in line {lines[0] + 1}" if lines else ""
    words = "".join(one.content for one in node.walk() if one.type in ("text", "html_inline", "html_block"))
    raise NotOfTheGuide(f"The guide does not use {node.type}{where}: {words or node.attrs}")
