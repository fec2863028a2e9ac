"""What must not go out in a pack, and what only looks like it."""

import pytest

from reporting.clearing import leftovers
from reporting.imprint import Imprint, OwnSection
from reporting.pdf import document
from tests.factories import snapshots as made_up

XX = "X" * 2
THREE = "X" * 3


def whats(found):
    return [one.what for one in found]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("INSERT figure here", "INSERT, in “INSERT figure here”"),
        ("Reported crime fell (INSERT)", "INSERT, in “Reported crime fell (INSERT)”"),
        ("Lead: TBC", "something to be confirmed, in “Lead: TBC”"),
        ("Date TBA.", "something to be confirmed, in “Date TBA.”"),
        (f"Up by {XX}%", f"XX, in “Up by {XX}%”"),
        (f"£{THREE},000 was spent", f"XX, in “£{THREE},000 was spent”"),
        ("Lorem ipsum dolor", "filler text, in “Lorem ipsum dolor”"),
        ("Signed: [name]", "a gap in brackets, in “Signed: [name]”"),
        ("See [insert link to plan]", "a gap in brackets, in “See [insert link to plan]”"),
        ("Was it 14?? Ask Farida", "question marks in place of words, in “Was it 14?? Ask Farida”"),
    ],
)
def test_a_note_to_oneself_is_found(text, what):
    found = leftovers.in_text(text, "covering note")
    assert whats(found) == [what]
    assert found[0].where == "covering note"


@pytest.mark.parametrize(
    "text",
    [
        "Insert the key and turn it",
        "Officers insert a card; the insert is blue",
        "REINSERTED into the scheme",
        "The TBCC met twice",
        "tbc",
        f"MA{XX}ON Road and the E{XX}ON pumps",
        f"Part {XX}I and {XX}IV of the Act, in 20{XX}",
        f"{XX}IX",
        "Is it safe? The police say so.",
        "[sic] and [2018] EWCA Civ 12",
        "The names [of both] were known",
        "A new version of the plan; the version was agreed",
        "The park was cleared by eleven",
        "",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text):
    assert leftovers.in_text(text, "words") == []


@pytest.mark.parametrize("heading", ["Version control", "Document Control", "Clearance sheet", "Cleared by: J. Mercer"])
def test_the_clearance_page_is_found_by_its_heading(heading):
    assert "the clearance page, which is for the office alone" in whats(leftovers.in_text(heading, "page"))[0]


def test_only_what_stands_around_it_is_told():
    found = leftovers.in_text("a" * 100 + " TBC " + "b" * 100, "note")
    told = whats(found)[0]
    assert told.startswith("something to be confirmed, in “…aaa") and told.endswith("bbb…”")
    assert len(told) < 110


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<p>See <a href='/reports/'></a></p>", "a link without words, to /reports/"),
        ("<p>See <a href='/reports/'> \n </a></p>", "a link without words, to /reports/"),
        ("<p><a href=''>the report</a></p>", "a link that leads nowhere, “the report”"),
        ("<p><a href='#'>the report</a></p>", "a link that leads nowhere, “the report”"),
        ("<p><a>the report</a></p>", "a link that leads nowhere, “the report”"),
        ("<svg viewBox='0 0 1 1'></svg>", "a diagram without anything in it"),
        ("<svg><title>Burglary</title><g> </g></svg>", "a diagram without anything in it"),
        ("<svg/>", "a diagram without anything in it"),
        ("<figure><figcaption>Burglary by month</figcaption></figure>", "a figure without a picture"),
        ("<figure></figure>", "a figure without a picture"),
        ("<p><img src='' alt='A chart'></p>", "a picture without a file"),
        (
            "<table><tr><th>Version</th><th>Date</th><th>Author</th></tr><tr><td>0.3</td><td>May</td><td>S</td></tr></table>",
            "the table of versions and clearance, which is for the office alone",
        ),
        (
            "<table><thead><tr><th scope=col>Version no.</th><th>Cleared by</th></tr></thead></table>",
            "the table of versions and clearance, which is for the office alone",
        ),
    ],
)
def test_what_is_empty_on_a_page_is_found(html, what):
    assert what in whats(leftovers.in_page(f"<html><body>{html}</body></html>"))


@pytest.mark.parametrize(
    "html",
    [
        "<p>See <a href='#b2'>B2</a></p>",
        "<h2><a id='b2'></a>Burglary</h2>",
        "<a href='/'><img src='a.png' alt='Home'></a>",
        "<a href='/' aria-label='Home'><svg><path d='M0 0'/></svg></a>",
        "<a href='/'><svg><title>Home</title><path d='M0 0'/></svg></a>",
        "<figure><svg><line/></svg><figcaption>Burglary</figcaption></figure>",
        "<figure><table><tr><td>1</td></tr></table></figure>",
        "<svg><text>Burglary</text></svg>",
        "<table><tr><th>Version</th><th>Published</th></tr></table>",
        "<style>.TBC{}</style><script>INSERT</script>",
        "<p>IN<b>SERT</b></p><p>ED</p>".replace("</p><p>", ""),
    ],
)
def test_what_is_whole_on_a_page_is_left_alone(html):
    assert leftovers.in_page(f"<html><body>{html}</body></html>") == []


def test_words_that_are_cut_by_marks_are_read_together():
    assert whats(leftovers.in_page("<p>Lead: T<b>BC</b></p>")) == ["something to be confirmed, in “Lead: TBC”"]


def test_the_same_is_told_once():
    assert len(leftovers.in_page("<p>TBC</p><p>TBC</p>")) == 1


def test_the_teams_own_words_are_looked_at_by_name():
    imprint = Imprint("executive", 1, note="Figures for May TBC")
    found = leftovers.in_words(imprint, "Words beside the figures")
    assert [str(one) for one in found] == [
        "Words beside the figures › note: something to be confirmed, in “Figures for May TBC”"
    ]
    assert leftovers.in_words((OwnSection("Who is harmed", "INSERT"),))[0].where == "Who is harmed › text"


def test_a_snapshot_is_looked_at_to_its_last_word():
    snapshot = made_up.sample()
    assert leftovers.in_words(snapshot) == []


def test_the_templates_of_a_pack_leave_nothing_over():
    """So what is found in the words is all there is to find in the PDF."""
    assert leftovers.in_page(document.html(made_up.sample(), Imprint("executive", 1))) == []
