"""A revision of several quarters over two connections: all of it goes one way, or none of it does."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from indicators import actions
from indicators.models import Figure, Return, Revision, SendBack, Verification
from indicators.revisable import Revised
from tests.factories import UserFactory
from tests.factories.indicators import Q4, IndicatorFactory, ReturnFactory, RoundFactory, verified
from tests.integration.test_returns_race import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

QUARTERS = Q4.back_to(6)
WHY = "The source was checked at the year’s end"
CORRECTED = {"restates": "correction", "restated_because": "A typing error"}


@pytest.fixture
def people():
    return [UserFactory(roles=["coordinator"]) for _ in range(2)]


@pytest.fixture
def farida():
    return UserFactory(roles=["data_lead"])


@pytest.fixture
def rounds():
    return [RoundFactory(quarter=quarter) for quarter in QUARTERS]


def series(rounds):
    """The newest quarter was asked for first, so that the order of the rows is not that of time."""
    made = IndicatorFactory()
    for round_ in reversed(rounds):
        verified(ReturnFactory(indicator=made, round=round_), 100)
    return made


def returns_of(indicator):
    return list(Return.objects.filter(indicator=indicator).select_related("round", "indicator"))


def revised(indicator, farida, number=101):
    changes = [Revised(one, one.version, Decimal(number)) for one in returns_of(indicator)]
    return actions.revise(indicator, changes=changes, reason=WHY, supplied_by=farida, by=farida)


def counts(indicator):
    own = {"figure__for_return__indicator": indicator}
    return Verification.objects.filter(**own).count() - len(QUARTERS), SendBack.objects.filter(**own).count()


def statuses(indicator):
    return set(Return.objects.filter(indicator=indicator).values_list("status", flat=True))


def refusals(outcomes):
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(outcome, ValidationError) for outcome in refused), refused
    return [" ".join(outcome.messages) for outcome in refused]


def back(revision, by):
    return actions.send_back_revision(revision, comment="Why?", due_again_on=timezone.localdate(), by=by)


def test_two_verify_it_at_once(rounds, people, farida):
    for _ in range(ROUNDS):
        indicator = series(rounds)
        revision = revised(indicator, farida)
        both = [(Revision.objects.get(pk=revision.pk), person) for person in people]
        outcomes = at_once(*(lambda one=one, by=by: actions.verify_revision(one, by=by) for one, by in both))
        assert refusals(outcomes) == ["This revision is verified already. If a figure is wrong, restate it."]
        assert (counts(indicator), statuses(indicator)) == ((6, 0), {"verified"})
        assert Verification.objects.filter(figure__revision=revision).values("verified_by").distinct().count() == 1


def test_verifying_it_against_sending_it_back(rounds, people, farida):
    for _ in range(ROUNDS):
        indicator = series(rounds)
        revision = revised(indicator, farida)
        outcomes = at_once(
            lambda one=revision: actions.verify_revision(one, by=people[0]),
            lambda one=revision: back(one, people[1]),
        )
        assert len(refusals(outcomes)) == 1
        assert (counts(indicator), statuses(indicator)) in (((6, 0), {"verified"}), ((0, 6), {"sent_back"}))


def test_verifying_it_against_a_newer_figure_of_one_quarter(rounds, people, farida):
    """Either all of it is verified and then restated again, or the newer figure is not in what is verified."""
    for _ in range(ROUNDS):
        indicator = series(rounds)
        revision = revised(indicator, farida)
        one = returns_of(indicator)[0]
        outcomes = at_once(
            lambda revision=revision: actions.verify_revision(revision, by=people[0]),
            lambda one=one: actions.submit(
                one, version=one.version, numerator=Decimal(150), supplied_by=farida, by=farida, **CORRECTED
            ),
        )
        refused = refusals(outcomes)
        newer = Figure.objects.filter(for_return=one, numerator=150)
        assert not newer.verified().exists()
        if refused:  # the figure came too late: it was given for what had been there before
            assert not newer.exists() and counts(indicator) == (6, 0)
        else:
            assert newer.exists() and counts(indicator) == (5, 0)


def test_two_revisions_of_one_series_at_once(rounds, farida):
    for _ in range(ROUNDS):
        indicator = series(rounds)
        outcomes = at_once(lambda of=indicator: revised(of, farida, 101), lambda of=indicator: revised(of, farida, 102))
        assert len(refusals(outcomes)) <= 1  # one after the other, both are taken
        last = Figure.objects.filter(for_return__indicator=indicator).latest_each()
        assert len(set(last.values_list("revision", flat=True))) == 1  # never half of one and half of the other


def test_a_revision_against_verifying_the_one_before(rounds, people, farida):
    """They take the same returns, in the same order: nobody waits for each other."""
    for _ in range(ROUNDS):
        indicator = series(rounds)
        first = revised(indicator, farida)
        outcomes = at_once(
            lambda first=first: actions.verify_revision(first, by=people[0]),
            lambda of=indicator: revised(of, farida, 102),
        )
        assert len(refusals(outcomes)) <= 1
        assert counts(indicator)[0] in (0, 6)
