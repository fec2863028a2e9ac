"""The words and marks of the team's page, from counts made by hand."""

from dataclasses import replace

from consultation import results_page, results_table, safe
from consultation.counts import ConcernCount, Counts, Group, Line, Named, OptionCount, QuestionCounts, Table

CONCERNS = (
    ConcernCount("drugs", "Drugs", 40, 20, 20),
    ConcernCount("gangs", "Gangs", 30, 10, 0),
    ConcernCount("noise", "Noise", 20, 40, 30),
    ConcernCount("dirt", "Dirt", 20, 10, 5),
)
SAFE = QuestionCounts(
    "safe",
    "Safe?",
    "",
    "safe",
    False,
    False,
    110,
    (OptionCount("yes", "Yes", 60), OptionCount("no", "No", 40), OptionCount("dk", "Don’t know", 10, True)),
)
COUNTS = Counts(120, CONCERNS, "Which?", "", (SAFE,))


def build(counts: Counts = COUNTS, earlier: Counts | None = None) -> results_page.Page:
    return results_page.build(counts, safe.publish(counts, 5), earlier)


def test_the_three_rankings_stand_side_by_side_with_ties_shared() -> None:
    ranking = build().ranking
    assert ranking is not None
    told = {text: [(score.number, score.share, score.place) for score in scores] for text, scores in ranking.rows}
    assert told == {
        "Drugs": [("40", "36.4%", "1"), ("80", "72.7%", "2"), ("180", "", "1")],
        "Gangs": [("30", "27.3%", "2"), ("40", "36.4%", "3"), ("110", "", "3")],
        "Noise": [("20", "18.2%", "3="), ("90", "81.8%", "1"), ("170", "", "2")],
        "Dirt": [("20", "18.2%", "3="), ("35", "31.8%", "4"), ("85", "", "4")],
    }
    assert ranking.notes == (
        "Drugs is first by first choices and by points, and second by any of three choices.",
        "Gangs is second by first choices, and third by any of three choices and by points.",
        "Noise is joint third by first choices, first by any of three choices and second by points.",
        "Dirt is joint third by first choices, and fourth by any of three choices and by points.",
    )
    # 80 seconds and 55 thirds of 110: 30 named one only, 25 two, 55 three.
    assert ranking.base == (
        "110 of 120 named a concern; 30 named one, 25 two and 55 three; 10 named none. Percentages are of those who named one."
    )


def test_of_printed_totals_percentages_are_of_all_who_answered_as_on_the_public_page() -> None:
    """Not every first choice need be in print: 40 of 160 is 25%, not 40 of the 110 that are printed."""
    printed = tuple(replace(one, second=None, third=None) for one in CONCERNS)
    page = build(Counts(160, printed, "", "", (), holds_responses=False))
    assert page.headline == "Drugs came first: 40 of 160 (25.0%) named it first."
    assert page.ranking is not None
    assert page.ranking.base == "Percentages are of all 160 who answered."
    # Wilson's, by hand: z² ÷ 160 is 0.02401; (0.25 + 0.01200 ± 1.96 × √(0.0011719 + 0.0000375)) ÷ 1.02401 is 0.2559 ± 0.0666
    score = page.ranking.rows[0][1][0]
    assert (score.number, score.share, score.interval) == ("40", "25.0%", "18.9% to 32.2%")


def test_a_question_that_nobody_answered_has_no_percentages_to_explain() -> None:
    nobody = replace(SAFE, answered=0, options=tuple(replace(one, count=0) for one in SAFE.options))
    assert [one.base for one in build(replace(COUNTS, questions=(nobody,))).questions] == ["Nobody answered it."]


def test_nobody_has_an_opinion_of_how_old_they_are() -> None:
    (asked,) = build(replace(COUNTS, monitoring=(replace(SAFE, role="monitoring"),))).monitoring
    assert asked.base == "110 answered. Percentages are of the 100 who said."


def test_a_question_says_of_whom_its_percentages_are() -> None:
    (asked,) = build().questions
    assert asked.base == "110 answered and 10 skipped it. Percentages are of the 100 who answered and had an opinion."
    assert [(one.text, one.number, one.share, one.interval) for one in asked.answers] == [
        ("Yes", "60", "60.0%", "50.2% to 69.1%"),  # the score interval of 60 of 100, as published tables have it
        ("No", "40", "40.0%", "30.9% to 49.8%"),
        ("Don’t know", "10", "", ""),
    ]


def test_who_is_not_counted_is_told_apart() -> None:
    told = build(replace(COUNTS, held=1, set_aside=2, late=3, comments=9, read=4)).counted
    assert told == (
        "120 people answered, and are counted here.",
        "1 more is not counted: held back until somebody has looked.",
        "2 more are not counted: set aside.",
        "3 more are not counted: sent after midnight of the last day.",
        "4 of 9 comments have been read.",
    )


def test_what_can_not_be_compared_says_why() -> None:
    printed = tuple(replace(one, second=None, third=None) for one in CONCERNS[:2])
    rest = ConcernCount("together-1", "The other options", 90, None, None, is_group=True)
    page = build(earlier=Counts(160, (*printed, rest), "", "", (), holds_responses=False))
    # 40 of 110 now and 40 of 160 then
    assert [(one.text, one.now, one.then) for one in page.compared] == [
        ("Drugs", "36.4%", "25.0%"),
        ("Gangs", "27.3%", "18.8%"),
    ]
    assert page.compared[0].difference.startswith("+11.4 points (+0.3 to +22.5)")  # 11.4 less 11.1 and plus 11.1
    assert page.apart == (
        "Not asked then, or not in print one by one: Noise and Dirt.",
        "Only first choices are in print of then.",
    )


def test_something_else_is_another_thing_beside_another_list() -> None:
    other = replace(CONCERNS[3], key="other", text="Something else", is_other=True)
    listed = replace(COUNTS, concerns=(*CONCERNS[:3], other))
    page = build(listed, listed)
    assert [one.text for one in page.compared] == ["Drugs", "Gangs", "Noise"]
    assert page.apart == ()


def table() -> Table:
    groups = (Group("web", "Web", 97), Group("paper", "Paper", 23))
    cells = {"yes": (50, 10), "no": (32, 8), "dk": (7, 3), "": (8, 2)}
    return Table("safe", "channel", groups, tuple(Line(key, key, row, key == "") for key, row in cells.items()))


def test_each_cell_says_whether_it_is_public() -> None:
    counts = replace(COUNTS, tables=(table(),), channels=(Named("web", "Web", 97), Named("paper", "Paper", 23)))
    (crossed,) = build(counts).crossed
    # "Don't know" and who skipped it are shown as one: 3 and 2 on paper are 5 together.
    assert [[cell.is_public for cell in row] for _, row in crossed.rows] == [
        [True, True],
        [True, True],
        [False, False],
        [False, False],
    ]
    assert crossed.public == "The public version shows what is marked † only together with others, or not at all."
    told = [row[-2:] for row in results_table.rows(counts, safe.publish(counts, 5)) if row[3] == "Paper"]
    assert told == [(10, "yes"), (8, "yes"), (3, "no"), (2, "no")]


def test_nobody_answered() -> None:
    page = build(Counts(0, tuple(replace(one, first=0, second=0, third=0) for one in CONCERNS), "", "", ()))
    assert (page.headline, page.ranking, page.hides) == ("Nobody answered.", None, False)
    assert page.counted == ()
