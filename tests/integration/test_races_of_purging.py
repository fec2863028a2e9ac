"""Two removals at the same moment, and one while somebody moves its day or counts anew, each on a connection of its own."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts import audit
from consultation.actions import disclosures, purging, quotes
from consultation.models import Comment, Consultation, Disclosure, Quote, Response
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ChannelFactory, CommentFactory, ConsultationFactory, ResultFactory
from tests.integration.test_returns_race import at_once

# On SQLite writers queue one after the other; what a late one meets there is in the tests of the action.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 6
DAY = dt.date(2019, 2, 12)
AT = dt.datetime(2019, 2, 12, 1, 20, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    monkeypatch.setattr(purging, "CHUNK", 3)


def analysed(responses=20):
    consultation = ConsultationFactory(state="analysed")
    channel = ChannelFactory(consultation=consultation)
    made = Response.objects.bulk_create(
        Response(consultation=consultation, channel=channel, received_on=dt.date(2018, 7, 2)) for _ in range(responses)
    )
    CommentFactory(response=made[0])
    ResultFactory(consultation=consultation)
    return consultation


def run():
    return purging.purge_due(on=DAY, at=AT)


def test_three_runs_at_once_remove_each_response_once_and_end_it_once():
    for _ in range(ROUNDS):
        consultation = analysed()
        outcomes = at_once(run, run, run)
        assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes
        assert sum(one.removed for outcome in outcomes for one in outcome) == 20
        assert not consultation.responses.exists()
        consultation.refresh_from_db()
        assert consultation.purged_at == AT
        kinds = sorted(audit.history(consultation).values_list("kind", flat=True))
        assert kinds == ["purge_begun", "responses_purged"]


@pytest.mark.parametrize("what", ["quoted", "raised"])
def test_a_comment_is_taken_up_or_removed_and_neither_ends_in_a_fault(what):
    sam = UserFactory(name="Sam Carrick")
    for _ in range(ROUNDS):
        consultation = analysed(3)
        comment = Comment.objects.select_related("response").get(response__consultation=consultation)
        acts = {
            "quoted": lambda it=comment: quotes.choose(it, text=it.text, harmless=(), by=sam),
            "raised": lambda it=comment: disclosures.raise_(it, by=sam),
        }
        # One step by itself: a run would swallow the fault and go on.
        purge = lambda it=consultation: purging.purge_some(it, on=DAY, at=AT, by=None)  # noqa: E731
        done, removed = at_once(acts[what], purge)
        assert isinstance(done, Quote | Disclosure | ValidationError), done
        assert isinstance(removed, int | ValidationError), (
            removed
        )  # what was raised waits for somebody, and so does the removal


def test_a_day_is_moved_or_the_removal_begins_and_never_both():
    sam = UserFactory(name="Sam Carrick")
    for _ in range(ROUNDS):
        consultation = analysed()
        mine = Consultation.objects.get(pk=consultation.pk)

        def move(mine=mine):
            return purging.change_day(
                mine, purge_on=DAY + dt.timedelta(days=30), reason="Longer", version=mine.version, on=DAY, by=sam
            )

        moved, _ = at_once(move, run)
        consultation.refresh_from_db()
        if isinstance(moved, Exception):
            assert isinstance(moved, ValidationError), moved
            assert (consultation.purge_on, consultation.responses.count()) == (DAY, 0)
        else:
            assert (consultation.purge_begun_at, consultation.responses.count()) == (None, 20)
