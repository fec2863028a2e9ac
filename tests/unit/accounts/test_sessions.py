"""When a sign-in ends that is left alone, what counts as being there, and what it costs."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from accounts import browsers, signed_in
from accounts.models import AuditEvent, Session
from accounts.sessions import SessionStore
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NINE = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"


@pytest.fixture
def clock():
    with time_machine.travel(NINE, tick=False) as moved:
        yield moved


def after(clock, **span):
    clock.move_to(NINE + dt.timedelta(**span))


@pytest.fixture
def person(clock, client):
    person = UserFactory(name="Farida Begum")
    client.force_login(person, BACKEND)
    return person


def is_in(client, path="/accounts/2fa/"):
    return client.get(path).status_code == 200


@pytest.mark.parametrize(("left_alone", "still_in"), [(29 * 60 + 59, True), (30 * 60, False), (30 * 60 + 1, False)])
def test_at_the_last_second_they_are_in_and_at_thirty_minutes_out(clock, client, person, left_alone, still_in):
    after(clock, seconds=left_alone)
    assert is_in(client) is still_in
    assert Session.objects.filter(person=person).exists() is still_in


def test_reading_a_page_starts_the_time_anew_and_ten_hours_are_the_end(clock, client, person):
    for minutes in range(29, 600, 29):
        after(clock, minutes=minutes)
        client.post(reverse("accounts:session-stay"))
    assert is_in(client)
    after(clock, minutes=599, seconds=59)
    assert is_in(client)
    after(clock, minutes=600)
    assert not is_in(client)


def test_on_a_public_page_too_nobody_is_signed_in_any_more(clock, client, person):
    after(clock, minutes=31)
    assert "Farida Begum" not in client.get("/contact/").content.decode()


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(clock, client, person):
    after(clock, minutes=20)
    assert client.get(reverse("accounts:session-left"), headers={"X-By-Itself": "yes"}).json()["left"] == 600
    client.get("/accounts/2fa/", headers={"X-By-Itself": "yes"})
    after(clock, minutes=30)
    assert client.get(reverse("accounts:session-left"), headers={"X-By-Itself": "yes"}).json()["left"] == 0


def test_saying_that_one_is_there_gives_the_whole_time_again(clock, client, person):
    after(clock, minutes=29)
    told = client.post(reverse("accounts:session-stay")).json()
    assert told == {"left": 1800, "warned": 300, "may_stay": True}
    after(clock, hours=9, minutes=59)
    assert not is_in(client)


def test_before_the_last_half_hour_is_over_staying_is_not_offered(clock, client, person):
    for minutes in range(25, 600, 25):
        after(clock, minutes=minutes)
        client.post(reverse("accounts:session-stay"))
    told = client.post(reverse("accounts:session-stay")).json()
    assert told == {"left": 25 * 60, "warned": 300, "may_stay": False}


def test_being_seen_costs_one_statement_a_minute_and_public_pages_nothing(
    clock, client, person, django_assert_num_queries
):
    client.get(reverse("accounts:session-left"))
    after(clock, seconds=59)
    with django_assert_num_queries(2):  # the session and the person
        client.post(reverse("accounts:session-stay"))
    after(clock, seconds=60)
    with django_assert_num_queries(3):
        client.post(reverse("accounts:session-stay"))
    with django_assert_num_queries(0):
        Client().get(reverse("accounts:session-left"))


def test_a_new_password_keeps_the_hour_at_which_they_signed_in(clock, client, person):
    after(clock, minutes=10)
    session = client.session
    session.cycle_key()
    row = Session.objects.get(person=person)
    assert (row.session_key, row.signed_in_at) == (session.session_key, NINE)


def test_an_anonymous_session_is_nobodys_and_ends_as_it_says(clock):
    store = SessionStore()
    store["filled"] = "in"
    store.save()
    after(clock, hours=9)
    assert SessionStore(store.session_key)["filled"] == "in"
    assert Session.objects.get().signed_in_at is None


def sign_in(client, person, agent):
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}, headers={"User-Agent": agent})
    assert SESSION_KEY in client.session


def test_where_somebody_is_signed_in_by_name_of_the_browser_and_without_its_address(clock, client):
    person, other = UserFactory(), Client()
    sign_in(client, person, FIREFOX)
    after(clock, minutes=20)
    sign_in(other, person, "curl/8")
    here, there = signed_in.places(person, other.session.session_key, NINE + dt.timedelta(minutes=20))
    assert (here.browser, here.is_this, here.seen) == ("A browser we don’t know", True, "In the last five minutes")
    assert (there.browser, there.is_this, there.seen) == ("Firefox on Windows", False, "About 20 minutes ago")
    assert {field.name for field in Session._meta.fields} == {
        "session_key",
        "session_data",
        "expire_date",
        "person",
        "signed_in_at",
        "seen_at",
        "browser",
    }
    page = other.get(reverse("accounts:session-list")).content.decode()
    assert client.session.session_key not in page
    other.post(reverse("accounts:session-end"), {"mark": there.mark})
    assert not is_in(client)
    assert is_in(other)
    assert AuditEvent.objects.filter(kind="session_ended", subject_id=str(person.pk)).count() == 1


def test_nobody_ends_what_is_somebody_elses(clock, client, person):
    other = Client()
    other.force_login(UserFactory(), BACKEND)
    mark = Session.objects.get(session_key=other.session.session_key).mark
    client.post(reverse("accounts:session-end"), {"mark": mark})
    assert is_in(other)


def test_everywhere_else_leaves_this_one_and_an_administrator_ends_all(clock, client, person):
    other = Client()
    other.force_login(person, BACKEND)
    client.post(reverse("accounts:session-end-others"))
    assert (is_in(client), is_in(other)) == (True, False)
    other.force_login(UserFactory(roles=["administrator"]), BACKEND)
    person.refresh_from_db()
    other.post(reverse("accounts:user-sign-out", args=[person.pk]), {"version": person.version})
    assert (is_in(client), is_in(other)) == (False, True)
    assert Session.objects.filter(person=person).count() == 0


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17 Safari/605", "Safari on Mac"),
        ("Something (Windows)", "Another browser on Windows"),
        ("", "A browser we don’t know"),
    ],
)
def test_browsers_in_words(agent, words):
    assert browsers.in_words(agent) == words
