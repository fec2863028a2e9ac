"""Dates of an action against its year, 2017-18: 1 April 2017 to 31 March 2018."""

import datetime as dt

import pytest

from governance.action_dates import faults
from lib.quarters import Year

YEAR = Year(2017)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("starts", "due", "box", "says"),
    [
        ("2017-04-01", "2018-03-31", None, ""),
        (
            "2017-03-31",
            "2018-03-31",
            "starts_on",
            "Its year begins on 1 April 2017: the action can’t start before then",
        ),
        ("2017-04-01", "2018-04-01", "due_on", "Its year ends on 31 March 2018: carry it forward then"),
        ("2017-09-29", "2017-09-29", None, ""),
        ("2017-09-29", "2017-09-28", "due_on", "It must be due on or after the day it starts, 29 September 2017"),
        ("2018-04-01", "2018-03-31", "starts_on", "Its year ends on 31 March 2018: the action must start by then"),
    ],
)
def test_the_action_lies_in_its_year(starts, due, box, says):
    found = faults(YEAR, day(starts), day(due))
    assert found.get(box, "") == says if box else found == {}


@pytest.mark.parametrize(
    ("milestone", "fits"), [("2017-05-31", False), ("2017-06-01", True), ("2017-12-29", True), ("2017-12-30", False)]
)
def test_a_milestone_lies_within_its_action(milestone, fits):
    found = faults(YEAR, day("2017-06-01"), day("2017-12-29"), [("", None), ("The first course", day(milestone))])
    says = "Milestone 2 must lie within the action: from 1 June 2017 to 29 December 2017"
    assert found == ({} if fits else {"milestone_2_due_on": says})


def test_half_a_milestone_asks_for_the_other_half():
    found = faults(YEAR, YEAR.start, YEAR.end, [("Words", None), ("", day("2017-06-01")), ("", None)])
    assert found == {
        "milestone_1_due_on": "Milestone 1: enter the day by which it is reached",
        "milestone_2_text": "Milestone 2: say what is reached on that day",
    }


def test_all_that_is_wrong_is_told_at_once():
    found = faults(YEAR, day("2017-03-31"), day("2018-04-01"), [("Late", day("2018-04-02"))])
    assert set(found) == {"starts_on", "due_on", "milestone_1_due_on"}
