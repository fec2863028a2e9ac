"""An addendum: short, numbered, with what came after an issue and nothing else of its own."""

import datetime as dt
from dataclasses import replace

import pytest

from lib.typesetting import gate
from reporting import pdf
from reporting.imprint import ADDENDUM, AddsTo, Came, Imprint
from reporting.pdf import addendum
from reporting.snapshots.shape import Snapshot
from tests.factories import snapshots
from tests.factories.snapshot_parts import alone, part

SINCE = dt.datetime(2018, 4, 30, 17, tzinfo=snapshots.LONDON)
CAME = (Came("hate-offences", "C3, 2017-18 Q4 has come: 142."),)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return alone(part("hate-offences"), part("domestic-abuse-reports"))


def imprint(came=CAME, **changes):
    adds_to = AddsTo(2, dt.date(2018, 5, 4), SINCE, came)
    return replace(Imprint("executive", 1, ADDENDUM, adds_to=adds_to), **changes)


def test_it_passes_the_gate_and_says_to_which_issue_it_adds(snapshot, read):
    made = pdf.render(snapshot, imprint(), checksum="9c41e7b0" * 8)
    assert gate.problems(made.pdf) == [] and made.warnings == ()
    text = read(made)
    for words in (
        "Addendum 1 to issue 2",
        "Adds to Issue 2 of 4 May 2018, which stays as it is",
        "Its figures as at Monday 30 April 2018, 17:00",
        "Figures here as at Tuesday 8 May 2018, 17:00",
        "Addendum 1 to issue 2, executive edition, 2017-18 Q4",
        "C3, 2017-18 Q4 has come: 142.",
        "The scorecard as it now stands",
        "9c41e7b0 9c41e7b0",
    ):
        assert words in text


def test_only_what_came_is_told_with_its_rating_and_commentary(snapshot):
    """The scorecard names the other one too, and no more."""
    made = addendum.html(snapshot, imprint())
    assert 'id="indicator-hate-offences"' in made
    assert 'id="indicator-domestic-abuse-reports"' not in made
    assert part("hate-offences").words.what_happened in made
    assert part("domestic-abuse-reports").words.what_happened not in made


def test_where_nothing_came_it_says_so(snapshot):
    assert "Nothing has come since issue 2." in addendum.html(snapshot, imprint(()))


def test_a_draft_and_a_covering_note_are_in_it(snapshot):
    made = addendum.html(snapshot, imprint(draft=2, note="Two partners were late.", note_by="Partnership team"))
    assert "Draft 2 of number 1, not approved" in made
    assert "Two partners were late." in made


def test_the_same_is_the_same_bytes(snapshot):
    assert pdf.render(snapshot, imprint()).pdf == pdf.render(snapshot, imprint()).pdf
