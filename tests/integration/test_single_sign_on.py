"""Coming in with the council's account, against a provider of OpenID Connect on this machine."""

import logging
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client

from accounts import actions, second_factor
from accounts.models import AuditEvent, RoleGrant, User
from accounts.oidc import SingleSignOn
from tests.factories import PASSWORD, UserFactory
from tests.services import READY_WITHIN, Services, free_port

pytestmark = pytest.mark.django_db
LOGIN, CALLBACK = "/accounts/oidc/sso/login/", "/accounts/oidc/sso/login/callback/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ROBIN = "robin@example.org"
IS_ROBIN = {"email": "Robin@Example.org", "email_verified": True}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    port = free_port()
    with Services() as services:
        services.start("provider", [sys.executable, "-m", "oidc_provider_mock", "--host=127.0.0.1", f"--port={port}"])
        until = time.monotonic() + READY_WITHIN
        while not answers(f"http://127.0.0.1:{port}/.well-known/openid-configuration"):
            assert time.monotonic() < until, services.log("provider")
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"


def answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).ok
    except requests.ConnectionError:
        return False


@pytest.fixture(autouse=True)
def sso(settings, issuer) -> SingleSignOn:
    settings.OIDC = SingleSignOn(
        issuer=issuer,
        client_id="plan",
        client_secret="not-asked",
        roles="g-team=coordinator, g-it=administrator, g-team=member",
    )
    return settings.OIDC


def come_in(client: Client, subject: str, **claims: object):
    """Press the button, sign in there as this subject, and come back: the last answer of ours."""
    there = client.post(LOGIN)
    assert there.status_code == 302, there.content
    issuer = "{0.scheme}://{0.netloc}".format(urlsplit(there.url))
    requests.put(f"{issuer}/users/{subject}", json=claims, timeout=5).raise_for_status()
    back = requests.post(there.url, data={"sub": subject}, allow_redirects=False, timeout=5)
    parts = urlsplit(back.headers["Location"])
    assert parts.path == CALLBACK
    return client.get(f"{parts.path}?{parts.query}")


def is_in(client: Client, user: User) -> bool:
    return client.session.get("_auth_user_id") == str(user.pk)


def invited(**more: object) -> User:
    user = actions.invite(email=ROBIN, name="Robin Vale", by=None)
    return user


def roles(user: User) -> set[str]:
    user.forget_roles()
    return set(user.roles)


def test_the_button_sends_on_to_the_provider(client, issuer):
    assert b"Sign in with your council account" in client.get("/accounts/login/").content
    there = urlsplit(client.post(LOGIN).url)
    asked = parse_qs(there.query)
    assert f"{there.scheme}://{there.netloc}" == issuer
    assert asked["redirect_uri"] == [f"http://testserver{CALLBACK}"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"} and asked["code_challenge_method"] == [
        "S256"
    ]
    # What a link asks for besides is not passed on, and a link alone sends nobody anywhere.
    assert client.get(LOGIN).status_code == 200
    more = client.post(f"{LOGIN}?scope=files&process=connect").url
    assert "files" not in more


def test_who_was_invited_comes_in_without_a_password_and_is_linked(client):
    robin = invited()
    assert robin.state == "Invited"
    response = come_in(client, "r-1", **IS_ROBIN)
    assert (response.status_code, response.url) == (302, "/")
    assert is_in(client, robin)
    robin.refresh_from_db()
    assert robin.state == "" and User.objects.accepted().get() == robin
    account = SocialAccount.objects.get()
    assert account.user == robin and set(account.extra_data) == {"issuer", "subject"}
    kinds = AuditEvent.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["person_invited", "account_linked", "invitation_accepted"]
    # The link of the mail has done its work.
    with pytest.raises(Exception, match="has come in already"):
        actions.resend_invitation(robin, version=robin.version, by=None)
    assert client.get("/accounts/logout/").content.count(b"you stay signed in with your council account") == 1
    # Another address over there is the same person here; another person with the old address is not.
    again, other = Client(), Client()
    come_in(again, "r-1", email="robin.vale-oakes@example.org", email_verified=True)
    assert is_in(again, robin)
    refused = come_in(other, "r-2", **IS_ROBIN)
    assert refused.status_code == 403 and b"belongs to somebody who signs in with another account" in refused.content
    assert not is_in(other, robin)
    # Until an administrator unlinks them.
    robin.refresh_from_db()
    actions.unlink_account(robin, version=robin.version, by=None)
    come_in(other, "r-2", **IS_ROBIN)
    assert is_in(other, robin)


@pytest.mark.parametrize(
    ("claims", "trusted", "says"),
    [
        (
            {"email": "nobody@example.org", "email_verified": True},
            True,
            "Nobody has been invited with the email address",
        ),
        ({"email": ROBIN}, False, "an email address that is known to be yours"),
        ({"email": ROBIN, "email_verified": False}, True, "an email address that is known to be yours"),
        ({}, True, "an email address that is known to be yours"),
    ],
)
def test_who_is_not_known_for_certain_is_told_what_to_do(client, settings, sso, claims, trusted, says):
    settings.OIDC = replace(sso, trust_email=trusted)
    invited()
    response = come_in(client, "unsure", **claims)
    assert response.status_code == 403 and says in response.content.decode()
    assert not SocialAccount.objects.exists() and User.objects.count() == 1
    assert "_auth_user_id" not in client.session


def test_an_issuer_may_be_trusted_for_addresses_it_says_nothing_of(client, settings, sso):
    settings.OIDC = replace(sso, trust_email=True)
    robin = invited()
    come_in(client, "r-3", email=ROBIN)
    assert is_in(client, robin)


def test_who_left_stays_out(client):
    robin = invited()
    come_in(client, "r-4", **IS_ROBIN)
    robin.refresh_from_db()
    actions.deactivate(robin, by=None)
    for subject in ("r-4", "r-5"):
        other = Client()
        assert come_in(other, subject, **IS_ROBIN).url == "/accounts/inactive/"
        assert "_auth_user_id" not in other.session
    assert SocialAccount.objects.count() == 1


def test_groups_give_roles_and_end_them_and_touch_no_other(client, caplog):
    robin = invited()
    UserFactory(roles=["administrator"])
    actions.grant_role(robin, role="scrutiny", starts_on=robin.joined_at.date(), by=None)
    actions.grant_role(robin, role="member", starts_on=robin.joined_at.date(), by=None)

    def with_groups(**said: object) -> set[str]:
        come_in(Client(), "r-6", **IS_ROBIN, **said)
        return roles(robin)

    assert with_groups(groups=["g-team", "g-it", "others"]) == {"scrutiny", "member", "coordinator", "administrator"}
    assert set(RoleGrant.objects.filter(with_group=True).values_list("role", flat=True)) == {
        "coordinator",
        "administrator",
    }
    event = AuditEvent.objects.get(kind="roles_followed_groups")
    assert [line["what"] for line in event.changes] == ["Administrator", "Coordinator"]
    assert with_groups(groups=["g-it"]) == {"scrutiny", "member", "administrator"}
    # Entra ID with too many groups: not the same as none.
    caplog.set_level(logging.WARNING, "accounts")
    assert with_groups(_claim_names={"groups": "src1"}) == {"scrutiny", "member", "administrator"}
    assert f"user={robin.pk} came in without the claim of their groups" in caplog.text
    assert with_groups(groups=[]) == {"scrutiny", "member"}
    # Taken out of the last group, Entra ID says nothing of groups at all.
    assert with_groups(groups=["g-it"]) == {"scrutiny", "member", "administrator"}
    assert with_groups() == {"scrutiny", "member"}


def test_the_last_administrator_stays_one(client):
    robin = invited()
    come_in(client, "r-7", **IS_ROBIN, groups=["g-it"])
    come_in(Client(), "r-7", **IS_ROBIN, groups=[])
    assert roles(robin) == {"administrator"}


def test_the_second_step_is_ours_unless_theirs_is_trusted(settings, sso):
    settings.TOTP_REQUIRED = True
    invited()
    strict = Client()
    come_in(strict, "r-8", **IS_ROBIN, groups=["g-team"], amr=["pwd", "mfa"])
    assert strict.get("/").url == "/accounts/2fa/totp/activate/"
    settings.OIDC = replace(sso, second_step=("mfa",))
    vouched, without = Client(), Client()
    come_in(vouched, "r-8", **IS_ROBIN, groups=["g-team"], amr=["pwd", "mfa"])
    assert vouched.get("/").status_code == 200
    come_in(without, "r-8", **IS_ROBIN, groups=["g-team"], amr=["pwd"])
    assert without.get("/").url == "/accounts/2fa/totp/activate/"
    # With an app of their own they are asked for its code, or vouched for all the same.
    TOTP.activate(User.objects.get(), SECRET)
    again = Client()
    assert come_in(again, "r-8", **IS_ROBIN, amr=["pwd"]).url == "/accounts/2fa/authenticate/"
    come_in(vouched, "r-8", **IS_ROBIN, amr=["mfa"])
    assert vouched.session[second_factor.VOUCHED_KEY] == str(User.objects.get().pk)
    assert vouched.get("/").status_code == 200


def test_without_local_sign_in_there_are_no_passwords(client, settings):
    settings.LOCAL_SIGN_IN = False
    user = UserFactory(email=ROBIN)
    page = client.get("/accounts/login/").content
    assert b'name="password"' not in page and b"Sign in with your council account" in page
    forged = client.post("/accounts/login/", {"login": ROBIN, "password": PASSWORD})
    assert forged.status_code == 403 and not is_in(client, user)
    actions.invite(email="new@example.org", name="New Person", by=None)
    new = User.objects.get(email="new@example.org")
    link = urlsplit(actions.invitation_link(new)).path
    for path in ("/accounts/password/reset/", "/accounts/password/reset/key/1-x/", link):
        assert (
            client.post(
                path, {"email": ROBIN, "password1": "a long new one", "password2": "a long new one"}
            ).status_code
            == 403
        )
    come_in(client, "r-9", **IS_ROBIN)
    assert is_in(client, user)
    # The second step can be set up, though there is no password to ask for once more.
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    assert client.get("/accounts/password/change/").status_code == 403
    assert b"Password" not in client.get("/accounts/2fa/").content


def test_the_invitation_says_how_to_come_in(settings, django_capture_on_commit_callbacks):
    settings.LOCAL_SIGN_IN = False
    with django_capture_on_commit_callbacks(execute=True):
        invited()
    body = mail.outbox[0].body
    assert "Sign in with your council account" in body and "/accounts/login/" in body
    assert "/invitation/" not in body and "Choose a password" not in body


def test_a_provider_that_does_not_answer_is_said(client, settings, sso, issuer):
    there = client.post(LOGIN)
    assert there.status_code == 302
    state = parse_qs(urlsplit(there.url).query)["state"][0]
    settings.OIDC = replace(sso, issuer="http://127.0.0.1:9")
    for response in (client.post(LOGIN), client.get(CALLBACK, {"code": "x", "state": state}), client.get(CALLBACK)):
        assert response.status_code == 401 and b"Signing in did not work" in response.content
    cancelled = Client()
    settings.OIDC = sso
    state = parse_qs(urlsplit(cancelled.post(LOGIN).url).query)["state"][0]
    response = cancelled.get(CALLBACK, {"error": "access_denied", "state": state}, follow=True)
    assert b"You have not signed in" in response.content


def test_nobody_links_an_account_by_hand_and_without_a_provider_there_is_nothing(client, settings):
    client.force_login(UserFactory(), "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/accounts/3rdparty/").url == "/accounts/2fa/"
    assert client.post("/accounts/3rdparty/", {"account": "1"}).url == "/accounts/2fa/"
    assert client.get("/accounts/3rdparty/signup/").url == "/accounts/login/"
    settings.OIDC = SingleSignOn()
    assert client.post(LOGIN).status_code == client.get(CALLBACK).status_code == 404
    assert b"Sign in with" not in Client().get("/accounts/login/").content
