import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.quarters import Quarter, Year

days = st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2150, 12, 31))


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (dt.date(2017, 3, 31), "2016-17 Q4"),  # the last day of a year
        (dt.date(2017, 4, 1), "2017-18 Q1"),  # and the first of the next
        (dt.date(2017, 6, 30), "2017-18 Q1"),
        (dt.date(2017, 7, 1), "2017-18 Q2"),
        (dt.date(2017, 9, 30), "2017-18 Q2"),
        (dt.date(2017, 10, 1), "2017-18 Q3"),
        (dt.date(2017, 12, 31), "2017-18 Q3"),
        (dt.date(2018, 1, 1), "2017-18 Q4"),
        (dt.date(2020, 2, 29), "2019-20 Q4"),
        (dt.date(2000, 3, 31), "1999-00 Q4"),
    ],
)
def test_a_day_is_in_its_quarter(day, quarter):
    assert str(Quarter.of(day)) == quarter


def test_q4_runs_from_january_to_march_of_the_next_calendar_year():
    q4 = Quarter.parse("2017-18-q4")
    assert (q4.start, q4.end, q4.months) == (dt.date(2018, 1, 1), dt.date(2018, 3, 31), "January to March 2018")


def test_the_last_quarter_of_a_leap_year_ends_on_31_march():
    assert Quarter(2019, 4).end == dt.date(2020, 3, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2017-18-q5",
        "2017-18-q0",
        "2017-19-q1",
        "2017-18",
        "17-18-q1",
        "2017-18-q1 ",
        "",
        "2017-18--q1",
        "٢٠١٧-18-q1",
        "0000-01-q1",
    ],
)
def test_what_is_not_a_quarter_is_refused(text):
    with pytest.raises(ValueError, match="is not a"):
        Quarter.parse(text)


@pytest.mark.parametrize("text", ["2017-18", "1999-00", "2099-00"])
def test_a_year_reads_as_it_is_written(text):
    assert str(Year.parse(text)) == text


@pytest.mark.parametrize("text", ["2017-17", "2017-2018", "2017/18", "2017-19", ""])
def test_what_is_not_a_financial_year_is_refused(text):
    with pytest.raises(ValueError, match="not a financial year"):
        Year.parse(text)


def test_slugs_sort_by_time_across_the_century():
    quarters = [Quarter(1998, 4), Quarter(1999, 1), Quarter(1999, 4), Quarter(2000, 1)]
    assert sorted(quarter.slug for quarter in quarters) == [quarter.slug for quarter in quarters]


def test_the_year_ago_of_q1_is_last_years_q1():
    assert Quarter(2017, 1).year_ago == Quarter(2016, 1)


def test_eight_quarters_back_from_q4_are_two_whole_years():
    assert Quarter(2017, 4).back_to(8) == (*Year(2016).quarters, *Year(2017).quarters)


@given(days)
def test_every_day_lies_within_its_quarter_and_its_year(day):
    quarter = Quarter.of(day)
    assert quarter.start <= day <= quarter.end
    assert quarter.year == Year.of(day)
    assert quarter in Year.of(day).quarters


@given(days, st.integers(min_value=-40, max_value=40))
def test_going_forth_and_back_arrives_where_it_began(day, steps):
    quarter = Quarter.of(day)
    assert quarter.plus(steps).plus(-steps) == quarter
    assert (quarter.plus(steps) > quarter) == (steps > 0)


@given(days)
def test_quarters_join_without_gap_or_overlap(day):
    quarter = Quarter.of(day)
    assert quarter.end + dt.timedelta(days=1) == quarter.next.start
    assert quarter.previous.end + dt.timedelta(days=1) == quarter.start


@given(days)
def test_what_is_written_reads_back(day):
    quarter = Quarter.of(day)
    assert Quarter.parse(quarter.slug) == Quarter.parse(str(quarter)) == quarter


@pytest.mark.parametrize(
    ("years", "year", "nearest"),
    [
        (["2017-18"], "2016-17", "2017-18"),
        (["2016-17", "2018-19"], "2017-18", "2016-17"),  # as near: the earlier
        (["2016-17", "2017-18"], "2017-18", "2017-18"),
        (["2012-13", "2019-20"], "2017-18", "2019-20"),
        ([], "2017-18", None),
    ],
)
def test_the_nearest_year(years, year, nearest):
    found = Year.parse(year).nearest(Year.parse(each) for each in years)
    assert (str(found) if found else None) == nearest
