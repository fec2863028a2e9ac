"""What people type into a box for a figure. Every expected value and sentence is written by hand."""

from decimal import Decimal

import pytest

from indicators.numbers import Unreadable, check_share, parse_count, parse_percentage

REPORTS = "Domestic abuse reports"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1389", 1389),
        ("1,389", 1389),
        (" 1389 ", 1389),
        ("1 389", 1389),
        ("1\N{NO-BREAK SPACE}389", 1389),
        ("1\N{NARROW NO-BREAK SPACE}389", 1389),
        ("\t1,389\r\n", 1389),
        ("12,345,678", 12345678),
        ("0", 0),
        ("007", 7),
        ("999999999", 999999999),
    ],
)
def test_a_count_is_read_as_people_write_it(typed, number):
    read = parse_count(typed, thing=REPORTS)
    assert read == Decimal(number)
    assert isinstance(read, Decimal)


WHOLE = "Domestic abuse reports must be a whole number, like 1,561"
WRITTEN_OUT = "Domestic abuse reports must be a whole number written out in figures, like 1,561"
EXACT = "Type the exact number: small numbers are hidden in public reports, not here"
NEGATIVE = "Domestic abuse reports can’t be less than 0"
TOO_LONG = "Domestic abuse reports must have at most 9 figures: check what you typed"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1,604.5", WHOLE),
        ("1604.0", WHOLE),
        ("1.389", WHOLE),
        ("abc", WHOLE),
        ("13,89", WHOLE),
        ("1,3891", WHOLE),
        ("1 38", WHOLE),
        ("1,,389", WHOLE),
        (",389", WHOLE),
        ("1+1", WHOLE),
        ("0x10", WHOLE),
        ("1_389", WHOLE),
        ("½", WHOLE),
        ("NaN", WHOLE),
        ("Infinity", WHOLE),
        ("1561 reports", WHOLE),
        ("１３８９", "Domestic abuse reports must be typed with the figures 0 to 9, like 1,561"),  # full-width
        ("١٣٨", "Domestic abuse reports must be typed with the figures 0 to 9, like 1,561"),  # Arabic-Indic
        ("12%", "Domestic abuse reports must be a whole number without a % sign, like 1,561"),
        ("1e9", WRITTEN_OUT),
        ("1E9", WRITTEN_OUT),
        ("2m", WHOLE),
        ("-3", NEGATIVE),
        ("\N{MINUS SIGN}3", NEGATIVE),
        ("\N{EN DASH}3", NEGATIVE),
        ("- 3", NEGATIVE),
        ("-3.5", NEGATIVE),
        ("<5", EXACT),
        ("< 5", EXACT),
        ("less than 5", EXACT),
        ("Fewer than 5", EXACT),
        ("under 5", EXACT),
        (">5", EXACT),
        ("~5", EXACT),
        ("c. 5", EXACT),
        ("about 5", EXACT),
        ("1-4", EXACT),
        ("*", EXACT),
        ("1000000000", TOO_LONG),
        ("1" * 5000, TOO_LONG),
        ("", "Enter the number of domestic abuse reports"),
        ("   ", "Enter the number of domestic abuse reports"),
    ],
)
def test_what_is_no_count_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(Unreadable) as refusal:
        parse_count(typed, thing=REPORTS, like="1,561")
    assert str(refusal.value) == sentence
    assert isinstance(refusal.value, ValueError)


def test_the_example_is_a_likely_number_unless_given():
    with pytest.raises(Unreadable, match="like 1,234$"):
        parse_count("abc", thing=REPORTS)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("67.4", "67.4"),
        ("67.4%", "67.4"),
        (" 67.4 % ", "67.4"),
        ("0", "0"),
        ("100", "100"),
        ("100.0000", "100"),
        ("33.3333", "33.3333"),
        (".5", "0.5"),
    ],
)
def test_a_percentage_is_read_with_or_without_its_sign(typed, number):
    assert parse_percentage(typed, thing="The percentage") == Decimal(number)


WITH_POINT = "The percentage must be typed with a point, like 67.4: a comma only sets thousands apart"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("100.1", "The percentage can’t be more than 100"),
        ("674", "The percentage can’t be more than 100"),
        ("1e9", "The percentage must be a number from 0 to 100, like 67.4"),
        ("-1", "The percentage can’t be less than 0"),
        ("\N{MINUS SIGN}0.5", "The percentage can’t be less than 0"),
        ("67,4", WITH_POINT),
        ("67,4 %", WITH_POINT),
        ("two thirds", "The percentage must be a number from 0 to 100, like 67.4"),
        ("67.4.1", "The percentage must be a number from 0 to 100, like 67.4"),
        ("%", "The percentage must be a number from 0 to 100, like 67.4"),
        ("６７", "The percentage must be typed with the figures 0 to 9, like 67.4"),
        ("33.33333", "The percentage must have at most 4 figures after the point"),
        ("<5", "Type the exact percentage: small numbers are hidden in public reports, not here"),
        ("", "Enter the percentage"),
    ],
)
def test_what_is_no_percentage_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(Unreadable) as refusal:
        parse_percentage(typed, thing="The percentage")
    assert str(refusal.value) == sentence


def test_a_share_has_fewer_places_where_its_column_has():
    assert parse_percentage("24.05", thing="The share of Q1", places=2) == Decimal("24.05")
    with pytest.raises(Unreadable, match="The share of Q1 must have at most 2 figures after the point"):
        parse_percentage("24.055", thing="The share of Q1", places=2)


PART = "Offenders whose need was met"
BASE = "Offenders with the need"


@pytest.mark.parametrize(("part", "base"), [(0, 1), (31, 44), (44, 44)])
def test_a_part_up_to_its_whole_is_fine(part, base):
    assert check_share(Decimal(part), Decimal(base), part_name=PART, base_name=BASE) is None


def test_nobody_had_the_need_where_that_is_a_figure():
    assert check_share(Decimal(0), Decimal(0), part_name=PART, base_name=BASE, may_be_none=True) is None


def test_somebody_of_nobody_is_refused():
    with pytest.raises(Unreadable) as refusal:
        check_share(Decimal(1), Decimal(0), part_name=PART, base_name=BASE, may_be_none=True)
    assert str(refusal.value) == "Offenders whose need was met can’t be more than the 0 offenders with the need"
    assert refusal.value.box == "part"


def test_met_above_need_is_refused():
    with pytest.raises(Unreadable) as refusal:
        check_share(Decimal(45), Decimal(44), part_name=PART, base_name=BASE)
    assert str(refusal.value) == "Offenders whose need was met can’t be more than the 44 offenders with the need"
    assert refusal.value.box == "part"


@pytest.mark.parametrize("part", [0, 1])
def test_a_zero_denominator_is_refused(part):
    with pytest.raises(Unreadable) as refusal:
        check_share(Decimal(part), Decimal(0), part_name=PART, base_name=BASE)
    assert str(refusal.value) == (
        "Offenders with the need must be more than 0. If there were none, say that there is no figure this quarter"
    )
    assert refusal.value.box == "base"
