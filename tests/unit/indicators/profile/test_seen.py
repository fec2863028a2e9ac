"""What one reader may see of an indicator over time: verified figures for all, the rest for who may see the return."""

import pytest
from django.utils import timezone

from indicators.models import Return, Round
from tests.factories.indicators import IndicatorFactory, verified
from tests.unit.indicators.profile.world import Q1, Q2, Q3, Q4, asked, known, missing, seen_by, waiting

pytestmark = pytest.mark.django_db

AWAY = ("data_lead",)  # at another organisation


def test_a_sent_figure_is_for_who_may_see_its_return():
    indicator = IndicatorFactory()
    figure = waiting(indicator, Q4, 166)
    assert seen_by(indicator).sent(Q4) == figure
    assert seen_by(indicator, "data_lead", organisation=indicator.owner).sent(Q4) == figure
    assert seen_by(indicator, *AWAY).sent(Q4) is None


@pytest.mark.parametrize("status", ["due", "draft"])
def test_how_far_a_figure_has_come_is_told_nobody_else(status):
    indicator = IndicatorFactory()
    Return.objects.filter(pk=asked(indicator, Q4).pk).update(status=status)
    near, away = seen_by(indicator), seen_by(indicator, *AWAY)
    assert (near.state(Q4), away.state(Q4)) == ("awaited", "unverified")
    assert near.ratings()[Q4].sentence == "Missing: not sent."
    assert away.ratings()[Q4].sentence == "Not yet verified."
    assert away.series(Q4).states == {Q4: "unverified"}


def test_a_figure_that_was_sent_reads_the_same_from_away_as_one_that_was_not():
    indicator = IndicatorFactory()
    waiting(indicator, Q4, 166)
    assert seen_by(indicator, *AWAY).ratings()[Q4].sentence == "Not yet verified."
    assert seen_by(indicator).ratings()[Q4].sentence == (
        "Not yet verified: the figure was sent and waits for a second person, so it is not rated."
    )


def test_what_is_missing_with_a_reason_is_told_to_all():
    indicator = IndicatorFactory()
    missing(indicator, Q4)
    assert seen_by(indicator, *AWAY).ratings()[Q4].sentence == "Missing: source lag."


def test_a_quarter_is_a_gap_once_it_is_said_or_its_round_is_closed():
    indicator = IndicatorFactory()
    known(indicator, Q1, 140)
    missing(indicator, Q2)
    asked(indicator, Q3)
    asked(indicator, Q4)
    Round.objects.filter(quarter=Q3).update(closed_at=timezone.now())
    seen = seen_by(indicator)
    assert [seen.is_missing(quarter) for quarter in (Q1, Q2, Q3, Q4)] == [False, True, True, False]
    assert seen_by(indicator, *AWAY).is_missing(Q3) is False  # no more than "not yet verified"


def test_an_annual_measure_has_its_fourth_quarters_only():
    indicator = IndicatorFactory(frequency="annual")
    known(indicator, Q4, 7)
    missing(indicator, Q3, missing_reason="annual_measure")
    seen = seen_by(indicator)
    assert (seen.quarters, seen.name(Q4)) == ((Q4,), "2017-18")


def test_a_restatement_that_waits_leaves_what_stands():
    indicator = IndicatorFactory()
    return_ = asked(indicator, Q4)
    stands = verified(return_, 140)
    Return.objects.filter(pk=return_.pk).update(status="submitted")
    assert seen_by(indicator, *AWAY).shown(Q4) == stands
    assert seen_by(indicator, *AWAY).is_hidden(Q4) is False


def test_each_missing_quarter_gives_its_own_reason():
    indicator = IndicatorFactory()
    missing(indicator, Q3, missing_reason="awaiting_partner")
    missing(indicator, Q4)
    said = [seen_by(indicator).ratings()[quarter].sentence for quarter in (Q3, Q4)]
    assert said == ["Missing: awaiting partner.", "Missing: source lag."]
