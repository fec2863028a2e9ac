"""The square of five by five, the trend and the days of a review, by hand."""

import datetime as dt

import pytest

from governance import risk_scores


def test_the_square_shows_the_three_positions_and_what_is_over():
    rows = risk_scores.square((4, 4), (3, 4), (2, 3), appetite=9)
    assert [row.likelihood for row in rows] == [5, 4, 3, 2, 1]
    assert [cell.score for cell in rows[0].cells] == [5, 10, 15, 20, 25]
    marked = {(row.likelihood, at): cell.marks for row in rows for at, cell in enumerate(row.cells, 1) if cell.marks}
    assert marked == {(4, 4): ("Before",), (3, 4): ("Now",), (2, 3): ("Target",)}
    over = [cell.score for row in rows for cell in row.cells if cell.is_over]
    assert min(over) == 10 and len(over) == 10  # 9 itself is accepted


def test_several_in_one_place_and_none_scored_yet():
    rows = risk_scores.square((1, 1), (1, 1), (1, 1), appetite=25)
    assert rows[4].cells[0].marks == ("Before", "Now", "Target")
    assert not any(cell.is_over for row in rows for cell in row.cells)
    rows = risk_scores.square((1, 1), None, (1, 1), appetite=1)
    assert rows[4].cells[0].marks == ("Before", "Target") and not rows[4].cells[0].is_over


@pytest.mark.parametrize(
    ("was", "now", "trend"), [(None, 9, ""), (9, 9, "the same"), (9, 12, "higher"), (12, 9, "lower")]
)
def test_trend(was, now, trend):
    assert risk_scores.trend(was, now) == trend


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (dt.date(2018, 3, 30), ""),
        (dt.date(2018, 3, 31), "Review due today"),
        (dt.date(2018, 4, 1), "Review 1 day overdue"),
        (dt.date(2018, 4, 12), "Review 12 days overdue"),
    ],
)
def test_a_review_on_the_last_day_of_march(on, words):
    assert risk_scores.review_words(dt.date(2018, 3, 31), on) == words


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (("Because one trainer holds all", "courses may be called off", "and fewer are trained"), "Because one trainer holds all, courses may be called off, and fewer are trained."),
        (("because it rains.", " patrols stop; ", "calls rise."), "Because it rains, patrols stop, calls rise."),
        (("", "", ""), ""),
    ],
)  # fmt: skip
def test_one_sentence(parts, sentence):
    assert risk_scores.sentence(*parts) == sentence


@pytest.mark.parametrize(("numbers", "fits"), [((1, 5), True), ((0, 5), False), ((5, 6), False), ((-1,), False)])
def test_from_one_to_five(numbers, fits):
    assert risk_scores.is_score(*numbers) is fits
