"""Clear working days, counted by hand on the calendars of 2017 and 2018."""

import datetime as dt

import pytest

from governance import notice

D = dt.date


@pytest.mark.parametrize(
    ("meets_on", "clear", "expected"),
    [
        # Thursday 24 May 2018: 17, 18, 21, 22 and 23 May lie between
        (D(2018, 5, 24), 5, D(2018, 5, 16)),
        (D(2018, 5, 24), 3, D(2018, 5, 18)),
        (D(2018, 5, 24), 0, D(2018, 5, 23)),
        # Easter: Good Friday 30 March and Monday 2 April are no working days
        (D(2018, 4, 3), 5, D(2018, 3, 22)),  # 23, 26, 27, 28, 29 March
        (D(2018, 4, 3), 0, D(2018, 3, 29)),
        (D(2018, 4, 4), 5, D(2018, 3, 23)),  # 26, 27, 28, 29 March, 3 April
        (D(2018, 4, 10), 5, D(2018, 3, 29)),  # 3, 4, 5, 6, 9 April
        # 31 March and 1 April, where the year turns, on working days: Friday and Monday of 2017
        (D(2017, 3, 31), 5, D(2017, 3, 23)),  # 24, 27, 28, 29, 30 March
        (D(2017, 4, 3), 5, D(2017, 3, 24)),  # 27, 28, 29, 30, 31 March
        (D(2017, 4, 4), 1, D(2017, 3, 31)),  # 3 April
        # on days that are none: Saturday 31 March 2018, Sunday 1 April 2018 between the Easter holidays
        (D(2018, 3, 31), 1, D(2018, 3, 28)),  # 29 March
        (D(2018, 4, 1), 1, D(2018, 3, 28)),  # 29 March
        # month ends
        (D(2018, 3, 1), 5, D(2018, 2, 21)),  # 22, 23, 26, 27, 28 February
        (D(2018, 2, 28), 2, D(2018, 2, 23)),  # 26, 27 February
        (D(2018, 8, 1), 1, D(2018, 7, 30)),  # 31 July
        # May bank holidays: Mondays 7 and 28
        (D(2018, 5, 8), 5, D(2018, 4, 27)),  # 30 April, 1, 2, 3, 4 May
        (D(2018, 5, 10), 5, D(2018, 5, 1)),  # 2, 3, 4, 8, 9 May
        (D(2018, 5, 31), 5, D(2018, 5, 22)),  # 23, 24, 25, 29, 30 May
        # Christmas 2017: Monday 25, Tuesday 26 December, Monday 1 January
        (D(2017, 12, 27), 5, D(2017, 12, 15)),  # 18, 19, 20, 21, 22 December
        (D(2018, 1, 4), 5, D(2017, 12, 22)),  # 27, 28, 29 December, 2, 3 January
        (D(2017, 12, 28), 1, D(2017, 12, 22)),  # 27 December
        # a meeting on a Monday, on a Saturday, on a Sunday: Friday 11 May is the working day before the five
        (D(2018, 5, 21), 5, D(2018, 5, 11)),  # 14, 15, 16, 17, 18 May
        (D(2018, 5, 19), 5, D(2018, 5, 11)),
        (D(2018, 5, 20), 5, D(2018, 5, 11)),
    ],
)
def test_the_last_day_for_a_paper(meets_on, clear, expected):
    assert notice.deadline(meets_on, clear) == expected
    assert notice.clear_days(expected, meets_on) == clear


@pytest.mark.parametrize(
    ("published_on", "late"),
    [
        (D(2018, 5, 15), False),
        (D(2018, 5, 16), False),  # the deadline itself
        (D(2018, 5, 17), True),
        (D(2018, 5, 24), True),
        (D(2018, 5, 25), True),
    ],
)
def test_a_paper_is_late_after_the_deadline(published_on, late):
    assert notice.is_late(published_on, D(2018, 5, 24), 5) is late


@pytest.mark.parametrize(
    ("published_on", "expected"),
    [
        (D(2018, 5, 11), 5),
        (D(2018, 5, 12), 5),  # a Saturday: no day more or less is clear
        (D(2018, 5, 14), 4),
        (D(2018, 5, 18), 0),
        (D(2018, 5, 21), 0),
        (D(2018, 6, 1), 0),
    ],
)
def test_neither_the_day_of_publication_nor_the_meeting_is_counted(published_on, expected):
    assert notice.clear_days(published_on, D(2018, 5, 21)) == expected
