"""The chart of an indicator in full: what is drawn, what is said over and under it, and in its place."""

from dataclasses import replace
from decimal import Decimal

import pytest

from lib.quarters import Quarter
from reporting.pdf.parts import drawing
from tests.factories import snapshots
from tests.factories.snapshot_parts import in_state, long_run, part, with_cells, with_this

Q4 = snapshots.Q4


def words_in(made) -> list[str]:
    return [text.words for text in made.chart.texts]


def test_every_quarter_with_break_note_target_range_and_what_was_restated():
    made = drawing.build(long_run().indicators[0])
    assert made.heading == "Offences a quarter, 2014-15 to 2017-18"
    words = words_in(made)
    assert "Series break, April 2015: hotspot areas redrawn. Figures on the left are not comparable." in words
    assert "June 2017: Late Night Levy began" in words
    assert "621 target this quarter" in words  # 23% of 2,700
    assert {"875 top of usual range", "721 average", "566 bottom of usual range"} <= set(
        words
    )  # as in the table of limits
    assert (made.chart.width, len(made.chart.marks.before_dots), len(made.chart.marks.restated)) == (510, 4, 1)
    assert made.note == (
        "Shaded: the usual range (the average plus or minus 2.66 times the mean moving range), from 12 quarters since 2015-16 Q1. "
        "Dashes: the year’s target, spread over its quarters. Hollow diamond: restated; the cross is the figure it replaces. "
        "Hollow dot: provisional. The vertical scale starts at 500."
    )


def test_the_title_tells_every_figure_for_who_does_not_see_the_chart():
    title = drawing.build(long_run().indicators[0]).chart.title
    assert title.startswith("Violence with injury, hotspots, offences a quarter")
    assert "2014-15 Q1 to 2017-18 Q4" in title
    assert title.endswith(
        "All in order: 610, 724, 773, 643, 771, 729, 764, 678, 737, 783, 685, 658, 767, 743, 703, 629."
    )


def test_shares_are_drawn_in_per_cent_with_their_target():
    made = drawing.build(part("substance-misuse-need-met", snapshots.rated()))
    assert made.heading == "Per cent a quarter, 2016-17 to 2017-18"
    assert {"33.3% this quarter", "50% target this quarter"} <= set(words_in(made))
    assert made.note.startswith(
        "Shaded: the usual range (the average plus or minus 2.66 times the mean moving range), from eight quarters, so its limits "
        "are for trial. Dashes: the target."
    )


def test_a_quarter_without_a_figure_is_a_gap_and_said_so():
    made = drawing.build(in_state(part("hate-offences"), "missing", reason="Source lag"))
    assert {upright.x for upright in made.chart.missing} == {made.chart.missing[0].x}
    assert "Dashed upright: missing." in made.note
    assert made.chart.title.endswith("201, 185, missing.")


def test_what_is_not_yet_verified_stands_apart():
    made = drawing.build(part("prevent-sessions"))
    assert len(made.chart.marks.unverified) == 1
    assert "Hollow diamond: not yet verified." in made.note


def test_that_nobody_had_the_need_is_drawn_as_no_figure_and_told_in_words():
    made = drawing.build(with_this(part("ete-need-met"), (0, 0)))
    assert made.chart.title.endswith("64.5%, nobody had the need.")


def test_few_quarters_have_no_usual_range_and_say_so():
    one = part("hate-offences")
    made = drawing.build(with_cells(one, one.history[4:]))
    assert made.chart.ranges == ()
    assert "No usual range: four quarters are too few." in made.note


def test_one_figure_says_nothing_over_time():
    one = part("hate-offences")
    assert drawing.build(with_cells(one, one.history[7:])) is None
    assert drawing.build(replace(one, series=())) is None


def test_a_break_at_the_first_figure_divides_nothing():
    one = part("hate-offences")
    broken = ((Quarter.parse("2016-17 Q1"), "New form"),)
    assert drawing.build(with_cells(one, one.history, breaks=broken)).chart.breaks == ()


@pytest.mark.parametrize(
    ("slug", "value", "words"),
    [
        ("hate-offences", "620.93", "621"),
        ("hate-offences", "12", "12"),
        ("hate-offences", "2.79", "2.8"),
        ("hate-offences", "4", "4"),
        ("ete-need-met", "62", "62%"),
        ("ete-need-met", "62.25", "62.3%"),
    ],
)
def test_what_was_worked_out_is_no_sharper_than_the_figures(slug, value, words):
    assert drawing.number(part(slug), Decimal(value)) == words
