"""Two people at one consultation at the same moment, each on a connection of their own."""

import datetime as dt

import pytest

from accounts import audit
from consultation.actions import running, setting_up, setting_up_questions
from consultation.models import Consultation, Question
from tests.factories.accounts import UserFactory
from tests.factories.consultations import CLOSES_ON, NOON, ConsultationFactory, whole
from tests.integration.test_returns_race import at_once, one_won

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 6
TODAY = dt.date(2018, 7, 2)


@pytest.fixture
def people():
    return UserFactory(name="Sam Carrick"), UserFactory(name="Lena Fox")


def test_two_open_it_and_one_wins(people):
    for _ in range(ROUNDS):
        draft = whole(draft=True)

        def opening(by, pk=draft.pk):
            mine = Consultation.objects.get(pk=pk)
            return lambda: running.open_(mine, version=1, at=NOON, on=TODAY, by=by)

        assert one_won(at_once(*map(opening, people)))
        draft.refresh_from_db()
        assert (draft.state, draft.version) == ("open", 2) and audit.history(draft).count() == 1


def test_opened_while_a_question_is_removed_never_without_saying_so(people):
    """Whichever is first: nothing is opened that somebody is still changing, and nothing is changed that is open."""
    sam, lena = people
    for _ in range(ROUNDS):
        draft = whole(draft=True)
        mine, question = Consultation.objects.get(pk=draft.pk), draft.questions.get(key="words")
        outcomes = at_once(
            lambda mine=mine: running.open_(mine, version=1, at=NOON, on=TODAY, by=sam),
            lambda question=question: setting_up_questions.remove_question(question, version=1, by=lena),
        )
        assert one_won(outcomes)
        draft.refresh_from_db()
        is_there = Question.objects.filter(pk=question.pk).exists()
        assert (draft.state == "open") == is_there


def test_given_longer_while_midnight_closes_it(people):
    sam, _ = people
    after = CLOSES_ON + dt.timedelta(days=1)
    for _ in range(ROUNDS):
        consultation = ConsultationFactory()
        mine = Consultation.objects.get(pk=consultation.pk)
        outcomes = at_once(
            lambda mine=mine: running.extend(mine, closes_on=after, reason="So", version=1, on=after, by=sam),
            lambda: running.close_those_over(at=NOON, on=after, by=None),
        )
        consultation.refresh_from_db()
        told = (isinstance(outcomes[0], Exception), outcomes[1], consultation.state, consultation.closes_on)
        assert told in ((False, 0, "open", after), (True, 1, "closed", CLOSES_ON)), outcomes


def test_begun_twice_at_once_it_is_there_once(people):
    for number in range(ROUNDS):

        def beginning(by, number=number):
            return lambda: setting_up.add(f"What comes first in {number}?", plan=None, by=by)

        refused = [outcome for outcome in at_once(*map(beginning, people)) if isinstance(outcome, Exception)]
        assert [outcome.message_dict for outcome in refused] == [{"title": [setting_up.BEGUN]}]
    assert Consultation.objects.count() == ROUNDS
