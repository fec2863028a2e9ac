"""The guide says what is there: words on buttons, pictures, documents, and a place for every page."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from reporting.guide import parts, places
from reporting.guide.blocks import Block, Span
from tests import guide_pictures, guide_words
from tests.system.test_every_page import UNSEEN
from tests.test_permissions import BY_PREFIX, PAGES, SHOWN, named_urls

EVERY = parts.every()
ANCHORS = {f"{part.slug}#{heading.anchor}" for part in EVERY for heading in part.contents}
# Pages that need no help of their own: the guide itself, what machines read, and a page behind a mailed link, which leads nowhere on purpose.
WITHOUT = {"reporting:guide-list", "reporting:guide-part", "healthz", "metrics", "indicators:confirmation-answer"}


def spans(part: parts.Part) -> Iterator[Span]:
    for block in (part.lede, *part.blocks):
        for line in (block.line, *block.items, *block.head, *(cell for row in block.rows for cell in row)):
            yield from line


def pictures() -> list[Block]:
    return [block for part in EVERY for block in part.blocks if block.kind == "picture"]


def test_every_file_is_a_part():
    assert {path.stem for path in parts.FOLDER.glob("*.md")} == set(parts.PARTS)


def test_words_on_buttons_are_those_on_the_buttons():
    shown = guide_words.shown()
    lost = [
        f"{part.slug}: {span.words}"
        for part in EVERY
        for span in spans(part)
        if span.is_strong and span.words not in shown
    ]
    assert lost == [], "bold in the guide, and nowhere in the product"


def test_words_that_are_not_there_are_noticed():
    shown = guide_words.shown()
    assert "Submit figure" in shown and "Save draft" in shown and "Submit the figure now" not in shown


@pytest.mark.parametrize("part", EVERY, ids=lambda part: part.slug)
def test_headings_come_in_order_and_once(part):
    levels = [1, *(block.level for block in part.blocks if block.kind == "heading")]
    assert all(below <= above + 1 for above, below in zip(levels, levels[1:], strict=False))
    assert len({heading.anchor for heading in part.contents}) == len(part.contents)


def test_links_lead_to_places_in_the_guide():
    led = [span.url for part in EVERY for span in spans(part) if span.url]
    assert len(led) > 5
    for url in led:
        found = re.fullmatch(r"\.\./([a-z-]+)/(#[a-z0-9-]+)?", url)
        assert found and (f"{found[1]}{found[2]}" in ANCHORS if found[2] else found[1] in parts.PARTS), url


def named(part: parts.Part) -> set[str]:
    """The documents that a part names."""
    return {span.words for span in spans(part) if span.is_code}


def test_documents_that_are_named_are_there_and_every_runbook_is_named():
    runbooks = {path.name for path in (settings.BASE_DIR / "docs" / "operations").glob("*.md")}
    others = {name for part in EVERY for name in named(part)} - runbooks
    assert [name for name in others if not (settings.BASE_DIR / name).exists()] == []
    (operations,) = (part for part in EVERY if part.slug == "operations")
    assert runbooks - named(operations) == set()


# ---------------------------------------------------------------- pictures
def test_pictures_are_those_of_the_script_each_once():
    shown = [block.file.removeprefix("guide/").removesuffix(".png") for block in pictures()]
    assert sorted(shown) == sorted(guide_pictures.PICTURES) == sorted(guide_pictures.taken())
    assert {path.stem for path in guide_pictures.FOLDER.iterdir()} == set(shown)


@pytest.mark.parametrize("block", pictures(), ids=lambda block: block.file)
def test_a_picture_is_small_and_said_in_words(block):
    path = finders.find(block.file)
    assert path, f"{block.file} is not there: make guide"
    with open(path, "rb") as file:
        head = file.read(guide_pictures.LARGEST + 1)
    assert len(head) <= guide_pictures.LARGEST
    assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == block.size  # as a PNG says it
    assert len(block.alt) > 20 and block.caption.endswith(".")


# ---------------------------------------------------------------- help with a page
def pages() -> set[str]:
    """The names of URLs that somebody opens as a page. Those of allauth are all pages, but for a few that lead on or are files."""
    others = {name for route, name in named_urls() if route.startswith(BY_PREFIX)} - set(UNSEEN)
    return {name for name, row in PAGES.items() if 200 in row and name not in SHOWN} | others - {"None"}


def test_every_page_has_a_place():
    assert {name for name in pages() - WITHOUT if places.place_of(name) is None} == set()


def test_every_place_is_in_the_guide_and_of_a_page():
    assert set(places.PLACES.values()) <= ANCHORS
    every = {name for _, name in named_urls()}
    assert [beginning for beginning in places.PLACES if not any(name.startswith(beginning) for name in every)] == []
