"""Pages about the site itself, and the pages shown in place of one that fails."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.test import Client, RequestFactory

from reporting import pages
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def denied(user, path="/quarters/", message=""):
    request = RequestFactory().get(path)
    request.user = user
    return pages.permission_denied(request, PermissionDenied(message)).content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/accessibility/", "not yet been audited by an outside body"),
        ("/accessibility/", "Equality and Human Rights Commission"),
        ("/accessibility/", "partially compliant"),
        ("/privacy/", "Information Commissioner"),
        ("/cookies/", "csrftoken"),
        ("/contact/", 'id="another-format"'),
    ],
)
def test_anyone_may_read_about_the_site(client, settings, path, words):
    response = client.get(path)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert settings.PARTNERSHIP_NAME in response.content.decode()


def test_the_contact_page_names_the_address_of_the_installation(client, settings):
    settings.CONTACT_EMAIL = "team@example.org"
    assert 'href="mailto:team@example.org"' in client.get("/contact/").content.decode()


def test_a_403_says_who_one_is_what_the_page_is_for_and_whom_to_ask():
    UserFactory(name="Sam Sample", roles=["coordinator"])
    html = denied(UserFactory(name="Fay Sample", post="Analyst", roles=["data_lead", "executive"]))
    assert "You are signed in as Fay Sample, Analyst (data lead, CSP Executive member)." in html
    assert "Opening a quarter, verifying its returns and closing it is for the partnership team." in html
    assert "ask Sam Sample in the" in html
    assert "Nothing was changed" not in html


def test_a_403_with_a_reason_gives_the_reason():
    html = denied(UserFactory(), message="Nobody verifies what they supplied.")
    assert "Nobody verifies what they supplied." in html
    assert "ask the <a" in html


def test_a_404_tells_everybody_the_same(client):
    UserFactory(name="Sam Sample", roles=["coordinator"])
    for path in ("/nothing-here/", "/quarters/1999-00-q9/"):
        response = client.get(path)
        assert response.status_code == 404
        assert "Page not found" in response.content.decode()
        assert "Sam Sample" not in response.content.decode()


def test_a_404_for_somebody_signed_in_names_the_team(client):
    UserFactory(name="Sam Sample", roles=["coordinator"])
    client.force_login(UserFactory(name="Fay Sample"))
    html = client.get("/nothing-here/").content.decode()
    assert "You are signed in as Fay Sample" in html
    assert "ask Sam Sample in the" in html


def test_a_500_asks_the_database_nothing(django_assert_num_queries, settings):
    with django_assert_num_queries(0):
        response = pages.server_error(RequestFactory().get("/"))
    html = response.content.decode()
    assert response.status_code == 500
    assert "tell from here whether your last change was saved" in html
    assert settings.CONTACT_EMAIL in html


@pytest.mark.parametrize(
    "fault", [OperationalError("server closed the connection"), InterfaceError("connection closed")]
)
def test_a_database_that_is_away_is_a_503_that_says_what_to_do(settings, fault):
    try:
        raise fault
    except type(fault):
        response = pages.server_error(RequestFactory().get("/"))
    html = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "look before you send it again" in html
    assert "server closed" not in html
    assert settings.CONTACT_EMAIL in html


def test_any_other_fault_is_a_500():
    try:
        raise ValueError("of ours")
    except ValueError:
        assert pages.server_error(RequestFactory().get("/")).status_code == 500


def test_what_a_browser_sends_wrongly_gets_a_page(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = pages.bad_request(RequestFactory().get("/"), ValueError())
    assert response.status_code == 400


def refused(**headers):
    client = Client(enforce_csrf_checks=True, headers=headers)
    return client.post(
        "/accounts/login/", {"login": "fay@example.org", "password": "hidden words", "what_happened": "<b>Rain</b>"}
    )


def test_a_form_that_was_open_too_long_gives_the_typing_back():
    response = refused(**{"sec-fetch-site": "same-origin"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "Nothing was saved" in html
    assert "&lt;b&gt;Rain&lt;/b&gt;" in html
    assert "What happened" in html
    assert "hidden words" not in html


def test_a_form_from_elsewhere_is_not_shown():
    assert "Rain" not in refused(**{"sec-fetch-site": "cross-site"}).content.decode()
    assert "Rain" not in refused().content.decode()


def test_signing_out_is_a_form_of_its_own(client):
    client.force_login(UserFactory(name="Fay Sample", post="Analyst"))
    html = client.get("/contact/").content.decode()
    assert '<form method="post" action="/accounts/logout/"' in html
    assert "Fay Sample, Analyst" in html
