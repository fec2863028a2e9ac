"""The pack as a whole: what stands in it, that it is the same every time, and what it does with bad input."""

import datetime as dt
import html
import io
import json
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from lib.typesetting import PdfProblem, gate
from reporting import pdf
from reporting.imprint import Imprint
from reporting.models import Pack
from reporting.pdf import document
from reporting.pdf.parts import priority, said
from reporting.snapshots.shape import Words
from tests.factories import snapshots
from tests.factories.snapshot_parts import in_state

ROOT = Path(__file__).resolve().parents[4]
PRINTED = json.loads((ROOT / "indicators" / "data" / "indicators.json").read_text())
LONG = "Number of people in every part of the borough who were asked about this very thing, " * 2


def squeezed(text: str) -> str:
    """Without white space at all: a printed name may be broken anywhere."""
    return "".join(text.split())


def changed(change):
    """The sample with every indicator of the set changed, and nothing that takes time and is not looked at."""
    return snapshots.sample(
        priorities=tuple(
            replace(one, indicators=tuple(change(part) for part in one.indicators), context=(), commitments=())
            for one in snapshots.sample().priorities
        )
    )


def test_a_pack_passes_the_gate_without_a_warning(pack):
    assert pack.warnings == ()
    assert gate.problems(pack.pdf) == []


def test_all_names_stand_in_it_as_printed(pack, read):
    text = squeezed(read(pack))
    names = [entry["name"] for entry in PRINTED if entry["reference"]]
    assert len(names) == 15
    assert [name for name in names if squeezed(name) not in text] == []


def test_every_priority_title_and_short_name_stands_in_it(pack, read):
    text = read(pack)
    snapshot = snapshots.sample()
    wanted = [priority.title for priority in snapshot.priorities] + [part.short_name for part in snapshot.indicators]
    assert [words for words in wanted if words not in text] == []


def test_every_commitment_of_the_year_stands_in_it(rated, pack, read):
    """In the words of the list, and in the table that says how each stands."""
    text, table = squeezed(read(rated)), squeezed(html.unescape(pack.html))
    commitments = [one.text for priority in snapshots.sample().priorities for one in priority.commitments]
    assert len(commitments) == 52
    assert [words for words in commitments if squeezed(words) not in text or squeezed(words) not in table] == []


def test_the_cover_says_what_it_is_and_how_it_may_be_handled(pack, read):
    cover = read(pack, 1, 1)
    for words in (
        "Tower Hamlets Community Safety Partnership",
        "Quarterly monitoring pack",
        "2017-18 Q4 January to March 2018",
        "Classification Restricted",
        "Protective marking OFFICIAL-SENSITIVE",
        "Holds indicator D1; small numbers are shown; not every figure is verified; risks are shown; money is shown",
        "Figures as at Tuesday 8 May 2018, 17:00",
        "CSP Executive, Tuesday 22 May 2018",
        "Sample figures. The indicators’ figures, what was spent, the dates and the posts in this pack are samples.",
        "9c41e7b0 9c41e7b0",
    ):
        assert words in cover


def test_the_contents_name_the_page_of_every_part(pack, read):
    """Each part's heading is on the page that the contents name."""
    cover = read(pack, 1, 1)
    for words in (
        "The quarter on a page",
        "Anti-Social Behaviour (ASB) including Drugs and Alcohol",
        "Violence",
        "Hate Crime, Community Cohesion and Extremism",
        "Reducing Re-offending",
        "Delivery by subgroup",
        "Decisions, scrutiny and risks",
        "Money",
        "Decisions asked for",
        "Consultation",
        "What changed",
        "All figures",
        "Data quality and restatements",
        "Structure",
        "Definitions and method",
    ):
        page = int(cover.rpartition(words)[2].split()[0])
        assert words in read(pack, page, page)


def test_a_restated_figure_says_when_it_was_verified_and_who_it_is_from(pack, read):
    """Who gave the figure is not who verified it."""
    restated = snapshots.sample().restatements[0]
    assert f"from {restated.by}" in read(pack).partition("Restated")[2]


def test_every_page_carries_marking_edition_and_number(pack, read):
    for page in range(1, pack.pages + 1):
        text = read(pack, page, page)
        assert text.startswith("Restricted OFFICIAL-SENSITIVE")
        assert "Sample figures" in text
        assert "Executive edition, issue 1, 2017-18 Q4" in text
        assert f"Page {page} of {pack.pages}" in text


def test_the_quarter_takes_one_page_with_all_fifteen(pack, read):
    text = read(pack, 2, 2)
    assert text.count("Data only") == 12  # eleven rows and the head of the counts
    assert "All 15 11 1 3" in text
    assert "What is missing or not yet verified" in text
    assert "The quarter on a page" not in read(pack, 3, 3)


def test_the_same_snapshot_gives_the_same_bytes(small):
    first = snapshots.sample().priorities[0]
    own = replace(first, indicators=first.indicators[:2], commitments=first.commitments[:3])
    told: list[str] = []
    again = pdf.render(
        snapshots.sample(priorities=(own,), restatements=()), imprint=Imprint("executive", 1), progress=told.append
    )
    assert again.pdf == small.pdf
    assert told == [document.LAY_OUT, document.SET_PAGES]
    assert set(told) <= set(Pack.STAGES)


def test_another_issue_is_another_file(small):
    first = snapshots.sample().priorities[0]
    own = replace(first, indicators=first.indicators[:2], commitments=first.commitments[:3])
    other = pdf.render(snapshots.sample(priorities=(own,), restatements=()), imprint=Imprint("executive", 2))
    assert other.pdf != small.pdf
    assert "issue 2" in other.html


def test_its_dates_are_those_of_the_figures(pack):
    with pikepdf.open(io.BytesIO(pack.pdf)) as made:
        assert str(made.docinfo["/CreationDate"]) == "D:20180508160000+00'00"
        assert str(made.docinfo["/ModDate"]) == "D:20180508160000+00'00"


@pytest.mark.parametrize(
    ("snapshot", "words"),
    [
        (snapshots.nothing_asked(), "No returns were asked for in 2018-19 Q1, so this pack holds no figures for it."),
        (snapshots.nothing_sent(), "No figure for 2018-19 Q1 had been sent when this pack was built."),
    ],
)
def test_a_quarter_without_figures_is_built_and_says_so(snapshot, words, read):
    made = pdf.render(snapshot, imprint=Imprint("executive", 1))
    assert words in read(made, 1, 1)
    assert words in read(made, 2, 2)
    assert gate.problems(made.pdf) == [] and made.warnings == ()


def test_a_first_quarter_has_no_trend_and_no_last_year(read):
    made = pdf.render(snapshots.first_quarter(), imprint=Imprint("executive", 1))
    text = read(made)
    assert "There is no verified figure for last quarter or a year ago to compare with." in text
    assert "to come" in text
    assert gate.problems(made.pdf) == [] and made.warnings == ()


def test_a_snapshot_without_indicators_is_built(read):
    bare = tuple(replace(one, indicators=(), context=(), commitments=()) for one in snapshots.sample().priorities)
    made = pdf.render(snapshots.sample(priorities=bare, restatements=()), imprint=Imprint("executive", 1))
    assert "No indicator is in this quarter’s monitoring" in read(made, 1, 1)
    assert gate.problems(made.pdf) == [] and made.warnings == ()


def test_a_pack_that_is_no_sample_says_nothing_of_samples():
    assert "Sample" not in pdf.html(snapshots.sample(is_sample=False), imprint=Imprint("executive", 1))


# ---------------------------------------------------------------- when it does not fit


def test_long_short_names_wrap_and_the_quarter_still_takes_one_page(read):
    """Thirty characters is the most a short name may have; here all fifteen have them, and none fits on one line."""
    snapshot = changed(lambda part: replace(part, short_name="Community homelessness moments"))
    made = pdf.render(snapshot, imprint=Imprint("executive", 1))
    assert "Of 15, 11 are data only, one is not yet verified (C4) and three are missing (C1, C2 and D4)." in read(
        made, 2, 2
    )
    assert "What is missing or not yet verified" in read(made, 2, 2)
    assert "Decisions asked for" in read(made, 3, 3)


def test_what_may_give_way_gives_way_and_nothing_is_lost(read):
    """Everything late with long reasons: the list becomes one line for each reason, the whole of it stays in data quality."""

    def late(part):
        return in_state(part, "missing", reason="Awaiting partner", note=LONG)

    made = pdf.render(changed(late), imprint=Imprint("executive", 1))
    assert "15 awaiting partner:" in read(made, 2, 2)
    assert "Decisions asked for" in read(made, 3, 3)
    assert squeezed(read(made)).count(squeezed(LONG)) >= 15


def test_a_quarter_that_can_not_fit_stops_the_build_with_a_sentence():
    snapshot = changed(lambda part: replace(part, short_name=LONG))
    with pytest.raises(PdfProblem, match="The quarter on a page does not fit on one page. Shorten"):
        pdf.render(snapshot, imprint=Imprint("executive", 1))


def test_over_twenty_indicators_the_scorecard_has_pages_of_its_own(read):
    made = pdf.render(snapshots.many(21), imprint=Imprint("executive", 1))
    assert "Here stands only what is out of the ordinary." in read(made, 2, 2)
    assert "Same period last year" not in read(made, 2, 2)
    assert "Same period last year" in read(made, 3, 3)
    assert gate.problems(made.pdf) == [] and made.warnings == ()


def test_150_indicators_are_built_with_the_head_on_every_page_of_the_scorecard(read, monkeypatch):
    """Without the parts of the priorities, which take sixty pages and have nothing to do with it."""
    build = priority.build
    monkeypatch.setattr(priority, "build", lambda *given: replace(build(*given), blocks=(), promises=()))
    monkeypatch.setattr(said, "spark", lambda *given: None)
    made = pdf.render(snapshots.many(150), imprint=Imprint("executive", 1))
    starts = [page for page in range(2, 20) if "Eight quarters" in read(made, page, page)]
    assert len(starts) >= 3 and starts == list(range(3, 3 + len(starts)))
    assert "All 150" in read(made, 2, 2)
    assert gate.problems(made.pdf) == [] and made.warnings == ()


HOSTILE = {
    "markup": "<script>alert(1)</script> & <b>bold</b> {{ 7|add:7 }} {% now 'Y' %}",
    "one long word": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 4,
    "emoji": "Calls fell 🎉👮🏽\u200d♀️ at last",
    "Bengali": "বাংলা টাউনে অপরাধ কমেছে",
    "controls": "\N{RIGHT-TO-LEFT OVERRIDE}evil\N{ZERO WIDTH JOINER} and a form feed \x0c and a null-like \x01",
    "addresses": 'A <img src="http://127.0.0.1/x.png"> and <link rel=stylesheet href=//example.org/a.css>',
    "900 words": "word " * 900,
}


def test_whatever_people_write_is_only_text(read):
    """Every kind of text in commentary, names, titles and reasons, in one pack."""
    snapshot = snapshots.sample()
    first = snapshot.priorities[0]
    parts = [
        replace(
            first.indicators[0],
            words=Words(
                "sent", text, "Because.", "More.", text[:60], None, (), text[:60], dt.date(2018, 5, 2), None, ""
            ),
            reference=f"A{number}",
            slug=f"hostile-{number}",
            name=text[:200],
            short_name=text[:30],
            owner=text[:60],
        )
        for number, text in enumerate(HOSTILE.values(), start=1)
    ]
    own = replace(first, indicators=tuple(parts), title=HOSTILE["markup"], why=HOSTILE["addresses"], context=())
    made = pdf.render(replace(snapshot, priorities=(own,), restatements=()), imprint=Imprint("executive", 1))
    # Whether Bengali has letters to be set in depends on the fonts of the machine; of that, and of nothing else, it complains.
    letters = [warning for warning in made.warnings if warning.startswith(".notdef glyph") and "U+09" in warning]
    assert [warning for warning in made.warnings if warning not in letters] == []
    assert gate.problems(made.pdf) == []
    assert "<script" not in made.html and 'src="http' not in made.html
    text = read(made)
    assert HOSTILE["markup"] in text
    assert "Calls fell [party popper][police officer] at last" in text
    assert text.count("word") >= 900  # whole, over as many pages as it takes


def test_a_part_that_can_not_be_loaded_stops_the_build(monkeypatch, tmp_path):
    monkeypatch.setattr("lib.typesetting.fetching.folder", lambda: tmp_path)
    with pytest.raises(PdfProblem, match="could not be loaded"):
        pdf.render(snapshots.nothing_asked(), imprint=Imprint("executive", 1))


def test_what_people_wrote_does_not_reach_the_log(caplog):
    """WeasyPrint quotes letters that no font has: U+0378 is no letter at all."""
    first = snapshots.sample().priorities[0]
    own = replace(first, indicators=first.indicators[:1], why="Private \u0378 words", commitments=())
    made = pdf.render(snapshots.sample(priorities=(own,), restatements=()), imprint=Imprint("executive", 1))
    assert len(made.warnings) == 1 and "U+0378" in made.warnings[0]
    assert "\u0378" not in caplog.text and "U+0378" not in caplog.text
    assert "typesetting warnings=1" in caplog.text
