"""The day for which figures are asked as they were known: what is taken, and what is told."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from lib.known_on import UNREADABLE, KnownOnForm

TODAY = dt.date(2018, 6, 20)


def asked(text):
    return KnownOnForm({"known_on": text}, today=TODAY)


def told(form):
    return [] if form.is_valid() else form.errors["known_on"]


def test_without_it_a_page_shows_what_is_known_now():
    form = KnownOnForm({"q": "zebra"}, today=TODAY)
    assert (form.is_refused, form.day, form.moment, form.query) == (False, None, None, "")


@pytest.mark.parametrize("text", ["", "2018-06-20"])
def test_nothing_and_today_are_now(text):
    form = asked(text)
    assert (form.is_refused, form.day, form.moment, form.query) == (False, None, None, "")


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2018-05-01", dt.datetime(2018, 5, 1, 22, 59, 59, 999999, tzinfo=dt.UTC)),  # summer time
        ("2018-03-24", dt.datetime(2018, 3, 24, 23, 59, 59, 999999, tzinfo=dt.UTC)),
        ("2018-03-25", dt.datetime(2018, 3, 25, 22, 59, 59, 999999, tzinfo=dt.UTC)),  # the clocks go forward
        ("2017-10-29", dt.datetime(2017, 10, 29, 23, 59, 59, 999999, tzinfo=dt.UTC)),  # and back
        ("2018-06-19", dt.datetime(2018, 6, 19, 22, 59, 59, 999999, tzinfo=dt.UTC)),
    ],
)
def test_a_day_counts_to_its_end_in_london(text, end):
    form = asked(text)
    assert form.moment == end
    assert form.moment.astimezone(ZoneInfo("Europe/London")).date() == form.day
    assert form.query == f"?known_on={text}"


def test_tomorrow_has_not_come_yet():
    assert told(asked("2018-06-21")) == ["21 June 2018 has not come yet. Choose a day up to today, 20 June 2018"]


@pytest.mark.parametrize(
    "text", ["yesterday", "05/13/2018", "1 Mai 2018", "31 June 2018", "2018-02-30", "2018-5", "0001-01-01", "1899-12-31", "2018-05-01T10:00", "\x00", "²018-05-01"]
)  # fmt: skip
def test_what_is_no_day_is_told(text):
    form = asked(text)
    assert told(form) == [UNREADABLE]
    assert (form.day, form.moment, form.query) == (None, None, "")


@pytest.mark.parametrize("text", ["2018-05-01", "1 May 2018", "01 may 2018", " 1/5/2018 ", "1 MAY 2018"])
def test_however_it_is_written_it_is_the_same_day_and_address(text):
    assert (asked(text).day, asked(text).query) == (dt.date(2018, 5, 1), "?known_on=2018-05-01")


def test_the_first_year_is_taken():
    assert asked("1900-01-01").day == dt.date(1900, 1, 1)
