"""Bank holidays of England from gov.uk/bank-holidays: Good Friday 30 March and Easter Monday 2 April 2018, 7 and 28 May 2018,
25 and 26 December 2017, 1 January 2018."""

import datetime as dt

import pytest

from lib import working_days


@pytest.mark.parametrize(
    ("day", "is_working_day"),
    [
        (dt.date(2018, 3, 29), True),  # Maundy Thursday
        (dt.date(2018, 3, 30), False),  # Good Friday
        (dt.date(2018, 3, 31), False),  # a Saturday
        (dt.date(2018, 4, 2), False),  # Easter Monday, a holiday in England and not in Scotland
        (dt.date(2018, 4, 3), True),
        (dt.date(2017, 12, 26), False),
    ],
)
def test_working_days(day, is_working_day):
    assert working_days.is_working_day(day) is is_working_day


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (dt.date(2018, 3, 29), 1, dt.date(2018, 4, 3)),  # over the Easter weekend
        (dt.date(2018, 4, 3), -1, dt.date(2018, 3, 29)),
        (dt.date(2018, 5, 24), -10, dt.date(2018, 5, 10)),  # no holiday between
        (dt.date(2018, 5, 10), -4, dt.date(2018, 5, 3)),  # over the holiday of 7 May
        (dt.date(2018, 3, 31), 0, dt.date(2018, 3, 31)),  # nothing to add, even on a Saturday
        (dt.date(2017, 12, 22), 2, dt.date(2017, 12, 28)),
    ],
)
def test_adding_working_days(day, count, expected):
    assert working_days.add(day, count) == expected


@pytest.mark.parametrize(
    ("due", "today", "late"),
    [
        (dt.date(2018, 4, 27), dt.date(2018, 5, 2), 3),  # Friday to Wednesday
        (dt.date(2018, 4, 27), dt.date(2018, 4, 29), 0),  # a weekend is not late
        (dt.date(2018, 4, 27), dt.date(2018, 4, 27), 0),
        (dt.date(2018, 4, 27), dt.date(2018, 4, 20), 0),
        (dt.date(2018, 5, 4), dt.date(2018, 5, 8), 1),  # 7 May is a bank holiday
    ],
)
def test_how_late_in_working_days(due, today, late):
    assert working_days.between(due, today) == late
