"""The sentence of every verdict, in full. Figures are Tower Hamlets' (Met Police, Violence with Injury) or made up; sums are beside them."""

from decimal import Decimal

import pytest

from indicators.aims import Aim
from indicators.rating import Measured, Verdict, Why, rate

YEAR = "for the year to date"
QUARTER = "in the quarter"
YEAR_AGO = "in the same quarter of last year"


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def aim(rule: str, value=None, minimum=None, tolerance=None, **more) -> Aim:
    return Aim(rule, "quarter", number(value), number(minimum), number(tolerance), **more)


def count(figure: str | None, when: str = QUARTER, why_not: str = "") -> Measured:
    return Measured(number(figure), when, why_not=why_not)


def share(figure: str | None, when: str = QUARTER, why_not: str = "") -> Measured:
    return Measured(number(figure), when, is_share=True, why_not=why_not)


def said(verdict: Verdict) -> str:
    return verdict.sentence


# ---------------------------------------------------------------- minimum and target


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        ("2599", "Green: 2,599 for the year to date is below the target of 2,600; good is lower."),
        ("2600", "Green: 2,600 for the year to date is on the target of 2,600; good is lower."),
        (
            "2700",
            "Amber: 2,700 for the year to date is between the minimum expectation of 2,800 and the target of 2,600; good is lower.",
        ),
        (
            "2800",
            "Amber: 2,800 for the year to date is on the minimum expectation of 2,800 and short of the target of 2,600; good is lower.",
        ),
        # 767 + 743 + 703 + 629 = 2,842
        ("2842", "Red: 2,842 for the year to date is above the minimum expectation of 2,800; good is lower."),
    ],
)
def test_minimum_and_target_lower(figure, sentence):
    assert said(rate(aim("minimum_and_target", "2600", "2800"), "lower", count(figure, YEAR))) == sentence


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        ("72", "Green: 72.0% in the quarter is above the target of 70%; good is higher."),
        ("70", "Green: 70.0% in the quarter is on the target of 70%; good is higher."),
        (
            "68.25",
            "Amber: 68.3% in the quarter is between the minimum expectation of 62.5% and the target of 70%; good is higher.",
        ),
        (
            "62.5",
            "Amber: 62.5% in the quarter is on the minimum expectation of 62.5% and short of the target of 70%; good is higher.",
        ),
        ("61", "Red: 61.0% in the quarter is below the minimum expectation of 62.5%; good is higher."),
    ],
)
def test_minimum_and_target_higher_in_per_cent(figure, sentence):
    assert said(rate(aim("minimum_and_target", "70", "62.5"), "higher", share(figure))) == sentence


# ---------------------------------------------------------------- tolerance, points


@pytest.mark.parametrize(
    ("polarity", "figure", "sentence"),
    [
        ("higher", "201", "Green: 201 in the quarter is above the target of 200; good is higher."),
        ("higher", "200", "Green: 200 in the quarter is on the target of 200; good is higher."),
        # 200 - 5% of 200 = 190
        (
            "higher",
            "190",
            "Amber: 190 in the quarter is below the target of 200, but within 5% of it, down to 190; good is higher.",
        ),
        ("higher", "189", "Red: 189 in the quarter is more than 5% below the target of 200; good is higher."),
        ("lower", "199", "Green: 199 in the quarter is below the target of 200; good is lower."),
        (
            "lower",
            "209",
            "Amber: 209 in the quarter is above the target of 200, but within 5% of it, up to 210; good is lower.",
        ),
        ("lower", "211", "Red: 211 in the quarter is more than 5% above the target of 200; good is lower."),
    ],
)
def test_tolerance(polarity, figure, sentence):
    assert said(rate(aim("tolerance", "200", tolerance="5"), polarity, count(figure))) == sentence


def test_a_limit_that_is_not_whole_is_said_to_one_decimal():
    # 65 - 2.5% of 65 = 65 - 1.625 = 63.375
    assert said(rate(aim("tolerance", "65", tolerance="2.5"), "higher", share("64"))) == (
        "Amber: 64.0% in the quarter is below the target of 65%, but within 2.5% of it, down to 63.4%; good is higher."
    )


def test_below_zero():
    # 5% of 200 = 10
    below = aim("tolerance", "-200", tolerance="5")
    assert said(rate(below, "higher", count("-205"))) == (
        "Amber: −205 in the quarter is below the target of −200, but within 5% of it, down to −210; good is higher."
    )
    assert said(rate(below, "lower", count("-189"))) == (
        "Red: −189 in the quarter is more than 5% above the target of −200; good is lower."
    )


@pytest.mark.parametrize(("target", "tolerance"), [("0", "5"), ("200", "0")])
def test_without_room_the_tolerance_is_not_mentioned(target, tolerance):
    worse = Decimal(target) + 1
    assert said(rate(aim("tolerance", target, tolerance=tolerance), "lower", Measured(worse, QUARTER))) == (
        f"Red: {worse} in the quarter is above the target of {target}; good is lower."
    )


@pytest.mark.parametrize(
    ("points", "figure", "sentence"),
    [
        ("3", "66", "Green: 66.0% in the quarter is above the target of 65%; good is higher."),
        (
            "3",
            "62",
            "Amber: 62.0% in the quarter is below the target of 65%, but within 3 percentage points of it, down to 62%; good is higher.",
        ),
        (
            "3",
            "61.9",
            "Red: 61.9% in the quarter is more than 3 percentage points below the target of 65%; good is higher.",
        ),
        (
            "1",
            "63.9",
            "Red: 63.9% in the quarter is more than 1 percentage point below the target of 65%; good is higher.",
        ),
        (
            "0.5",
            "64",
            "Red: 64.0% in the quarter is more than 0.5 percentage points below the target of 65%; good is higher.",
        ),
    ],
)
def test_points(points, figure, sentence):
    assert said(rate(aim("points", "65", tolerance=points), "higher", share(figure))) == sentence


# ---------------------------------------------------------------- last year


@pytest.mark.parametrize(
    ("polarity", "figure", "sentence"),
    [
        # 658 in 2016-17 Q4; 10% of it is 65.8: down to 592.2, up to 723.8
        ("lower", "629", "Green: 629 in the quarter is below 658 in the same quarter of last year; good is lower."),
        (
            "lower",
            "658",
            "Green: 658 in the quarter is the same as 658 in the same quarter of last year; good is lower.",
        ),
        (
            "lower",
            "700",
            "Green: 700 in the quarter is above 658 in the same quarter of last year, but within 10% of it, up to 723; good is lower.",
        ),
        (
            "lower",
            "724",
            "Red: 724 in the quarter is more than 10% above 658 in the same quarter of last year; good is lower.",
        ),
        (
            "higher",
            "593",
            "Green: 593 in the quarter is below 658 in the same quarter of last year, but within 10% of it, down to 593; good is higher.",
        ),
        (
            "higher",
            "592",
            "Red: 592 in the quarter is more than 10% below 658 in the same quarter of last year; good is higher.",
        ),
    ],
)
def test_last_year_without_a_target(polarity, figure, sentence):
    before = count("658", YEAR_AGO)
    assert said(rate(aim("last_year", tolerance="10"), polarity, count(figure), last_year=before)) == sentence


@pytest.mark.parametrize(
    ("figure", "last_year", "sentence"),
    [
        ("101", "85", "Green: 101 in the quarter is above the target of 100; good is higher."),
        ("100", "85", "Green: 100 in the quarter is on the target of 100; good is higher."),
        (
            "90",
            "85",
            "Green: 90 in the quarter is below the target of 100, but within 10% of it, down to 90; good is higher.",
        ),
        (
            "88",
            "85",
            "Amber: 88 in the quarter is more than 10% below the target of 100, but no worse than 85 in the same quarter of last year; "
            "good is higher.",
        ),
        (
            "84",
            "85",
            "Red: 84 in the quarter is more than 10% below the target of 100 and worse than 85 in the same quarter of last year; "
            "good is higher.",
        ),
        (
            "84",
            None,
            "Unrated: 84 in the quarter is more than 10% below the target of 100, and 2016-17 Q4 is missing, "
            "so it can’t be compared with last year.",
        ),
    ],
)
def test_last_year_with_a_target(figure, last_year, sentence):
    before = count(last_year, YEAR_AGO, "2016-17 Q4 is missing")
    assert said(rate(aim("last_year", "100", tolerance="10"), "higher", count(figure), last_year=before)) == sentence


def test_last_year_is_not_known():
    compared = aim("last_year", tolerance="10")
    gap = count(None, YEAR_AGO, "2016-17 Q2 is missing")
    assert said(rate(compared, "lower", count("2842", YEAR), last_year=gap)) == (
        "Unrated: 2016-17 Q2 is missing, so 2,842 for the year to date can’t be compared with last year."
    )
    assert said(rate(compared, "lower", share("67.38"))) == (
        "Unrated: last year’s figure is not known, so 67.4% in the quarter can’t be compared with last year."
    )
    assert said(rate(aim("last_year", "65", tolerance="0"), "higher", share("64.96"))) == (
        "Unrated: 64.96% in the quarter is below the target of 65%, and last year’s figure is not known, "
        "so it can’t be compared with last year."
    )


# ---------------------------------------------------------------- part of a year


def test_the_target_to_date_is_its_share_of_the_year():
    # 2,600 × 50% = 1,300; 2,800 × 50% = 1,400. 767 + 743 = 1,510
    half = aim("minimum_and_target", "2600", "2800", profile=(Decimal(25),) * 4).part(Decimal(50))

    def to_date(figure):
        return said(rate(half, "lower", count(figure, YEAR), to_date=True))

    assert to_date("1510") == (
        "Red: 1,510 for the year to date is above the minimum expectation to date of 1,400; good is lower."
    )
    assert to_date("1350") == (
        "Amber: 1,350 for the year to date is between the minimum expectation to date of 1,400 and the target to date of 1,300; "
        "good is lower."
    )
    assert to_date("1300") == "Green: 1,300 for the year to date is on the target to date of 1,300; good is lower."


def test_a_target_to_date_is_a_whole_number():
    # 130 × 72.31 / 100 = 94.003
    part = aim("tolerance", "130", tolerance="10").part(Decimal("72.31"))
    assert said(rate(part, "higher", count("100", YEAR), to_date=True)) == (
        "Green: 100 for the year to date is above the target to date of 94; good is higher."
    )


# ---------------------------------------------------------------- no colour


def test_data_only_says_the_figure():
    assert said(rate(None, "lower", count("4207"))) == "Data only: 4,207 in the quarter; no target is set."
    assert said(rate(aim("none"), "none", share("67.38", "in Q3"))) == "Data only: 67.4% in Q3; no target is set."
    assert said(rate(None, "lower", count(None))) == "Data only: no target is set."


def test_what_is_proposed_is_said():
    proposed = aim("tolerance", "62.25", tolerance="5", is_agreed=False)
    assert said(rate(proposed, "higher", share("67.38"))) == (
        "Data only: 67.4% in the quarter; a target of 62.25% is proposed and not yet agreed."
    )
    assert said(rate(proposed, "higher", share(None))) == (
        "Data only: a target of 62.25% is proposed and not yet agreed."
    )
    spread = aim("minimum_and_target", "2600", "2800", is_agreed=False).part(Decimal(50))
    assert said(rate(spread, "lower", count("1510", YEAR), to_date=True)) == (
        "Data only: 1,510 for the year to date; a target to date of 1,300 is proposed and not yet agreed."
    )
    assert said(rate(aim("last_year", tolerance="10", is_agreed=False), "lower", count("629"))) == (
        "Data only: 629 in the quarter; a comparison with last year is proposed and not yet agreed."
    )


def test_no_good_direction():
    assert said(rate(aim("tolerance", "100", tolerance="5"), "none", count("4207"))) == (
        "Unrated: no good direction is set, so neither more nor less is better."
    )


def test_a_figure_that_is_not_known_says_why():
    target = aim("minimum_and_target", "2600", "2800")
    gap = count(None, YEAR, "Q2 is missing, so the year to date is not known")
    verdict = rate(target, "lower", gap)
    assert (verdict.why, said(verdict)) == (
        Why.NOT_KNOWN,
        "Unrated: Q2 is missing, so the year to date is not known.",
    )
    assert said(rate(target, "lower", count(None))) == "Unrated: the figure is not known."
