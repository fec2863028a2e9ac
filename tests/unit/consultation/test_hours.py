"""Open to midnight, London time, at the end of the last day, in summer time and out of it; and an hour more for who had begun."""

import datetime as dt

import pytest

from consultation.hours import Stand, ends_at, stand
from consultation.models import Consultation

SUMMER = dt.datetime(2018, 8, 12, 23, tzinfo=dt.UTC)  # midnight in London after 12 August
WINTER = dt.datetime(2018, 11, 1, 0, tzinfo=dt.UTC)  # and after 31 October, four days after the clocks went back
BEFORE = dt.timedelta(microseconds=1)


def consultation(closes_on: dt.date = dt.date(2018, 8, 12), **fields: object) -> Consultation:
    return Consultation(**{"state": "open", "opens_on": dt.date(2018, 6, 10), "closes_on": closes_on, **fields})


@pytest.mark.parametrize(
    ("closes_on", "midnight"),
    [
        (dt.date(2018, 8, 12), SUMMER),
        (dt.date(2018, 10, 31), WINTER),
        (dt.date(2018, 10, 28), dt.datetime(2018, 10, 29, 0, tzinfo=dt.UTC)),  # a day of 25 hours
        (dt.date(2018, 12, 31), dt.datetime(2019, 1, 1, 0, tzinfo=dt.UTC)),
    ],
)
def test_it_is_open_to_the_last_instant_of_its_last_day(closes_on: dt.date, midnight: dt.datetime):
    one = consultation(closes_on)
    assert ends_at(one) == midnight
    assert stand(one, midnight - BEFORE) == Stand.OPEN
    assert stand(one, midnight) == Stand.OVER


def test_it_opens_at_midnight_in_london():
    opening = dt.datetime(2018, 6, 9, 23, tzinfo=dt.UTC)
    assert stand(consultation(), opening - BEFORE) == Stand.COMING
    assert stand(consultation(), opening) == Stand.OPEN


@pytest.mark.parametrize(
    ("began_at", "now", "found"),
    [
        (SUMMER - BEFORE, SUMMER, Stand.LATE),
        (SUMMER - BEFORE, SUMMER + dt.timedelta(hours=1) - BEFORE, Stand.LATE),
        (SUMMER - BEFORE, SUMMER + dt.timedelta(hours=1), Stand.OVER),
        (SUMMER, SUMMER, Stand.OVER),  # not begun in time
    ],
)
@pytest.mark.parametrize("state", ["open", "closed"])
def test_who_had_begun_has_an_hour(began_at: dt.datetime, now: dt.datetime, found: Stand, state: str):
    assert stand(consultation(state=state), now, began_at) == found


def test_closed_by_hand_the_hour_counts_from_then():
    closed_at = dt.datetime(2018, 7, 2, 11, tzinfo=dt.UTC)
    one = consultation(state="closed", closed_at=closed_at)
    assert stand(one, closed_at, closed_at - BEFORE) == Stand.LATE
    assert stand(one, closed_at + dt.timedelta(hours=1), closed_at - BEFORE) == Stand.OVER
    assert stand(one, closed_at) == Stand.OVER


def test_closed_by_the_clock_it_ended_at_midnight():
    one = consultation(state="closed", closed_at=SUMMER + dt.timedelta(minutes=5))
    assert ends_at(one) == SUMMER


@pytest.mark.parametrize("state", ["analysed", "published"])
def test_what_has_been_counted_takes_nothing_more(state: str):
    assert stand(consultation(state=state), SUMMER, SUMMER - BEFORE) == Stand.OVER


def test_published_totals_without_days_are_over():
    one = Consultation(state="published", opens_on=None, closes_on=None)
    assert (ends_at(one), stand(one, SUMMER, SUMMER)) == (None, Stand.OVER)
