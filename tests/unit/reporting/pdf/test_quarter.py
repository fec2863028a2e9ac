"""The quarter on a page: counts, scorecard, and what is missing. Expected words worked out by hand."""

from dataclasses import replace

from lib.quarters import Quarter
from reporting.pdf.parts import quarter, said, scorecard
from reporting.snapshots.shape import TrendPart, VerdictPart
from tests.factories import snapshots
from tests.factories.snapshot_parts import alone, in_state, part, this_year_alone

# ---------------------------------------------------------------- counts


def test_all_data_only_is_one_sentence():
    first = snapshots.sample().priorities[1]
    made = quarter.build(snapshots.sample(priorities=(first,), restatements=()))
    assert made.count_rows == ()
    assert made.summary == "No targets are agreed for 2017-18: all 4 are data only."
    assert made.gaps == () and made.gaps_empty == "Nothing is missing, and every figure is verified."


def test_counts_by_priority_name_the_references():
    made = quarter.build(snapshots.sample())
    c = made.count_rows[2]
    assert [head.word for head in made.count_heads] == ["Data only", "Not yet verified", "Missing"]
    assert [(count.how_many, count.references) for count in c.counts] == [(1, "C3"), (1, "C4"), (2, "C1 C2")]


def test_counts_of_ratings_name_colours_first_and_only_states_that_occur():
    made = quarter.build(snapshots.rated())
    assert (made.counts_heading, made.count_note) == ("Ratings by priority", "")
    assert [head.word for head in made.count_heads] == [
        "Red",
        "Amber",
        "Green",
        "Data only",
        "Not yet verified",
        "Missing",
    ]
    b, d = made.count_rows[1], made.count_rows[3]
    assert [(count.how_many, count.references) for count in b.counts] == [
        (1, "B3"), (2, "B1 B2"), (1, "B4"), (0, ""), (0, ""), (0, ""),
    ]  # fmt: skip
    assert [count.how_many for count in d.counts] == [1, 1, 0, 1, 0, 1]
    assert [count.how_many for count in made.count_total.counts] == [2, 3, 3, 3, 1, 3]


def test_without_targets_the_counts_are_of_figures():
    made = quarter.build(snapshots.sample())
    assert made.counts_heading == "Figures by priority"
    assert made.count_note == "No targets are agreed for 2017-18, so no figure is rated."


def test_colours_are_counted_even_where_there_is_none():
    one = in_state(part("hate-incidents"), "missing", reason="Awaiting partner")
    aimed = replace(one, target=part("vawg-champions", snapshots.rated()).target)
    heads = quarter.build(alone(aimed)).count_heads
    assert [head.word for head in heads] == ["Red", "Amber", "Green", "Missing"]


def test_counts_of_ratings_as_a_sentence():
    made = quarter.build(snapshots.rated(), quarter.COUNTS_IN_WORDS)
    assert made.count_rows == ()
    assert made.summary == (
        "Of 15, two are red (B3 and D2), three are amber (B1, B2 and D3), three are green (A2, A3 and B4), three are data only, "
        "one is not yet verified (C4) and three are missing (C1, C2 and D4)."
    )


def test_what_is_unrated_or_had_no_return_has_a_column_of_its_own():
    unrated = replace(part("asb-calls"), verdict=VerdictPart("unrated", "Unrated: Q2 is missing."))
    rated = part("vawg-champions", snapshots.rated())
    made = quarter.build(alone(unrated, in_state(part("hate-offences"), "not_collected"), rated))
    assert [head.word for head in made.count_heads] == ["Red", "Amber", "Green", "Unrated", "No return"]
    assert [head.mark for head in made.count_heads] == ["red", "amber", "green", "unrated", "no-return"]


# ---------------------------------------------------------------- the scorecard


def rows(snapshot):
    return {row.named.reference: row for group in scorecard.build(snapshot).groups for row in group.rows}


def test_trends_are_an_arrow_for_the_way_and_a_word_for_the_good():
    made = rows(snapshots.rated())
    assert (made["B3"].short.words, made["B3"].long.words) == ("↓ better", "↓ better")
    assert (made["B2"].short.words, made["B2"].long.words) == ("↓ worse", "↑ better")
    assert (made["A1"].short.words, made["A1"].long.words) == ("↓ lower", "↑ higher")
    assert made["B4"].short.words == "→ similar"  # 62 to 61 is within 2%
    assert (made["C1"].short.words, made["C1"].is_told_once) == ("not comparable", True)


def columns(made) -> list[str]:
    names = ("last", "year_ago", "to_date", "same_period", "short", "long")
    return [name for name in names if getattr(made, f"has_{name}")]


def test_without_targets_trends_are_shown_too():
    assert columns(scorecard.build(snapshots.sample())) == ["to_date", "same_period", "short", "long"]
    assert columns(scorecard.build(snapshots.rated())) == ["to_date", "same_period", "short", "long"]
    assert rows(snapshots.sample())["B2"].short.words == "↓ worse"


def test_a_column_in_which_nothing_is_known_is_left_out():
    made = scorecard.build(alone(this_year_alone("asb-calls"), this_year_alone("domestic-abuse-reports")))
    assert columns(made) == ["last", "to_date", "short"]
    assert made.columns == 8  # with reference, name, this quarter, state and the eight quarters
    assert columns(scorecard.build(snapshots.first_quarter())) == ["to_date"]
    assert columns(scorecard.build(snapshots.nothing_asked())) == []


def test_a_printed_total_stands_in_for_last_year_at_the_years_end():
    known = part("domestic-abuse-reports")
    made = scorecard.build(alone(this_year_alone("asb-calls"), known))
    assert made.groups[0].rows[0].same_period == said.Figure("18,289", sub="printed")
    assert made.notes.endswith("printed: the total in the plan.")
    third = Quarter.parse("2017-18 Q3")
    assert scorecard.build(alone(this_year_alone("asb-calls"), known, quarter=third)).groups[0].rows[
        0
    ].same_period == said.Figure(words="not known")
    assert "printed" not in scorecard.build(alone(part("asb-calls"), known)).notes


def test_a_trend_without_the_other_is_still_shown():
    one = replace(part("asb-calls"), short=TrendPart("not_comparable", "", "", "", "Q3 is missing"))
    assert not rows(alone(one))["A1"].is_told_once


def test_the_notes_explain_only_what_is_there():
    notes = scorecard.build(snapshots.rated()).notes
    assert notes.startswith(
        "Arrow: the way the figure moved. Word: whether that is good; “lower” and “higher” where neither is. "
        "Similar: within 2%, or 2 points. Eight quarters: each on its own scale, grey 2016-17, black 2017-18, "
        "a dotted upright is missing, a diamond not yet verified."
    )
    assert "Arrow" in scorecard.build(snapshots.sample()).notes
    assert "Arrow" not in scorecard.build(snapshots.first_quarter()).notes
    one = part("vawg-champions", snapshots.rated())  # up on both
    assert scorecard.build(alone(one)).notes == (
        "Arrow: the way the figure moved. Word: whether that is good. "
        "Eight quarters: each on its own scale, grey 2016-17, black 2017-18."
    )


# ---------------------------------------------------------------- what is not there


def test_gaps_say_why_whose_and_when():
    gaps = {gap.heading: gap.text for gap in quarter.build(snapshots.sample()).gaps}
    assert gaps == {
        "C1 Victim satisfaction": "Awaiting partner. Owner: Victim Support. Expected 31 May 2018.",
        "C2 Hate incidents reported": "Sent back. Owner: Metropolitan Police. Due again 14 May 2018.",
        "C4 Prevent sessions delivered": "Sent, not yet verified. Owner: London Borough of Tower Hamlets.",
        "D4 First-time entrants, youth": "Source lag. Owner: London Borough of Tower Hamlets. Expected 31 July 2018.",
    }


def test_the_whole_is_set_at_once_only_where_little_is_missing():
    few, more = snapshots.sample(), in_state(part("hate-offences"), "awaited")
    assert len(few.indicators) + len(quarter.build(few).gaps) == quarter.LIKELY_LINES  # 15 and 4 fill the page
    assert quarter.likely_fits(few)
    assert not quarter.likely_fits(alone(*few.indicators, more))
