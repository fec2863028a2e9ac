"""Every kind of answer × the headers that browsers act on, under the settings of production."""

import ast

import pytest
from django.test import Client

from tests.factories.accounts import UserFactory
from tests.unit.cspplan.test_settings import PRODUCTION, start

pytestmark = pytest.mark.django_db
NAMES = (
    "SECURE_SSL_REDIRECT", "SECURE_REDIRECT_EXEMPT", "SECURE_HSTS_SECONDS", "SECURE_REFERRER_POLICY", "X_FRAME_OPTIONS",
    "SESSION_COOKIE_SECURE", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SAMESITE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_SECURE",
    "CSRF_COOKIE_NAME", "CSRF_COOKIE_SAMESITE",
)  # fmt: skip
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#  what,                path,                  method, status, https
ANSWERS = [
    ("a public page", "/accessibility/", "get", 200, True),
    ("the sign-in page", "/accounts/login/", "get", 200, True),
    ("sent to sign in", "/returns/", "get", 302, True),
    ("sent to https", "/accessibility/", "get", 301, False),
    ("no such page", "/no-such-page/", "get", 404, True),
    ("a forged form", "/accounts/login/", "post", 403, True),
    ("a wrong method", "/healthz", "put", 403, True),
    ("the watching machine", "/healthz", "get", 200, True),
    ("a static file", "/static/js/autosave.js", "get", 200, True),
    ("data", "/open-data/schema/1/figures.json", "get", 200, True),
]


@pytest.fixture(scope="module")
def of_production() -> dict[str, object]:
    return ast.literal_eval(start(f"{{name: getattr(s, name) for name in {NAMES}}}", **PRODUCTION).stdout)


@pytest.fixture
def asking(settings, of_production) -> Client:
    for name, value in of_production.items():
        setattr(settings, name, value)
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(("what", "path", "method", "status", "https"), ANSWERS)
def test_every_answer_says_what_browsers_must_refuse(asking, what, path, method, status, https):
    response = getattr(asking, method)(path, secure=https)
    response.close()
    assert response.status_code == status
    assert {name: response.get(name) for name in ALWAYS} == ALWAYS
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "camera=()" in response["Permissions-Policy"]
    assert response.get("Strict-Transport-Security") == ("max-age=31536000" if https else None)
    assert "Server" not in response and "X-Powered-By" not in response


def test_an_unknown_host_is_refused_without_being_repeated(asking):
    response = asking.get("/accessibility/", secure=True, headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content
    assert {name: response.get(name) for name in ALWAYS} == ALWAYS


def test_cookies_are_for_this_host_over_https_only(asking):
    page = asking.get("/accounts/login/", secure=True)
    assert str(page.cookies["__Host-csrftoken"]).split(": ")[1].split("; ", 1)[
        1
    ] == "expires={}; Max-Age=31449600; Path=/; SameSite=Lax; Secure".format(
        page.cookies["__Host-csrftoken"]["expires"]
    )
    asking.force_login(UserFactory())
    held = asking.cookies["__Host-sessionid"]
    assert (held["secure"], held["path"], held["domain"]) == (True, "/", None)


def test_a_page_made_for_somebody_is_kept_by_nobody(asking):
    asking.force_login(UserFactory(roles=["data_lead"]))
    response = asking.get("/", secure=True)
    assert "no-store" in response["Cache-Control"]
    again = asking.get("/no-such-page/", secure=True)
    assert (again.status_code, "no-store" in again["Cache-Control"]) == (404, True)


def test_a_limit_without_a_time_says_a_quarter_of_an_hour(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sent = [client.post("/accounts/login/", {"login": "a@example.org", "password": "x"}) for _ in range(2)]
    assert (sent[1].status_code, sent[1]["Retry-After"]) == (429, "900")
