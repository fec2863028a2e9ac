"""Numbers that rounding would make look alike: the sentence of a verdict never says of two of them that one is more, and shows them the same."""

from decimal import Decimal

import pytest

from indicators.aims import Aim
from indicators.rating import Measured, Verdict, rate

YEAR = "for the year to date"
QUARTER = "in the quarter"
YEAR_AGO = "in the same quarter of last year"


def aim(rule: str, value=None, minimum=None, tolerance=None) -> Aim:
    return Aim(rule, "quarter", *(None if text is None else Decimal(text) for text in (value, minimum, tolerance)))


def count(figure: str, when: str = QUARTER) -> Measured:
    return Measured(Decimal(figure), when)


def share(figure: str, when: str = QUARTER) -> Measured:
    return Measured(Decimal(figure), when, is_share=True)


def said(verdict: Verdict) -> str:
    return verdict.sentence


@pytest.mark.parametrize(
    ("figure", "target", "start"),
    [
        ("66.86", "66.9", "Red: 66.86% in the quarter is below the target of 66.9%"),
        ("66.84", "66.9", "Red: 66.8% in the quarter is below the target of 66.9%"),
        ("66.8991", "66.9", "Red: 66.899% in the quarter is below the target of 66.9%"),
        ("64.96", "65", "Red: 64.96% in the quarter is below the target of 65%"),
        ("64.94", "65", "Red: 64.9% in the quarter is below the target of 65%"),
        ("64.99999996", "65", "Red: 64.99999996% in the quarter is below the target of 65%"),
        ("64.99996", "65", "Red: 64.99996% in the quarter is below the target of 65%"),
        ("65.04", "65", "Green: 65.04% in the quarter is above the target of 65%"),
        # A target is said as it was set, and a figure on it too.
        ("62.25", "62.25", "Green: 62.25% in the quarter is on the target of 62.25%"),
        ("62.1234", "62.1234", "Green: 62.1234% in the quarter is on the target of 62.1234%"),
        ("62.3", "62.25", "Green: 62.30% in the quarter is above the target of 62.25%"),
        ("61", "62.25", "Red: 61.0% in the quarter is below the target of 62.25%"),
        ("62.2", "62.1234", "Green: 62.2% in the quarter is above the target of 62.1234%"),
    ],
)
def test_a_share_never_looks_like_a_target_that_it_is_not_on(figure, target, start):
    verdict = rate(aim("tolerance", target, tolerance="0"), "higher", share(figure))
    assert said(verdict) == f"{start}; good is higher."


@pytest.mark.parametrize(
    ("figure", "target", "start"),
    [
        ("94.04", "94", "Green: 94.04 in the quarter is above the target of 94"),
        ("93.96", "94", "Red: 93.96 in the quarter is below the target of 94"),
        ("93.1234", "94", "Red: 93.1 in the quarter is below the target of 94"),
        ("2.25", "2.25", "Green: 2.25 in the quarter is on the target of 2.25"),
    ],
)
def test_nor_does_what_is_counted_in_parts(figure, target, start):
    verdict = rate(aim("tolerance", target, tolerance="0"), "higher", count(figure))
    assert said(verdict) == f"{start}; good is higher."


def test_between_two_lines_it_looks_like_neither():
    # 66.86 would be 66.9 like the target, 66.92 like the minimum
    assert said(rate(aim("minimum_and_target", "66.86", "66.92"), "lower", share("66.9"))) == (
        "Amber: 66.90% in the quarter is between the minimum expectation of 66.92% and the target of 66.86%; good is lower."
    )


def test_worse_than_the_tolerance_by_a_hair():
    # 65 - 10% of 65 = 58.5
    assert said(rate(aim("tolerance", "65", tolerance="10"), "higher", share("58.46"))) == (
        "Red: 58.46% in the quarter is more than 10% below the target of 65%; good is higher."
    )


def test_last_year_is_set_apart_too():
    # 66.6 / 66.64 would both be 66.6
    before = share("66.64", YEAR_AGO)
    assert said(rate(aim("last_year", tolerance="0"), "higher", share("66.6"), last_year=before)) == (
        "Red: 66.60% in the quarter is below 66.64% in the same quarter of last year; good is higher."
    )


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (Decimal(200) / 3, Decimal(400) / 6, "66.7%"),  # 100 × 2 / 3 and 100 × 4 / 6 are one number
        (Decimal("3.03125"), Decimal("3.03125"), "3.0%"),  # 97 of 3,200: five decimals are more than anybody sets
        (Decimal("3.125"), Decimal("3.125"), "3.125%"),
    ],
)
def test_the_same_as_last_year_is_said_alike(now, before, words):
    verdict = rate(
        aim("last_year", tolerance="0"),
        "higher",
        Measured(now, QUARTER, True),
        last_year=Measured(before, YEAR_AGO, True),
    )
    assert said(verdict) == (
        f"Green: {words} in the quarter is the same as {words} in the same quarter of last year; good is higher."
    )


def test_what_last_year_came_to_is_on_the_line_of_last_years_total_spread_by_its_seasons():
    # 94 of last year's 130 is 72.31%, to hundredths; 130 × 72.31 / 100 = 94.003, which is 94
    part = aim("minimum_and_target", "140", "130").part(Decimal("72.31"))
    assert said(rate(part, "higher", count("94", YEAR), to_date=True)) == (
        "Amber: 94 for the year to date is on the minimum expectation to date of 94 and short of the target to date of 101; good is higher."
    )
