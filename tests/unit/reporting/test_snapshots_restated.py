"""Which restatements a snapshot holds, which are new to those who read last quarter's pack, and which are listed."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import Indicator, Target, Withdrawal
from lib.quarters import Quarter, Year
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


# ---------------------------------------------------------------- which are listed


REVISED = {"restates": "revision", "restated_because": "Late reports"}


def targeted(indicator, value, moment, **more):
    """As many in the quarter, and not one more; good is lower unless it is said otherwise."""
    terms = {"rule": "tolerance", "basis": "quarter", "value": value, "tolerance": 5, "reason": "Agreed in May."}
    agreed = {"agreed_by": "CSP Executive", "agreed_on": dt.date(2018, 5, 1)}
    Target.objects.create(indicator=indicator, year=Year(2017), set_at=moment, **(terms | agreed | more))


def restated(plan, farida, indicator, *numbers, quarter=Q4, **said):
    """Figures one after the other, verified on 2 May, 4 May and so on."""
    return_ = data.return_(indicator, quarter)
    for place, number in enumerate(numbers):
        day = 1 + 2 * place
        more = (REVISED | said) if place else {}
        data.figure(return_, number, by=farida, recorded=at(day), verified=at(day + 1), **more)


def told(plan, day=20):
    return [
        (int(one.was.numerator), int(one.now.numerator), one.changes_rating, one.is_listed)
        for one in snapshots.take(plan, Q4, at(day)).restatements
    ]


@pytest.fixture
def indicator(plan):
    made = data.indicator(plan, polarity="lower")
    Indicator.objects.filter(pk=made.pk).update(materiality=Decimal(2))
    return made


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((100, 101), (100, 101, False, False)),  # less than 2%
        ((100, 102), (100, 102, False, True)),
        ((0, 1), (0, 1, False, True)),
    ],
)
def test_a_revision_is_listed_from_the_materiality_of_its_indicator_on(plan, farida, indicator, numbers, expected):
    restated(plan, farida, indicator, *numbers)
    assert told(plan) == [expected]


def test_a_correction_is_listed_however_small(plan, farida, indicator):
    restated(plan, farida, indicator, 100, 101, restates="correction", restated_because="A typing error")
    assert told(plan) == [(100, 101, False, True)]


def test_a_small_revision_that_changed_the_rating_is_listed(plan, farida, indicator):
    targeted(indicator, 100, at(1))
    restated(plan, farida, indicator, 100, 101)
    assert told(plan) == [(100, 101, True, True)]


def test_a_rating_goes_by_the_target_known_when_the_revision_was_verified(plan, farida, indicator):
    targeted(indicator, 100, at(4, hour=11))  # the revision was verified at ten
    restated(plan, farida, indicator, 100, 101, 102)
    assert told(plan) == [(100, 101, False, False), (101, 102, False, False)]
    assert told(plan, day=5) == [(100, 101, False, False)]


def test_a_revision_of_an_early_quarter_that_changed_a_later_rating_is_listed(plan, farida, indicator):
    shares = {f"share_q{number}": 25 for number in (1, 2, 3, 4)}
    targeted(indicator, 400, at(1), basis="year_to_date", **shares)
    q1, q2, q3, _ = Q4.year.quarters
    restated(plan, farida, indicator, 90, 91, quarter=q1)
    for quarter, number in ((q2, 100), (q3, 110)):
        data.figure(data.return_(indicator, quarter), number, by=farida, recorded=at(1), verified=at(2))
    assert told(plan) == [(90, 91, True, True)]  # 300 in Q3 became 301
    assert [one.changes_rating for one in snapshots.take(plan, q2, at(20)).restatements] == [False]


def test_a_quarter_older_than_those_shown_is_held_and_told_while_it_is_new(plan, farida, indicator):
    old = Quarter.parse("2014-15-q2")
    restated(plan, farida, indicator, 100, 150, quarter=old)
    data.figure(data.return_(indicator), 100, by=farida, recorded=at(1), verified=at(2))
    whole = snapshots.take(plan, Q4, at(20))
    assert [one.quarter for one in whole.restatements] == [one.quarter for one in whole.told_restated] == [old]
    closed = {"opens_on": dt.date(2018, 1, 2), "due_on": dt.date(2018, 1, 26), "verify_by": dt.date(2018, 2, 2)}
    RoundFactory(quarter=Q3, closes_on=dt.date(2018, 5, 4), **closed)
    later = snapshots.take(plan, Q4, at(20))
    assert (len(later.restatements), later.told_restated) == (1, ())


def test_a_figure_taken_back_was_never_restated(plan, farida, indicator):
    return_ = data.return_(indicator)
    data.figure(return_, 100, by=farida, recorded=at(1), verified=at(2))
    taken = data.figure(return_, 150, by=farida, recorded=at(3), **REVISED)
    taken_back(taken, at(5))
    (before,) = snapshots.take(plan, Q4, at(4)).indicators
    (after,) = snapshots.take(plan, Q4, at(6)).indicators
    assert (before.this.note, after.this.note) == ("A newer figure is not yet verified", "")
    assert told(plan) == []


def taken_back(figure, moment):
    Withdrawal.objects.create(figure=figure, withdrawn_by=figure.recorded_by, withdrawn_at=moment)


def test_restatements_cost_no_query_each(plan, farida, indicator):
    restated(plan, farida, indicator, 100, 101)
    with CaptureQueriesContext(connection) as few:
        snapshots.take(plan, Q4, at(20))
    for quarter in Q4.previous.back_to(12):
        restated(plan, farida, indicator, 100, 101, 102, quarter=quarter)
    with CaptureQueriesContext(connection) as many:
        assert len(snapshots.take(plan, Q4, at(20)).restatements) == 25
    assert len(few) == len(many)
