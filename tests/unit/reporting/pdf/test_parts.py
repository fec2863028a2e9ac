"""What the parts say, from snapshots made by hand."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from lib.quarters import Quarter
from reporting.pdf.parts import cover, priority, quality, quarter, said, year
from reporting.snapshots.shape import Restatement, ToDate, Words
from tests.factories import snapshots

Q4 = snapshots.Q4


def q(text: str) -> Quarter:
    return Quarter.parse(text)


def part(slug: str):
    return next(one for one in snapshots.sample().indicators if one.slug == slug)


def alone(one):
    """A snapshot of one indicator, without restatements."""
    first = snapshots.sample().priorities[0]
    return snapshots.sample(priorities=(replace(first, indicators=(one,), context=()),), restatements=())


# ---------------------------------------------------------------- said in several places


@pytest.mark.parametrize(
    ("mode", "through", "missing", "words"),
    [
        ("sum", None, (), ""),
        ("sum", "2017-18 Q3", ("2017-18 Q4",), "to Q3"),
        ("sum", "2016-17 Q3", (), "to Q3"),  # the same quarters of last year
        ("sum", None, ("2017-18 Q2",), "without Q2"),
        ("sum", "2017-18 Q3", ("2017-18 Q1", "2017-18 Q4"), "to Q3, without Q1"),
        ("sum", None, ("2017-18 Q1", "2017-18 Q2"), "without Q1 and Q2"),
        ("latest", "2017-18 Q2", ("2017-18 Q3", "2017-18 Q4"), "at Q2"),
        ("latest", None, ("2017-18 Q1",), ""),
    ],
)
def test_what_a_year_to_date_leaves_out(mode, through, missing, words):
    to_date = ToDate(mode, snapshots.value(5), q(through) if through else None, not missing, tuple(map(q, missing)))
    assert said.left_out(to_date) == words


def test_a_year_of_which_nothing_is_known_says_so():
    assert said.over_time(ToDate("sum", None, None, False, ())).words == "not known"


@pytest.mark.parametrize(
    ("state", "reason", "word", "detail"),
    [
        ("verified", "", "Data only", ""),
        ("unverified", "", "Not yet verified", ""),
        ("missing", "Awaiting partner", "Missing", "awaiting partner"),
        ("awaited", "", "Missing", "not sent"),
        ("awaited", "Sent back", "Missing", "sent back"),
        ("not_collected", "", "No return", ""),
    ],
)
def test_states_in_words(state, reason, word, detail):
    given = 5 if state in ("verified", "unverified") else None
    one = replace(part("asb-calls"), this=snapshots.cell(Q4, given, state=state, reason=reason))
    assert (said.state(one).word, said.state(one).detail) == (word, detail)


def test_a_cell_marks_what_was_restated_or_is_provisional():
    cell = snapshots.cell(Q4, (31, 44), was=snapshots.value((30, 44)), is_provisional=True)
    assert said.in_cell(cell, strong=True, base=True) == said.Figure("70.5", "%rp", "31 of 44", "", "", True)


def test_what_is_not_verified_is_never_strong():
    assert said.in_cell(snapshots.cell(Q4, 27, state="unverified"), strong=True).is_strong is False


@pytest.mark.parametrize(
    ("words", "printed"), [([], ""), (["A1"], "A1"), (["A1", "B2"], "A1 and B2"), (["A1", "B2", "C3"], "A1, B2 and C3")]
)
def test_lists_are_sentences(words, printed):
    assert said.listed(words) == printed


def test_a_long_list_says_how_many_more():
    assert said.some_of([f"A{number}" for number in range(1, 11)], 3) == "A1, A2, A3 and 7 more"


# ---------------------------------------------------------------- the cover


def test_marking_restricted_with_the_reasons():
    marking = cover.marking(snapshots.sample())
    assert (marking.classification, marking.protective) == ("Restricted", "OFFICIAL-SENSITIVE")
    assert marking.why == "Holds indicator D1; small numbers are shown; not every figure is verified"


def test_a_restricted_measure_beside_the_set_marks_the_pack_as_well():
    first = snapshots.sample().priorities[0]
    beside = replace(part("domestic-abuse-reports"), is_restricted=True, reference="")
    marking = cover.marking(snapshots.sample(priorities=(replace(first, indicators=(), context=(beside,)),)))
    assert marking.protective == "OFFICIAL-SENSITIVE"
    assert marking.why == "Holds indicator Domestic abuse reports"


def test_marking_without_a_restricted_indicator():
    marking = cover.marking(alone(part("serious-youth-violence")))
    assert (marking.classification, marking.protective, marking.why) == (
        "Restricted",
        "OFFICIAL",
        "Small numbers are shown",
    )


def test_marking_of_what_anyone_may_see():
    marking = cover.marking(alone(part("domestic-abuse-reports")))
    assert (marking.classification, marking.protective, marking.why) == ("Unrestricted", "OFFICIAL", "")


def test_over_fifteen_marks_the_cover_counts_by_priority():
    made = cover.build(snapshots.many(16), "executive", 1, ())
    assert made.is_strip is False
    assert made.groups[2].counts == "1 data only, 1 not yet verified, 2 missing"


# ---------------------------------------------------------------- the quarter


def test_what_matters_is_true_and_at_most_three():
    matters = quarter.build(snapshots.sample()).matters
    assert [matter.heading for matter in matters] == [
        "VAWG champions rose most on a year ago",  # 163 to 214 is 31.3%, more than any other count of 20 or more
        "Four figures are not ready",
        "One verified figure has changed",
    ]
    assert matters[0].text == "214 champions, up 51 (31.3%) on the same quarter of 2016-17, which had 163."
    assert matters[1].text == "Three are missing and one is not yet verified. 11 of 15 are verified."
    assert matters[1].references == "C1, C2, D4 and C4"


def test_years_to_date_of_different_quarters_are_not_compared():
    one = part("domestic-abuse-reports")
    assert "The year to date" in quarter.build(alone(one)).matters[0].text
    gap = replace(one, last_year_to_date=replace(one.last_year_to_date, missing=(q("2016-17 Q1"),)))
    assert "The year to date" not in quarter.build(alone(gap)).matters[0].text


def test_fewer_true_things_are_not_padded():
    made = quarter.build(alone(replace(part("mappa-level-3"))))
    assert [matter.heading for matter in made.matters] == ["The one figure is verified"]
    assert made.matters_heading == "What matters"


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


def test_gaps_say_why_whose_and_when():
    gaps = {gap.heading: gap.text for gap in quarter.build(snapshots.sample()).gaps}
    assert gaps == {
        "C1 Victim satisfaction": "Awaiting partner. Owner: Victim Support. Expected 31 May 2018.",
        "C2 Hate incidents reported": "Sent back. Owner: Metropolitan Police. Due again 14 May 2018.",
        "C4 Prevent sessions delivered": "Sent, not yet verified. Owner: London Borough of Tower Hamlets.",
        "D4 First-time entrants, youth": "Source lag. Owner: London Borough of Tower Hamlets. Expected 31 July 2018.",
    }


# ---------------------------------------------------------------- a priority


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        (
            "violence-with-injury-hotspots",
            "629 offences in January to March 2018, ↓ down 74 (10.5%) on last quarter and ↓ down 29 (4.4%) on a year ago. "
            "Good is lower.",
        ),
        (
            "asb-calls",
            "4,104 calls in January to March 2018, ↓ down 294 (6.7%) on last quarter and ↑ up 126 (3.2%) on a year ago. "
            "It is provisional. No good direction is set.",
        ),
        (
            "ete-need-met",
            "61.3% in January to March 2018 (19 of 31 offenders with the need), ↓ down 3.2 percentage points on last quarter "
            "and ↑ up 1.3 percentage points on a year ago. Good is higher.",
        ),
        (
            "victim-satisfaction",
            "No figure for January to March 2018: awaiting partner. The survey closes on 18 May. Owner: Victim Support "
            "(Maud Penhale). It is expected on 31 May 2018. Good is higher.",
        ),
        (
            "prevent-sessions",
            "27 sessions in January to March 2018: sent, not yet verified, and so not compared. Good is higher.",
        ),
        (
            "mappa-level-3",
            "Offenders in January to March 2018: 1, ↑ up 1 on last quarter and → no change on a year ago. Good is lower.",
        ),
    ],
)
def test_the_sentence_of_an_indicator(slug, sentence):
    assert priority.sentence(part(slug), Q4) == sentence


def test_a_missing_explanation_names_who_owes_it():
    made = priority.build(snapshots.sample(), snapshots.sample().priorities[3])
    block = next(block for block in made.blocks if block.named.reference == "D2")
    assert block.commentary.missing == (
        "The explanation is missing. It is owed by Signe Marlowe, IOM Co-ordinator, due 4 May 2018."
    )
    assert block.commentary.is_owed and block.chart_is_beside


def test_commentary_over_sixty_words_moves_below_whole():
    made = priority.build(snapshots.sample(), snapshots.sample().priorities[1])
    long = {block.named.reference: block.commentary.is_long for block in made.blocks}
    assert long == {"B1": False, "B2": False, "B3": False, "B4": True}


@pytest.mark.parametrize(("how_many", "is_long"), [(60, False), (61, True)])
def test_sixty_words_fit_beside(how_many, is_long):
    words = Words("sent", "word " * how_many, "", "", "", None, (), "", None, None, "")
    block = priority.build(
        alone(part("asb-calls")),
        replace(snapshots.sample().priorities[0], indicators=(replace(part("asb-calls"), words=words),)),
    ).blocks[0]
    assert block.commentary.is_long is is_long
    assert [saying.heading for saying in block.commentary.sayings] == ["What happened"]


def test_a_baseline_stands_in_the_table_with_its_source():
    block = priority.build(snapshots.sample(), snapshots.sample().priorities[0]).blocks[0]
    assert [(row.year, row.year_cell.text) for row in block.rows] == [
        ("2017-18", "19,028"),
        ("2016-17", "18,289"),
        ("2015-16", "16,320"),
    ]
    assert "2015-16: Community Safety Partnership Plan 2017-21, page 9." in block.notes


def test_commitments_are_numbered_through_and_keep_their_numbers():
    made = priority.build(snapshots.sample(), snapshots.sample().priorities[3])
    assert [group.theme for group in made.promises] == [
        "Integrated Offender Management (IOM)",
        "Gangs, Guns and Knife Crime",
        "Young People",
        "Burglary",
    ]
    burglary = made.promises[3].items
    assert (burglary[0].number, burglary[0].target) == (21, "Number to reach: 20 Criminal Behaviour Orders")
    assert made.how_many_promises == "29 commitments in the plan."


# ---------------------------------------------------------------- the year, and its quality


def test_the_year_says_not_yet_verified_in_words_and_what_is_to_come():
    rows = {row.named.reference: row for group in year.build(snapshots.sample()).groups for row in group.rows}
    assert rows["C4"].cells[3].sub == "not yet verified"
    assert rows["B3"].cells[1].unit == "r"
    first = {row.named.reference: row for group in year.build(snapshots.first_quarter()).groups for row in group.rows}
    assert [cell.words for cell in first["A1"].cells] == ["", "to come", "to come", "to come"]


def test_quality_counts_in_its_first_sentence():
    assert quality.build(snapshots.sample()).lede == (
        "11 of 15 figures are verified. Three are missing, one is not yet verified and one explanation is outstanding. "
        "One verified figure has changed."
    )


def test_quality_with_nothing_to_say_is_empty_everywhere():
    made = quality.build(alone(part("domestic-abuse-reports")))
    assert made.lede == "1 of 1 figures is verified."
    assert (made.missing, made.unverified, made.owed, made.provisional, made.restated) == ((), (), (), (), ())


def test_one_reason_for_a_series_is_printed_once():
    def revised(number: int, was: int, now: int) -> Restatement:
        return Restatement(
            "A1", "ASB calls to police", "asb-calls", Quarter(2017, number), snapshots.value(was), snapshots.value(now),
            "revision", "Source refreshed.", dt.date(2018, 4, 24), "Dana Whitlock",
        )  # fmt: skip

    series = (revised(1, 5098, 5122), revised(2, 5391, 5404), revised(3, 4377, 4398))
    rows = quality.build(snapshots.sample(restatements=series)).restated
    assert [row.spans for row in rows] == [3, 0, 0]
    assert [row.change for row in rows] == ["+24", "+13", "+21"]


@pytest.mark.parametrize(
    ("was", "now", "change"),
    [
        (771, 743, "−28"),
        ((17, 31), (17, 30), "+1.8 points"),
        ((1, 2), (50, 100), "no change"),
        (5, (1, 2), "not comparable"),
    ],
)
def test_changes_of_restated_figures(was, now, change):
    one = replace(snapshots.sample().restatements[0], was=snapshots.value(was), now=snapshots.value(now))
    assert quality.build(snapshots.sample(restatements=(one,))).restated[0].change == change


def test_stated_percentages_without_a_base_are_shown_alone():
    cell = replace(
        snapshots.cell(Q4),
        state="verified",
        value=replace(snapshots.value(1), numerator=None, percentage=Decimal("70")),
    )
    assert said.in_cell(cell, base=True) == said.Figure("70.0", "%")


def test_a_year_whose_quarters_are_not_known_shows_the_total_that_was_printed():
    first = snapshots.first_quarter()
    one = first.priorities[0].indicators[0]
    block = priority.build(first, first.priorities[0]).blocks[0]
    assert one.last_year.value is None
    assert [(row.year, row.year_cell.text) for row in block.rows] == [
        ("2017-18", "5,122"),
        ("2016-17", "18,289"),
        ("2015-16", "16,320"),
    ]
    assert len([note for note in block.notes if "page 9" in note]) == 2


def test_that_nobody_had_the_need_is_said_and_never_drawn_as_zero():
    one = part("ete-need-met")
    history = (*one.history[:-1], snapshots.cell(Q4, (0, 0)))
    spark = said.spark(replace(one, history=history, this=history[-1]), Q4)
    assert spark.title.endswith("64.5%, nobody had the need.")
    assert len(spark.uprights) == 1 and spark.dots == ()
    words = priority.sentence(replace(one, history=history, this=history[-1]), Q4)
    assert words == "Nobody had the need in January to March 2018. Good is higher."
    chart = said.chart(replace(one, history=history, this=history[-1]), Q4, Decimal(231))
    assert [label.words for label in chart.labels][-1] == "none"
    assert said.in_cell(history[-1], base=True) == said.Figure(words="none in need")
    assert said.in_cell(replace(history[-1], is_provisional=True)).unit == "p"


def test_a_figure_after_a_quarter_in_which_nobody_had_the_need_says_so():
    one = part("ete-need-met")
    words = priority.sentence(replace(one, last=snapshots.cell(Q4.previous, (0, 0))), Q4)
    assert "while nobody had the need last quarter" in words
    assert "no verified figure for last quarter" not in words
