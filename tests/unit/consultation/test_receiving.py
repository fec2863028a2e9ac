"""Taking in answers: each response whole or not at all, each form once, and nothing in it that says who."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultation import asked
from consultation.actions import receiving
from consultation.actions.receiving import Came, Row
from consultation.answers import Given
from consultation.asked import Asked
from consultation.models import AddressSeen, Answer, Code, Comment, Consultation, MonitoringCount, Response
from tests.factories.consultations import NOON, AddressSeenFactory, BatchFactory, CodeFactory, whole

pytestmark = pytest.mark.django_db
DAY = dt.date(2018, 7, 2)


@pytest.fixture
def form() -> Asked:
    return asked.read(whole())


def receive(form: Asked, given: Given | None = None, **told: object) -> Response:
    told = {"token": uuid.uuid4(), "at": NOON, "on": DAY, "by": None, **told}
    channel = form.consultation.channels.get(key="web")
    return receiving.receive(form, given=given or Given(), channel=channel, **told)


def ids(form: Asked, key: str) -> tuple[int, ...]:
    return tuple(option.pk for option in form.question(key).options)


def full(form: Asked) -> Given:
    """Drugs, gangs, something else; safe; lives and works here; light in parks and streets; trusts 3; words; 25 to 64."""
    drugs, _, gangs, _, _, other = ids(form, "concerns")
    return Given(
        choices=(drugs, gangs, other),
        options={
            form.question("safe").pk: ids(form, "safe")[:1],
            form.question("connection").pk: ids(form, "connection")[:2],
            form.question("lighting").pk: ids(form, "lighting")[:2],
            form.question("trust").pk: ids(form, "trust")[2:3],
            form.question("age").pk: ids(form, "age")[1:2],
        },
        texts={form.question("words").pk: " More light 🦉 \n", form.question("concerns").pk: "Mopeds"},
    )


def test_a_form_is_written_whole(form):
    response = receive(form, full(form))
    drugs, _, gangs, _, _, other = ids(form, "concerns")
    assert response.choices == (drugs, gangs, other)
    assert (response.standing, response.received_on, response.language) == ("counted", DAY, "en")
    assert sorted(response.answers.values_list("option__text", flat=True)) == [
        "3",
        "Agree",
        "I live here",
        "I work here",
        "Parks",
        "Streets",
    ]
    assert dict(response.comments.values_list("question__key", "text")) == {
        "concerns": "Mopeds",
        "words": "More light 🦉",
    }


def test_equality_monitoring_is_counted_and_stands_in_no_response(form):
    receive(form, full(form))
    receive(form, full(form))
    counted = dict(MonitoringCount.objects.values_list("option__text", "count"))
    assert counted == {None: 2, "25 to 64": 2}
    assert not Answer.objects.filter(question__role="monitoring").exists()


def test_an_empty_form_is_a_response_that_answered_nothing(form):
    response = receive(form)
    assert response.choices == ()
    assert (response.answers.count(), response.comments.count(), MonitoringCount.objects.count()) == (0, 0, 0)


def test_a_form_sent_twice_counts_once(form):
    token = uuid.uuid4()
    CodeFactory(consultation=form.consultation, value="ABCD2345")
    told = {"token": token, "code": "ABCD2345", "came": Came(digest="d" * 64)}
    first, again = receive(form, full(form), **told), receive(form, full(form), **told)
    assert first == again
    assert (Response.objects.count(), Comment.objects.count(), AddressSeen.objects.count()) == (1, 2, 1)
    assert MonitoringCount.objects.get(option=None).count == 1


def test_what_is_at_fault_is_refused_whole(form):
    drugs = ids(form, "concerns")[0]
    with pytest.raises(ValidationError) as refused:
        receive(form, Given(choices=(drugs, drugs), texts={form.question("words").pk: "x" * 10_000}))
    assert refused.value.message_dict == {
        "concerns": ["The same concern is chosen twice. Choose another, or leave one place empty."],
        "words": ["Write 2,000 characters or fewer: this has 10,000."],
    }
    assert not Response.objects.exists()


def test_the_concern_of_another_consultation_is_refused(form):
    elsewhere = asked.read(whole())
    with pytest.raises(ValidationError, match="Choose from the concerns on this page"):
        receive(form, Given(choices=ids(elsewhere, "concerns")[:1]))
    with pytest.raises(ValidationError, match="a question that is not asked here"):
        receive(form, Given(options={elsewhere.question("safe").pk: ids(elsewhere, "safe")[:1]}))


# ---------------------------------------------------------------- codes


def test_a_code_is_used_once_and_says_nothing_of_the_response(form):
    code = CodeFactory(consultation=form.consultation, value="ABCD2345")
    receive(form, code="ABCD2345")
    code.refresh_from_db()
    assert (code.used_on, code.batch) == (DAY, None)
    with pytest.raises(ValidationError) as refused:
        receive(form, full(form), code="ABCD2345")
    assert refused.value.message_dict == {
        "code": ["This code has been used already, and each counts once. Leave the code out to answer without it."]
    }
    assert (Response.objects.count(), Comment.objects.count(), MonitoringCount.objects.count()) == (1, 0, 0)


def test_a_code_nobody_printed_is_refused(form):
    CodeFactory(value="ABCD2345")  # of another consultation
    with pytest.raises(ValidationError, match="There is no such code"):
        receive(form, code="ABCD2345")
    assert not Code.objects.filter(used_on__isnull=False).exists()
    assert not Response.objects.exists()


# ---------------------------------------------------------------- how it came


@pytest.mark.parametrize(
    ("came", "standing"),
    [
        (Came(), "counted"),
        (Came(was_fast=True), "counted"),
        (Came(filled_the_trap=True), "held"),
        (Came(is_late=True), "late"),
        (Came(is_late=True, filled_the_trap=True), "late"),
    ],
)
def test_how_it_came_says_whether_it_counts(form, came: Came, standing: str):
    response = receive(form, full(form), came=came)
    assert response.standing == standing
    assert MonitoringCount.objects.exists() is (standing == "counted")  # what is held back is never counted apart
    assert (response.was_fast, response.filled_the_trap) == (came.was_fast, came.filled_the_trap)


def test_the_twenty_first_form_of_one_address_in_a_day_is_flagged_and_counted(form):
    for hours in range(20):
        AddressSeenFactory(consultation=form.consultation, digest="d" * 64, seen_at=NOON - dt.timedelta(hours=hours))
    response = receive(form, came=Came(digest="d" * 64))
    assert (response.from_shared_address, response.standing) == (True, "counted")


def test_what_came_24_hours_ago_or_from_elsewhere_flags_nobody(form):
    for _ in range(19):
        AddressSeenFactory(consultation=form.consultation, digest="d" * 64)
    AddressSeenFactory(consultation=form.consultation, digest="d" * 64, seen_at=NOON - dt.timedelta(hours=24))
    AddressSeenFactory(consultation=form.consultation, digest="e" * 64)
    AddressSeenFactory(digest="d" * 64)  # of another consultation
    assert receive(form, came=Came(digest="d" * 64)).from_shared_address is False
    assert receive(form, came=Came(digest="d" * 64)).from_shared_address is True


def test_an_address_leads_to_no_response_by_its_order_or_its_time(form):
    """Were both numbered one after the other, the third address would be that of the third response."""
    at = NOON.replace(minute=42, second=7, microsecond=9)
    for number in range(12):
        receive(form, came=Came(digest=f"{number:064}"), at=at)
    came = list(AddressSeen.objects.order_by("pk").values_list("digest", flat=True))
    assert came != sorted(came)
    assert set(AddressSeen.objects.values_list("seen_at", flat=True)) == {NOON}


def test_off_the_web_no_address_is_noted(form):
    receive(form)
    assert not AddressSeen.objects.exists()


@pytest.mark.parametrize("state", ["draft", "analysed", "published"])
def test_nothing_is_added_to_what_has_been_counted(form, state: str):
    Consultation.objects.filter(pk=form.consultation.pk).update(state=state)  # since the page was read
    with pytest.raises(ValidationError, match="not open any more"):
        receive(form, full(form))
    assert not Response.objects.exists()


def test_papers_are_taken_in_after_the_last_day(form):
    Consultation.objects.filter(pk=form.consultation.pk).update(state="closed")
    assert receive(form).standing == "counted"


# ---------------------------------------------------------------- files


def batch_of(form: Asked) -> object:
    return BatchFactory(channel=form.consultation.channels.get(key="imported"), kind="import")


def test_a_file_is_written_whole_and_its_monitoring_with_its_batch(form, monkeypatch):
    monkeypatch.setattr(receiving, "CHUNK", 2)
    batch = batch_of(form)
    rows = [Row(full(form), DAY, respondent=str(number)) for number in range(5)]
    assert receiving.receive_many(batch, form=form, rows=iter(rows), by=batch.made_by) == 5
    assert (batch.responses.count(), Answer.objects.count(), Comment.objects.count()) == (5, 30, 10)
    assert set(MonitoringCount.objects.values_list("option__text", "batch", "count")) == {
        (None, batch.pk, 5),
        ("25 to 64", batch.pk, 5),
    }


def test_one_row_at_fault_stops_the_whole_file(form, monkeypatch):
    monkeypatch.setattr(receiving, "CHUNK", 1)
    batch = batch_of(form)
    rows = [Row(full(form), DAY), Row(Given(choices=(None, ids(form, "concerns")[0])), DAY)]
    with pytest.raises(ValidationError, match="a second choice and no first"):
        receiving.receive_many(batch, form=form, rows=rows, by=batch.made_by)
    assert (Response.objects.count(), MonitoringCount.objects.count()) == (0, 0)


def test_a_file_takes_as_many_queries_however_long_it_is(form):
    """Nine on PostgreSQL, which holds the consultation still; eight on SQLite, which needs not."""
    batch, taken = batch_of(form), []
    for rows in (1, 2, 20):
        with CaptureQueriesContext(connection) as queries:
            receiving.receive_many(batch, form=form, rows=[Row(full(form), DAY)] * rows, by=batch.made_by)
        taken.append(len(queries))
    assert taken[1] == taken[2] <= 9  # of the first, which makes the counters, more
    assert taken[0] >= taken[1]
