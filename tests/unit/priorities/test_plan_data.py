"""The shipped plan holds what the printed document holds; the counts and names below were taken from it by hand."""

import datetime as dt

import pytest

from lib.quarters import Year
from priorities import plan_data
from priorities.models import Commitment, FocusPoint, LinkedStrategy, Outcome, Plan, Priority, Section, SectionItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return plan_data.load()[0]


def counts(model):
    return {letter: model.objects.filter(priority__letter=letter).count() for letter in "ABCD"}


def test_every_printed_item_is_there_once(plan):
    assert counts(FocusPoint) == {"A": 7, "B": 6, "C": 3, "D": 3}  # 19
    assert counts(Commitment) == {"A": 13, "B": 6, "C": 4, "D": 29}  # 52
    assert counts(Outcome) == {"A": 6, "B": 9, "C": 4, "D": 4}  # 23
    assert LinkedStrategy.objects.count() == 12


def test_titles_and_term_are_as_printed(plan):
    assert list(Priority.objects.values_list("letter", "title")) == [
        ("A", "Anti-Social Behaviour (ASB) including Drugs and Alcohol"),
        ("B", "Violence"),
        ("C", "Hate Crime, Community Cohesion and Extremism"),
        ("D", "Reducing Re-offending"),
    ]
    assert (plan.starts_on, plan.ends_on, plan.adopted_on) == (
        dt.date(2017, 4, 1),
        dt.date(2021, 3, 31),
        dt.date(2017, 7, 18),
    )


@pytest.mark.parametrize(
    ("letter", "theme", "focus_points", "commitments", "outcomes"),
    [
        ("B", "Non-Domestic Violence With Injury (VWI)", 2, 2, 6),
        ("D", "Integrated Offender Management (IOM)", 1, 4, 1),
        ("D", "Reducing Re-offending & YOT Management Board Priority Performance Indicators", 1, 0, 0),
        ("D", "Gangs, Guns and Knife Crime", 0, 8, 1),
        ("D", "Young People", 0, 8, 1),
        ("D", "Burglary", 1, 9, 1),
    ],
)
def test_items_stand_under_their_printed_sub_heading(plan, letter, theme, focus_points, commitments, outcomes):
    theme = Priority.objects.get(letter=letter).themes.get(title=theme)
    assert theme.focus_points.count() == focus_points
    assert theme.commitments.count() == commitments
    assert theme.outcomes.count() == outcomes


def test_commitments_are_those_of_the_first_year(plan):
    assert set(Commitment.objects.values_list("year", flat=True)) == {Year.parse("2017-18")}


def test_two_commitments_carry_a_number(plan):
    numbered = Commitment.objects.filter(number__isnull=False).values_list("key", "number", "unit")
    assert list(numbered) == [
        ("d-commitment-21", 20, "Criminal Behaviour Orders"),
        ("d-commitment-22", 20, "burglars adopted"),
    ]


def test_outcomes_say_how_they_will_be_known_or_that_nothing_measures_them(plan):
    known = dict(Outcome.objects.values_list("key", "known_by"))
    assert known["a-outcome-6"] == "Indicator A3"
    assert known["b-outcome-9"] == "Indicator B3"
    assert known["d-outcome-2"] == "Indicator D4"
    assert known["a-outcome-1"] == ""


@pytest.mark.parametrize(
    ("key", "items"),
    [
        ("executive-functions", 5),
        ("partnership-functions", 3),
        ("local-police-priorities", 4),
        ("hate-grounds", 8),
        ("vawg-strands", 9),
        ("community-plan-themes", 4),
        ("community-plan-cross-cutting", 4),
    ],
)
def test_lists_have_as_many_entries_as_printed(plan, key, items):
    assert Section.objects.get(key=key).items.count() == items


def test_three_hate_grounds_are_local_only(plan):
    local = SectionItem.objects.filter(section__key="hate-grounds", note="Local definition only")
    assert list(local.values_list("text", flat=True)) == [
        "Age",
        "Refugee / Asylum Status",
        "Any other (actual or perceived) differences",
    ]


def test_consultation_figures(plan):
    concerns = SectionItem.objects.filter(section__key="consultation").values_list("text", "number")
    assert list(concerns) == [
        ("Drugs and Alcohol Abuse", 339),
        ("Anti-social Behaviour (ASB)", 311),
        ("Gangs", 130),
        ("Road Safety", 101),
        ("Burglary", 88),
    ]
    safe = SectionItem.objects.filter(section__key="consultation-safety").values_list("number", flat=True)
    assert list(safe) == [998, 391]  # 998 + 391 = 1,389
    assert "1,389" in Section.objects.get(key="consultation").body


@pytest.mark.parametrize(
    ("letter", "figures"),
    [
        ("A", ["16,320", "down 9%", "18,289", "12.5%", "1,389"]),
        ("D", ["50%", "over 70%", "third highest"]),
    ],
)
def test_the_why_of_a_priority_has_the_printed_figures(plan, letter, figures):
    why = Priority.objects.get(letter=letter).why
    assert [figure for figure in figures if figure not in why] == []


def test_contradictions_are_kept_with_both_readings(plan):
    timeline = dict(SectionItem.objects.filter(section__key="timeline").values_list("text", "note"))
    assert "16 May 2017" in timeline["CSP approves the plan"]
    assert "16 May 2016" in timeline["CSP approves the plan"]
    workshop = SectionItem.objects.get(section__key="timeline", text="Review workshop")
    assert workshop.on is None
    assert "26 September 2016" in workshop.note and "27 September 2016" in workshop.note
    readings = SectionItem.objects.filter(section__key="readings", note="Priority A").values_list("text", flat=True)
    assert any("12.06%" in text and "12.5%" in text for text in readings)


def test_strategies_that_end_inside_the_plan(plan):
    ending = {strategy.title: strategy.ends_in for strategy in plan.linked_strategies.all() if strategy.ends_in}
    assert ending == {
        "2016-19 Children and Families Plan": 2019,
        "London Policing and Crime Plan 2017-20": 2020,
        "Violence Against Women and Girls Strategy 2016-19": 2019,
    }


def test_rows_are_valid(plan):
    for model in (Plan, Priority, FocusPoint, Commitment, Outcome, Section, SectionItem, LinkedStrategy):
        for row in model.objects.all():
            row.full_clean()


def test_loading_again_changes_nothing_that_people_have_changed(plan):
    Commitment.objects.filter(key="a-commitment-1").delete()
    Outcome.objects.filter(key="b-outcome-1").update(text="Changed by people")
    again, made = plan_data.load()
    assert (again, made) == (plan, False)
    assert Commitment.objects.count() == 51
    assert Outcome.objects.get(key="b-outcome-1").text == "Changed by people"
