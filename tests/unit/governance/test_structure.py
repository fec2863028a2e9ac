"""The drawing of the bodies and its nested list, by hand-made structures of 5 and of 50 bodies."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from governance.structure import ACCOUNTABLE, PARENT, WORKS_WITH, Link, Node, diagram
from indicators.charts.lettering import box as covered

PAGE, PAPER = 1100, 510


def node(slug, name="", **more):
    return Node(slug, name or f"Body {slug}", slug.upper(), **more)


def under(*pairs):
    return [Link(body, to, PARENT) for body, to in pairs]


FIVE = [
    node("e", "CSP Executive"),
    node("p", "Partnership"),
    node("s"),
    node("o", "Scrutiny"),
    node("x", "Somebody else"),
]
FIVE_LINKS = [*under(("p", "e"), ("s", "p")), Link("p", "o", ACCOUNTABLE)]


def fifty():
    """One, one below it, twelve below that with three each below them, and one that is linked to nobody: 1 + 1 + 12 + 35 + 1."""
    nodes, links = [node("e"), node("p")], under(("p", "e"))
    for number in range(12):
        nodes.append(node(f"s{number}", chair="Chair: Priya Nair", letters=("A", "B")))
        links += under((f"s{number}", "p"))
    for number in range(35):
        nodes.append(node(f"g{number}", "Multi Agency Operational Group on Matters of the Night-Time Economy"))
        links += under((f"g{number}", f"s{number // 3}"))
    return [*nodes, node("alone")], links


def flat(count):
    return [node("e"), *(node(f"s{number}") for number in range(count))], under(*((f"s{n}", "e") for n in range(count)))


def chain(count):
    return [node(f"s{n}") for n in range(count)] + [node("q")], under(
        *((f"s{n}", f"s{n - 1}") for n in range(1, count)), ("q", "s0")
    )


ALL = {
    "five": (FIVE, FIVE_LINKS),
    "fifty": fifty(),
    "fifty below one": flat(49),
    "twelve below each other": chain(12),
    "two trees": ([*FIVE, node("fc"), node("cab")], [*FIVE_LINKS, *under(("cab", "fc"))]),
    "linked to each other only": ([node("a"), node("b")], [Link("a", "b", WORKS_WITH)]),
}


def slugs(entries):
    return [slug for entry in entries for slug in (entry.node.slug, *slugs(entry.children))]


def nested(entries):
    return [(entry.node.slug, nested(entry.children)) if entry.children else entry.node.slug for entry in entries]


@pytest.mark.parametrize("width", [PAGE, PAPER])
@pytest.mark.parametrize("case", ALL)
def test_boxes_never_meet_and_words_stay_in_their_box_and_on_the_sheet(case, width):
    drawing = diagram(*ALL[case], width)
    for place, drawn in enumerate(drawing.boxes):
        assert drawn.box.left >= 0 and drawn.box.right <= drawing.width and drawn.box.bottom <= drawing.height
        assert not any(drawn.box.meets(other.box) for other in drawing.boxes[place + 1 :])
    for text in drawing.texts:
        words = covered(text, drawing.measures.font)
        assert words.left >= 0 and words.right <= drawing.width and words.bottom <= drawing.height
        inside = [drawn for drawn in drawing.boxes if drawn.box.top < text.place.y < drawn.box.bottom]
        assert all(not words.meets(drawn.box) or words.is_inside(drawn.box) for drawn in inside), text.words


@pytest.mark.parametrize("width", [PAGE, PAPER])
@pytest.mark.parametrize("case", ALL)
def test_every_body_is_in_the_list_once_and_drawn_once_unless_it_is_linked_to_nobody(case, width):
    nodes, links = ALL[case]
    drawing = diagram(nodes, links, width)
    assert sorted(slugs(entry for group in drawing.outline for entry in group.entries)) == sorted(
        each.slug for each in nodes
    )
    linked = {slug for link in links for slug in (link.body, link.to)}
    assert sorted(drawn.node.slug for drawn in drawing.boxes) == sorted(linked)


def test_lines_start_and_end_at_boxes_or_at_another_line():
    """Every solid line that goes down into a box ends at its top."""
    drawing = diagram(*fifty(), PAGE)
    tops = {drawn.box.top for drawn in drawing.boxes}
    downs = [stroke.path.split() for stroke in drawing.strokes if stroke.kind == PARENT]
    assert (
        sum("V" in path and Decimal(path[-1]) in tops for path in downs) >= 13
    )  # the one below the first, and the twelve


def test_the_list_is_nested_as_they_stand_with_who_is_linked_to_nobody_last():
    drawing = diagram(FIVE, FIVE_LINKS, PAGE)
    assert [(group.heading, nested(group.entries)) for group in drawing.outline] == [
        ("", [("e", [("p", ["s"])])]),
        ("Linked to them", ["o"]),
        ("Not placed yet", ["x"]),
    ]
    [executive] = drawing.outline[0].entries
    assert executive.children[0].words == ("answers to Scrutiny",)
    assert drawing.outline[1].entries[0].words == ("Partnership answers to it",)


def test_title_and_description_say_every_line_in_words():
    drawing = diagram(FIVE, [*FIVE_LINKS, Link("s", "x", WORKS_WITH)], PAGE)
    assert drawing.title == "How the bodies stand to each other: 5 bodies"
    assert drawing.desc == (
        "Partnership stands under CSP Executive, and answers to Scrutiny. Body s stands under Partnership, and works with Somebody else."
    )
    assert diagram(FIVE, FIVE_LINKS, PAGE).desc.endswith("Not placed yet: Somebody else.")


def test_who_answers_to_somebody_in_a_tree_says_so_in_its_box():
    drawing = diagram(
        [node("a"), node("b"), node("c")], [*under(("b", "a"), ("c", "a")), Link("b", "c", ACCOUNTABLE)], PAGE
    )
    assert "Answers to C" in [text.words for text in drawing.texts]
    assert all(stroke.kind == PARENT for stroke in drawing.strokes)


def test_the_key_explains_the_lines_that_are_drawn_and_no_others():
    words = [text.words for text in diagram(FIVE, FIVE_LINKS, PAGE).texts]
    assert "stands under" in words and "answers to" in words and "works with" not in words
    assert "One body is not placed yet" in words


def test_what_is_sample_says_so():
    nodes = [node("a"), node("b", letters=("A",), is_sample=True)]
    drawing = diagram(nodes, [Link("b", "a", PARENT, is_sample=True)], PAGE)
    words = [text.words for text in drawing.texts]
    assert "Sample link" in words and "Priority A (sample)" in words
    assert drawing.outline[0].entries[0].children[0].words == ("sample link",)


@pytest.mark.parametrize(
    ("nodes", "links"),
    [
        ([], []),
        ([node("a")], []),
        ([node("a")], [Link("a", "nowhere", PARENT), Link("a", "a", WORKS_WITH)]),
    ],
)
def test_nothing_to_draw_is_an_empty_drawing(nodes, links):
    drawing = diagram(nodes, links, PAGE)
    assert not drawing.boxes and drawing.height == 0


def test_a_circle_is_drawn_all_the_same():
    drawing = diagram([node("a"), node("b"), node("c")], under(("a", "b"), ("b", "c"), ("c", "a")), PAGE)
    assert nested(drawing.outline[0].entries) == [("a", [("c", ["b"])])]


def test_paper_has_no_letter_below_seven_and_a_half_points():
    assert diagram(FIVE, FIVE_LINKS, PAPER).measures.font == Decimal("7.5")
    assert diagram(FIVE, FIVE_LINKS, PAGE).measures.font == 15


@pytest.mark.parametrize("width", [PAGE, PAPER])
def test_the_picture_has_presentation_attributes_only_and_tells_lines_apart_without_colour(width):
    drawing = diagram(FIVE, [*FIVE_LINKS, Link("p", "x", WORKS_WITH)], width)
    svg = render_to_string("charts/structure.svg", {"chart": drawing})
    assert "style" not in svg and 'role="img"' in svg
    assert 'aria-labelledby="structure-title structure-desc"' in svg
    dashes = set(re.findall(r'<path [^>]*stroke-dasharray="([^"]+)"', svg))
    assert len(dashes) == 2  # and solid is the third
    assert ('width="510pt"' in svg) == (width == PAPER)


def test_names_are_escaped():
    nodes = [node("a", "<b>Board</b>"), node("b")]
    svg = render_to_string("charts/structure.svg", {"chart": diagram(nodes, under(("b", "a")), PAGE)})
    assert "<b>" not in svg and "&lt;b&gt;Board&lt;/b&gt;" in svg


def test_it_knows_no_records():
    """The pack draws it from its snapshot."""
    for module in Path("governance/structure").glob("*.py"):
        assert "django" not in module.read_text() and "models" not in module.read_text()


def test_the_bodies_that_ship_make_a_tidy_drawing():
    told = json.loads(Path("governance/data/bodies.json").read_text())
    nodes = [Node(each["slug"], each["name"], each["short_name"]) for each in told]
    links = [Link(each["slug"], link["to"], link["kind"]) for each in told for link in each.get("links", [])]
    drawing = diagram(nodes, links, PAPER)
    assert len(drawing.boxes) == 14 and drawing.height < 300  # under half of a page
