import uuid

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from consultation import asked
from consultation.actions import batches, papers
from consultation.actions.papers import Paper, SentBefore
from consultation.answers import Given
from consultation.models import Batch, Code, Comment, MonitoringCount, Response
from lib.editing import Stale
from tests.factories.accounts import UserFactory
from tests.factories.consultations import NOON, BatchFactory, CodeFactory, ConsultationFactory, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def batch():
    return BatchFactory(channel=whole().channels.get(key="paper"), label="Whitechapel", expected=2)


@pytest.fixture
def form(batch):
    return asked.read(batch.consultation)


@pytest.fixture
def key(batch, form, sam):
    def keying(token=None, code="", language="en", **given):
        paper = Paper(Given(**given), token or uuid.uuid4(), code, language)
        return papers.key(batch, form=form, paper=paper, on=NOON.date(), at=NOON, by=sam)

    return keying


def concern(form, number):
    return form.ranked.options[number - 1].pk


def option(form, key, number):
    question = form.question(key)
    return {question.pk: (question.options[number - 1].pk,)}


def test_a_paper_is_counted_in_its_pile_and_by_its_channel(batch, form, key):
    words = form.question("words")
    key(
        choices=(concern(form, 3), concern(form, 1)),
        options=option(form, "safe", 1) | option(form, "age", 2),
        texts={words.pk: "More light"},
        language="bn",
    )
    response = Response.objects.get()
    assert (response.batch, response.channel.key, response.standing) == (batch, "paper", "counted")
    assert (response.language, response.received_on) == ("bn", NOON.date())
    assert response.choices == (concern(form, 3), concern(form, 1))
    assert Comment.objects.get().text == "More light"
    assert MonitoringCount.objects.filter(batch=batch, count=1).count() == 2  # that it was answered, and what


def test_an_empty_paper_is_counted(batch, key):
    key()
    assert batches.entered(batch) == 1


def test_the_same_form_sent_twice_counts_once(form, key):
    token, given = uuid.uuid4(), {"choices": (concern(form, 1),), "options": option(form, "age", 1)}
    assert key(token, **given) == key(token, **given)
    assert Response.objects.count() == 1
    assert set(MonitoringCount.objects.values_list("count", flat=True)) == {1}


def test_a_form_that_was_saved_and_comes_with_other_answers_is_refused(form, key):
    token = uuid.uuid4()
    key(token, choices=(concern(form, 1),))
    for other in (
        {"choices": (concern(form, 2),)},
        {"choices": (concern(form, 1),), "options": option(form, "safe", 1)},
        {"choices": (concern(form, 1),), "texts": {form.ranked.pk: "Noise"}},
    ):
        with pytest.raises(SentBefore):
            key(token, **other)
    assert Response.objects.get().choices == (concern(form, 1),)


def test_a_code_is_used_once(batch, form, key):
    code = CodeFactory(consultation=batch.consultation, value="AB22222P")
    key(code="AB22222P")
    code.refresh_from_db()
    assert (code.used_on, code.batch) == (NOON.date(), batch)
    with pytest.raises(ValidationError) as refused:
        key(code="AB22222P", choices=(concern(form, 1),))
    assert "has been used already" in refused.value.message_dict["code"][0]
    assert Response.objects.count() == 1
    key(choices=(concern(form, 1),))  # without the code
    assert Response.objects.count() == 2


def test_a_code_that_was_never_made(key):
    with pytest.raises(ValidationError) as refused:
        key(code="AB22222P")
    assert list(refused.value.message_dict) == ["code"]
    assert not Response.objects.exists()


def test_answers_that_cannot_be_counted_are_told_by_the_question(form, key):
    with pytest.raises(ValidationError) as refused:
        key(choices=(None, concern(form, 1)))
    assert list(refused.value.message_dict) == ["concerns"]


def test_nothing_is_keyed_into_a_pile_that_is_finished(batch, form, key, sam):
    batches.finish(Batch.objects.get(pk=batch.pk), version=1, counted=True, by=sam)
    with pytest.raises(ValidationError, match="Sam Carrick said that all of “Whitechapel” is entered"):
        key(choices=(concern(form, 1),))


def test_nothing_is_keyed_into_what_has_been_analysed(batch, form, key):
    type(batch.consultation).objects.update(state="analysed")
    with pytest.raises(ValidationError, match="This one is analysed: nothing was added to it"):
        key(choices=(concern(form, 1),))
    assert not Response.objects.exists()


def test_taken_out_it_is_counted_no_more_and_what_is_typed_again_is_taken_off(batch, form, key, sam):
    CodeFactory(consultation=batch.consultation, value="AB22222P")
    wrong = key(code="AB22222P", options=option(form, "age", 1))
    key(options=option(form, "age", 1))
    papers.take_out(wrong, form=form, monitoring=option(form, "age", 1), code="AB22222P", by=sam)
    assert Response.objects.get(pk=wrong.pk).standing == "undone"
    assert batches.entered(batch) == 1
    assert set(MonitoringCount.objects.values_list("count", flat=True)) == {1}
    assert Code.objects.get().used_on is None
    assert AuditEvent.objects.get(kind="paper_taken_out").actor == sam


@pytest.mark.parametrize("said", ["age", "code"])
def test_nothing_is_taken_off_that_no_paper_of_the_pile_said(batch, form, key, sam, said):
    CodeFactory(consultation=batch.consultation, value="AB22222P")  # of somebody who answers on the web
    paper = key(options=option(form, "age", 1))
    typed = {"monitoring": option(form, "age", 2)} if said == "age" else {"monitoring": {}, "code": "AB22222P"}
    with pytest.raises(ValidationError) as refused:
        papers.take_out(paper, form=form, by=sam, **typed)
    assert list(refused.value.message_dict) == [said]
    assert Response.objects.get().standing == "counted"
    assert set(MonitoringCount.objects.values_list("count", flat=True)) == {1}


def test_taken_out_once_and_only_while_the_pile_is_entered(batch, form, key, sam):
    paper, other = key(), key()
    papers.take_out(paper, form=form, monitoring={}, by=sam)
    with pytest.raises(ValidationError, match="taken out already"):
        papers.take_out(paper, form=form, monitoring={}, by=sam)
    batches.finish(Batch.objects.get(pk=batch.pk), version=1, counted=True, by=sam)
    with pytest.raises(ValidationError, match="is entered"):
        papers.take_out(other, form=form, monitoring={}, by=sam)


def test_where_papers_are_handed_in_is_said_while_it_is_open(sam):
    consultation = ConsultationFactory(state="open")
    papers.say_where(consultation, hand_in=" At any\nlibrary. ", version=1, by=sam)
    consultation.refresh_from_db()
    assert (consultation.hand_in, consultation.version) == ("At any library.", 2)
    papers.say_where(consultation, hand_in="At any library.", version=2, by=sam)  # says nothing new
    assert AuditEvent.objects.filter(kind="hand_in_changed").count() == 1
    with pytest.raises(Stale):
        papers.say_where(consultation, hand_in="Elsewhere", version=1, by=sam)
    with pytest.raises(ValidationError, match="300 characters"):
        papers.say_where(consultation, hand_in="x" * 301, version=2, by=sam)
