"""Where each body is drawn.

A tree's first bodies, while only one stands below another, are in the middle, one below the other; with whom they work is at their left,
to whom they answer at their right, where those stand in no tree of their own. The last one's children are in rows below it, and who
stands below these is under them in the same column.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from governance.structure.forest import ACCOUNTABLE, PARENT, WORKS_WITH, Forest, Group, Link, Node, Tree
from governance.structure.measures import Measures, measures
from governance.structure.saying import BESIDE
from indicators.charts.identity import checked
from indicators.charts.lettering import ASCENT, Box, wrap
from indicators.charts.points import INK, MUTED, Place, Text, tenth
from lib.numerals import in_words, listed

KEY = {PARENT: "stands under", ACCOUNTABLE: "answers to", WORKS_WITH: "works with"}
MIDDLE, PLAIN, QUIET = "middle", "plain", "quiet"


@dataclass(frozen=True)
class Drawn:
    """A body's box. `look` is middle, plain or quiet, from the strongest outline to the weakest."""

    node: Node
    box: Box
    look: str


@dataclass(frozen=True)
class Stroke:
    """A line of the drawing, `kind` as in links: solid stands under, dashed answers to, dotted works with."""

    kind: str
    path: str


@dataclass(frozen=True)
class Diagram:
    width: Decimal
    height: Decimal
    measures: Measures
    id: str
    title: str
    desc: str
    boxes: tuple[Drawn, ...]
    texts: tuple[Text, ...]
    strokes: tuple[Stroke, ...]
    outline: tuple[Group, ...]

    @property
    def is_paper(self) -> bool:
        return self.measures.is_paper


@dataclass
class Sheet:
    """What is drawn so far. `shown` are slugs of those with a box."""

    stood: Forest
    width: Decimal
    size: Measures
    boxes: list[Drawn] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)

    def line(self, kind: str, *parts: str | Decimal) -> None:
        """A path's letters and places: "M", x, y, "V", y."""
        self.strokes.append(
            Stroke(kind, " ".join(part if isinstance(part, str) else str(tenth(part)) for part in parts))
        )

    def write(
        self, x: Decimal, y: Decimal, words: str, anchor: str = "start", fill: str = INK, strong: bool = False
    ) -> None:
        self.texts.append(Text(Place(tenth(x), tenth(y)), words, anchor, fill, strong))

    def card(self, node: Node, left: Decimal, top: Decimal, width: Decimal, look: str, told: Sequence[str] = ()) -> Box:
        """A box as high as its words need; where it ends."""
        size, lines = self.size, card_lines(node, width, look, told, self.size)
        height = size.line_height * len(lines) + size.pad * 2
        box = Box(tenth(left), tenth(top), tenth(left + width), tenth(top + height))
        self.boxes.append(Drawn(node, box, look))
        self.shown.add(node.slug)
        base = top + size.pad + (size.line_height - size.font) / 2 + ASCENT * size.font
        for number, (words, fill, strong) in enumerate(lines):
            self.write(left + size.pad, base + size.line_height * number, words, fill=fill, strong=strong)
        return box


def card_lines(
    node: Node, width: Decimal, look: str, told: Sequence[str], size: Measures
) -> list[tuple[str, str, bool]]:
    """The words in a box: the name, who chairs it, which priorities it serves, and what no line says."""
    room = width - size.pad * 2
    strong = look != QUIET
    name = wrap(node.name, room / Decimal("1.06") if strong else room, size.font, lines=3)
    serves = f"Priorit{'y' if len(node.letters) == 1 else 'ies'} {listed(node.letters)}" if node.letters else ""
    more = [node.chair if strong else "", serves + (" (sample)" if serves and node.is_sample else ""), *told]
    under = [line for words in more if words for line in wrap(words, room, size.font, lines=3)]
    return [(line, INK, strong) for line in name] + [(line, MUTED, False) for line in under]


def drawn(stood: Forest, width: Decimal, *, id: str, title: str, desc: str, outline: tuple[Group, ...]) -> Diagram:
    sheet = Sheet(stood, width, measures(width))
    size = sheet.size
    y = size.strong
    for tree in stood.trees:
        y = _tree(sheet, tree, y) + size.drop
    rest = [node for node in stood.beside if node.slug not in sheet.shown]
    if rest:
        y = _rest(sheet, rest, y) + size.drop
    if sheet.boxes:
        y = _key(sheet, y)
    height = y + size.pad if sheet.boxes else Decimal(0)
    return Diagram(
        width=width,
        height=tenth(height),
        measures=size,
        id=checked(id),
        title=title,
        desc=desc,
        boxes=tuple(sheet.boxes),
        texts=tuple(sheet.texts),
        strokes=tuple(sheet.strokes),
        outline=outline,
    )


def _tree(sheet: Sheet, tree: Tree, top: Decimal) -> Decimal:
    """The middle, then the rows below it. Returns where it ends."""
    above: Box | None = None
    while True:
        box, bottom = _middle(sheet, tree.node, top, above)
        if len(tree.children) != 1 or not tree.children[0].children:
            break
        above, tree, top = box, tree.children[0], bottom + sheet.size.drop
    return _rows(sheet, tree, box, bottom) if tree.children else bottom


def _middle(sheet: Sheet, node: Node, top: Decimal, above: Box | None) -> tuple[Box, Decimal]:
    """A body with those at its sides, its box half-way down them. Returns the box and where the lot ends."""
    size, stood = sheet.size, sheet.stood
    wide = min(size.most, sheet.width / 3)
    side = (sheet.width - wide) / 2 - size.gap * 2
    left = [link for link in stood.works_with(node) if _is_free(sheet, link)]
    right = [
        link for link in stood.answers_to(node) if _is_free(sheet, link) and link.to not in {each.to for each in left}
    ]
    told = _told(sheet, node, beside={link.to for link in (*left, *right)})
    lines = card_lines(node, wide, MIDDLE, told, size)
    high = size.line_height * len(lines) + size.pad * 2
    heights = [_height_of_side(sheet, links, side) for links in (left, right)]
    lowest = max(high, *heights)
    box = sheet.card(node, (sheet.width - wide) / 2, top + (lowest - high) / 2, wide, MIDDLE, told)
    if above is not None:
        sheet.line(PARENT, "M", sheet.width / 2, above.bottom, "V", box.top)
    for links, kind, high, is_left in ((left, WORKS_WITH, heights[0], True), (right, ACCOUNTABLE, heights[1], False)):
        if links:
            _side(sheet, links, kind, box, top + (lowest - high) / 2, side, is_left)
    return box, max(top + lowest, box.bottom)


def _is_free(sheet: Sheet, link: Link) -> bool:
    return any(node.slug == link.to for node in sheet.stood.beside) and link.to not in sheet.shown


def _height_of_side(sheet: Sheet, links: Sequence[Link], width: Decimal) -> Decimal:
    size = sheet.size
    lines = [len(card_lines(sheet.stood.nodes[link.to], width, QUIET, _sample(link), size)) for link in links]
    boxes = sum((size.line_height * count + size.pad * 2 for count in lines), Decimal(0))
    return boxes + size.stack * (len(lines) - 1) + size.line_height if lines else Decimal(0)


def _side(
    sheet: Sheet, links: Sequence[Link], kind: str, box: Box, top: Decimal, width: Decimal, is_left: bool
) -> None:
    """A heading, and boxes one below the other, joined to the body by a bracket."""
    size = sheet.size
    left = size.stroke if is_left else sheet.width - width - size.stroke
    edge, spine = (left + width, left + width + size.gap) if is_left else (left, left - size.gap)
    sheet.write(left, top + size.line_height - size.line_height / 3, KEY[kind].capitalize(), fill=MUTED)
    top += size.line_height
    middles = []
    for link in links:
        card = sheet.card(sheet.stood.nodes[link.to], left, top, width, QUIET, _sample(link))
        middles.append((card.top + card.bottom) / 2)
        sheet.line(kind, "M", spine, middles[-1], "H", edge)
        top = card.bottom + size.stack
    middle = (box.top + box.bottom) / 2
    sheet.line(kind, "M", box.left if is_left else box.right, middle, "H", spine)
    highest, lowest = min(*middles, middle), max(*middles, middle)
    if highest != lowest:
        sheet.line(kind, "M", spine, highest, "V", lowest)


def _rows(sheet: Sheet, tree: Tree, box: Box, bottom: Decimal) -> Decimal:
    """The children in as many columns as fit; over each row a line that the column of rows hangs from."""
    size = sheet.size
    count, wide, left = _columns(sheet, tree.children)
    rows = [tree.children[start : start + count] for start in range(0, len(tree.children), count)]
    centre, trunk = (box.left + box.right) / 2, size.stroke
    if len(rows) > 1:
        left += size.gap
        wide = min(wide, (sheet.width - left - size.gap * (count - 1) - size.stroke) / count)
    top, first_bus = bottom, bottom + size.drop / 2
    sheet.line(PARENT, "M", centre, box.bottom, "V", first_bus)
    for number, row in enumerate(rows):
        bus, top = top + size.drop / 2, top + size.drop
        places = [left + (wide + size.gap) * column for column in range(len(row))]
        centres = [place + wide / 2 for place in places]
        ends = [*centres, *([centre] if number == 0 else []), *([trunk] if len(rows) > 1 else [])]
        if min(ends) != max(ends):
            sheet.line(PARENT, "M", min(ends), bus, "H", max(ends))
        lowest = top
        for child, place, middle in zip(row, places, centres, strict=True):
            sheet.line(PARENT, "M", middle, bus, "V", top)
            lowest = max(lowest, _column(sheet, child, place, top, wide))
        if number == len(rows) - 1 and len(rows) > 1:
            sheet.line(PARENT, "M", trunk, first_bus, "V", bus)
        top = lowest
    return top


def _columns(sheet: Sheet, children: Sequence[Tree]) -> tuple[int, Decimal, Decimal]:
    """How many side by side, how wide each, and where the first begins: in the middle of the sheet while one row holds them."""
    size = sheet.size
    depth = max(child.depth for child in children) - 1
    least = min(size.least + size.indent * min(depth, 3), sheet.width / 2)
    room = sheet.width - size.stroke * 2
    count = max(1, min(len(children), int((room + size.gap) / (least + size.gap))))
    if count < len(children):  # the rows hang from a line at the left
        count = max(1, int((room - size.gap + size.gap) / (least + size.gap)))
        count = -(-len(children) // -(-len(children) // count))  # rows of even length
    wide = min(size.most, (room - size.gap * (count - 1)) / count)
    row = wide * count + size.gap * (count - 1)
    return count, wide, (sheet.width - row) / 2 if count == len(children) else size.stroke


def _column(sheet: Sheet, tree: Tree, left: Decimal, top: Decimal, wide: Decimal) -> Decimal:
    """A body, and whoever stands below it, a little to the right. Returns where it ends."""
    size = sheet.size
    box = sheet.card(tree.node, left, top, wide, PLAIN, _told(sheet, tree.node, beside=set()))
    bottom = box.bottom
    step = size.indent if wide - size.indent >= size.least / 2 else Decimal(0)
    middle = box.bottom
    for child in tree.children:
        place = bottom + size.stack
        below = len(sheet.boxes)
        bottom = _column(sheet, child, left + step, place, wide - step)
        card = sheet.boxes[below].box
        middle = (card.top + card.bottom) / 2
        if step:
            sheet.line(PARENT, "M", left + step / 2, middle, "H", card.left)
        else:
            sheet.line(PARENT, "M", left + wide / 2, place - size.stack, "V", place)
    if tree.children and step:
        sheet.line(PARENT, "M", left + step / 2, box.bottom, "V", middle)
    return bottom


def _told(sheet: Sheet, node: Node, *, beside: set[str]) -> list[str]:
    """What no line of the drawing says of it."""
    stood, words = sheet.stood, []
    link = stood.under(node)
    if link and link.is_sample:
        words.append("Sample link")
    for verb, links in (("Answers to", stood.answers_to(node)), ("Works with", stood.works_with(node))):
        names = [
            stood.nodes[each.to].short_name + (" (sample)" if each.is_sample else "")
            for each in links
            if each.to not in beside
        ]
        if names:
            words.append(f"{verb} {listed(names)}")
    return words


def _sample(link: Link) -> tuple[str, ...]:
    return ("Sample link",) if link.is_sample else ()


def _rest(sheet: Sheet, rest: Sequence[Node], top: Decimal) -> Decimal:
    """Those that are linked, and stand in no tree and beside nobody in the middle: in rows, under a heading."""
    size = sheet.size
    sheet.write(size.stroke, top, BESIDE, fill=MUTED)
    top += size.stack
    count = max(1, int((sheet.width + size.gap) / (size.least + size.gap)))
    wide = (sheet.width - size.stroke * 2 - size.gap * (count - 1)) / count
    for row in (rest[start : start + count] for start in range(0, len(rest), count)):
        boxes = [
            sheet.card(
                node, size.stroke + (wide + size.gap) * column, top, wide, QUIET, _told(sheet, node, beside=set())
            )
            for column, node in enumerate(row)
        ]
        top = max(box.bottom for box in boxes) + size.stack
    return top - size.stack


def _key(sheet: Sheet, top: Decimal) -> Decimal:
    """What each kind of line means, and how many bodies are not drawn. Returns the last base line."""
    size = sheet.size
    left = size.stroke
    for kind, words in KEY.items():
        if any(stroke.kind == kind for stroke in sheet.strokes):
            sheet.line(kind, "M", left, top - size.font / 3, "H", left + size.key)
            sheet.write(left + size.key + size.pad, top, words, fill=MUTED)
            left += size.key + size.pad * 4 + size.font * 6
    if count := len(sheet.stood.alone):
        words = f"{in_words(count)} {'body is' if count == 1 else 'bodies are'} not placed yet"
        sheet.write(sheet.width - size.stroke, top, words[:1].upper() + words[1:], "end", MUTED)
    return top
