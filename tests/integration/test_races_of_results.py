"""Counting while somebody else counts, or begins a pile of papers: nothing is counted twice, and nothing comes in unseen after."""

import pytest

from consultation import gathering
from consultation.actions import analysing, batches
from consultation.counts import Counts
from consultation.models import Batch, Consultation, Result
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ResponseFactory, whole
from tests.integration.test_returns_race import at_once, one_won

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
TIMES = 5


@pytest.fixture
def sam():
    return UserFactory(roles=["coordinator"])


def closed() -> Consultation:
    made = whole(state="closed")
    ResponseFactory.create_batch(6, channel=made.channels.get(key="web"))
    return made


def counting(consultation: Consultation, by):
    own = Consultation.objects.get(pk=consultation.pk)
    return lambda: analysing.analyse(own, version=1, by=by)


def test_two_count_at_once_and_one_result_is_kept(sam):
    for _ in range(TIMES):
        consultation = closed()
        assert one_won(at_once(counting(consultation, sam), counting(consultation, sam)))
        (result,) = Result.objects.filter(consultation=consultation)
        assert Counts.from_json(result.counts).responses == 6


def test_a_pile_is_begun_or_the_answers_are_counted_and_never_both(sam):
    for _ in range(TIMES):
        consultation = closed()
        own, paper = Consultation.objects.get(pk=consultation.pk), consultation.channels.get(key="paper")

        def begin(own=own, paper=paper):
            return batches.begin(own, channel=paper, label="A pile", kind="paper", expected=None, by=sam)

        at_once(counting(consultation, sam), begin)
        is_begun = Batch.objects.filter(consultation=consultation).exists()
        assert Result.objects.filter(consultation=consultation).exists() != is_begun


def test_a_count_so_far_is_of_one_moment(monkeypatch):
    """Answers come in while it is made: none of them is in some of its numbers and not in others."""
    consultation = whole()
    web, concern = consultation.channels.get(key="web"), consultation.concerns.get(key="concern-1")
    ResponseFactory.create_batch(6, channel=web, first=concern)
    counted = gathering.by_standing

    def by_standing(one: Consultation):
        found = counted(one)
        at_once(lambda: ResponseFactory(channel=web, first=concern))
        return found

    monkeypatch.setattr(gathering, "by_standing", by_standing)
    counts = gathering.gather(consultation)
    assert (counts.responses, sum(one.first for one in counts.concerns)) == (6, 6)


def test_what_is_counted_is_published_once(sam):
    consultation = closed()
    analysing.analyse(consultation, version=1, by=sam)

    def publishing():
        own = Consultation.objects.get(pk=consultation.pk)
        return lambda: analysing.publish(own, version=2, by=sam)

    assert one_won(at_once(publishing(), publishing()))
