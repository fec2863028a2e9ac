"""A form that comes when its sender is signed out: nothing is lost, nothing is done, and nobody else sees it."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Organisation, Unsent
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NINE = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)
ADD = "/organisations/add/"
TYPED = {"name": "Sample Probation", "short_name": "<i>SP</i>", "kind": "probation"}


@pytest.fixture
def clock():
    with time_machine.travel(NINE, tick=False) as moved:
        yield moved


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


def sign_in(client, person, next_=""):
    client.get(reverse("account_login"))
    data = {"login": person.email, "password": PASSWORD, "next": next_, **token(client)}
    return client.post(reverse("account_login"), data)


def token(client):
    return {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}


@pytest.fixture
def sam(clock, client):
    sam = UserFactory(roles=["coordinator"])
    sign_in(client, sam)
    client.get(ADD)
    return sam


def too_late(clock, client, data=TYPED, to=ADD, **headers):
    clock.shift(dt.timedelta(minutes=31))
    return client.post(to, {**data, **token(client)}, headers=headers)


def page(client):
    return client.get(ADD).content.decode()


def test_what_was_typed_is_in_the_form_again_after_signing_in_and_nothing_was_done(clock, client, sam):
    before = Organisation.objects.count()
    answer = too_late(clock, client, referer=f"http://testserver{ADD}?from=here")
    assert answer.url == "/accounts/login/?next=/organisations/add/%3Ffrom%3Dhere"
    assert sign_in(client, sam, f"{ADD}?from=here").url == f"{ADD}?from=here"
    shown = page(client)
    assert "You had been signed out when this form came" in shown
    assert 'value="Sample Probation"' in shown
    assert 'value="&lt;i&gt;SP&lt;/i&gt;"' in shown
    assert Organisation.objects.count() == before
    # sent again, it is done, and not offered any more
    client.post(ADD, {**TYPED, **token(client)})
    assert Organisation.objects.count() == before + 1
    assert 'value="Sample Probation"' not in page(client)
    assert not Unsent.objects.exists()


def test_another_person_on_the_same_browser_never_sees_it(clock, client, sam):
    too_late(clock, client)
    sign_in(client, UserFactory(roles=["coordinator"]), ADD)
    assert "Sample Probation" not in page(client)
    client.post("/accounts/logout/", token(client))
    sign_in(client, sam)
    assert 'value="Sample Probation"' in page(client)


def test_a_page_of_somebody_who_was_here_before_sends_nothing_for_who_is_here_now(clock, client, sam):
    """The token of the page is that of another sign-in."""
    olds = token(client)
    clock.shift(dt.timedelta(minutes=31))
    sign_in(client, UserFactory(roles=["coordinator"]))
    assert client.post(ADD, {**TYPED, **olds}).status_code == 403
    assert not Unsent.objects.exists()


def test_the_morning_after_it_is_still_theirs_and_after_a_week_gone(clock, client, sam):
    clock.shift(dt.timedelta(hours=15))
    client.cookies.pop("sessionid")
    client.post(ADD, {**TYPED, **token(client)})
    clock.shift(dt.timedelta(days=6))
    sign_in(client, sam)
    assert 'value="Sample Probation"' in page(client)
    clock.shift(dt.timedelta(days=1))
    sign_in(client, sam)
    assert "Sample Probation" not in page(client)


def test_sent_only_to_be_kept_it_is_not_done_even_when_somebody_is_signed_in(clock, client, sam):
    answer = client.post(ADD, {**TYPED, **token(client), "keep_typing": "yes"})
    assert answer.url == ADD
    assert 'value="Sample Probation"' in page(client)
    assert not AuditEvent.objects.filter(kind="organisation_added").exists()
    client.post(reverse("accounts:typing-forget"), {"page": ADD, **token(client)})
    assert "Sample Probation" not in page(client)


def test_of_a_file_only_the_name_is_kept_and_of_a_secret_nothing(clock, client, sam):
    file = SimpleUploadedFile("june.csv", b"Reference,Figure")
    too_late(clock, client, {"password": "hunter2", "otp": "123456", "note": "for June", "file": file}, "/uploads/add/")
    [kept] = Unsent.objects.all()
    assert kept.typed["fields"] == {"note": ["for June"]}
    assert kept.typed["files"] == ["june.csv"]
    sign_in(client, sam)
    assert "Choose the file again: june.csv" in client.get("/uploads/add/").content.decode()


@pytest.mark.parametrize(
    ("to", "data"),
    [
        ("/accounts/password/change/", {"oldpassword": "a", "password1": "b"}),  # a page for secrets
        ("/accounts/logout/", {}),
        ("/people/1/invitation/", {"version": "3"}),  # a button: nothing was typed
        (ADD, {"name": "x" * 300_000}),  # nobody types that
    ],
)
def test_what_is_not_kept(clock, client, sam, to, data):
    too_late(clock, client, data, to)
    assert not Unsent.objects.exists()


def test_without_the_pages_token_nothing_is_kept_and_of_a_stranger_nothing_either(clock, client, sam):
    clock.shift(dt.timedelta(minutes=31))
    assert client.post(ADD, TYPED).status_code == 403
    stranger = Client()
    assert stranger.post(ADD, TYPED).url.startswith("/accounts/login/")
    stranger.cookies["typist"] = f"{sam.pk}:1abc:forged"
    stranger.post(ADD, TYPED)
    assert not Unsent.objects.exists()
