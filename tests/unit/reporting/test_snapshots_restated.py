"""Which restatements are new to those who read last quarter's dashboard and pack."""

import datetime as dt

import pytest

from lib.quarters import Quarter
from reporting import snapshots
from tests.factories import reporting as data
from tests.factories.indicators import RoundFactory
from tests.factories.reporting import Q4, at

pytestmark = pytest.mark.django_db

Q3 = Quarter.parse("2017-18-q3")


@pytest.fixture
def farida():
    return data.person()


@pytest.fixture
def plan():
    return data.plan()


@pytest.mark.parametrize(
    ("closed", "is_new"), [(None, True), (dt.date(2018, 5, 7), True), (dt.date(2018, 5, 8), False), (dt.date(2018, 5, 9), False)]
)  # fmt: skip
def test_a_restatement_is_new_when_last_quarters_collection_had_closed_before(plan, farida, closed, is_new):
    return_ = data.return_(data.indicator(plan))
    data.figure(return_, 1547, by=farida, recorded=at(1), verified=at(2))
    data.figure(return_, 1588, by=farida, recorded=at(5), verified=at(8), restates="revision", restated_because="Late")
    if closed:
        RoundFactory(
            quarter=Q3,
            opens_on=dt.date(2018, 1, 2),
            due_on=dt.date(2018, 1, 26),
            verify_by=dt.date(2018, 2, 2),
            closes_on=closed,
        )
    snapshot = snapshots.take(plan, Q4, at(10))
    assert (snapshot.last_closed_on, bool(snapshot.newly_restated), len(snapshot.restatements)) == (closed, is_new, 1)
