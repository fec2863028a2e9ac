"""The web page of an edition: the parts of its PDF, with what a screen needs and without what only paper has."""

import re
from collections import Counter

import pytest

from reporting import pdf
from reporting.companions.page import page, rewritten
from reporting.imprint import Imprint
from reporting.snapshots import canonical
from tests.factories import snapshot_funding, snapshots
from tests.surfaces import readable
from tests.unit.reporting.companions import made_up

EXECUTIVE = Imprint("executive", 1)
PAPER = """<!DOCTYPE html><html><head><title>Tom &amp; Lena</title></head><body>
<section class="sheet" data-issue="Issue 1" data-flag="" data-partnership="The &quot;CSP&quot;" data-marking="OFFICIAL" id="quarter">
<h2>What &lt;they&gt; found</h2>
<ul class="contents"><li><a href="#quarter">Here</a></li></ul><ul><li>one</li></ul>
<table><tr><td>1</td></tr></table><table><tr><td>2</td></tr></table>
<svg class="chart" width="510pt" height="1pt"><title>Calls</title><path d="M0 0"/></svg>
<svg class="spark" width="60pt" height="1pt"><title>Calls</title></svg>
</section></body></html>"""


@pytest.fixture(scope="module")
def whole() -> str:
    """The sample with governance and money: every part there is."""
    return page(snapshot_funding.funded(), EXECUTIVE).decode()


class TestRewriting:
    made = rewritten(PAPER, is_public=True)

    def test_lines_of_paper_are_said_once_at_the_top(self):
        assert "data-" not in self.made
        assert '<section class="sheet" id="quarter">' in self.made
        assert '<p class="name">The &quot;CSP&quot;</p>' in self.made
        assert self.made.count("Issue 1") == 2  # description and top

    def test_a_public_one_has_no_marking_and_leads_to_the_reports(self):
        assert "OFFICIAL" not in self.made
        assert '<a href="/reports/">All reports</a>' in self.made
        inner = rewritten(PAPER, is_public=False)
        assert "<strong>OFFICIAL</strong>" in inner
        assert '<a href="/packs/">All packs</a>' in inner

    def test_what_people_wrote_stays_escaped(self):
        assert "<title>Tom &amp; Lena</title>" in self.made
        assert "What &lt;they&gt; found" in self.made
        assert 'aria-label="Table: What &lt;they&gt; found"' in self.made

    def test_the_contents_are_a_way_to_move_about_and_no_other_list_is(self):
        assert self.made.count("<nav") == self.made.count("</nav>") == 1
        assert '<nav aria-label="Contents"><ul class="contents">' in self.made
        assert "<ul><li>one</li></ul>\n" in self.made

    def test_tables_and_wide_charts_scroll_by_themselves_with_a_name_and_the_keyboard(self):
        names = re.findall(r'<div class="scroll" role="group" tabindex="0" aria-label="([^"]*)">', self.made)
        assert names == [
            "Table: What &lt;they&gt; found",
            "Table 2: What &lt;they&gt; found",
            "Chart: What &lt;they&gt; found",
        ]
        assert '</svg></div>\n<svg class="spark"' in self.made

    def test_text_that_looks_like_the_place_of_the_parts_changes_nothing(self):
        odd = PAPER.replace("Tom &amp; Lena", "&lt;!-- the parts --&gt;")
        assert rewritten(odd, is_public=True).count("<h2>") == 1


class TestTheWholePage:
    def test_it_says_all_that_the_pdf_says_in_the_same_order(self, whole):
        snapshot = snapshot_funding.funded()
        paper = pdf.html(snapshot, EXECUTIVE, checksum=canonical.sha256(canonical.to_json(snapshot)))
        assert words(paper[paper.index("<body>") :]) in words(whole)

    def test_tags_are_closed_in_order(self, whole):
        void = {"meta", "link", "br", "path", "circle", "rect", "polyline", "line", "img", "col", "use"}
        stack: list[str] = []
        for closing, tag, rest in re.findall(r"<(/?)([a-zA-Z][\w]*)((?:\"[^\"]*\"|[^>\"])*)>", whole):
            if tag in void or rest.endswith("/"):
                continue
            if closing:
                assert stack.pop() == tag
            else:
                stack.append(tag)
        assert stack == []

    def test_it_loads_its_stylesheet_and_nothing_else(self, whole):
        assert re.findall(r"<(?:link|script|img|style|iframe)\b[^>]*>", whole) == [
            '<link rel="stylesheet" href="/static/pack/read.css">'
        ]
        assert " style=" not in whole

    def test_headings_never_leave_out_a_level(self, whole):
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", whole)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))

    def test_every_link_within_it_leads_somewhere_and_no_name_stands_twice(self, whole):
        ids = Counter(re.findall(r'\bid="([^"]*)"', whole))
        assert [name for name, count in ids.items() if count > 1] == []
        assert {target for target in re.findall(r'href="#([^"]*)"', whole)} <= set(ids)

    def test_every_chart_has_words(self, whole):
        assert whole.count("<svg") == len(re.findall(r"<svg\b[^>]*>\s*<title", whole))


@pytest.mark.parametrize("made", [snapshots.nothing_asked(), snapshots.first_quarter(), snapshots.many(30)])
def test_any_quarter_has_a_page(made):
    assert page(made, EXECUTIVE).decode().count("<main") == 1


def test_a_public_page_hides_in_words():
    said = page(made_up.public(), Imprint("public", 1)).decode()
    assert "fewer than 5" in said
    assert "OFFICIAL-SENSITIVE" not in said


def words(markup: str) -> str:
    return " ".join(readable(markup).split())
