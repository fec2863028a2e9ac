"""Money of the sample years as loaded: what it holds, and that it says so."""

from decimal import Decimal

import pytest

from cspplan.sample import loader
from governance.funding import limits
from governance.models import FundingApplication, FundingStream, Project
from indicators.models import Commentary, Figure, Indicator, Return
from lib.quarters import Quarter

pytestmark = pytest.mark.django_db

Q4 = Quarter.parse("2017-18-q4")


@pytest.fixture
def sample():
    assert loader.load_sample()


def test_spend_of_the_last_quarter_shows_every_state_and_none_is_asked_for_words(sample):
    """Six of the plan's projects and one that an application became, in the four quarters of their first year."""
    of_spend = Return.objects.filter(indicator__in=Indicator.objects.spend())
    assert of_spend.count() == 6 * 4 + 1
    states = dict(of_spend.filter(round__quarter=Q4).values_list("indicator__slug", "status"))
    assert sorted(states.values()) == ["due", "missing", "submitted", "verified", "verified", "verified", "verified"]
    assert states["spend-prison-exit-team"] == "submitted"
    assert not Commentary.objects.filter(for_return__in=of_spend, due_on__isnull=False).exists()
    was, now = Figure.objects.filter(
        for_return__indicator__slug="spend-vawg-training-and-awareness",
        for_return__round__quarter=Quarter.parse("2017-18-q2"),
    ).in_order()
    assert (was.numerator, now.numerator, now.restates) == (Decimal("9912"), Decimal("9012"), "correction")


def test_money_of_the_sample_says_so_and_exceeds_nothing(sample):
    for stream in FundingStream.objects.all():
        limits.refuse_excess(stream)
    assert FundingStream.objects.filter(is_sample=True).count() == 1
    assert Project.objects.filter(is_sample=False, has_sample_parts=True).count() == 6
    assert not FundingApplication.objects.filter(is_sample=False).exists()
    assert {one.state for one in FundingApplication.objects.all()} == set(FundingApplication.State.values)
