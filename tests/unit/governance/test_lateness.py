"""Lateness by tables, worked out by hand at the edges: 31 March and 1 April, month ends, a leap day."""

import datetime as dt

import pytest

from governance import lateness
from governance.lateness import AT_RISK, COMPLETE, ENDED, LATE, NO_UPDATE, ON_TRACK

D = dt.date


def stand(due_on, on, brag="green", ending="", ended_on=None):
    return lateness.standing(due_on=due_on, ending=ending, ended_on=ended_on, brag=brag, on=on)


@pytest.mark.parametrize(
    "due_on, on, days",
    [
        (D(2018, 3, 31), D(2018, 3, 30), 0),
        (D(2018, 3, 31), D(2018, 3, 31), 0),  # due on its day is not late on it
        (D(2018, 3, 31), D(2018, 4, 1), 1),  # over the year's end
        (D(2018, 3, 6), D(2018, 4, 20), 45),
        (D(2017, 4, 30), D(2017, 5, 1), 1),
        (D(2018, 1, 31), D(2018, 3, 1), 29),  # February has 28 days
        (D(2020, 2, 28), D(2020, 3, 1), 2),  # and 29 in a leap year
        (D(2020, 2, 29), D(2020, 2, 29), 0),
        (D(2020, 2, 29), D(2021, 2, 28), 365),
        (D(2017, 12, 31), D(2018, 1, 1), 1),
    ],
)
def test_days_late_are_calendar_days_after_the_day_that_counts(due_on, on, days):
    assert stand(due_on, on).days_late == days
    assert stand(due_on, on).state == (LATE if days else ON_TRACK)


@pytest.mark.parametrize(
    "brag, before_its_day, after_it, note",
    [
        ("green", ON_TRACK, LATE, "Said green, 1 day late"),
        ("amber", AT_RISK, LATE, "Said amber, 1 day late"),
        ("red", LATE, LATE, ""),
        ("blue", COMPLETE, COMPLETE, ""),
        ("", NO_UPDATE, LATE, ""),
    ],
)
def test_a_colour_and_the_dates(brag, before_its_day, after_it, note):
    due_on = D(2018, 3, 31)
    assert stand(due_on, due_on, brag).state == before_its_day
    late = stand(due_on, D(2018, 4, 1), brag)
    assert (late.state, late.note) == (after_it, note)


def test_a_green_on_an_overdue_action_is_told_with_its_days():
    assert stand(D(2018, 3, 6), D(2018, 4, 20)).note == "Said green, 45 days late"


@pytest.mark.parametrize(
    "ending, ended_on, state",
    [
        ("complete", D(2018, 3, 31), COMPLETE),
        ("complete", D(2018, 4, 1), LATE),  # not yet on 31 March
        ("carried", D(2018, 3, 31), ENDED),
        ("merged", D(2018, 3, 1), ENDED),
        ("closed", D(2018, 4, 1), LATE),
    ],
)
def test_an_ending_counts_from_its_day(ending, ended_on, state):
    assert stand(D(2018, 3, 30), D(2018, 3, 31), "red", ending, ended_on).state == state


class TestMilestonesThatWentBy:
    # Words of 10 January, looked at on 1 April.
    SINCE, ON = D(2018, 1, 10), D(2018, 4, 1)

    @pytest.mark.parametrize(
        "due, passed",
        [
            (D(2018, 1, 9), 0),  # gone by already when the words were written
            (D(2018, 1, 10), 1),  # its day was not over then
            (D(2018, 2, 28), 1),
            (D(2018, 3, 31), 1),
            (D(2018, 4, 1), 0),  # today is not over
            (D(2018, 4, 2), 0),
        ],
    )
    def test_one(self, due, passed):
        assert lateness.passed_since([due], since=self.SINCE, on=self.ON) == passed

    def test_several(self):
        days = [D(2018, 1, 9), D(2018, 1, 10), D(2018, 3, 31), D(2018, 4, 1)]
        assert lateness.passed_since(days, since=self.SINCE, on=self.ON) == 2


class TestNoChangeNeedsWords:
    DUE = D(2018, 3, 31)

    def needed(self, on=DUE, *, has_before=True, passed=0):
        return lateness.words_needed(due_on=self.DUE, has_before=has_before, passed=passed, on=on)

    def test_on_its_last_day_it_will_do(self):
        assert self.needed() == ""

    def test_past_its_day_it_will_not(self):
        assert self.needed(on=D(2018, 4, 1)) == "It is past its day: say what was done and what is next"

    def test_without_an_agreed_update_before(self):
        assert self.needed(has_before=False).startswith("Nothing was agreed before")

    def test_with_milestones_gone_by(self):
        assert self.needed(passed=1) == "A milestone has passed since the last update and is not done: say why"
        assert self.needed(passed=2) == "2 milestones have passed since the last update and are not done: say why"


@pytest.mark.parametrize(
    "brag, before, changed",
    [
        ("green", "green", False),
        ("amber", "green", True),
        ("green", "amber", True),
        ("blue", "green", True),
        ("red", "red", False),
        ("green", "", False),  # a first green is what one would expect
        ("amber", "", True),
        ("blue", "", True),
    ],
)
def test_another_colour(brag, before, changed):
    assert lateness.is_changed(brag, before) is changed


def test_the_date_that_counts_is_the_first_or_that_accepted_last():
    first = D(2018, 1, 31)
    assert lateness.due_on(first, []) == first
    assert lateness.due_on(first, [D(2018, 3, 16), D(2018, 2, 28)]) == D(2018, 2, 28)


@pytest.mark.parametrize(
    "first, now, days",
    [
        (D(2018, 1, 31), D(2018, 3, 1), 29),
        (D(2020, 1, 31), D(2020, 3, 1), 30),  # a leap year
        (D(2018, 3, 31), D(2018, 3, 31), 0),
        (D(2018, 3, 1), D(2018, 2, 28), -1),
    ],
)
def test_the_slip(first, now, days):
    assert lateness.slip(first, now) == days
