"""The workbook of an edition, read again as a spreadsheet reads it."""

import io
from dataclasses import replace

import openpyxl
import pytest

from reporting.companions.workbook import xlsx
from reporting.imprint import Erratum, Imprint, SinceIssue
from tests import surfaces
from tests.factories import snapshots
from tests.unit.reporting.companions import made_up

PUBLIC, EXECUTIVE = Imprint("public", 1), Imprint("executive", 1)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def row_of(book: openpyxl.Workbook, sheet: str, *starts: str) -> list[object]:
    """The one row that holds these words in its first columns."""
    (found,) = [
        [cell.value for cell in row]
        for row in book[sheet].iter_rows()
        if set(starts) <= {cell.value for cell in row[:3]}
    ]
    return found


@pytest.fixture(scope="module")
def public() -> openpyxl.Workbook:
    return opened(xlsx(made_up.public(), PUBLIC))


def test_its_sheets_and_title(public):
    assert public.sheetnames == ["Read me", "Figures", "Scorecard", "Definitions", "Notes"]
    assert (
        public.properties.title == "Quarterly monitoring pack, 2017-18 Q4: Tower Hamlets Community Safety Partnership"
    )
    assert public.properties.creator in (None, "openpyxl")  # what reading adds where the file names nobody


def test_nothing_is_out_of_sight(public):
    for sheet in public:
        assert sheet.sheet_state == "visible"
        assert not any(dimension.hidden for dimension in sheet.column_dimensions.values())
        assert not any(dimension.hidden for dimension in sheet.row_dimensions.values())
    assert list(public.defined_names) == []


def test_headings_stay_in_sight(public):
    assert {sheet.title: sheet.freeze_panes for sheet in public if sheet.title != "Read me"} == {
        "Figures": "D2",
        "Scorecard": "C2",
        "Definitions": "C2",
        "Notes": "A2",
    }


def test_figures_are_numbers_to_reckon_with(public):
    assert row_of(public, "Figures", "C2", "2017-18 Q2")[3:8] == [8123, "incidents", None, None, "Verified"]
    assert row_of(public, "Figures", "D3", "2017-18 Q4")[3:7] == [61.3, "per cent", 19, 31]


def test_a_hidden_figure_is_text_and_its_number_format_tells_nothing(public):
    (cell,) = [row[3] for row in public["Figures"].iter_rows() if (row[0].value, row[2].value) == ("A2", "2017-18 Q4")]
    assert (cell.value, cell.data_type, cell.comment) == ("fewer than 5", "s", None)
    assert not any(character.isdigit() and character not in "0" for character in cell.number_format)


def test_the_scorecard_says_a_hidden_figure_in_words_too(public):
    row = row_of(public, "Scorecard", "C2")
    assert row[8] == "not shown"  # the year to date


def test_read_me_says_what_it_is_and_how_small_numbers_are_hidden(public):
    words = "\n".join(str(row[0].value) for row in public["Read me"].iter_rows())
    assert "Public edition, issue 1. Figures as at 8 May 2018" in words
    assert "Sample figures." in words
    assert "“Fewer than 5” stands for a count under 5, zero too," in words
    assert "Open Government Licence v3.0" in words


def test_an_executive_one_is_marked_and_not_for_publication():
    book = opened(xlsx(snapshots.sample(), EXECUTIVE))
    words = "\n".join(str(row[0].value) for row in book["Read me"].iter_rows())
    assert "Protective marking: OFFICIAL-SENSITIVE." in words
    assert "Not for publication." in words
    assert "Licence" not in words


def test_a_figure_that_is_not_yet_verified_says_so_on_the_scorecard():
    assert row_of(opened(xlsx(snapshots.sample(), EXECUTIVE)), "Scorecard", "C4")[5] == "27, not yet verified"


def test_notes_hold_restatements_and_what_is_missing():
    notes = [
        tuple(cell.value for cell in row) for row in opened(xlsx(snapshots.sample(), EXECUTIVE))["Notes"].iter_rows()
    ]
    assert (
        "Restated",
        "B3",
        "2017-18 Q2",
        "Correction of 26 April 2018: was 771, now 743. 28 offences lay outside the hotspot areas.",
    ) in notes
    assert ("Missing this quarter", "C1", "2017-18 Q4", "Awaiting partner. The survey closes on 18 May.") in notes


def test_a_reissue_says_what_was_wrong_and_what_differs():
    made = replace(
        EXECUTIVE,
        issue=2,
        erratum=Erratum(1, snapshots.dt.date(2018, 5, 9), "C2 was printed as 118."),
        since_issue=SinceIssue("Since issue 1", ("C2 was 118 and is 181.",)),
    )
    book = opened(xlsx(snapshots.sample(), made))
    words = "\n".join(str(row[0].value) for row in book["Read me"].iter_rows())
    assert "It takes the place of issue 1 of 9 May 2018. What was wrong there: C2 was printed as 118." in words
    assert row_of(book, "Notes", "Since issue 1")[3] == "C2 was 118 and is 181."


def test_no_text_is_a_formula():
    """The apostrophe is what Excel itself puts before such text."""
    first = snapshots.sample().priorities[0].indicators[0]
    evil = replace(first, name='=HYPERLINK("http://example.org")', definition="+1")
    sample = snapshots.sample()
    priorities = (replace(sample.priorities[0], indicators=(evil,), context=()), *sample.priorities[1:])
    content = xlsx(snapshots.sample(priorities=priorities), EXECUTIVE)
    assert not any("<f>" in text or "<f " in text for text in surfaces.xlsx(content).values())


def test_large_sets_and_empty_quarters_make_a_workbook():
    for made in (snapshots.many(60), snapshots.nothing_asked(), snapshots.nothing_sent(), snapshots.first_quarter()):
        assert opened(xlsx(made, EXECUTIVE)).sheetnames[1] == "Figures"
