"""The boundary of "within 12 months"."""

import datetime as dt

import pytest

from governance.funding import twelve_months

DAY = dt.date


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (DAY(2018, 3, 31), DAY(2019, 3, 31)),
        (DAY(2018, 4, 1), DAY(2019, 4, 1)),
        (DAY(2020, 2, 29), DAY(2021, 2, 28)),
        (DAY(2019, 2, 28), DAY(2020, 2, 28)),
    ],
)
def test_the_last_day_is_the_same_day_a_year_later(on, last):
    assert twelve_months.until(on) == last


@pytest.mark.parametrize(
    ("day", "is_within"),
    [
        (DAY(2018, 3, 30), False),  # past
        (DAY(2018, 3, 31), True),  # its last day is today
        (DAY(2019, 3, 31), True),  # exactly twelve months
        (DAY(2019, 4, 1), False),
        (None, False),  # not known
    ],
)
def test_exactly_twelve_months_is_within_and_a_day_more_is_not(day, is_within):
    assert twelve_months.holds(DAY(2018, 3, 31), day) is is_within
