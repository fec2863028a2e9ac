from consultation import safe
from consultation.counts import Group, Line, Table
from reporting.told import answers
from tests.unit.reporting.told.conftest import counts, question


def test_who_does_not_know_is_no_part_of_the_percentages():
    asked = answers.asked(question("safe", "Safe?", [("Agree", 60), ("Disagree", 20), ("Don’t know", 10)]), 100)
    assert asked.says == "Agree: 60 of 80 (75.0%)."
    assert asked.base == "90 people answered this and 10 did not. Percentages are of the 80 who had an opinion."
    assert [(one.text, one.number, one.share) for one in asked.answers] == [
        ("Agree", "60", "75.0%"),
        ("Disagree", "20", "25.0%"),
        ("Don’t know", "10", ""),
    ]
    assert asked.answers[2].interval == ""


def test_several_answers_add_up_to_more_than_everybody():
    asked = answers.asked(question("c", "Connection?", [("Live", 80), ("Work", 40)], several=True, answered=100), 100)
    assert asked.base == (
        "100 people answered this. Percentages are of those who answered. "
        "A person could give several answers, so they add up to more than 100%."
    )


def test_what_is_not_shown_has_no_percentage_and_gives_none_away():
    asked = answers.asked(question("v", "Why?", [("Work", 40), ("Visit", None)], answered=60), 100)
    assert [(one.number, one.share, one.interval) for one in asked.answers][1] == ("not shown", "", "")
    assert asked.hides


def test_where_it_is_not_shown_how_many_did_not_know_there_are_no_percentages():
    asked = answers.asked(question("s", "Safe?", [("Agree", 60), ("Don’t know", None)], answered=64), 100)
    assert {one.share for one in asked.answers} == {""}
    assert asked.says == ""
    assert "How many had an opinion is not shown, and no percentages are." in asked.base


def test_monitoring_is_counted_apart_so_nobody_skipped_it():
    asked = answers.asked(question("age", "Age?", [("Under 25", 12)], role="monitoring"), 10)
    assert asked.base == "12 people answered this. Percentages are of those who answered."


def test_nobody_has_an_opinion_of_how_old_they_are():
    asked = answers.asked(question("age", "Age?", [("Under 25", 12), ("Don’t know", 3)], role="monitoring"), 10)
    assert asked.base == "15 people answered this. Percentages are of the 12 who said."


def test_a_question_that_nobody_answered_has_no_percentages_to_explain():
    assert answers.asked(question("o", "Why?", [("Yes", 0), ("No", 0)]), 10).base == "Nobody answered this."


def test_a_scale_is_told_by_its_mean_and_two_with_as_many_by_nothing():
    # 5 × 1 and 9 × 2 are 23, of 14: 1.64
    scale = question("t", "Trust?", [("1", 5), ("2", 9), ("Don’t know", 2)], is_scale=True)
    assert answers.asked(scale, 20).says == "On average 1.6, of the 14 who chose a number."
    assert answers.asked(question("t", "Light?", [("Parks", 9), ("Streets", 9)]), 20).says == ""


GROUPS = (Group("web", "Web form", 50), Group("paper", "Paper", 25), Group("screen", "Screen", 15))
SAFE = question("safe", "Do you feel safe?", [("Agree", 48), ("Disagree", 12), ("Not at all", 6)], role="safe")


def test_a_table_says_of_all_in_the_group_with_those_that_are_hidden_as_one_and_everyone():
    lines = (
        Line("agree", "Agree", (30, None, None)),
        Line(safe.OTHERS, "All other answers", (10, None, None)),
        Line("", "Didn’t answer", (10, None, None), is_skipped=True),
    )
    crossed = answers.crossed(Table("safe", "channel", GROUPS, lines), counts(questions=(SAFE,), responses=90))
    assert (crossed.text, crossed.by) == ("Do you feel safe?", "how people answered")
    assert crossed.groups == ("Web form", "Paper and Screen, together", "Everyone")
    # 48 of 90 agree, so 18 of the 40 that are hidden; 24 skipped it, 14 of them; 12 and 6 are the rest, 8 of them.
    assert [(text, [(cell.number, cell.share) for cell in cells]) for text, cells in crossed.rows] == [
        ("Agree", [("30", "60.0%"), ("18", "45.0%"), ("48", "53.3%")]),
        ("All other answers", [("10", "20.0%"), ("8", "20.0%"), ("18", "20.0%")]),
        ("Didn’t answer", [("10", "20.0%"), ("14", "35.0%"), ("24", "26.7%")]),
    ]
    assert crossed.responses == ("50", "40", "90")


def test_what_is_together_already_is_not_called_so_twice():
    groups = (GROUPS[0], GROUPS[1], Group(safe.OTHERS, "Other ways together", 15))
    table = Table("safe", "channel", groups, (Line("agree", "Agree", (30, None, None)),))
    crossed = answers.crossed(table, counts(questions=(SAFE,), responses=90))
    assert crossed.groups == ("Web form", "Paper and Other ways together", "Everyone")


def test_more_than_two_that_are_hidden_are_all_others():
    groups = (*GROUPS, Group("post", "Letter", 20))
    table = Table("safe", "channel", groups, (Line("agree", "Agree", (30, None, None, None)),))
    crossed = answers.crossed(table, counts(questions=(SAFE,), responses=110))
    assert crossed.groups == ("Web form", "All others together", "Everyone")
    assert crossed.responses == ("50", "60", "110")


def test_first_choices_that_somebody_made_are_what_a_table_of_concerns_counts():
    lines = (
        Line("drugs", "Drugs", (30, 10)),
        Line("dogs", "Dogs", (0, 0)),
        Line("", "Named no concern", (20, 15), is_skipped=True),
    )
    told = counts(("Drugs", 40, 9, 9), ("Dogs", 0, 0, 0), responses=75)
    crossed = answers.crossed(Table("concerns", "channel", GROUPS[:2], lines), told)
    assert crossed.text == "What matters most?"
    assert crossed.groups == ("Web form", "Paper", "Everyone")
    assert [(text, [cell.number for cell in cells]) for text, cells in crossed.rows] == [
        ("Drugs", ["30", "10", "40"]),
        ("Named no concern", ["20", "15", "35"]),  # and nothing of dogs, which nobody named first
    ]
