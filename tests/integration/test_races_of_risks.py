"""Two people at one body's risks at the same moment, each on a connection of their own."""

import datetime as dt

import pytest
from django.utils import timezone

from governance.actions import risks
from governance.actions.risks import Content
from governance.models import Body, Risk
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory, RiskFactory
from tests.integration.test_returns_race import at_once, one_won

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 6


@pytest.fixture
def people():
    return UserFactory(name="Sam Carrick"), UserFactory(name="Owen Tranter")


def test_two_enter_a_risk_and_no_number_is_given_twice(people):
    body = BodyFactory()
    content = Content("Because", "it may", "and then", (4, 4), (2, 3), timezone.localdate(), owner_post="Manager")

    def entering(by):
        mine = Body.objects.get(pk=body.pk)
        return lambda: risks.add(mine, content=content, now=(3, 4), by=by)

    for _ in range(ROUNDS):
        outcomes = at_once(*map(entering, people))
        assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes
    assert sorted(Risk.objects.values_list("number", flat=True)) == list(range(1, 2 * ROUNDS + 1))


def test_scored_and_closed_at_once(people):
    sam, owen = people
    day = timezone.localdate() + dt.timedelta(days=30)
    for _ in range(ROUNDS):
        risk = RiskFactory()
        mine, theirs = Risk.objects.get(pk=risk.pk), Risk.objects.get(pk=risk.pk)
        outcomes = at_once(
            lambda mine=mine: risks.score(mine, likelihood=1, impact=1, said="So", review_on=day, version=1, by=sam),
            lambda theirs=theirs: risks.close(theirs, reason="Gone", version=1, by=owen),
        )
        assert one_won(outcomes)
        risk.refresh_from_db()
        assert risk.scores.exists() != bool(risk.closed_at)
