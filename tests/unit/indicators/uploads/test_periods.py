"""Quarters, months and days as people write them."""

import datetime as dt

import pytest

from indicators.uploads import periods
from lib.quarters import Quarter

Q4 = Quarter(2017, 4)


@pytest.mark.parametrize(
    "said",
    [
        "2017-18 Q4",
        "2017-18-q4",
        "2017/18 Q4",
        "2017–18 q4",
        "2017-2018 Q4",
        "Q4 2017-18",
        "q4  2017/18",
        "Qtr 4 2017-18",
        "Quarter 4, 2017-18",
        "Q4 (2017-18)",
        "January to March 2018",
        "Jan-Mar 2018",
    ],
)
def test_one_quarter_in_many_ways(said):
    assert periods.quarter(said) == Q4


@pytest.mark.parametrize(
    "said",
    [
        "Q4 2018",
        "2018 Q4",
        "Q5 2017-18",
        "2017-19 Q4",
        "2017-18",
        "Feb to Apr 2018",
        "Mar-Jan 2018",
        "",
        "Q4",
        "1999-98 Q1",
    ],
)
def test_what_may_be_either_of_two_or_none_is_no_quarter(said):
    assert periods.quarter(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "Jan 2018",
        "January 2018",
        "JAN-18",
        "Jan '18",
        "2018-01",
        "201801",
        "2018/01",
        "01/2018",
        "1/2018",
        "01/01/2018",
        "31/01/2018",
        "2018-01-01",
        "31 January 2018",
    ],
)
def test_one_month_in_many_ways(said):
    assert periods.month(said) == dt.date(2018, 1, 1)


@pytest.mark.parametrize(
    "said", ["2018-13", "201813", "00/2018", "Ja 2018", "Janvier 2018", "2018", "18-01-01-01", "Mayo 2018", "0000-01"]
)
def test_what_is_no_month(said):
    assert periods.month(said) is None


def test_sept_is_september():
    assert periods.month("Sept 2017") == dt.date(2017, 9, 1)


@pytest.mark.parametrize(
    "said",
    [
        "25/04/2018",
        "25/4/18",
        "25.04.2018",
        "25-04-2018",
        "2018-04-25",
        "25 April 2018",
        "25th Apr 2018",
        "Wednesday, 25 April 2018",
        "25-Apr-18",
    ],
)
def test_one_day_in_many_ways(said):
    assert periods.day(said) == dt.date(2018, 4, 25)


def test_days_are_written_day_first():
    assert periods.day("04/05/2018") == dt.date(2018, 5, 4)


@pytest.mark.parametrize(
    "said", ["04/25/2018", "31/04/2018", "29/02/2018", "0/1/2018", "25 Aprilis 2018", "April 25 2018", "25/04/0018", ""]
)
def test_american_order_and_days_that_are_none_are_not_read(said):
    assert periods.day(said) is None


@pytest.mark.parametrize(
    ("year", "part", "found"),
    [
        ("2017-18", "Q1", Quarter(2017, 1)),
        ("2017/18", "Quarter 4", Quarter(2017, 4)),
        ("FY 2017-18", "4", Quarter(2017, 4)),
        ("2017-18", "April", dt.date(2017, 4, 1)),
        ("2017-18", "Dec", dt.date(2017, 12, 1)),
        ("2017-18", "Mar", dt.date(2018, 3, 1)),
        ("2017-18", "Total", None),
        ("2017-19", "Q1", None),
        ("2017", "Q1", None),
        ("2017-18", "Q5", None),
    ],
)
def test_a_part_under_its_financial_year(year, part, found):
    assert periods.in_year(year, part) == found
