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


def test_no_answer_of_a_scale_speaks_for_it_and_none_of_two_with_as_many():
    assert answers.asked(question("t", "Trust?", [("1", 5), ("2", 9)], is_scale=True), 20).says == ""
    assert answers.asked(question("t", "Light?", [("Parks", 9), ("Streets", 9)]), 20).says == ""


def test_a_table_says_of_all_in_the_group():
    table = Table(
        "safe",
        "channel",
        (Group("web", "Web form", 50), Group("paper", "Paper", 40)),
        (Line("agree", "Agree", (30, None)), Line("", "Didn’t answer", (20, None), is_skipped=True)),
    )
    safe = question("safe", "Do you feel safe?", [("Agree", 35)], role="safe")
    crossed = answers.crossed(table, counts(questions=(safe,)))
    assert (crossed.text, crossed.by, crossed.groups) == (
        "Do you feel safe?",
        "how people answered",
        ("Web form", "Paper"),
    )
    assert [(text, [(cell.number, cell.share) for cell in cells]) for text, cells in crossed.rows] == [
        ("Agree", [("30", "60.0%"), ("not shown", "")]),
        ("Didn’t answer", [("20", "40.0%"), ("not shown", "")]),
    ]
    assert crossed.responses == ("50", "40")
    assert crossed.hides
    named = Table("concerns", "connection", table.groups, table.lines)
    assert answers.crossed(named, counts()).text == "What matters most?"
