"""Two people at what one committee asks at the same moment, each on a connection of their own."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from governance.actions import scrutiny as actions
from governance.models import Body, Recommendation, RecommendationRecipient
from tests.factories import UserFactory
from tests.factories.governance import BodyFactory
from tests.factories.governing import RecommendationFactory
from tests.integration.test_returns_race import at_once, one_won

# On SQLite writers queue one after the other; what a late one meets there is in the tests of the actions.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 8


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def recording(committee, sam):
    told = {"kind": "recommendation", "text": "By ward", "meeting": None, "owner": None, "owner_post": "Coordinator"}
    days = {"made_on": dt.date(2018, 5, 2), "sent_on": dt.date(2018, 5, 4)}
    return lambda: actions.record(committee, **told, **days, sent_to=[], others=["MOPAC"], by=sam)


def answering(one, sam, answer):
    mine = Recommendation.objects.get(pk=one.pk)
    told = {"outcome": "accepted", "answered_by": "CSP", "answered_on": dt.date(2018, 5, 22)}
    after = {"follow_up_on": None, "closes": False, "version": mine.version}
    return lambda: actions.answer(mine, answer=answer, **told, **after, by=sam)


def adding(one, sam):
    return lambda: actions.send_copies(one, sent_to=[], others=["MOPAC"], sent_on=dt.date(2018, 5, 4), by=sam)


def test_two_record_a_request_of_one_committee(sam):
    """Each has a number of its own, without a gap."""
    committee = BodyFactory(kind=Body.Kind.SCRUTINY)
    for number in range(ROUNDS):
        outcomes = at_once(recording(committee, sam), recording(committee, sam))
        assert sorted(one.number for one in outcomes) == [2 * number + 1, 2 * number + 2], outcomes


def test_two_answer_one_request(sam):
    """One answer is on the record, and it is the one that the record tells of."""
    for _ in range(ROUNDS):
        one = RecommendationFactory()
        assert one_won(at_once(answering(one, sam, "Yes"), answering(one, sam, "No")))
        event = AuditEvent.objects.get(subject_id=str(one.pk), kind="recommendation_answered")
        assert Recommendation.objects.get(pk=one.pk).answer == event.comment


def test_two_add_the_same_name_to_the_list(sam):
    for _ in range(ROUNDS):
        one = RecommendationFactory()
        outcomes = at_once(adding(one, sam), adding(one, sam))
        refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        assert [type(outcome) for outcome in refused] == [ValidationError], outcomes
        assert RecommendationRecipient.objects.filter(recommendation=one).count() == 1
