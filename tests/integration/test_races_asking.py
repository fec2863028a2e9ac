"""Two hundred people send the public form at one moment, each over a connection of their own: all are counted, and each once."""

import threading
from collections import Counter

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from consultation import filling
from consultation.actions import receiving
from consultation.models import AddressSeen, Answer, Code, Comment, Consultation, MonitoringCount, Response
from tests.factories.consultations import CodeFactory, whole
from tests.integration.asking_world import NOON, SLUG, option, start, url
from tests.integration.test_returns_race import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
PEOPLE, PRESS_TWICE, WITH_CODE = 200, 20, 50


@pytest.fixture
def consultation():
    with time_machine.travel(NOON):
        yield whole(slug=SLUG)


def filled_in(consultation: Consultation, number: int) -> Client:
    """Somebody before the last button: a first choice, an age and some words; the first fifty with a code."""
    client, now = Client(), timezone.now()
    code = CodeFactory(consultation=consultation).value if number < WITH_CODE else ""
    session = client.session
    held = filling.begin(session, consultation, channel="web", language="en", code=code, now=now)
    held.choose(1, consultation.concerns.get(order=number % 5 + 1).pk)
    held.options = {
        "age": [option(consultation, f"age-{number % 3 + 1}")],
        "safe": [option(consultation, "safe-1")],
    }
    held.texts = {"words": f"Words of {number}"}
    filling.keep(session, consultation, held, now)
    session.save()
    return client


def test_two_hundred_at_once_are_all_counted_once(consultation, monkeypatch):
    clients = [filled_in(consultation, number) for number in range(PEOPLE)]
    receive, gate = receiving.receive, threading.Barrier(PEOPLE + PRESS_TWICE)

    def held(*args, **kwargs):
        gate.wait(60)
        return receive(*args, **kwargs)

    monkeypatch.setattr(receiving, "receive", held)
    presses = [*clients, *clients[:PRESS_TWICE]]
    answers = at_once(*(lambda client=client: client.post(url("check")) for client in presses))

    assert Counter(getattr(answer, "status_code", answer) for answer in answers) == {302: PEOPLE + PRESS_TWICE}
    assert {answer.url for answer in answers} == {url("sent")}
    assert Response.objects.counted().count() == Response.objects.count() == 200
    assert Counter(Response.objects.values_list("first__order", flat=True)) == dict.fromkeys(range(1, 6), 40)
    # Of 200 people taken in turn, 67 are of the first age, 67 of the second and 66 of the third.
    assert dict(MonitoringCount.objects.values_list("option__key", "count")) == {
        None: 200,
        "age-1": 67,
        "age-2": 67,
        "age-3": 66,
    }
    assert set(Comment.objects.values_list("text", flat=True)) == {f"Words of {number}" for number in range(200)}
    assert (Comment.objects.count(), Answer.objects.count(), AddressSeen.objects.count()) == (200, 200, 200)
    assert Code.objects.filter(used_on__isnull=False).count() == WITH_CODE


def test_one_code_sent_by_two_at_once_is_used_by_one(consultation):
    code = CodeFactory(consultation=consultation, value="ABCD234J").value
    clients = [Client(), Client()]
    for client in clients:
        start(client, code=code)
        client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    answers = at_once(*(lambda client=client: client.post(url("check")) for client in clients))

    assert sorted(answer.status_code for answer in answers) == [200, 302]
    refused = next(answer for answer in answers if answer.status_code == 200).content.decode()
    assert "This code has been used already" in refused
    assert "Send my answers without the code" in refused
    assert Response.objects.count() == 1
