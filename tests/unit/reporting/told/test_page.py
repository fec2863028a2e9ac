import datetime as dt

import pytest

from consultation.counts import Group, Line, Named, Table
from reporting.told import listing, method, page
from reporting.told.shape import Quoted
from tests.unit.reporting.told.conftest import counts, found, question


def headings(built):
    return [title for _, title in built.contents]


def test_what_there_is_stands_in_order_and_nothing_else(ten):
    assert headings(page.build(found(ten))) == ["What matters most", "How this was done"]
    safe = question("safe", "Safe?", [("Agree", 6), ("Disagree", None)], role="safe")
    groups = (Group("web", "Web form", 50), Group("paper", "Paper", 40))
    full = counts(
        ("Drugs", 8, 0, 0),
        questions=(
            safe,
            question("live", "Live here?", [("Yes", 6)], role="connection"),
            question("t", "Trust?", [("1", 6)]),
        ),
        tables=(Table("safe", "channel", groups, (Line("agree", "Agree", (30, 20)),)),),
        monitoring=(question("age", "Age?", [("Under 25", 6)], role="monitoring"),),
        channels=(Named("web", "Web form", 10),),
        tags=(Named("1", "Light", 6),),
    )
    built = page.build(
        found(full, quotes=(Quoted("Else?", "More light."),)), found(full, closes_on=dt.date(2016, 8, 12))
    )
    assert headings(built) == [
        "What matters most",
        "Feeling safe",
        "Connection to the area",
        "Further questions",
        "By how people answered and their connection",
        "In people’s own words",
        "Compared with 2016",
        "Who answered",
        "How this was done",
    ]
    assert built.key.startswith("“Not shown” is a number of fewer than 5 people, or one from which")


def test_a_table_of_which_no_line_may_be_shown_is_not_there():
    held = counts(tables=(Table("safe", "channel", (Group("web", "Web form", 3),), ()),))
    assert page.build(found(held)).crossed == ()


def test_where_everything_is_shown_no_key_is_needed(ten):
    assert page.build(found(ten)).key == ""


def test_who_is_not_counted_is_told_and_why():
    held = counts(held=3, set_aside=1, late=2)
    said = "Not counted: 1 set aside after somebody looked at them, 3 held back and not looked at yet and 2 late."
    assert page.build(found(held)).standing == said
    assert page.build(found(counts())).standing == "No response is left out."


def test_results_that_replace_others_say_so_with_the_reason(ten):
    assert page.build(found(ten)).corrected == ""
    again = page.build(found(ten, number=2, reason="A pile was counted twice."))
    assert again.corrected.startswith("These are results 2")
    assert again.corrected.endswith("Why: A pile was counted twice.")


def test_printed_totals_say_that_nothing_else_is_held():
    held = counts(
        ("Drugs", 4, None, None), holds_responses=False, channels=(Named("w", "Letter", None), Named("m", "Mail", None))
    )
    built = page.build(
        found(held, note="Published totals, no individual responses held. Printed on page 5.", source="The plan")
    )
    assert built.totals_only == "Published totals, no individual responses held."
    assert built.standing == "" and built.key == "" and built.counted == ()
    assert "by these ways: Letter and Mail. How many by each is not published." in built.answered
    told = dict(built.notes)
    assert told["About these totals"] == "Printed on page 5."
    assert told["Where they are printed"] == "The plan"
    assert "Small numbers" not in told and "What is kept" not in told


def test_the_method_says_what_intervals_do_not_say_and_when_responses_go(ten):
    told = dict(method.notes(found(ten, purge_on=dt.date(2019, 2, 12))))
    assert "Nobody was drawn at random" in told["How sure"]
    assert told["What is kept"] == "Single responses are removed on 12 February 2019. These counts stay."
    gone = dict(method.notes(found(ten, purge_on=dt.date(2019, 2, 12), is_purged=True)))
    assert gone["What is kept"] == "The single responses have been removed. These counts stay."


@pytest.mark.parametrize(
    ("responses", "said"),
    [
        (0, "Nobody answered. No response is left out."),
        (1, "1 person answered and is counted. No response is left out."),
        (1389, "1,389 people answered and are counted. No response is left out."),
    ],
)
def test_who_is_counted_is_said_of_nobody_of_one_and_of_many(responses, said):
    assert dict(method.notes(found(counts(responses=responses))))["Who is counted"] == said


def test_the_method_says_that_tables_have_percentages_of_whole_groups():
    lines = (Line("agree", "Agree", (6, 4)),)
    table = Table("safe", "channel", (Group("web", "Web form", 6), Group("paper", "Paper", 4)), lines)
    told = [dict(method.notes(found(counts(tables=tables))))["Percentages"] for tables in ((table,), ())]
    assert ["of all responses of the group" in words for words in told] == [True, False]


def test_days_are_told_in_full_where_the_years_differ(ten):
    over = found(ten, opens_on=dt.date(2017, 12, 18), closes_on=dt.date(2018, 1, 31))
    assert over.when == "18 December 2017 to 31 January 2018"
    assert found(ten).when == "10 June to 12 August 2018"


def test_the_list_names_the_first_three_and_nobody_that_nobody_named(ten):
    [line] = listing.lines([found(ten)])
    assert line.answered == "10 people answered, 10 June to 12 August 2018."
    assert line.first == ("Drugs: 4 of 8 (50.0%)", "Gangs: 3 of 8 (37.5%)", "Burglary: 1 of 8 (12.5%)")
    [few] = listing.lines([found(counts(("Drugs", 4, 0, 0), ("Gangs", 0, 0, 0)))])
    assert few.first == ("Drugs: 4 of 4 (100.0%)",)


def test_a_chart_says_every_figure_it_draws(ten):
    charts = page.build(found(ten)).charts
    assert [one.title for one in charts] == ["First choices", "Any of three choices", "Points, 3-2-1"]
    assert charts[0].wide.desc == "Drugs: 4 (50.0%); Gangs: 3 (37.5%); Burglary: 1 (12.5%); Dogs: 0 (0.0%)."
    assert charts[2].narrow.desc == "Gangs: 19; Drugs: 12; Burglary: 12; Dogs: 0."


def test_a_chart_of_many_concerns_draws_the_first_ten():
    held = counts(*((f"Concern {number}", 30 - number, 0, 0) for number in range(12)), responses=400)
    [first, *_] = page.build(found(held)).charts
    assert len(first.wide.bars) == 10
    assert first.wide.title == "First choices, the first 10"


def test_a_question_of_which_no_number_is_shown_is_not_drawn():
    held = counts(monitoring=(question("age", "Age?", [("Under 25", None)], role="monitoring", answered=None),))
    built = page.build(found(held))
    assert [block.drawn for block in built.monitoring.blocks] == [None]
