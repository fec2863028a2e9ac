"""Numbers as people read them: what `test_written` does not hold."""

import datetime as dt
from decimal import Decimal

import pytest

from lib import numerals, written


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], ""),
        (["A1"], "A1"),
        (["A1", "B2"], "A1 and B2"),
        (["A1", "B2", "C3"], "A1, B2 and C3"),
        (["A1", "B2", "C3", "D4"], "A1, B2, C3 and D4"),
        ((f"Q{number}" for number in (2, 3)), "Q2 and Q3"),
    ],
)
def test_lists_are_part_of_a_sentence(words, sentence):
    assert numerals.listed(words) == sentence


@pytest.mark.parametrize("nothing", [None, ""])
def test_not_known_has_no_words(nothing):
    assert [say(nothing) for say in (numerals.figure, numerals.percentage, numerals.change)] == ["", "", ""]
    assert [say(nothing, 1) for say in (numerals.figure, numerals.percentage, numerals.change)] == ["", "", ""]


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (Decimal("94.003"), 1, "94.0"),
        (Decimal("94.05"), 1, "94.1"),
        (Decimal("-94.05"), 1, "−94.1"),
        (Decimal("94.04999"), 1, "94.0"),
        (Decimal("0.05"), 1, "0.1"),
        (Decimal("999.95"), 1, "1,000.0"),
        (Decimal("1234.5"), 0, "1,235"),
        (Decimal("66.86"), 4, "66.8600"),
        (16320, 2, "16,320.00"),
        ("67.4000", None, "67.4"),
        (67.1, None, "67.1"),  # and not 67.099999999999994
        (Decimal("0.00001"), None, "0.00001"),
        (Decimal("0E-4"), None, "0"),
    ],
)
def test_figures(value, places, words):
    assert numerals.figure(value, places) == words


@pytest.mark.parametrize("nought", [Decimal("-0"), Decimal("-0.0000"), "-0.0", Decimal(0)])
def test_nobody_writes_a_minus_before_zero(nought):
    assert (numerals.figure(nought), numerals.figure(nought, 1)) == ("0", "0.0")
    assert (numerals.change(nought), numerals.change(nought, 1)) == ("0", "0.0")
    assert numerals.percentage(nought) == "0.0%"


def test_nor_before_what_rounds_to_it():
    assert numerals.figure(Decimal("-0.04"), 1) == "0.0"
    assert numerals.percentage(Decimal("-0.04")) == "0.0%"
    assert numerals.change(Decimal("-0.04"), 1) == "0.0"
    assert numerals.change(Decimal("0.04"), 1) == "0.0"


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (Decimal("0.25"), 1, "+0.3"),
        (Decimal("-0.25"), 1, "−0.3"),
        (Decimal("3.0"), None, "+3"),
        (Decimal("3"), 1, "+3.0"),
        (Decimal("-1364.5000"), None, "−1,364.5"),
    ],
)
def test_changes_carry_their_sign(value, places, words):
    assert numerals.change(value, places) == words


@pytest.mark.parametrize(("value", "places", "words"), [("66.86", 2, "66.86%"), ("1234.56", 1, "1,234.6%")])
def test_percentages_with_other_decimals(value, places, words):
    assert numerals.percentage(Decimal(value), places) == words


@pytest.mark.parametrize(
    ("amount", "in_pounds", "to_the_penny"),
    [
        (75000, "£75,000", "£75,000.00"),
        (Decimal("12345.6000"), "£12,345.60", "£12,345.60"),
        (Decimal("0.005"), "£0.01", "£0.01"),  # half up
        (Decimal("0.0049"), "£0", "£0.00"),
        (Decimal("-400000"), "−£400,000", "−£400,000.00"),
        (Decimal("-0.004"), "£0", "£0.00"),  # no minus before nothing
        (0, "£0", "£0.00"),
        (None, "", ""),
        ("", "", ""),
    ],
)
def test_amounts_of_money(amount, in_pounds, to_the_penny):
    assert (numerals.pounds(amount), numerals.pence(amount)) == (in_pounds, to_the_penny)


def test_in_words():
    said = "no one two three four five six seven eight nine ten 11"
    assert " ".join(numerals.in_words(number) for number in range(12)) == said
    assert numerals.in_words(-1) == "−1"


@pytest.mark.parametrize(
    ("day", "words"), [(dt.date(2018, 3, 31), "31 March 2018"), (dt.date(2018, 4, 1), "1 April 2018")]
)
def test_days_read_alike_in_sentences_and_on_pages(day, words):
    assert numerals.in_full(day) == written.day_year(day) == words


def test_pages_and_sentences_say_numbers_alike():
    names = ("change", "figure", "in_words", "listed", "pence", "percentage", "pounds", "MINUS")
    assert [getattr(written, name) is getattr(numerals, name) for name in names] == [True] * 8
