"""Two people at one pile at the same moment, each on a connection of their own."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from consultation import asked
from consultation.actions import batches, papers, papers_codes
from consultation.actions.papers import Paper
from consultation.answers import Given
from consultation.models import Batch, Code, Consultation, MonitoringCount, Response
from lib.editing import Stale
from tests.factories.accounts import UserFactory
from tests.factories.consultations import NOON, BatchFactory, CodeFactory, whole
from tests.integration.test_returns_race import at_once, one_won

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 6


@pytest.fixture
def people():
    return UserFactory(name="Sam Carrick"), UserFactory(name="Owen Tranter")


@pytest.fixture
def batch():
    return BatchFactory(channel=whole().channels.get(key="paper"))


def keying(batch, by, *, token=None, code="", age=1):
    """One paper, as somebody who has just opened the page keys it."""
    held = Batch.objects.select_related("consultation", "channel").get(pk=batch.pk)
    form = asked.read(held.consultation)
    question = form.question("age")
    given = Given((form.ranked.options[0].pk,), {question.pk: (question.options[age - 1].pk,)})
    paper = Paper(given, token or uuid.uuid4(), code)
    return lambda: papers.key(held, form=form, paper=paper, on=NOON.date(), at=NOON, by=by)


def refusals(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def test_two_key_papers_and_each_is_counted_once(batch, people):
    for _ in range(ROUNDS):
        outcomes = at_once(*(keying(batch, by, age=age) for by in people for age in (1, 2)))
        assert not refusals(outcomes), outcomes
    assert batches.entered(batch) == 4 * ROUNDS
    answered = MonitoringCount.objects.get(batch=batch, option=None)
    assert answered.count == 4 * ROUNDS
    assert set(MonitoringCount.objects.exclude(option=None).values_list("count", flat=True)) == {2 * ROUNDS}


def test_one_form_sent_twice_at_once(batch, people):
    for round_ in range(1, ROUNDS + 1):
        token = uuid.uuid4()
        outcomes = at_once(*(keying(batch, people[0], token=token) for _ in range(4)))
        assert not refusals(outcomes), outcomes
        assert len({outcome.pk for outcome in outcomes}) == 1
        assert batches.entered(batch) == round_
    assert MonitoringCount.objects.get(batch=batch, option=None).count == ROUNDS


def test_one_code_on_two_papers_at_once(batch, people):
    for round_ in range(ROUNDS):
        code = CodeFactory(consultation=batch.consultation)
        outcomes = at_once(*(keying(batch, by, code=code.value) for by in people))
        (refused,) = refusals(outcomes)
        assert "has been used already" in refused.message_dict["code"][0]
        assert batches.entered(batch) == round_ + 1


@pytest.mark.parametrize("ending", ["finished", "undone", "analysed"])
def test_a_paper_is_in_the_pile_before_it_ends_or_is_told(people, ending):
    sam, owen = people
    for _ in range(ROUNDS):
        batch = BatchFactory(channel=whole().channels.get(key="paper"))
        theirs = Batch.objects.select_related("consultation").get(pk=batch.pk)
        endings = {
            "finished": lambda theirs=theirs: batches.finish(theirs, version=1, by=owen),
            "undone": lambda theirs=theirs: batches.undo(theirs, because="Twice", version=1, by=owen),
            "analysed": lambda pk=batch.consultation_id: Consultation.objects.filter(pk=pk).update(state="analysed"),
        }
        keyed, ended = at_once(keying(batch, sam), endings[ending])
        assert not isinstance(ended, Exception), ended
        held = Response.objects.filter(batch=batch)
        if isinstance(keyed, Exception):
            assert isinstance(keyed, ValidationError) and not held.exists()
        else:
            assert held.get().standing == ("undone" if ending == "undone" else "counted")
        if ending == "undone":
            assert not MonitoringCount.objects.filter(batch=batch).exists()


def test_one_paper_is_taken_out_twice_at_once(batch, people):
    form = asked.read(batch.consultation)
    age = form.question("age")
    said = {age.pk: (age.options[0].pk,)}
    keying(batch, people[0])()  # another one, of the same age
    for _ in range(ROUNDS):
        paper = keying(batch, people[0])()

        def out(by, pk=paper.pk):
            mine = Response.objects.select_related("batch__consultation").get(pk=pk)
            return lambda: papers.take_out(mine, form=form, monitoring=said, by=by)

        (refused,) = refusals(at_once(*map(out, people)))
        assert "taken out already" in refused.messages[0]
        assert MonitoringCount.objects.get(batch=batch, option=None).count == 1


def test_finished_and_undone_at_once(people):
    sam, owen = people
    for _ in range(ROUNDS):
        batch = BatchFactory(channel=whole().channels.get(key="paper"))
        mine, theirs = (Batch.objects.select_related("consultation").get(pk=batch.pk) for _ in range(2))
        outcomes = at_once(
            lambda mine=mine: batches.finish(mine, version=1, by=sam),
            lambda theirs=theirs: batches.undo(theirs, because="Twice", version=1, by=owen),
        )
        assert one_won(outcomes)
        assert isinstance(refusals(outcomes)[0], Stale)


def test_two_make_codes_under_one_name(people):
    consultation = whole()

    def making(by):
        mine = Consultation.objects.get(pk=consultation.pk)
        return lambda: papers_codes.make(mine, series="Letters", count=50, by=by)

    (refused,) = refusals(at_once(*map(making, people)))
    assert "already" in refused.message_dict["series"][0]
    assert Code.objects.count() == 50
