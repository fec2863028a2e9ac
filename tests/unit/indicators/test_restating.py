"""What a restatement does: what it replaced, how far it moved it, whether a rating became another. Worked by hand."""

import datetime as dt
from decimal import Decimal

import pytest

from indicators import restating
from indicators.aggregate import Numbers
from indicators.aims import Aim
from indicators.assessment import Series
from indicators.restating import Known
from lib.quarters import Year

Q1, Q2, Q3, Q4 = Year(2017).quarters
# Good is lower; 400 in the year, a hundred each quarter to date, five per cent of tolerance.
TO_DATE = Aim("tolerance", "year_to_date", Decimal(400), None, Decimal(5), (Decimal(25),) * 4)
QUARTER = Aim("tolerance", "quarter", Decimal(100), None, Decimal(5), None)


def at(day):
    return dt.datetime(2018, 5, day, 12, tzinfo=dt.UTC)


def known(number, recorded, verified, quarter=Q1):
    return Known(quarter, Numbers(Decimal(number)), (at(recorded), recorded), at(verified))


def series(*numbers, aim=TO_DATE):
    figures = {quarter: Numbers(Decimal(number)) for quarter, number in zip((Q1, Q2, Q3, Q4), numbers, strict=False)}
    return Series("count", "lower", "sum", figures=figures, aims={Year(2017): aim})


# ---------------------------------------------------------------- what replaced what


def told(*verified):
    return [(int(was.numbers.numerator), int(now.numbers.numerator)) for was, now in restating.steps(verified)]


@pytest.mark.parametrize(
    ("verified", "steps"),
    [
        ([], []),
        ([known(10, 1, 2)], []),
        ([known(10, 1, 2), known(12, 3, 4)], [(10, 12)]),
        ([known(12, 3, 4), known(10, 1, 2)], [(10, 12)]),  # in whatever order they come
        ([known(10, 1, 2), known(10, 3, 4), known(12, 5, 6)], [(10, 12)]),  # one was confirmed between
        ([known(10, 1, 2), known(12, 3, 4), known(10, 5, 6)], [(10, 12), (12, 10)]),  # and back
        ([known(10, 1, 5), known(12, 3, 4)], []),  # the older one was verified later, and never shown again
    ],
)
def test_a_restatement_is_what_was_shown_and_what_took_its_place(verified, steps):
    assert told(*verified) == steps


@pytest.mark.parametrize(
    ("day", "just_before", "shown"),
    [(1, False, {}), (2, True, {}), (2, False, {Q1: 10}), (4, True, {Q1: 10}), (4, False, {Q1: 12, Q2: 7}), (9, False, {Q1: 12, Q2: 7})],
)  # fmt: skip
def test_what_stood_at_a_moment_and_just_before_it(day, just_before, shown):
    verified = [known(10, 1, 2), known(12, 3, 4), known(7, 3, 4, Q2)]
    found = restating.standing(verified, at(day), just_before=just_before)
    assert {quarter: int(numbers.numerator) for quarter, numbers in found.items()} == shown


# ---------------------------------------------------------------- how far it moved


@pytest.mark.parametrize(
    ("was", "now", "materiality", "is_material"),
    [
        ("100", "101.9999", "2", False),
        ("100", "102", "2", True),  # by just so much: "of less than 2%" would not be true of it
        ("100", "98", "2", True),
        ("100", "98.0001", "2", False),
        ("100", "100", None, True),  # without a materiality each is listed
        ("0", "1", "50", True),  # no share of nothing
        ("0", "0", "50", False),
        (None, "50", "2", True),
        ("50", None, "2", True),
        ("3", "3", "0", True),  # 0: each is listed
    ],
)
def test_what_counts_as_a_move(was, now, materiality, is_material):
    numbers = [None if number is None else Decimal(number) for number in (was, now, materiality)]
    assert restating.is_material(*numbers) is is_material


# ---------------------------------------------------------------- whether a rating became another


def codes(before, after):
    moved = restating.moved(before, after)
    return {f"Q{quarter.number}": (was.code, now.code) for quarter, (was, now) in moved.items()}


def by(before, after):
    return [f"Q{quarter.number}" for quarter in sorted(restating.that_moved_a_rating(before, after))]


def test_nothing_restated_moves_nothing():
    assert (codes(series(100, 100), series(100, 100)), by(series(100, 100), series(100, 100))) == ({}, [])


def test_a_figure_beyond_the_line_moves_its_own_rating():
    before, after = series(100, 100, aim=QUARTER), series(100, 101, aim=QUARTER)
    assert (codes(before, after), by(before, after)) == ({"Q2": ("green", "amber")}, ["Q2"])


def test_a_figure_on_the_line_moves_none():
    assert codes(series(100, 99), series(100, 100)) == {}


def test_an_early_quarter_moves_the_year_to_date_of_a_later_one():
    # 90, 190, 300 against 100, 200, 300; with 92 in Q1 the third is 302: amber, and no other.
    before, after = series(90, 100, 110), series(92, 100, 110)
    assert (codes(before, after), by(before, after)) == ({"Q3": ("green", "amber")}, ["Q1"])


def test_of_two_that_were_restated_at_once_only_the_one_that_did_it_is_named():
    # 90 to 91 and 90 to 101 against a hundred each quarter.
    before, after = series(90, 90, 90, aim=QUARTER), series(91, 101, 91, aim=QUARTER)
    assert by(before, after) == ["Q2"]


def test_two_that_did_it_only_together_are_both_named():
    # 300 in Q3; 299 + 1 + 1 is beyond, with one of them alone it is on the line.
    before, after = series(90, 100, 109), series(91, 101, 109)
    assert codes(before, after) == {"Q3": ("green", "amber")}
    assert by(before, after) == ["Q1", "Q2"]


def test_two_that_cancel_each_other_move_nothing():
    # 90 and 200 for the year to date against 100 and 200; with ten moved from Q2 into Q1 it is 100 and 200.
    before, after = series(90, 110), series(100, 100)
    assert (codes(before, after), by(before, after)) == ({}, [])


def test_three_of_which_any_two_would_have_done_it_are_all_named():
    # 398 in Q4; each adds two: one alone makes 400, on the line; two 402; three 404.
    before, after = series(90, 100, 100, 108), series(92, 102, 102, 108)
    assert codes(before, after) == {"Q4": ("green", "amber")}
    assert by(before, after) == ["Q1", "Q2", "Q3"]


def test_context_and_what_has_no_direction_have_no_rating_to_move():
    plain = Series("count", "none", "sum", figures={Q1: Numbers(Decimal(100))})
    other = Series("count", "none", "sum", figures={Q1: Numbers(Decimal(900))})
    assert restating.moved(plain, other) == {}


def test_a_share_of_nothing_loses_its_rating():
    aim = Aim("points", "quarter", Decimal(50), None, Decimal(5), None)

    def met(part, base):
        figures = {Q1: Numbers(Decimal(part), Decimal(base))}
        return Series("need_met", "higher", "pooled", figures=figures, aims={Year(2017): aim})

    assert codes(met(3, 4), met(0, 0)) == {"Q1": ("green", "unrated")}


def test_a_first_figure_replaces_nothing():
    assert restating.moved(series(100), series(100, 150)) == {}
