"""The pictures of the user guide: of which page, as whom, how much of it. `make guide` takes them; a test sees whether they are still true.

A picture is as true as its words. Days and numbers differ from one sample installation to the next, so they don't count.
"""

import hashlib
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "static" / "guide"
TAKEN = ROOT / "docs" / "guide" / "pictures.json"
LARGEST = 80_000  # bytes: a part of the guide with several of them still loads at once on a slow line
COLOURS = 64  # flat colours and grey edges of letters need no more

COORDINATOR, DATA_LEAD, WRITER = "sam.carrick@example.org", "farida.begum@example.org", "owen.tranter@example.org"
SUPPORT, CHAIR, EXECUTIVE = "callum.reed@example.org", "priya.nair@example.org", "jo.mercer@example.org"
SCRUTINY, ADMINISTRATOR, ANYBODY = "nell.ashby@example.org", "alex.rowe@example.org", ""


@dataclass(frozen=True)
class Picture:
    """From the strip that says "Sample figures" to the end of `until`, a selector. As wide as the guide's column, so that it is read without
    being made smaller. `address` may name rows in braces, see ROWS.
    """

    who: str
    address: str
    until: str
    width: int = 800
    has_header: bool = False  # with the menu and all that stands above it


BUTTON = "main form button[type=submit]"
PICTURES: dict[str, Picture] = {
    "home": Picture(DATA_LEAD, "/", "main table", has_header=True),
    "return-edit": Picture(DATA_LEAD, "/returns/{return}/edit/", BUTTON),
    "return-no-figure": Picture(DATA_LEAD, "/returns/{return}/no-figure/", BUTTON),
    "upload-add": Picture(DATA_LEAD, "/uploads/add/", BUTTON),
    "commentary": Picture(WRITER, "/commentaries/{words}/edit/", "main textarea >> nth=1"),
    "round-open": Picture(COORDINATOR, "/quarters/open/?quarter=2018-19-q1", "main fieldset >> nth=2"),
    "quarter": Picture(COORDINATOR, "/quarters/2017-18-q4/", "text=Verify the ticked returns", width=1100),
    "pack-build": Picture(COORDINATOR, "/packs/build/?quarter=2017-18-q4", BUTTON),
    "pack": Picture(COORDINATOR, "/packs/{pack}/", "main dl"),
    "targets": Picture(COORDINATOR, "/indicators/targets/2017-18/", "main tbody tr >> nth=5", width=1100),
    "consultation": Picture(COORDINATOR, "/consultations/what-comes-first-sample/", "text=Tags, and quotes to publish"),
    "retention": Picture(COORDINATOR, "/retention/", "main tbody tr >> nth=2", width=1000),
    "delivery-plan": Picture(SUPPORT, "/delivery-plans/asb-operations-group/2018-19/", "main table"),
    "minutes": Picture(SUPPORT, "/meetings/{meeting}/minutes/", BUTTON),
    "updates-agree": Picture(
        CHAIR, "/delivery-plans/asb-operations-group/2017-18/updates/2017-18-q4/agree/", "main fieldset"
    ),
    "dashboard": Picture(EXECUTIVE, "/dashboard/2017-18-q4/", "main tbody tr >> nth=10", width=1280),
    "plan-agree": Picture(
        EXECUTIVE, "/delivery-plans/no-place-for-hate-forum/2018-19/agree/", "text=Give the CSP Executive’s word"
    ),
    "committee": Picture(SCRUTINY, "/committee/", "main table"),
    "invite": Picture(ADMINISTRATOR, "/people/invite/", BUTTON),
    "erasure": Picture(ADMINISTRATOR, "/erasures/ask/", BUTTON),
    "asking": Picture(ANYBODY, "/have-your-say/what-comes-first-sample/", "main li >> nth=3"),
    "reports": Picture(ANYBODY, "/reports/", "main table"),
}
_OF_THE_QUARTER = "FROM indicators_return r JOIN indicators_round q ON q.id = r.round_id WHERE q.quarter = '2017-18-q4'"
ROWS: dict[str, str] = {
    "return": f"SELECT r.id {_OF_THE_QUARTER} AND r.status = 'sent_back' LIMIT 1",
    "words": f"SELECT c.id FROM indicators_commentary c WHERE c.for_return_id = (SELECT r.id {_OF_THE_QUARTER} AND r.status = 'sent_back' LIMIT 1)",
    "pack": "SELECT id FROM reporting_pack WHERE edition = 'executive' ORDER BY id LIMIT 1",
    "meeting": "SELECT m.id FROM governance_meeting m JOIN governance_body b ON b.id = m.body_id"
    " WHERE b.slug = 'asb-operations-group' ORDER BY m.starts_at DESC LIMIT 1",
}

SAMPLE, MARGIN = ".csp-sample", 16
# Of all words on the page those that the picture shows whole.
SHOWN = """([top, bottom]) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), shown = [];
    while (walker.nextNode()) {
        const node = walker.currentNode, range = document.createRange();
        if (!node.textContent.trim() || !node.parentElement.checkVisibility()) continue;
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        if (box.height && box.top + scrollY >= top && box.bottom + scrollY <= bottom) shown.push(node.textContent);
    }
    return shown.join(" ");
}"""
_DAYS = "Mon|Tues|Wednes|Thurs|Fri|Satur|Sun"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATED = re.compile(rf"\b({_DAYS})day\b|\b({_MONTHS})\b|\d[\d,.:]*")


def digest(words: str) -> str:
    """Of the words without days, months and numbers."""
    return hashlib.sha256(" ".join(DATED.sub("#", words).split()).encode()).hexdigest()


def open_(page: Page, name: str, rows: dict[str, object]) -> tuple[int, int]:
    """Go to its page. Where the picture of it begins and ends, in pixels from the top of the page."""
    picture = PICTURES[name]
    page.set_viewport_size({"width": picture.width, "height": 900})
    response = page.goto(picture.address.format(**rows))
    assert response and response.status == 200, f"{picture.address} can't be opened"
    last = page.locator(picture.until).first.bounding_box()
    first = page.locator(SAMPLE).bounding_box()
    assert first and last, f"{picture.until} is not on {picture.address}"
    return (0 if picture.has_header else int(first["y"])), int(last["y"] + last["height"]) + MARGIN


def words(page: Page, between: tuple[int, int]) -> str:
    """The digest of what the picture would show of the page."""
    return digest(page.evaluate(SHOWN, list(between)))


def taken() -> dict[str, dict[str, object]]:
    return json.loads(TAKEN.read_text())


def take(page: Page, name: str, between: tuple[int, int]) -> tuple[int, int]:
    """The page as it stands, in few colours; its width and height."""
    top, bottom = between
    clip = {"x": 0, "y": top, "width": PICTURES[name].width, "height": bottom - top}
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True, clip=clip, animations="disabled")))
    FOLDER.mkdir(exist_ok=True)
    shot.convert("RGB").quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)
    return shot.size


def write(digests: dict[str, str], sizes: dict[str, tuple[int, int]]) -> None:
    """What was taken, and how its words read then. Pictures that the list no longer has go."""
    told = {
        name: {
            "who": one.who,
            "address": one.address,
            "width": sizes[name][0],
            "height": sizes[name][1],
            "words": digests[name],
        }
        for name, one in PICTURES.items()
    }
    TAKEN.write_text(json.dumps(told, indent=2) + "\n")
    for path in FOLDER.glob("*.png"):
        if path.stem not in PICTURES:
            path.unlink()
