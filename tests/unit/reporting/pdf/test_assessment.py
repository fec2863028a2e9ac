"""The assessment as it is printed: what has a place in it, whatever was or was not written."""

import datetime as dt
from dataclasses import replace

import pytest

from lib.typesetting import gate
from reporting import pdf
from reporting.imprint import Assessed, Cause, Erratum, Future, Imprint, OwnSection
from reporting.pdf import assessment
from reporting.pdf.parts import assessed
from reporting.snapshots.shape import Value
from tests.factories import snapshots as made_up

TOLD = Assessed(
    summary="A quiet year.\n\nSummer was louder.",
    sections=(OwnSection("Where and when", "After dark."),),
    causes=(Cause("asb-repeat-callers", "Caseworkers hold those who call most."),),
    futures=(
        Future("A", "Anti-Social Behaviour", "amend", "Amend", "Mopeds are new."),
        Future("", "County lines", "new", "New", "It cuts across."),
    ),
)


def imprint(**changes):
    return Imprint("executive", 1, "assessment", assessed=changes.pop("assessed", TOLD), **changes)


def test_every_duty_has_a_part_that_is_there():
    html = assessment.html(made_up.sample(), imprint())
    for _, where, anchor in assessed.DUTIES:
        assert f'id="{anchor}"' in html and f'<a href="#{anchor}">{where}</a>' in html


def test_what_was_written_stands_where_it_belongs():
    page = assessed.build(made_up.sample(), imprint())
    assert page.summary == ("A quiet year.", "Summer was louder.")
    told = {one.named.reference: one for priority in page.priorities for one in priority.told}
    assert told["A2"].why == ("Caseworkers hold those who call most.",)
    assert told["A3"].nobody == "Nobody has said why yet."
    assert [one.future.words if one.future else "" for one in page.priorities] == ["Amend", "", "", ""]
    assert [one.title for one in page.new] == ["County lines"]


def test_what_nobody_has_written_is_said_and_fails_nothing():
    html = assessment.html(made_up.sample(), imprint(assessed=None))
    assert "Nobody has written a summary yet." in html
    assert html.count("Not decided yet") >= 8  # on the cover, in the table of the year, and among the futures
    assert 'id="sections"' not in html


@pytest.mark.parametrize("make", [made_up.first_quarter, made_up.nothing_asked, made_up.nothing_sent])
def test_a_year_without_figures_has_its_parts(make):
    html = assessment.html(make(), imprint())
    assert 'id="years"' in html and 'id="method"' in html


def test_a_hidden_year_is_not_given_back_by_the_other_or_the_change():
    """Serious youth violence: 291 the year before, 268 now; the year before is hidden, and the change of 23 with it."""
    snapshot = made_up.sample(edition="public")
    hidden = Value(None, None, None, hidden="withheld")

    def without(part):
        if part.slug != "serious-youth-violence":
            return part
        gone = replace(part.last_year_to_date, value=hidden)
        return replace(part, last_year_to_date=gone, last_year=replace(part.last_year, value=hidden))

    priorities = tuple(
        replace(one, indicators=tuple(without(part) for part in one.indicators)) for one in snapshot.priorities
    )
    page = assessed.build(replace(snapshot, priorities=priorities), replace(imprint(), edition="public"))
    row = next(row for one in page.priorities for row in one.rows if row.named.reference == "B4")
    assert (row.years.move.word, row.years.change, row.years.why_not) == ("not shown", "", "")
    told = [one.named.reference for priority in page.priorities for one in priority.told]
    assert "B4" not in told  # nothing asks for its reason, and no chart of it is drawn here


def test_the_same_gives_the_same_bytes_and_everyone_can_read_it():
    first = pdf.render(made_up.sample(), imprint(), checksum="ab" * 32)
    assert pdf.render(made_up.sample(), imprint(), checksum="ab" * 32).pdf == first.pdf
    assert gate.problems(first.pdf) == []


def test_a_reissue_begins_with_its_erratum():
    html = assessment.html(made_up.sample(), imprint(erratum=Erratum(1, dt.date(2018, 6, 1), "B3 was misprinted.")))
    assert "B3 was misprinted." in html and "Erratum to issue 1" in html
