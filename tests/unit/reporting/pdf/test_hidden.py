"""A public edition in print: words where a figure is hidden, and nothing beside them that tells of it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.rating import WORDS
from lib.quarters import Quarter
from reporting.imprint import Imprint
from reporting.pdf import figures, hiding
from reporting.pdf.document import html
from reporting.pdf.parts import block, cover, drawing, findings, matters, quality, quarter, said, scorecard, table
from reporting.snapshots.shape import Restatement, SmallNumbers, Snapshot, TrendPart, UsualPart, Value, VerdictPart
from tests.factories import snapshots
from tests.factories.snapshot_parts import alone, part

Q4, Q2 = Quarter.parse("2017-18 Q4"), Quarter.parse("2017-18 Q2")
FEWER, WITHHELD = Value(None, None, None, "fewer"), Value(None, None, None, "withheld")
SLUG = "ordered-into-treatment"
UNSEEN = TrendPart("not_shown", "", "", "", "it would give a small number back")
WHY = "Not shown: it would give a small number back."


def hidden(one, at=Q4, value=FEWER, **changes):
    """The indicator with that quarter hidden, and all that rests on it."""

    def cell(each):
        return replace(each, value=value, was=None) if each.quarter == at else each

    made = replace(
        one,
        this=cell(one.this),
        last=cell(one.last),
        year_ago=cell(one.year_ago),
        history=tuple(map(cell, one.history)),
        series=tuple(map(cell, one.series)),
        year_to_date=replace(one.year_to_date, value=WITHHELD),
        verdict=VerdictPart("not_shown", WHY),
        short=UNSEEN,
        long=UNSEEN,
        usual=UsualPart("not_shown", WHY, False, False, "", ""),
        stretches=(),
    )
    return replace(made, **changes)


def public(*parts, **changes) -> Snapshot:
    small = SmallNumbers(5, True, 0)
    return hiding.worded(alone(*parts, **{"edition": "public", "small_numbers": small, "people": (), **changes}))


@pytest.fixture
def snapshot():
    return public(hidden(part(SLUG)), part("asb-calls"))


@pytest.fixture
def one(snapshot):
    return snapshot.indicators[0]


# ---------------------------------------------------------------- the words


@pytest.mark.parametrize(("threshold", "said_of"), [(5, "fewer than 5"), (10, "fewer than 10")])
def test_the_threshold_of_the_edition_is_what_is_said(threshold, said_of):
    made = hiding.worded(public(part(SLUG)))
    again = replace(
        made, small_numbers=SmallNumbers(threshold, True, 0), priorities=alone(hidden(part(SLUG))).priorities
    )
    assert figures.brief(hiding.worded(again).indicators[0].this.value) == said_of


def test_words_are_put_in_once(snapshot):
    assert hiding.worded(snapshot) == snapshot


def test_an_executive_snapshot_is_left_as_it_is():
    full = snapshots.sample()
    assert hiding.worded(full) is full


def test_where_the_words_were_forgotten_nothing_false_is_said():
    assert (figures.brief(FEWER), figures.brief(WITHHELD)) == ("too few to show", "not shown")
    assert (figures.full(FEWER), figures.pair(FEWER), figures.plotted(FEWER)) == ("too few to show", "", None)
    assert figures.change(FEWER, snapshots.value(3)) is None


@pytest.mark.parametrize(("hides_zero", "said_of"), [(True, "0 to 4, hidden"), (False, "1 to 4, hidden")])
def test_the_key_says_which_counts_are_hidden(snapshot, hides_zero, said_of):
    (first, second) = hiding.key(replace(snapshot, small_numbers=SmallNumbers(5, hides_zero, 0)))
    assert (first[0], second[0]) == ("fewer than 5", "not shown")
    assert first[1].startswith(said_of)


def test_without_anything_hidden_there_are_no_words_to_explain():
    assert hiding.key(public(part("asb-calls"))) == ()


# ---------------------------------------------------------------- the parts


def test_the_scorecard_says_it_in_every_cell(snapshot):
    made = scorecard.build(snapshot)
    (row, other) = made.groups[0].rows
    assert row.this == said.Figure(words="fewer than 5", is_hidden=True)
    assert row.to_date.words == "not shown"
    assert (row.state.word, row.state.detail) == ("Not shown", "small number")
    assert (row.short.words, row.is_told_once) == ("not shown", True)
    assert (row.spark, row.hides_some) == (None, True)
    assert (other.spark is None, other.hides_some) == (False, False)


def test_trends_that_differ_are_said_apart(one):
    mixed = replace(one, long=TrendPart("not_comparable", "", "", "", "Q4 is missing"))
    (row,) = scorecard.build(public(mixed)).groups[0].rows
    assert (row.short.words, row.long.words, row.is_told_once) == ("not shown", "not comparable", False)


def test_not_shown_is_counted_only_where_there_is_some(snapshot):
    assert WORDS["not_shown"] in [head.word for head in quarter.build(snapshot).count_heads]
    assert WORDS["not_shown"] not in [head.word for head in quarter.build(public(part("asb-calls"))).count_heads]


def test_a_public_edition_says_nothing_of_what_is_not_verified(snapshot):
    made = quarter.build(snapshot)
    assert "Not yet verified" not in [head.word for head in made.count_heads]
    assert (made.gaps_heading, made.gaps_empty) == ("What is missing", "Nothing is missing.")
    assert made.count_total.title == "All 2 in this edition"


def test_the_line_says_what_is_hidden_and_no_change(one):
    told = block.line(one, Q4)
    assert told.startswith(
        "Fewer than 5 people in January to March 2018. How it compares with last quarter and a year ago is not shown."
    )
    assert "Not shown:" not in told  # the rating’s sentence has said so


def test_the_table_tells_no_year_that_would_give_it_back(one):
    made = table.build(one, Q4, is_full=False)
    assert made.rows[0].cells[3].words == "fewer than 5"
    assert made.rows[0].year_cell.words == "not shown"
    assert "Fewer than 5: hidden so that no person can be identified." in made.notes


def test_an_older_year_with_a_hidden_quarter_has_no_total():
    old = Quarter.parse("2015-16 Q2")
    cells = [snapshots.cell(each, 10) for each in old.year.quarters]
    cells[1] = replace(cells[1], value=FEWER)
    full = part(SLUG)
    made = table.build(public(replace(full, series=(*cells, *full.history))).indicators[0], Q4, is_full=True)
    (row,) = [row for row in made.rows if row.year == "2015-16"]
    assert (row.cells[1].words, row.year_cell.words) == ("fewer than 5", "not shown")


def test_findings_say_that_it_is_not_shown(one):
    told = [(each.start, each.text) for each in findings.build(one, Q4)]
    assert told[:3] == [
        ("On last quarter: not shown.", "It would give a small number back."),
        ("On a year ago: not shown.", "It would give a small number back."),
        ("Usual range: not shown.", "It would give a small number back."),
    ]


def test_a_chart_has_a_gap_with_the_words_and_no_figure():
    full = part(SLUG)
    made = public(hidden(full, Q2)).indicators[0]
    drawn = drawing.build(replace(made, series=made.history))
    assert "fewer than 5" in [text.words for text in drawn.chart.texts]
    assert "fewer than 5" in drawn.chart.title
    assert "Gap in the line: a figure that is not shown." in drawn.note
    assert drawn.chart.missing == ()


def test_the_eight_quarters_say_the_latest_in_words(one):
    made = said.chart(one, Q4, Decimal(231))
    assert "fewer than 5" in [label.words for label in made.labels]
    assert made.uprights == ()


def restated(was, now):
    return Restatement(
        "A3", "Ordered into treatment", SLUG, Q2, was, now, "correction", "Counted twice.", snapshots.sample().due_on,
        "", None, None, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        (FEWER, WITHHELD, "neither figure is shown"),
        (snapshots.value(12), FEWER, "was 12, now fewer than 5"),
    ],
)
def test_a_restatement_never_says_by_how_much(was, now, told):
    made = public(part(SLUG), restatements=(restated(was, now),))
    (row,) = quality.build(made).restated
    assert row.change == "not shown"
    assert any(told in matter.text for matter in matters.build(made))


def test_the_cover_is_unrestricted_and_counts_what_is_in_it(snapshot):
    told = cover.build(snapshot, Imprint("public", 1), ())
    assert told.heading == "The 2 indicators in this edition"
    assert cover.marking(snapshot) == cover.Marking("Unrestricted", "OFFICIAL", "")


def test_the_whole_pack_prints_the_key_under_its_tables_and_no_code(snapshot):
    page = html(snapshot, Imprint("public", 1))
    assert page.count("<strong>fewer than 5</strong>") == 2  # under the scorecard, and under all figures
    assert "Restricted indicators are left out of this edition." in page
    assert "withheld" not in page
    assert "Every figure that was sent is verified." not in page
    assert "No risk is open." not in page
