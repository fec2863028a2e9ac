"""Rows as a series: which figure stands, what is aimed at, by what it is read, and what that costs."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators import over_time
from indicators.aggregate import Numbers
from indicators.models import Return
from lib.quarters import Quarter, Year
from tests.factories import UserFactory
from tests.factories.indicators import (
    DatedNoteFactory,
    DefinitionFactory,
    IndicatorFactory,
    RebaseFactory,
    ReturnFactory,
    RoundFactory,
    TargetFactory,
    sent,
    verified,
)

pytestmark = pytest.mark.django_db

Q1, Q2, Q3 = Quarter(2017, 1), Quarter(2017, 2), Quarter(2017, 3)


def asked(indicator, quarter):
    return ReturnFactory(indicator=indicator, round=RoundFactory(quarter=quarter))


def targeted(indicator, year=2017, **fields):
    """150 a quarter at most, 160 at the minimum; good is lower."""
    terms = {"rule": "minimum_and_target", "basis": "quarter", "value": Decimal(150), "minimum": Decimal(160)}
    agreed = {"agreed_by": "CSP Executive", "agreed_on": dt.date(2017, 5, 25)}
    return TargetFactory(indicator=indicator, year=Year(year), **(terms | agreed | fields))


def count(number):
    return Numbers(Decimal(number))


class TestWhichFigureStands:
    def test_the_latest_verified_one_stands_and_a_sent_one_does_not(self):
        indicator = IndicatorFactory()
        verified(asked(indicator, Q1), 140)
        sent(asked(indicator, Q2), 170)
        found = over_time.gather(indicator)
        assert (found.latest, found.latest_verified) == (Q2, Q1)
        made = found.series(Q2)
        assert (made.figures, made.states) == ({Q1: count(140)}, {Q2: "unverified"})

    def test_a_sent_one_counts_for_who_explains_it(self):
        indicator = IndicatorFactory()
        targeted(indicator)
        sent(asked(indicator, Q2), 170)
        found = over_time.gather(indicator)
        assert found.assess(Q2).verdict.code == "not_yet_verified"
        assert found.assess(Q2, counting_sent=True).verdict.sentence == (
            "Red: 170 in the quarter is above the minimum expectation of 160; good is lower."
        )

    def test_a_restatement_that_waits_counts_for_who_explains_it_alone(self):
        indicator = IndicatorFactory()
        return_ = asked(indicator, Q2)
        verified(return_, 140)
        sent(return_, 170, restates="correction", restated_because="Counted twice.")
        found = over_time.gather(indicator)
        assert found.series(Q2).figures[Q2] == count(140)
        assert found.series(Q2, counting_sent=True).figures[Q2] == count(170)

    def test_what_was_sent_back_does_not_count(self):
        indicator = IndicatorFactory()
        return_ = asked(indicator, Q2)
        sent(return_, 170)
        Return.objects.filter(pk=return_.pk).update(status=Return.Status.SENT_BACK)
        made = over_time.gather(indicator).series(Q2, counting_sent=True)
        assert (made.figures, made.states, made.reason) == ({}, {Q2: "awaited"}, "sent back")

    @pytest.mark.parametrize(
        ("fields", "state", "reason"),
        [
            ({"status": "due"}, "awaited", "not sent"),
            ({"status": "draft"}, "awaited", "not sent"),
            (
                {"status": "missing", "missing_reason": "awaiting_partner", "missing_at": timezone.now()},
                "missing",
                "awaiting partner",
            ),
        ],
    )
    def test_why_there_is_none(self, fields, state, reason):
        indicator = IndicatorFactory()
        Return.objects.filter(pk=asked(indicator, Q1).pk).update(**fields)
        made = over_time.gather(indicator).series(Q1)
        assert (made.states[Q1], made.reason) == (state, reason)

    def test_later_quarters_are_left_out(self):
        indicator = IndicatorFactory()
        for quarter, number in ((Q1, 140), (Q2, 150), (Q3, 160)):
            verified(asked(indicator, quarter), number)
        assert set(over_time.gather(indicator).series(Q2).figures) == {Q1, Q2}

    def test_an_indicator_nobody_has_asked_for_has_nothing(self):
        found = over_time.gather(IndicatorFactory())
        assert (found.latest, found.latest_verified, found.ratings()) == (None, None, {})


class TestWhatItIsReadBy:
    def test_the_target_set_last_holds(self):
        indicator = IndicatorFactory()
        targeted(indicator, set_at=timezone.now() - dt.timedelta(days=2))
        targeted(indicator, value=Decimal(130), minimum=Decimal(135), set_at=timezone.now())
        verified(asked(indicator, Q1), 140)
        assert over_time.gather(indicator).assess(Q1).verdict.code == "red"

    def test_context_is_never_rated(self):
        indicator = IndicatorFactory(family="context")
        targeted(indicator)
        verified(asked(indicator, Q1), 140)
        assert over_time.gather(indicator).assess(Q1).verdict.code == "data_only"

    def test_breaks_fresh_starts_and_notes_that_stand(self):
        indicator = IndicatorFactory()
        DefinitionFactory(indicator=indicator)
        DefinitionFactory(indicator=indicator, starts=Q2, breaks_series=True, break_reason="Counted anew.")
        RebaseFactory(indicator=indicator, starts=Q3)
        taken_back = {"withdrawn_by": UserFactory(), "withdrawn_at": timezone.now()}
        RebaseFactory(indicator=indicator, starts=Q1, **taken_back)
        note = DatedNoteFactory(indicator=indicator)
        DatedNoteFactory(indicator=indicator, **taken_back)
        found = over_time.gather(indicator)
        made = found.series(Q3)
        assert (made.breaks, made.rebases, found.basis.notes) == ((Q2,), (Q3,), (note,))
        assert found.series(Q2).rebases == ()

    def test_another_indicators_rows_stay_its_own(self):
        one, other = IndicatorFactory(), IndicatorFactory()
        targeted(other)
        DefinitionFactory(indicator=other, breaks_series=True, break_reason="Counted anew.")
        round_ = RoundFactory(quarter=Q1)
        verified(ReturnFactory(indicator=one, round=round_), 140)
        verified(ReturnFactory(indicator=other, round=round_), 9)
        made = over_time.gather(one).series(Q1)
        assert (made.figures, made.breaks, made.aims) == ({Q1: count(140)}, (), {})
        assert over_time.verified([one, other]) == {one.pk: {Q1: count(140)}, other.pk: {Q1: count(9)}}


def test_the_rating_of_every_quarter_is_the_one_that_its_assessment_finds():
    indicator = IndicatorFactory()
    targeted(indicator)
    for quarter, number in ((Q1, 140), (Q2, 155)):
        verified(asked(indicator, quarter), number)
    missing = {"status": "missing", "missing_reason": "source_lag", "missing_at": timezone.now()}
    Return.objects.filter(pk=asked(indicator, Q3).pk).update(**missing)
    found = over_time.gather(indicator)
    assert [verdict.code for verdict in found.ratings().values()] == ["green", "amber", "missing"]
    assert found.ratings() == {quarter: found.assess(quarter).verdict for quarter in (Q1, Q2, Q3)}
    assert found.ratings()[Q3].sentence == "Missing: source lag."


def test_eighty_quarters_cost_no_more_queries_than_eight():
    indicator, costs = IndicatorFactory(), []
    for quarters in (Quarter(2017, 4).back_to(8), Quarter(2015, 4).back_to(72)):
        for quarter in quarters:
            verified(asked(indicator, quarter), 140)
        with CaptureQueriesContext(connection) as captured:
            found = over_time.gather(indicator)
            found.ratings()
        costs.append(len(captured))
    assert len(found.quarters) == 80
    assert costs == [6, 6]


@pytest.mark.parametrize(
    ("status", "counts"), [("submitted", 155), ("sent_back", 140), ("verified", 140)], ids=["sent", "back", "verified"]
)
def test_for_a_list_the_same_figure_counts_as_for_one(status, counts):
    indicator = IndicatorFactory()
    return_ = asked(indicator, Q1)
    verified(return_, 140)
    sent(return_, 155)
    Return.objects.filter(pk=return_.pk).update(status=status)
    assert over_time.verified([indicator])[indicator.pk] == {Q1: count(140)}
    assert over_time.sent([indicator])[indicator.pk] == {Q1: count(counts)}
    assert over_time.gather(indicator).series(Q1, counting_sent=True).figures == {Q1: count(counts)}
