"""What the public form bears: machines, codes, neighbours at one address, and the last instant of the last day."""

import datetime as dt
import re

import pytest
import time_machine

from consultation import addresses
from consultation.models import AddressSeen, Code, Comment, Consultation, MonitoringCount, Response
from tests.factories.consultations import (
    CodeFactory,
    whole,
)
from tests.integration.asking_world import MIDNIGHT, NOON, SLUG, concern, option, start, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def consultation(clock) -> Consultation:
    return whole(slug=SLUG)


# ---------------------------------------------------------------- honest limits


def test_a_box_that_nobody_sees_holds_the_answers_back(client, consultation):
    start(client)
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1"), "website": "http://example.org"})
    client.post(url("check"))
    response = Response.objects.get()
    assert (response.standing, response.filled_the_trap) == ("held", True)


@pytest.mark.parametrize(("seconds", "was_fast"), [(4.9, True), (5, False)])
def test_a_form_sent_in_under_five_seconds_is_flagged_and_counted(client, consultation, clock, seconds, was_fast):
    start(client)
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    clock.shift(seconds)
    client.post(url("check"))
    response = Response.objects.get()
    assert (response.was_fast, response.standing) == (was_fast, "counted")


def test_an_address_is_kept_as_a_keyed_hash_of_its_own_for_each_consultation(client, consultation, settings):
    start(client)
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    client.post(url("check"), REMOTE_ADDR="203.0.113.9")
    first = AddressSeen.objects.get().digest
    assert re.fullmatch(r"[0-9a-f]{64}", first)
    assert "203.0.113.9" not in str(list(Response.objects.values()))
    settings.SECRET_KEY = "another" * 9
    request = client.get(url("start"), REMOTE_ADDR="203.0.113.9").wsgi_request
    assert addresses.digest(request, consultation) != first
    assert addresses.digest(request, consultation) != addresses.digest(request, whole())


def test_more_than_thirty_pages_a_minute_wait_and_keep_the_typing(client, consultation, clock):
    start(client)  # the first of the thirty
    for number in range(29):
        assert client.post(url("step", "words"), {"answer": f"Words {number}"}).status_code == 302
    response = client.post(url("step", "words"), {"answer": "The thirty-first"})
    page = response.content.decode()
    assert response.status_code == 429
    assert "wait a minute" in page
    assert "The thirty-first" in page
    assert client.post(url("check")).status_code == 429
    assert not Response.objects.exists()
    clock.shift(60)
    client.post(url("step", "words"), {"answer": "The thirty-first"})
    client.post(url("check"))
    assert Comment.objects.get().text == "The thirty-first"


# ---------------------------------------------------------------- codes


def test_a_code_is_used_up_however_it_is_typed(client, consultation):
    CodeFactory(consultation=consultation, value="ABCD234J")
    start(client, code=" abcd-234j ")
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    client.post(url("check"))
    assert Code.objects.get().used_on == dt.date(2018, 7, 2)


def test_a_used_code_is_told_at_the_start_with_the_way_on(client, consultation):
    CodeFactory(consultation=consultation, value="ABCD234J", used_on=dt.date(2018, 7, 1))
    page = client.post(url("start"), {"code": "ABCD234J"}).content.decode()
    assert "This code has been used already" in page
    assert "Leave the code out to answer without it" in page
    assert 'value="ABCD234J"' in page
    assert "There is no such code" in client.post(url("start"), {"code": "ZZZZ9993"}).content.decode()
    assert "A code has 8 letters" in client.post(url("start"), {"code": "Z" * 50}).content.decode()


def test_a_code_used_by_somebody_else_meanwhile_loses_no_answer(client, consultation):
    code = CodeFactory(consultation=consultation, value="ABCD234J")
    start(client, code="ABCD234J")
    client.post(url("step", "words"), {"answer": "Zebra crossing"})
    Code.objects.filter(pk=code.pk).update(used_on=dt.date(2018, 7, 2))
    page = client.post(url("check")).content.decode()
    assert "This code has been used already" in page
    assert "Send my answers without the code" in page
    assert client.post(url("check"), {"do": "without_code"}).url == url("sent")
    assert Comment.objects.get().text == "Zebra crossing"


def test_a_code_in_the_address_stands_in_its_box(client, consultation):
    assert 'value="ABCD234J"' in client.get(url("start") + "?code=ABCD234J").content.decode()


# ---------------------------------------------------------------- midnight


def test_up_to_the_last_instant_of_the_last_day_it_counts(client, consultation, clock):
    clock.move_to(MIDNIGHT - dt.timedelta(milliseconds=100))  # 23:59:59.9 in London, in summer time
    start(client)
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    client.post(url("check"))
    response = Response.objects.get()
    assert (response.standing, response.received_on) == ("counted", dt.date(2018, 8, 12))


def test_at_midnight_in_london_nothing_can_be_begun(client, consultation, clock):
    clock.move_to(MIDNIGHT)
    page = client.post(url("start")).content.decode()
    assert "This consultation is closed: its last day was Sunday 12 August 2018" in page
    assert client.get(url("step", "safe")).url == url("start") + "?gone"


@pytest.mark.parametrize("state", ["open", "closed"])  # closed by the clock meanwhile, or not yet
def test_a_form_begun_before_midnight_and_sent_after_is_late(client, consultation, clock, state):
    clock.move_to(MIDNIGHT - dt.timedelta(minutes=5))
    start(client)
    client.post(url("step", "age"), {"answer": option(consultation, "age-1")})
    clock.move_to(MIDNIGHT)
    Consultation.objects.update(state=state)
    page = client.get(url("step", "safe")).content.decode()
    assert "They are kept as late, and are not counted" in page
    begun = client.get(url("start")).content.decode()
    assert "They are kept as late, and are not counted" in begun
    assert f'href="{url("step", "concerns")}"' in begun
    assert "empty form" not in begun
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    clock.move_to(MIDNIGHT + dt.timedelta(minutes=54, seconds=59))
    client.post(url("check"))
    response = Response.objects.get()
    assert (response.standing, response.received_on) == ("late", dt.date(2018, 8, 13))
    assert not MonitoringCount.objects.exists()
    page = client.get(url("sent")).content.decode()
    assert "kept, and not counted" in page
    assert "They came after the end, so they are in no figure." in page
    assert "All answers are counted" not in page


def test_an_hour_after_midnight_it_is_closed_and_shows_what_was_typed(client, consultation, clock):
    clock.move_to(MIDNIGHT - dt.timedelta(minutes=1))
    start(client)
    client.post(url("step", "concerns"), {"answer": concern(consultation, "Gangs")})
    clock.move_to(MIDNIGHT + dt.timedelta(minutes=40))
    client.post(url("step", "words"), {"answer": "Typed in time"})
    clock.move_to(MIDNIGHT + dt.timedelta(hours=1))
    for page in (
        client.post(url("step", "words"), {"answer": "x" * 3000}),
        client.post(url("step", "words"), {"answer": "Typed too late"}),
    ):
        assert "This consultation is closed" in page.content.decode()
        assert "First choice: Gangs" in page.content.decode()
    assert "Typed too late" in client.post(url("check")).content.decode()
    assert "Typed too late" in client.get(url("check")).content.decode()
    assert not Response.objects.exists()


def test_closed_by_hand_before_its_last_day_it_takes_the_same_hour(client, consultation, clock):
    start(client)
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    clock.shift(60)
    Consultation.objects.update(state="closed", closed_at=dt.datetime(2018, 7, 2, 11, 0, 30, tzinfo=dt.UTC))
    client.post(url("check"))
    assert Response.objects.get().standing == "late"
