"""The timeline's drawing: places worked out by hand for a year of 365 days."""

import datetime as dt

import pytest

from governance import timeline
from governance.timeline import Row, Step
from lib.quarters import Year

D = dt.date
MARCH = D(2018, 3, 20)
# The wide drawing: the year from x 330 to 1088, 758 in all.
LEFT, RIGHT = 330, 1088


def row(**other):
    told = {
        "reference": "ASB 1",
        "title": "Train champions",
        "url": "/actions/1/",
        "state": "on_track",
        "words": "On track",
        "starts_on": D(2017, 4, 1),
        "due_on": D(2018, 3, 31),
        "first_due_on": D(2018, 3, 31),
        "ended_on": None,
        "proposed": None,
        "steps": (),
    }
    return Row(**told | other)


def draw(*rows, on=MARCH, **other):
    return timeline.draw(rows, title="Actions", year=Year(2017), on=on, **other)


def bar(on=MARCH, **other):
    return draw(row(**other), on=on).bars[0]


def test_a_bar_of_the_whole_year_fills_it():
    one = bar()
    assert (one.left, one.right) == (LEFT, RIGHT)


@pytest.mark.parametrize(
    "due_on, right",
    [
        (D(2018, 3, 31), 1088),  # the end of the last day
        (D(2018, 3, 30), 1085.9),  # 758 / 365 = 2.08 before
        (D(2017, 4, 1), 332.1),  # the end of the first
        (D(2018, 4, 30), 1088),  # beyond the year: at its edge
    ],
)
def test_a_bar_ends_with_the_day_that_counts(due_on, right):
    assert bar(due_on=due_on, first_due_on=due_on).right == right


def test_quarters_are_columns_of_91_92_92_and_90_days():
    # 91 × 758 / 365 = 189.0, then 183 → 380.0 and 275 → 571.1
    assert [(c.words, c.left) for c in draw().columns] == [("Q1", 330), ("Q2", 519), ("Q3", 710), ("Q4", 901.1)]


def test_a_leap_year_has_a_day_more():
    drawn = timeline.draw([row(due_on=D(2020, 2, 29))], title="", year=Year(2019), on=D(2020, 3, 1))
    # Its end is after 335 of 366 days: 330 + 758 × 335 / 366 = 1023.8
    assert drawn.bars[0].right == 1023.8


class TestTheSlip:
    def test_none_where_the_first_date_counts(self):
        assert bar().slip is None

    def test_from_the_first_date_to_the_one_that_counts(self):
        slip = bar(first_due_on=D(2018, 1, 31), due_on=D(2018, 3, 31)).slip
        # 31 January ends after 306 days: 330 + 758 × 306 / 365 = 965.5
        assert (slip.left, slip.right, slip.first) == (965.5, 1088, 965.5)

    def test_brought_forward_the_first_date_stands_on_the_right(self):
        slip = bar(first_due_on=D(2018, 3, 31), due_on=D(2018, 1, 31)).slip
        assert (slip.left, slip.right, slip.first) == (965.5, 1088, 1088)


class TestToday:
    @pytest.mark.parametrize(
        "on, x", [(D(2017, 3, 31), None), (D(2017, 4, 1), 332.1), (D(2018, 3, 31), 1088), (D(2018, 4, 1), None)]
    )
    def test_only_within_the_year(self, on, x):
        today = draw(on=on).today
        assert (today.x if today else None) == x

    @pytest.mark.parametrize(
        "on, anchor", [(D(2017, 4, 1), "start"), (D(2017, 10, 1), "middle"), (D(2018, 3, 31), "end")]
    )
    def test_its_words_stay_on_the_drawing(self, on, anchor):
        assert draw(on=on).today.anchor == anchor


class TestStates:
    @pytest.mark.parametrize(
        "state, kind",
        [("late", "late"), ("at_risk", "at_risk"), ("complete", "done"), ("ended", "ended"), ("no_update", "plain")],
    )
    def test_each_is_drawn_in_its_way(self, state, kind):
        assert bar(state=state).kind == kind

    def test_what_is_past_its_day_goes_on_to_today(self):
        one = bar(state="late", due_on=D(2018, 1, 31), first_due_on=D(2018, 1, 31))
        # 20 March ends after 354 days: 330 + 758 × 354 / 365 = 1065.2
        assert (one.right, one.tail) == (965.5, 1065.2)

    def test_what_is_said_to_be_late_and_is_not_past_its_day_does_not(self):
        assert bar(state="late").tail is None

    @pytest.mark.parametrize(
        "due_on, done_on, told",
        [
            (D(2018, 3, 19), None, (False, True)),
            (D(2018, 3, 20), None, (False, False)),  # today is not over
            (D(2018, 3, 19), D(2018, 3, 20), (True, False)),
        ],
    )
    def test_milestones_are_done_late_or_to_do(self, due_on, done_on, told):
        diamond = bar(steps=(Step("A course", due_on, done_on),)).diamonds[0]
        assert (diamond.is_done, diamond.is_late) == told


def test_the_narrow_one_has_its_labels_above_the_bars():
    drawn = draw(row(title="A title that is far too long to stand on one line of a phone"), is_narrow=True)
    one = drawn.bars[0]
    assert drawn.width == 350 and one.label.endswith("…") and one.label_y < one.top
    assert (one.left, one.right) == (8, 338)


def test_the_description_says_each_action():
    told = draw(row(first_due_on=D(2018, 1, 31))).desc
    assert told == "ASB 1 Train champions: 1 April 2017 to 31 March 2018, first due 31 January 2018, on track."


def test_no_actions():
    assert draw().bars == () and draw().desc == "There are no actions."
