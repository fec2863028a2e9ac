"""How many quarters of a project’s spend are in, and what a sum of them leaves out, in words."""

from decimal import Decimal

import pytest

from governance.funding.spending import Spent, how_many, left_out
from lib.quarters import Quarter

Q1, Q2, Q3, Q4 = Quarter.parse("2017-18-q1").year.quarters
AMOUNT = Decimal("1.00")


def known(quarter: Quarter) -> Spent:
    return Spent(quarter, AMOUNT)


def awaited(quarter: Quarter) -> Spent:
    return Spent(quarter, None, is_awaited=True)


def to_come(quarter: Quarter) -> Spent:
    return Spent(quarter, None, is_awaited=True, is_opened=False)


@pytest.mark.parametrize(
    ("spent", "words"),
    [
        ((), ""),
        ((known(Q1),), "The one quarter asked for is in."),
        ((awaited(Q1),), "Of the one quarter asked for, none is in."),
        ((known(Q1), known(Q2)), "Both quarters asked for are in."),
        ((known(Q1), known(Q2), awaited(Q3)), "Of three quarters asked for, two are in."),
        ((known(Q1), awaited(Q2)), "Of two quarters asked for, one is in."),
        ((Spent(Q1, None), known(Q2)), "The one quarter asked for is in."),  # Q1 is settled as not collected
        ((Spent(Q1, Decimal("0.00")), awaited(Q2)), "Of two quarters asked for, one is in."),  # £0 is an amount
        ((to_come(Q1),), "One is over and not asked for yet."),
        (
            (known(Q1), to_come(Q2), to_come(Q3)),
            "The one quarter asked for is in. Two are over and not asked for yet.",
        ),
    ],
)
def test_how_many_are_in(spent, words):
    assert how_many(spent) == words


@pytest.mark.parametrize(
    ("lacks", "of_year", "words"),
    [
        ((), True, ""),
        ((Q4,), True, "without Q4"),
        ((Q4, Q3), True, "without Q3 and Q4"),
        ((Q4.next,), True, ""),  # of another year
        ((Q4.next, Q4), False, "without 2017-18 Q4 and 2018-19 Q1"),
        ((Q1, Q2, Q3, Q4), True, "without Q1, Q2, Q3 and Q4"),
        ((Q1, Q2, Q3, Q4, Q4.next), False, "without five quarters"),
    ],
)
def test_what_a_sum_leaves_out(lacks, of_year, words):
    assert left_out(lacks, Q1.year if of_year else None) == words
