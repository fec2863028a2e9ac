"""Colours: every rule, on every line and a step to each side of it, in both directions. Worked out by hand from the table in the module."""

from decimal import Decimal

import pytest

from indicators.aims import Aim
from indicators.rating import WORDS, Measured, Rating, Verdict, Why, rate, unrated

BASES = ["in the quarter", "for the year to date", "in Q3", "for the last four quarters"]


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def aim(rule: str, value=None, minimum=None, tolerance=None, **more) -> Aim:
    return Aim(rule, "quarter", number(value), number(minimum), number(tolerance), **more)


def measured(figure: str | None, when: str = "in the quarter", **more) -> Measured:
    return Measured(number(figure), when, **more)


def colour(verdict: Verdict) -> str:
    """Its first letter; "-" for none."""
    return "-" if verdict.rating == Rating.UNRATED else verdict.rating[0].upper()


# ---------------------------------------------------------------- minimum and target


@pytest.mark.parametrize("when", BASES)
@pytest.mark.parametrize(
    ("polarity", "target", "minimum", "figure", "expected"),
    [
        ("higher", "100", "80", "101", "G"),
        ("higher", "100", "80", "100", "G"),
        ("higher", "100", "80", "99.9999", "A"),
        ("higher", "100", "80", "99", "A"),
        ("higher", "100", "80", "81", "A"),
        ("higher", "100", "80", "80", "A"),
        ("higher", "100", "80", "79.9999", "R"),
        ("higher", "100", "80", "0", "R"),
        ("lower", "80", "100", "0", "G"),
        ("lower", "80", "100", "79", "G"),
        ("lower", "80", "100", "80", "G"),
        ("lower", "80", "100", "80.0001", "A"),
        ("lower", "80", "100", "99", "A"),
        ("lower", "80", "100", "100", "A"),
        ("lower", "80", "100", "100.0001", "R"),
        # One line for both: nothing is between.
        ("higher", "94", "94", "95", "G"),
        ("higher", "94", "94", "94", "G"),
        ("higher", "94", "94", "93", "R"),
        ("lower", "94", "94", "93", "G"),
        ("lower", "94", "94", "94", "G"),
        ("lower", "94", "94", "95", "R"),
        # A target of zero works as any other.
        ("lower", "0", "2", "0", "G"),
        ("lower", "0", "2", "1", "A"),
        ("lower", "0", "2", "2", "A"),
        ("lower", "0", "2", "3", "R"),
        ("higher", "0", "-5", "0", "G"),
        ("higher", "0", "-5", "-1", "A"),
        ("higher", "0", "-5", "-5", "A"),
        ("higher", "0", "-5", "-6", "R"),
        # Below zero.
        ("higher", "-200", "-210", "-200", "G"),
        ("higher", "-200", "-210", "-201", "A"),
        ("higher", "-200", "-210", "-210", "A"),
        ("higher", "-200", "-210", "-211", "R"),
        ("lower", "-210", "-200", "-210", "G"),
        ("lower", "-210", "-200", "-209", "A"),
        ("lower", "-210", "-200", "-200", "A"),
        ("lower", "-210", "-200", "-199", "R"),
    ],
)
def test_minimum_and_target(when, polarity, target, minimum, figure, expected):
    verdict = rate(aim("minimum_and_target", target, minimum), polarity, measured(figure, when))
    assert colour(verdict) == expected
    assert f" {when} is " in verdict.sentence
    assert verdict.why is None


# ---------------------------------------------------------------- tolerance


@pytest.mark.parametrize("when", BASES)
@pytest.mark.parametrize(
    ("polarity", "target", "tolerance", "figure", "expected"),
    [
        # 5% of 200 is 10
        ("higher", "200", "5", "201", "G"),
        ("higher", "200", "5", "200", "G"),
        ("higher", "200", "5", "199.9999", "A"),
        ("higher", "200", "5", "191", "A"),
        ("higher", "200", "5", "190", "A"),
        ("higher", "200", "5", "189.9999", "R"),
        ("lower", "200", "5", "199", "G"),
        ("lower", "200", "5", "200", "G"),
        ("lower", "200", "5", "200.0001", "A"),
        ("lower", "200", "5", "209", "A"),
        ("lower", "200", "5", "210", "A"),
        ("lower", "200", "5", "210.0001", "R"),
        ("higher", "60", "2.5", "58.5", "A"),  # 2.5% of 60 is 1.5
        ("higher", "60", "2.5", "58.4", "R"),
        ("lower", "60", "2.5", "61.5", "A"),
        ("lower", "60", "2.5", "61.6", "R"),
        ("higher", "40", "100", "0", "A"),  # down to 40 - 40
        ("higher", "40", "100", "-1", "R"),
        # No tolerance: no amber.
        ("higher", "200", "0", "200", "G"),
        ("higher", "200", "0", "199", "R"),
        ("lower", "200", "0", "200", "G"),
        ("lower", "200", "0", "201", "R"),
        # Per cent of zero is zero.
        ("higher", "0", "5", "1", "G"),
        ("higher", "0", "5", "0", "G"),
        ("higher", "0", "5", "-1", "R"),
        ("lower", "0", "5", "-1", "G"),
        ("lower", "0", "5", "0", "G"),
        ("lower", "0", "5", "1", "R"),
        # 5% of the size of -200 is 10, on the worse side
        ("higher", "-200", "5", "-199", "G"),
        ("higher", "-200", "5", "-200", "G"),
        ("higher", "-200", "5", "-201", "A"),
        ("higher", "-200", "5", "-210", "A"),
        ("higher", "-200", "5", "-211", "R"),
        ("lower", "-200", "5", "-201", "G"),
        ("lower", "-200", "5", "-200", "G"),
        ("lower", "-200", "5", "-199", "A"),
        ("lower", "-200", "5", "-190", "A"),
        ("lower", "-200", "5", "-189", "R"),
    ],
)
def test_tolerance_in_per_cent_of_the_target(when, polarity, target, tolerance, figure, expected):
    verdict = rate(aim("tolerance", target, tolerance=tolerance), polarity, measured(figure, when))
    assert colour(verdict) == expected
    assert f" {when} is " in verdict.sentence


@pytest.mark.parametrize("when", BASES)
@pytest.mark.parametrize(
    ("polarity", "target", "points", "figure", "expected"),
    [
        # 65 less 3 is 62: three per cent of 65 would be 1.95
        ("higher", "65", "3", "65.1", "G"),
        ("higher", "65", "3", "65", "G"),
        ("higher", "65", "3", "64.9", "A"),
        ("higher", "65", "3", "62", "A"),
        ("higher", "65", "3", "61.9", "R"),
        ("lower", "65", "3", "64.9", "G"),
        ("lower", "65", "3", "65", "G"),
        ("lower", "65", "3", "65.1", "A"),
        ("lower", "65", "3", "68", "A"),
        ("lower", "65", "3", "68.1", "R"),
        ("higher", "65", "0", "65", "G"),
        ("higher", "65", "0", "64.9", "R"),
        ("lower", "65", "0", "65", "G"),
        ("lower", "65", "0", "65.1", "R"),
        # Points work at a target of zero, per cent do not.
        ("lower", "0", "3", "0", "G"),
        ("lower", "0", "3", "3", "A"),
        ("lower", "0", "3", "3.1", "R"),
        ("higher", "2", "3", "0", "A"),
    ],
)
def test_tolerance_in_percentage_points(when, polarity, target, points, figure, expected):
    verdict = rate(aim("points", target, tolerance=points), polarity, measured(figure, when, is_share=True))
    assert colour(verdict) == expected
    assert f"% {when} is " in verdict.sentence


# ---------------------------------------------------------------- last year


@pytest.mark.parametrize("when", BASES)
@pytest.mark.parametrize(
    ("polarity", "last_year", "tolerance", "figure", "expected"),
    [
        # 10% of 200 is 20
        ("higher", "200", "10", "201", "G"),
        ("higher", "200", "10", "200", "G"),
        ("higher", "200", "10", "180", "G"),
        ("higher", "200", "10", "179.9999", "R"),
        ("lower", "200", "10", "199", "G"),
        ("lower", "200", "10", "200", "G"),
        ("lower", "200", "10", "220", "G"),
        ("lower", "200", "10", "220.0001", "R"),
        ("higher", "200", "0", "200", "G"),
        ("higher", "200", "0", "199", "R"),
        ("lower", "200", "0", "201", "R"),
        ("lower", "0", "10", "0", "G"),
        ("lower", "0", "10", "1", "R"),
        ("higher", None, "10", "200", "-"),
        ("lower", None, "10", "200", "-"),
    ],
)
def test_last_year_without_a_target_is_never_amber(when, polarity, last_year, tolerance, figure, expected):
    before = measured(last_year, "in the same quarter of last year")
    verdict = rate(aim("last_year", tolerance=tolerance), polarity, measured(figure, when), last_year=before)
    assert colour(verdict) == expected
    assert f" {when} " in verdict.sentence


@pytest.mark.parametrize("when", BASES)
@pytest.mark.parametrize(
    ("polarity", "last_year", "figure", "expected"),
    [
        # The target is 100, within tolerance down to 90 or up to 110.
        ("higher", "85", "101", "G"),
        ("higher", "85", "100", "G"),
        ("higher", "85", "90", "G"),
        ("higher", "85", "89.9999", "A"),
        ("higher", "85", "86", "A"),
        ("higher", "85", "85", "A"),
        ("higher", "85", "84.9999", "R"),
        ("higher", "95", "90", "G"),  # worse than last year, and still within tolerance
        ("higher", "95", "89", "R"),
        ("lower", "115", "99", "G"),
        ("lower", "115", "100", "G"),
        ("lower", "115", "110", "G"),
        ("lower", "115", "110.0001", "A"),
        ("lower", "115", "114", "A"),
        ("lower", "115", "115", "A"),
        ("lower", "115", "115.0001", "R"),
        ("lower", "105", "110", "G"),
        ("lower", "105", "111", "R"),
        # Not known: green stays green, the rest can't be told apart.
        ("higher", None, "100", "G"),
        ("higher", None, "90", "G"),
        ("higher", None, "89.9999", "-"),
        ("lower", None, "100", "G"),
        ("lower", None, "110", "G"),
        ("lower", None, "110.0001", "-"),
        # Known, and zero: that is a figure.
        ("higher", "0", "89", "A"),
        ("lower", "0", "111", "R"),
    ],
)
def test_last_year_with_a_target(when, polarity, last_year, figure, expected):
    before = measured(last_year, "in the same quarter of last year")
    verdict = rate(aim("last_year", "100", tolerance="10"), polarity, measured(figure, when), last_year=before)
    assert colour(verdict) == expected
    assert f" {when} is " in verdict.sentence


def test_last_year_not_handed_over_is_last_year_not_known():
    compared = aim("last_year", "100", tolerance="10")
    assert colour(rate(compared, "higher", measured("100"))) == "G"
    assert rate(compared, "higher", measured("80")).why == Why.NOT_KNOWN
    assert rate(aim("last_year", tolerance="10"), "higher", measured("80")).why == Why.NOT_KNOWN


# ---------------------------------------------------------------- no colour

RULES = [
    aim("minimum_and_target", "100", "80"),
    aim("tolerance", "100", tolerance="10"),
    aim("points", "100", tolerance="10"),
    aim("last_year", "100", tolerance="10"),
    aim("last_year", tolerance="10"),
]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("figure", ["120", "100", "85", "0"])
def test_without_a_good_direction_nothing_is_rated(rule, figure):
    verdict = rate(rule, "none", measured(figure), last_year=measured("90"))
    assert (verdict.rating, verdict.why) == (Rating.UNRATED, Why.NOT_KNOWN)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("polarity", ["higher", "lower"])
def test_without_a_figure_nothing_is_rated(rule, polarity):
    verdict = rate(rule, polarity, measured(None), last_year=measured("90"))
    assert (verdict.rating, verdict.why) == (Rating.UNRATED, Why.NOT_KNOWN)


@pytest.mark.parametrize("figure", ["120", "0", None])
@pytest.mark.parametrize("polarity", ["higher", "lower", "none"])
def test_without_a_target_it_is_data_only(figure, polarity):
    for nothing in (None, aim("none")):
        verdict = rate(nothing, polarity, measured(figure))
        assert (verdict.rating, verdict.why) == (Rating.UNRATED, Why.DATA_ONLY)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("figure", ["120", "0", None])
@pytest.mark.parametrize("polarity", ["higher", "lower", "none"])
def test_what_is_not_agreed_is_data_only(rule, figure, polarity):
    proposed = Aim(rule.rule, rule.basis, rule.value, rule.minimum, rule.tolerance, is_agreed=False)
    verdict = rate(proposed, polarity, measured(figure), last_year=measured("90"))
    assert (verdict.rating, verdict.why) == (Rating.UNRATED, Why.DATA_ONLY)


def test_a_figure_of_zero_is_a_figure():
    assert colour(rate(aim("minimum_and_target", "0", "2"), "lower", measured("0"))) == "G"
    assert colour(rate(aim("minimum_and_target", "100", "80"), "higher", measured("0", why_not="unsaid"))) == "R"


@pytest.mark.parametrize("rule", ["tolerance", "points"])
def test_a_tolerance_that_is_not_said_is_none(rule):
    assert [colour(rate(aim(rule, "65"), "higher", measured(figure))) for figure in ("65", "64.9")] == ["G", "R"]


def test_an_unknown_rule_and_a_rule_without_its_numbers_are_bugs():
    with pytest.raises(ValueError, match="^There is no rule called 'goldilocks'$"):
        rate(aim("goldilocks", "5"), "higher", measured("5"))
    with pytest.raises(ValueError, match="^The rule minimum_and_target needs a minimum$"):
        rate(aim("minimum_and_target", "5"), "higher", measured("4"))
    with pytest.raises(ValueError, match="^The rule tolerance needs a value$"):
        rate(aim("tolerance", tolerance="5"), "higher", measured("4"))


# ---------------------------------------------------------------- codes and words


@pytest.mark.parametrize(
    ("why", "code", "word"),
    [
        (Why.DATA_ONLY, "data_only", "Data only"),
        (Why.UNVERIFIED, "not_yet_verified", "Not yet verified"),
        (Why.MISSING, "missing", "Missing"),
        (Why.NOT_ASKED, "no_return", "No return"),
        (Why.NOT_KNOWN, "unrated", "Unrated"),
    ],
)
def test_why_there_is_no_colour(why, code, word):
    verdict = unrated(why, "awaiting partner")
    assert (verdict.rating, verdict.why, verdict.code, verdict.word) == (Rating.UNRATED, why, code, word)
    assert verdict.sentence == f"{word}: awaiting partner."


def test_a_reason_that_is_a_sentence_ends_once():
    assert unrated(Why.MISSING, "The survey closes on 28 February.").sentence == (
        "Missing: The survey closes on 28 February."
    )


def test_without_a_reason_the_word_stands_alone():
    assert unrated(Why.MISSING, "").sentence == "Missing."


@pytest.mark.parametrize(
    ("figure", "code", "word"), [("100", "green", "Green"), ("80", "amber", "Amber"), ("79", "red", "Red")]
)
def test_a_colour_is_its_own_code(figure, code, word):
    verdict = rate(aim("minimum_and_target", "100", "80"), "higher", measured(figure))
    assert (verdict.why, verdict.code, verdict.word) == (None, code, word)
    assert verdict.sentence.startswith(f"{word}: ")


def test_every_colour_and_every_reason_has_a_word_in_the_order_of_counting():
    assert list(WORDS) == [
        "red",
        "amber",
        "green",
        "data_only",
        "unrated",
        "not_shown",
        "not_yet_verified",
        "missing",
        "no_return",
    ]
    assert {*Rating, *Why} == {*WORDS}
