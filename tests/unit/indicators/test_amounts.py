"""Amounts of money: how they are typed and worded, and when one is asked about. Every expected value and sentence is written by hand."""

from decimal import Decimal

import pytest

from indicators import plausible, wording
from indicators.aggregate import Numbers
from indicators.assessment import Series
from indicators.models import Figure, Indicator
from indicators.numbers import Unreadable, parse_amount
from lib.quarters import Quarter

SPENT = "The amount spent"
Q4 = Quarter.parse("2017-18-q4")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("£12,345.67", "12345.67"),
        ("12345.67", "12345.67"),
        ("12 345.6", "12345.60"),
        ("12,345", "12345.00"),
        ("12\N{NO-BREAK SPACE}345.60", "12345.60"),
        ("1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567", "1234567.00"),
        ("1,234,567.89", "1234567.89"),
        ("£ 480", "480.00"),
        ("  £480.5\n", "480.50"),
        ("480.", "480.00"),
        ("1.", "1.00"),
        (".5", "0.50"),
        ("0", "0.00"),
        ("£0.00", "0.00"),
        ("007", "7.00"),
        ("0.29", "0.29"),  # which no float is
        ("999,999,999.99", "999999999.99"),
        ("0000000000001", "1.00"),
    ],
)
def test_an_amount_is_read_to_the_penny(typed, amount):
    read = parse_amount(typed, thing=SPENT)
    assert str(read) == amount


PLACES = "The amount spent must have at most two figures after the point: pounds and pence, like 12,345.67"
AMOUNT = "The amount spent must be an amount in pounds and pence, like 12,345.67"
FIGURES = "The amount spent must be typed with the figures 0 to 9, like 12,345.67"
POINT = "The amount spent must be typed with a point before the pence, like 12,345.67"
NEGATIVE = "The amount spent can’t be less than 0"
LONG = "The amount spent must be less than £1,000,000,000: check what you typed"
EXACT = "Type the exact amount, in pounds and pence"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter the amount spent"),
        ("   ", "Enter the amount spent"),
        ("-£3", NEGATIVE),
        ("£-3", NEGATIVE),
        ("-3", NEGATIVE),
        ("\N{MINUS SIGN}3.50", NEGATIVE),
        ("\N{EN DASH}3", NEGATIVE),
        ("£", AMOUNT),
        (".", AMOUNT),
        ("££3", AMOUNT),
        ("3£3", AMOUNT),
        ("£0.005", PLACES),
        ("12.345", PLACES),
        ("12,345.6700", PLACES),
        ("1,23", POINT),
        ("12,5", POINT),
        ("1,234,56", AMOUNT),
        ("1,2345", POINT),
        ("1.234.567", AMOUNT),
        ("12 34", AMOUNT),
        ("１２", FIGURES),
        ("١٢", FIGURES),
        ("1e5", AMOUNT),
        ("12%", AMOUNT),
        ("$12", AMOUNT),
        ("€12", AMOUNT),
        ("(12.50)", AMOUNT),
        ("NaN", AMOUNT),
        ("ten", AMOUNT),
        ("480p", "The amount spent must be in pounds and pence, like 12,345.67"),
        ("1,000,000,000", LONG),
        ("1000000000", LONG),
        ("1" * 60, LONG),
        ("about 500", EXACT),
        ("~500", EXACT),
        ("<500", EXACT),
        ("500-600", EXACT),
        ("up to £500", EXACT),
        ("c. 500", EXACT),
        ("£1.6m", "The amount spent must be written out in full: type 1,600,000"),
        ("1.6 million", "The amount spent must be written out in full: type 1,600,000"),
        ("480k", "The amount spent must be written out in full: type 480,000"),
        ("£480 K", "The amount spent must be written out in full: type 480,000"),
        ("1.2345m", "The amount spent must be written out in full: type 1,234,500"),
        ("1.23456k", "The amount spent must be written out in full: type 1,234.56"),
        ("2 thousand", "The amount spent must be written out in full: type 2,000"),
        ("2bn", LONG),  # typed in full it would be refused as well
    ],
)
def test_what_is_no_amount_is_refused_with_what_to_type(typed, sentence):
    with pytest.raises(Unreadable) as refusal:
        parse_amount(typed, thing=SPENT)
    assert str(refusal.value) == sentence


def amount(text: str) -> Figure:
    return Figure(numerator=Decimal(text), is_amount=True)


@pytest.mark.parametrize(
    ("held", "said"),
    [("12345.6700", "£12,345.67"), ("12345.6000", "£12,345.60"), ("0.0000", "£0.00"), ("75000", "£75,000.00")],
)
def test_an_amount_is_worded_in_pounds_and_pence(held, said):
    assert wording.value(amount(held)) == said


@pytest.mark.parametrize(
    ("now", "was", "said"),
    [
        ("1500.50", "1400.25", "+£100.25"),
        ("1400.25", "1500.50", "−£100.25"),
        ("0.01", "0", "+£0.01"),
        ("5.0000", "5", "no change"),
    ],
)
def test_a_difference_of_amounts(now, was, said):
    assert wording.difference(amount(now), amount(was)) == said


@pytest.mark.parametrize(
    ("name", "said"), [("Spend: Prison Exit Team", "Prison Exit Team"), ("Prison Exit Team", "Prison Exit Team")]
)
def test_what_a_sum_is_for(name, said):
    assert wording.spent_on(Indicator(name=name)) == said


def of_amounts(last=None, year_ago=None) -> Series:
    held = {Q4.previous: last, Q4.year_ago: year_ago}
    figures = {quarter: Numbers(Decimal(number)) for quarter, number in held.items() if number is not None}
    return Series("amount", "none", "sum", figures=figures)


def asked(now: str, **held: str) -> plausible.Doubt | None:
    return plausible.doubt(of_amounts(**held), Q4, Numbers(Decimal(now)))


@pytest.mark.parametrize(
    ("last", "now", "said"),
    [
        (None, "12345.67", None),  # nothing to hold it against
        ("12345.67", "1234567", "£1,234,567.00 is 100 times last quarter’s £12,345.67. Is that right?"),
        ("12345.60", "123456", "£123,456.00 is ten times last quarter’s £12,345.60. Is that right?"),
        ("12345.60", "1234.56", "£1,234.56 is a tenth of last quarter’s £12,345.60. Is that right?"),
        ("1234567", "12345.67", "£12,345.67 is less than a tenth of last quarter’s £1,234,567.00. Is that right?"),
        ("1000", "8000", "£8,000.00 is eight times last quarter’s £1,000.00. Is that right?"),
        ("1000", "7999.99", None),
        ("8000", "1000.01", None),
        ("20000", "60000", None),  # a grant paid at once is nothing to ask about
        ("20", "180", None),  # nine times, and £160
        ("100", "1100", "£1,100.00 is 11 times last quarter’s £100.00. Is that right?"),  # by £1,000 exactly
        ("100", "1099.99", None),
        ("0", "50000", None),  # how a project begins
        ("0", "0", None),
        ("50000", "0", "£0.00 follows last quarter’s £50,000.00. Is that right?"),
        ("0.01", "0", "£0.00 follows last quarter’s £0.01. Is that right?"),
    ],
)
def test_only_slips_and_nothing_after_something_are_asked_about(last, now, said):
    found = asked(now, last=last)
    assert (found and found.question) == said


def test_what_a_year_ago_was_alike_goes_unasked():
    assert asked("123456", last="12345.60", year_ago="118000") is None
    assert asked("0", last="12345.60", year_ago="0") is None
    assert asked("123456", last="12345.60", year_ago="11000") is not None


@pytest.mark.parametrize(
    ("last", "now", "hint"),
    [
        ("12345.60", "123456", "Check that no digit has slipped in."),
        ("123456", "12345.60", "Check that no digit was left out."),
        ("12345.67", "1234567", "Check where the point before the pence is."),
        ("1234567", "12345.67", "Check where the point before the pence is."),
        ("1000", "30000", ""),
        ("1000", "0", "If the amount is not known, say that there is no figure this quarter instead."),
    ],
)
def test_what_may_be_wrong_with_it(last, now, hint):
    assert asked(now, last=last).hint == hint


def test_a_restatement_is_held_against_what_it_replaces():
    found = plausible.doubt(of_amounts("900"), Q4, Numbers(Decimal("123456")), replaced=Numbers(Decimal("12345.60")))
    assert found.question == "£123,456.00 is ten times the verified £12,345.60. Is that right?"
    assert plausible.doubt(of_amounts("900"), Q4, Numbers(Decimal(1000)), replaced=Numbers(Decimal(1100))) is None


def test_an_answer_counts_for_that_very_amount():
    assert asked("123456", last="12345.60").value == "£123,456.00"
    assert plausible.value(Numbers(Decimal("123456.0000")), is_amount=True) == "£123,456.00"
    assert plausible.value(Numbers(Decimal(123456))) == "123,456"
