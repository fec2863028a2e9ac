"""Signing in by email address and password, and what keeps others out."""

import re

import pytest
from django.core import mail
from django.core.cache import cache

from accounts import actions
from accounts.models import User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
NEW = "three other long words"


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("typed", ["rob@example.org", "Rob@Example.ORG", " rob@example.org "])
def test_an_address_in_any_capitals_signs_in(client, typed):
    UserFactory(email="rob@example.org")
    response = sign_in(client, typed)
    assert (response.status_code, response.url) == (302, "/")
    assert is_signed_in(client)


def test_who_was_on_the_way_somewhere_gets_there(client):
    UserFactory(email="rob@example.org")
    assert sign_in(client, "rob@example.org", next="/people/").url == "/people/"


def test_nobody_is_sent_to_another_site(client):
    UserFactory(email="rob@example.org")
    assert sign_in(client, "rob@example.org", next="https://evil.example.org/").url == "/"


def test_a_wrong_password_and_an_unknown_address_are_told_alike(client):
    UserFactory(email="rob@example.org")
    for email in ("rob@example.org", "nobody@example.org"):
        response = sign_in(client, email, "wrong")
        assert "The email address or the password is not right" in response.content.decode()
    assert not is_signed_in(client)


def test_after_five_failures_even_the_right_password_is_refused(client):
    UserFactory(email="rob@example.org")
    for _ in range(5):
        sign_in(client, "rob@example.org", "wrong")
    response = sign_in(client, "ROB@example.org")
    assert "too many tries to sign in with this email address" in response.content.decode()
    assert not is_signed_in(client)


def test_the_lock_is_for_one_address_only(client):
    UserFactory(email="rob@example.org")
    UserFactory(email="lena@example.org")
    for _ in range(5):
        sign_in(client, "rob@example.org", "wrong")
    sign_in(client, "lena@example.org")
    assert is_signed_in(client)


def test_a_right_password_in_between_costs_nothing(client):
    UserFactory(email="rob@example.org")
    for _ in range(7):
        sign_in(client, "rob@example.org")
        client.logout()
    sign_in(client, "rob@example.org")
    assert is_signed_in(client)


def test_nobody_signs_up(client):
    page = client.get("/accounts/signup/")
    assert page.status_code == 200
    client.post("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD})
    assert not User.objects.filter(email="new@example.org").exists()


def test_who_left_gets_a_plain_page_and_no_session(client):
    user = UserFactory(email="rob@example.org")
    actions.deactivate(user, by=None)
    response = sign_in(client, "rob@example.org")
    assert response.url == "/accounts/inactive/"
    assert client.get(response.url).status_code == 200
    assert not is_signed_in(client)


def test_an_invited_person_without_a_password_cannot_sign_in_with_none(client):
    actions.invite(email="new@example.org", name="New", by=None)
    for password in ("", "!"):
        sign_in(client, "new@example.org", password)
    assert not is_signed_in(client)


def test_nobody_changes_their_address_themselves(client):
    user = UserFactory(email="rob@example.org")
    sign_in(client, "rob@example.org")
    response = client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    assert (response.status_code, response.url) == (302, "/accounts/2fa/")
    user.refresh_from_db()
    assert user.email == "rob@example.org"


# ---------------------------------------------------------------- a new password


def ask(client, email):
    return client.post("/accounts/password/reset/", {"email": email})


def link_in(message):
    return re.search(r"http://\S+", message.body)[0].removeprefix("http://127.0.0.1:8000")


def test_a_forgotten_password_is_set_anew_through_the_mail(client):
    user = UserFactory(email="rob@example.org")
    assert ask(client, "Rob@Example.org").status_code == 302
    [message] = mail.outbox
    assert message.to == ["rob@example.org"]
    form = client.get(link_in(message))
    client.post(form.url, {"password1": NEW, "password2": NEW})
    assert User.objects.get(pk=user.pk).check_password(NEW)
    sign_in(client, "rob@example.org", NEW)
    assert is_signed_in(client)


def test_a_link_for_a_new_password_is_on_our_own_address_whatever_the_host(client):
    UserFactory(email="rob@example.org")
    client.post("/accounts/password/reset/", {"email": "rob@example.org"}, headers={"host": "localhost"})
    assert "http://127.0.0.1:8000/accounts/password/reset/key/" in mail.outbox[0].body


@pytest.mark.parametrize("email", ["gone@example.org", "nobody@example.org"])
def test_who_left_and_who_never_was_here_get_no_link_and_the_page_does_not_tell(client, email):
    actions.deactivate(UserFactory(email="gone@example.org"), by=None)
    response = ask(client, email)
    assert response.url == "/accounts/password/reset/done/"
    assert mail.outbox == []


def test_a_link_sent_before_leaving_no_longer_works(client):
    user = UserFactory(email="rob@example.org")
    ask(client, "rob@example.org")
    actions.deactivate(user, by=None)
    response = client.get(link_in(mail.outbox[0]), follow=True)
    client.post(response.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    sign_in(client, "rob@example.org", NEW)
    assert not is_signed_in(client)


def test_a_new_password_lifts_the_lock(client):
    UserFactory(email="rob@example.org")
    for _ in range(5):
        sign_in(client, "rob@example.org", "wrong")
    ask(client, "rob@example.org")
    form = client.get(link_in(mail.outbox[0]))
    client.post(form.url, {"password1": NEW, "password2": NEW})
    sign_in(client, "rob@example.org", NEW)
    assert is_signed_in(client)
