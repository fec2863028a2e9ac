"""Decisions, what arises, what scrutiny asked, risks and the structure, as the pack tells them."""

import datetime as dt
from dataclasses import replace

import pytest

from reporting.pdf.parts import bodies, decided
from reporting.snapshots.governed import LinkPart
from tests.factories import snapshot_governance as made
from tests.factories import snapshots


def page(**changes):
    return decided.build(snapshots.sample(), made.governance(**changes))


# ---------------------------------------------------------------- decisions and what arises


def test_decisions_stand_by_body_with_what_became_of_them():
    (group,) = page().groups
    done, late, delegated = group.decisions
    assert group.body == "CSP Executive"
    assert (done.due, done.state, done.late) == ("9 March 2018", "done 8 March 2018", "")
    assert (late.due, late.state, late.late) == ("4 May 2018", "", "4 days late")
    assert (delegated.how, delegated.owner, delegated.due) == ("between meetings, by delegation", "", "")


def test_a_replaced_decision_says_by_which():
    first = made.governance().decisions[0]
    (group,) = page(decisions=(replace(first, replaced_by="CSPE D9"),)).groups
    assert group.decisions[0].state == "replaced by CSPE D9"


def test_the_page_begins_with_what_is_late_and_what_scrutiny_waits_for():
    assert page().lede == (
        "Three decisions were taken. Two things to be done because of decisions or meetings are late. "
        "Scrutiny waits for one answer. The CSP Executive meets next on 22 May 2018."
    )
    assert decided.build(snapshots.sample(), made.nothing()).lede == "No decisions were taken."


def test_of_too_much_to_be_done_the_longest_late_comes_first():
    many = tuple(made.undertaking(f"Thing {number}", days_late=number) for number in range(50))
    built = page(undertakings=many)
    assert (len(built.arising), built.arising[0].text) == (40, "Thing 49")
    assert built.arising_rest == "These are the first 40 of 50 to be done."


# ---------------------------------------------------------------- scrutiny


@pytest.mark.parametrize(
    ("days", "words", "is_late"),
    [
        (10, "10 days left, to 18 May 2018", False),
        (1, "1 day left, to 18 May 2018", False),
        (0, "last day today, to 18 May 2018", False),
        (-1, "1 day late", True),
        (-13, "13 days late", True),
    ],
)
def test_the_clock_runs_to_the_28th_day(days, words, is_late):
    waiting = replace(made.governance().recommendations[1], days_left=days)
    (row,) = page(recommendations=(waiting,)).recommendations
    assert (row.clock, row.is_late) == (words, is_late)


@pytest.mark.parametrize(
    ("answered", "words"), [(dt.date(2018, 2, 23), "answered in time"), (dt.date(2018, 2, 24), "answered 1 day late")]
)
def test_an_answer_was_in_time_or_not(answered, words):
    (row,) = page(
        recommendations=(replace(made.governance().recommendations[0], answered_on=answered),)
    ).recommendations
    assert (row.clock, row.outcome, row.is_late) == (words, "Accepted in part", False)


def test_late_answers_are_told_at_the_top():
    waiting = replace(made.governance().recommendations[1], days_left=-3)
    assert "Scrutiny waits for one answer, one beyond the 28 days." in page(recommendations=(waiting,)).lede


# ---------------------------------------------------------------- risks


def test_a_risk_says_its_score_what_it_was_and_what_is_accepted():
    first, second = page().risks
    assert (first.now, first.made_of, first.moved, first.appetite) == (16, "4 × 4", "up from 9", 9)
    assert (second.moved, second.is_review_late) == ("", True)
    down = replace(made.governance().risks[0], previous=20)
    assert page(risks=(down,)).risks[0].moved == "down from 20"


@pytest.mark.parametrize(
    ("how_many", "words"),
    [
        (0, "No risk is open."),
        (1, "The one open risk is not over what its body accepts."),
        (4, "None of the four open risks is over what its body accepts."),
    ],
)
def test_no_risk_over_appetite_is_said(how_many, words):
    accepted = made.governance().risks[-1]
    assert not accepted.is_over_appetite
    assert page(risks=(accepted,) * how_many).risks_empty == words


# ---------------------------------------------------------------- structure


def test_bodies_are_drawn_and_told_row_by_row():
    built = bodies.build(made.governance())
    assert built.drawing is not None and built.drawing.width == 510
    rows = {row.name: row for row in built.rows}
    assert rows["ASB Operations Group"].letters == "A (sample)"
    assert rows["ASB Operations Group"].links == ("Stands under Community Safety Partnership",)
    assert rows["Community Safety Partnership"].chairs == ("No chair",)
    assert built.lede == "Seven bodies, four subgroups among them."
    assert built.notes == "What is marked as sample was made up: the plan does not say it."


def test_a_subgroup_without_a_chair_is_told_at_the_top():
    vacant = tuple(replace(one, chairs=()) if one.code == "ASB" else one for one in made.BODIES)
    built = bodies.build(made.governance(bodies=vacant))
    assert built.lede == "Seven bodies, four subgroups among them. One subgroup has no chair."


def test_bodies_of_which_only_the_name_is_known_are_named_in_a_sentence():
    alone = made.body("MAB", "Mayor’s Advisory Board", "council", chairs=())
    linked = made.body("HWB", "Health Board", "linked", chairs=())
    first = replace(made.BODIES[0], links=(LinkPart("hwb", "works_with", True),))
    built = bodies.build(made.governance(bodies=(first, alone, linked)))
    assert built.unplaced == "Not linked to any other yet: Mayor’s Advisory Board."
    assert [row.name for row in built.rows] == ["CSP Executive"]
    assert built.rows[0].links == ("Works with Health Board (sample)",)


def test_a_drawing_that_fits_on_no_page_is_left_out_and_without_bodies_there_is_none():
    crowded = bodies.build(made.crowded(150, 0))
    assert crowded.drawing is None and len(crowded.rows) == 152
    empty = bodies.build(made.governance(bodies=()))
    assert (empty.drawing, empty.lede, empty.rows) == (None, "No body has been entered.", ())
