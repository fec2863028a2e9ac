"""The pack once targets are agreed: it rates, and says why in the words of the snapshot."""

import html
import io
import re
from dataclasses import replace

import pikepdf
import pytest
from weasyprint.formatting_structure import boxes

from lib.quarters import Quarter
from lib.typesetting import fetching, finishing, gate, laid_out
from reporting import pdf
from reporting.imprint import Imprint
from reporting.pdf.parts import block, quarter
from reporting.snapshots.shape import VerdictPart
from tests.factories import snapshots
from tests.factories.snapshot_parts import in_state, long_run, part


def text_of(markup: str) -> str:
    """What stands between the tags, white space made single."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def totals(markup: str) -> str:
    """The last row of the counts."""
    row = re.search(r'<tr class="total">.*?</tr>', markup, re.S)
    return text_of(row[0].replace("<td", " <td")) if row else ""


def squeezed(text: str) -> str:
    """Without white space and hyphens: a line may break at either."""
    return re.sub(r"[\s\-‐]", "", text)


def test_a_rated_pack_passes_the_gate_without_a_warning(rated):
    assert rated.warnings == ()
    assert gate.problems(rated.pdf) == []


def test_every_indicators_sentence_stands_in_the_pack_word_for_word(rated, read):
    markup, printed = text_of(rated.html), squeezed(read(rated))
    sentences = [one.verdict.sentence for one in snapshots.rated().indicators]
    assert len(sentences) == 15
    assert [sentence for sentence in sentences if sentence not in markup] == []
    assert [sentence for sentence in sentences if squeezed(sentence) not in printed] == []


def test_what_the_figures_say_stands_in_the_pack_word_for_word(rated):
    markup = text_of(rated.html)
    told = [one for one in snapshots.rated().indicators if block.asks_attention(one)]
    assert [one.reference for one in told] == ["B3", "D2"]
    for one in told:
        assert one.usual.sentence in markup
        assert one.usual.meets_sentence in markup
        assert f"{one.short.words}." in markup and f"{one.long.words}." in markup


def test_the_cover_shows_a_mark_and_a_word_for_each_indicator(rated, read):
    cover = read(rated, 1, 1)
    words = ("Red", "Amber", "Green", "Missing", "Not yet")
    assert [len(re.findall(rf"\b{word}\b", cover)) for word in words] == [2, 3, 3, 3, 1]
    assert rated.html.count('<span class="mark red"><span class="ref">B3</span> Red</span>') == 1


def test_the_rated_quarter_takes_one_page_with_all_of_it(rated, read):
    text = read(rated, 2, 2)
    assert "Ratings by priority" in text and "Figures by priority" not in text
    assert totals(rated.html) == "All 15 2 3 3 3 1 3"
    for words in (
        "Arrow: the way the figure moved.",
        "↓ worse",
        "→ similar",
        "not comparable",
        "Expected 31 May 2018.",
    ):
        assert words in text  # nothing had to give way
    assert "Last quarter" not in text
    assert "Decisions asked for" in read(rated, 3, 3)


def test_one_cell_says_not_comparable_for_both_trends(rated):
    rows = re.findall(r"<tr>(?:(?!</tr>).)*not comparable.*?</tr>", rated.html, re.S)
    assert len(rows) == 4  # C1, C2, C4 and D4
    assert all('<td colspan="2">' in row for row in rows)


def test_only_worse_is_bold_among_trends(rated):
    assert '<span class="trend worse">↓ worse</span>' in rated.html
    css = (fetching.folder() / "pack.css").read_text()
    assert [kind for kind in re.findall(r"\.trend\.(\w+)\s*{[^}]*font-weight", css)] == ["worse"]


def every_state():
    """Fifteen indicators in every state there is, as many of them as may be with two lines."""
    parts = list(snapshots.rated().indicators)
    unrated = VerdictPart("unrated", "Unrated: 2017-18 Q2 is missing, so the year to date is not known.")
    changed = {"A1": replace(parts[0], verdict=unrated), "C3": in_state(part("hate-offences"), "not_collected")}
    return snapshots.rated(
        priorities=tuple(
            replace(one, indicators=tuple(changed.get(each.reference, each) for each in one.indicators))
            for one in snapshots.rated().priorities
        )
    )


def test_every_state_fits_on_the_page(read):
    made = pdf.render(every_state(), imprint=Imprint("executive", 1))
    text = read(made, 2, 2)
    for word in ("Red", "Amber", "Green", "Data only", "Unrated", "Not yet verified", "Missing", "No return"):
        assert word in text
    assert totals(made.html) == "All 15 2 3 3 1 1 1 3 1"  # the table stands
    assert "Decisions asked for" in read(made, 3, 3)
    assert gate.problems(made.pdf) == [] and made.warnings == ()


def beyond_the_margins(snapshot) -> list[str]:
    """Words that stand further right than the text of a page may."""
    made = laid_out(pdf.document.html(snapshot, imprint=Imprint("executive", 1)))
    found = []
    for page in made.pages:
        box = page._page_box
        edge = box.margin_left + box.width + 0.5
        found += [
            one.text
            for one in finishing._boxes(box.children[0])
            if isinstance(one, boxes.TextBox) and one.position_x + one.width > edge
        ]
    return found


@pytest.mark.parametrize("make", [snapshots.sample, snapshots.rated, every_state, long_run])
def test_nothing_stands_beyond_the_margins(make):
    assert beyond_the_margins(make()) == []


@pytest.mark.parametrize("how_many", [4, 9])
def test_many_reds_without_explanations_still_fit(how_many, read):
    red = part("substance-misuse-need-met", snapshots.rated())
    own = tuple(replace(red, reference=f"D{number}", slug=f"red-{number}") for number in range(1, how_many + 1))
    first = replace(snapshots.rated().priorities[3], indicators=own, context=(), commitments=())
    made = pdf.render(snapshots.rated(priorities=(first,), restatements=()), imprint=Imprint("executive", 1))
    assert "indicators are red" in read(made, 2, 2)
    assert "Decisions asked for" in read(made, 3, 3)
    assert gate.problems(made.pdf) == [] and made.warnings == ()


def test_a_long_run_with_a_break_is_drawn_and_told(read):
    made = pdf.render(long_run(), imprint=Imprint("executive", 1))
    text = read(made)
    for words in (
        "Series break, April 2015: hotspot areas redrawn. Figures on the left are not comparable.",
        "b: before the series break, not comparable.",
        "Hotspot areas redrawn. Figures before are not comparable; trends and the usual range start here.",
        "Superintendent, partnerships, by 31 July 2018",
    ):
        assert words in text
    assert gate.problems(made.pdf) == [] and made.warnings == ()
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        alts = [str(one.dictionary.Alt) for one in gate.elements(document) if one.kind == "/Figure"]
    assert any("All in order: 610, 724, 773, 643" in alt for alt in alts)


def test_words_take_the_figures_along_to_the_next_page(read):
    red, green = (part(slug, snapshots.rated()) for slug in ("violence-with-injury-hotspots", "serious-youth-violence"))
    words = replace(
        red.words, why=f"{red.words.why}{' word' * 40}"
    )  # too long to stand under the second chart of a page
    own = tuple(replace(red, reference=f"B{number}", slug=f"red-{number}", words=words) for number in range(1, 4))
    short = tuple(replace(green, reference=f"A{number}", slug=f"green-{number}") for number in range(1, 3))
    first = replace(snapshots.rated().priorities[1], indicators=(*short, *own), context=(), commitments=())
    made = pdf.render(snapshots.rated(priorities=(first,), restatements=()), imprint=Imprint("executive", 1))
    pages = [read(made, number, number) for number in range(1, made.pages + 1)]
    for one in own:
        figures = [f"What the figures say of {one.reference}" in page for page in pages]
        assert figures == [f"{one.reference} What happened" in page for page in pages]
        assert sum(figures) == 1


def test_an_incomplete_explanation_is_asked_for_beside_what_was_said(read):
    red = part("violence-with-injury-hotspots", snapshots.rated())
    lacking = replace(red.words, state="incomplete", why="", lacking=("why",), owed_by="Uma Rees, analyst")
    own = replace(snapshots.rated().priorities[1], indicators=(replace(red, words=lacking),), context=())
    made = pdf.render(snapshots.rated(priorities=(own,), restatements=()), imprint=Imprint("executive", 1))
    text = read(made)
    assert "The explanation is incomplete: why is owed by Uma Rees, analyst, due 4 May 2018." in text
    assert "Offences fell three quarters running." in text
    assert gate.problems(made.pdf) == []


def test_before_the_years_end_the_forecast_stands_in_the_years_figures(read):
    third = Quarter.parse("2017-18 Q3")
    snapshot = snapshots.rated(quarter=third, priorities=snapshots.priorities(third, aims=snapshots.AIMS))
    made = pdf.render(snapshot, imprint=Imprint("executive", 1))
    red = part("violence-with-injury-hotspots", snapshot)
    assert red.forecast.number is not None and red.forecast.verdict is not None
    markup = text_of(made.html)
    assert red.forecast.basis in markup and red.forecast.verdict.sentence in markup
    assert "Q4 Year to date Target Forecast" in read(made)
    assert gate.problems(made.pdf) == [] and made.warnings == ()


def test_over_twenty_rated_indicators_the_scorecard_has_pages_of_its_own(read):
    rated = snapshots.rated().priorities
    snapshot = snapshots.rated(
        priorities=tuple(
            replace(
                one,
                indicators=tuple(
                    replace(each, reference=f"{one.letter}{number}", slug=f"{each.slug}-{number}")
                    for number, each in enumerate((*one.indicators, *one.indicators), start=1)
                ),
                commitments=(),
                context=(),
            )
            for one in rated
        )
    )
    assert not quarter.holds_scorecard(snapshot)
    made = pdf.render(snapshot, imprint=Imprint("executive", 1))
    assert "All 30" in read(made, 2, 2) and "On last quarter" not in read(made, 2, 2)
    assert "On last quarter" in read(made, 3, 3)
    assert gate.problems(made.pdf) == [] and made.warnings == ()
