from consultation.counts import ConcernCount
from reporting.told import ranking
from tests.unit.reporting.told.conftest import counts


def test_three_ways_of_counting_side_by_side(ten):
    ranked = ranking.rank(ten)
    told = {row.concern.text: [(score.number, score.share, score.place) for score in row.scores] for row in ranked.rows}
    # 8 named a concern. Points: drugs 12; gangs 9 + 10 = 19; burglary 3 + 4 + 5 = 12.
    assert told == {
        "Drugs": [("4", "50.0%", "first"), ("4", "50.0%", "third"), ("12", "", "joint second")],
        "Gangs": [("3", "37.5%", "second"), ("8", "100.0%", "joint first"), ("19", "", "first")],
        "Burglary": [("1", "12.5%", "third"), ("8", "100.0%", "joint first"), ("12", "", "joint second")],
        "Dogs": [("0", "0.0%", "fourth"), ("0", "0.0%", "fourth"), ("0", "", "fourth")],
    }
    assert ranked.base == 8
    assert ranked.says == "8 named a concern and 2 named none. Percentages are of those who named one."


def test_where_the_ways_disagree_it_is_said_of_each_concern(ten):
    assert ranking.rank(ten).notes == (
        "The three ways of counting do not give the same order.",
        "Drugs is first by first choices, third by any of three choices and joint second by points.",
        "Gangs is second by first choices, joint first by any of three choices and first by points.",
        "Burglary is third by first choices, joint first by any of three choices and joint second by points.",
    )


def test_where_they_agree_that_is_said():
    held = counts(("Drugs", 6, 1, 0), ("Gangs", 3, 2, 0))
    assert ranking.rank(held).notes == ("All three ways of counting give the same order of the first five.",)


def test_printed_first_choices_are_ranked_by_themselves_and_a_group_has_no_place():
    held = counts(("Drugs", 40, None, None), ("Gangs", 30, None, None), responses=100, holds_responses=False)
    group = ConcernCount("together-1", "The other options", 20, None, None, is_group=True)
    ranked = ranking.rank(type(held)(**{**vars(held), "concerns": (*held.concerns, group)}))
    assert [way.key for way in ranked.ways] == ["first"]
    assert [(row.concern.text, row.scores[0].place) for row in ranked.rows] == [
        ("Drugs", "first"),
        ("Gangs", "second"),
        ("The other options", ""),
    ]
    assert ranked.notes == (
        "Second and third choices are not published, so concerns can be ranked by first choices only.",
        "The other options: counted together, so they have no place of their own.",
    )


def test_of_printed_totals_percentages_are_of_all_who_answered():
    """Not every first choice need be in print: 40 of 100 is 40%, not 40 of the 70 that are printed."""
    held = counts(("Drugs", 40, None, None), ("Gangs", 30, None, None), responses=100, holds_responses=False)
    assert ranking.headline(held) == "Drugs came first: 40 of 100 (40.0%) named it first."
    assert ranking.rank(held).says == "Percentages are of all 100 who answered."


def test_those_with_as_many_came_first_together():
    held = counts(("Drugs", 4, 0, 0), ("Gangs", 4, 0, 0))
    assert ranking.headline(held) == "Drugs and Gangs came first together: 4 of 8 (50.0%) named each of them first."


def test_where_nobody_named_a_concern_there_is_no_ranking():
    for held in (counts(("Drugs", 0, 0, 0)), counts()):
        assert ranking.rank(held) is None
        assert ranking.headline(held) == "10 people answered."
    assert ranking.headline(counts(responses=1)) == "1 person answered."


def test_the_leading_ones_are_the_first_five_by_any_way_and_never_other():
    rows = [(name, 20 - place, 0, 0) for place, name in enumerate("ABCDEF")]  # 20, 19, 18, 17, 16, 15
    held = counts(*rows, ("G", 1, 30, 30), ("H", 0, 0, 0), responses=200)
    other = ConcernCount("other", "Something else", 50, 0, 0, is_other=True)
    held = type(held)(**{**vars(held), "concerns": (*held.concerns, other)})
    # By first choices: other, A, B, C, D. By any of three G (61) comes first, by points too.
    assert [one.text for one in ranking.top(held)] == ["A", "B", "C", "D", "G"]


def test_nobody_s_choice_is_not_leading():
    assert [one.text for one in ranking.top(counts(("Drugs", 1, 0, 0), ("Gangs", 0, 0, 0)))] == ["Drugs"]
