"""Two people at one year's targets at the same moment, each on a connection of their own: one wins, the other is told, nothing is doubled."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from indicators import actions, deadlines
from indicators.models import Indicator, Return, Target
from lib.editing import Stale
from lib.quarters import Year
from tests.factories import UserFactory
from tests.factories.indicators import IndicatorFactory, RoundFactory, TargetFactory
from tests.factories.priorities import PlanFactory
from tests.integration.test_returns_race import at_once, one_won, posted_twice

# On SQLite writers queue one after the other; what a late one meets there is in the tests of the actions.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 8
LAST, THIS = Year(2016), Year(2017)
AGREED = {"agreed_by": "CSP Executive", "agreed_on": dt.date(2017, 5, 25)}
TERMS = {"rule": "tolerance", "basis": "quarter", "tolerance": Decimal(5)}


@pytest.fixture(autouse=True)
def plan():
    return PlanFactory()


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def setting(indicator, sam, value):
    """The action on a row read before either wrote."""
    mine = Indicator.objects.get(pk=indicator.pk)
    return lambda: actions.set_target(
        mine, year=THIS, value=Decimal(value), reason="Set", version=mine.version, by=sam, **TERMS
    )


def agreeing(target, sam):
    return lambda: actions.agree(THIS, ticked=[target], by=sam, **AGREED)


def test_two_set_one_target(sam):
    RoundFactory()
    for _ in range(ROUNDS):
        indicator = IndicatorFactory()
        assert one_won(at_once(setting(indicator, sam, 90), setting(indicator, sam, 80)))
        assert Target.objects.filter(indicator=indicator).count() == 1
        assert Return.objects.filter(indicator=indicator).count() == 1
        assert AuditEvent.objects.filter(subject_id=str(indicator.pk), kind="target_set").count() == 1


def test_setting_a_target_against_agreeing_the_one_before(sam):
    """What was agreed is never the new target that nobody has seen, and what is agreed last holds."""
    for _ in range(ROUNDS):
        proposal = TargetFactory(value=Decimal(100), **TERMS)
        changed, outcome = at_once(setting(proposal.indicator, sam, 90), agreeing(proposal, sam))
        holds = Target.objects.filter(indicator=proposal.indicator).latest_each().get()
        if isinstance(changed, Stale):
            assert (len(outcome.agreed), holds.is_agreed, holds.value) == (1, True, 100)
        else:
            assert isinstance(changed, Target), changed
            assert (outcome.agreed, holds.is_agreed, holds.value) == ((), False, 90)
            assert "has been changed since you opened this page" in outcome.refused[0][1]
        assert Target.objects.filter(indicator=proposal.indicator).count() == 2
        assert Indicator.objects.get(pk=proposal.indicator_id).version == 2


def test_two_agree_one_proposal(sam):
    for _ in range(ROUNDS):
        proposal = TargetFactory(value=Decimal(100), **TERMS)
        outcomes = at_once(agreeing(proposal, sam), agreeing(proposal, sam))
        assert sorted((len(one.agreed), len(one.refused)) for one in outcomes) == [(0, 1), (1, 0)]
        assert Target.objects.filter(indicator=proposal.indicator).count() == 2


def test_two_agree_the_same_proposals_ticked_in_another_order(sam):
    """Neither waits for the other for ever."""
    for _ in range(ROUNDS):
        proposals = [TargetFactory(value=Decimal(100), **TERMS) for _ in range(4)]
        outcomes = at_once(
            lambda those=proposals: actions.agree(THIS, ticked=those, by=sam, **AGREED),
            lambda those=proposals[::-1]: actions.agree(THIS, ticked=those, by=sam, **AGREED),
        )
        assert sorted(len(one.agreed) for one in outcomes) == [0, 4]


def test_two_copy_last_years_set(sam):
    for _ in range(ROUNDS):
        indicator = TargetFactory(year=LAST, value=Decimal(100), **TERMS).indicator
        outcomes = at_once(*(lambda: actions.copy_set(THIS, of=LAST, by=sam) for _ in range(2)))
        refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        assert len(refused) == 1
        assert "is in the set of 2017-18 already" in str(refused[0])
        assert Target.objects.filter(indicator=indicator, year=THIS).count() == 1


def test_copying_the_set_against_setting_one_of_its_targets(sam):
    """Either the target was there and nothing is copied over it, or it comes too late and is told."""
    for _ in range(ROUNDS):
        indicator = TargetFactory(year=LAST, value=Decimal(100), **TERMS).indicator
        mine, copied = at_once(setting(indicator, sam, 90), lambda: actions.copy_set(THIS, of=LAST, by=sam))
        rows = Target.objects.filter(indicator=indicator, year=THIS)
        if isinstance(mine, Stale):
            assert [target.value for target in rows] == [100]
        else:
            assert isinstance(mine, Target), mine
            assert isinstance(copied, ValidationError), copied
            assert [target.value for target in rows] == [90]


def test_copying_the_set_against_opening_its_quarter(sam):
    """Whichever comes first, the quarter asks for every indicator of the set."""
    TargetFactory(year=THIS)
    for quarter in THIS.quarters:
        indicator = TargetFactory(year=LAST).indicator
        dates = deadlines.from_quarter(quarter, opened_on=timezone.localdate())
        outcomes = at_once(
            lambda: actions.copy_set(THIS, of=LAST, by=sam),
            lambda quarter=quarter, dates=dates: actions.open_round(quarter, **dates, by=sam),
        )
        assert not any(isinstance(outcome, Exception) for outcome in outcomes), outcomes
        assert Return.objects.filter(indicator=indicator, round__quarter=quarter).count() == 1


def test_one_form_posted_twice_at_once_is_saved_once(sam):
    for _ in range(ROUNDS):
        indicator = IndicatorFactory()
        typed = {
            "rule": "tolerance",
            "basis": "quarter",
            "value": "90",
            "tolerance": "5",
            "reason": "Set",
            "version": "1",
        }
        answers = posted_twice(sam, reverse("indicators:target-edit", args=[indicator.slug, THIS]), typed)
        assert sorted(answer.status_code for answer in answers) == [200, 302], answers
        assert Target.objects.filter(indicator=indicator).count() == 1
