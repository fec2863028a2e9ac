"""Passkeys where no browser is needed: who may add and remove one, and answers that no browser gives."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from accounts import second_factor
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ADD = "/accounts/2fa/webauthn/add/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def sam(client, settings):
    """A coordinator who came in without a password, so that nothing is asked once more."""
    settings.TOTP_REQUIRED = True
    user = UserFactory(roles=["coordinator"], password="!")
    client.force_login(user, BACKEND)
    return user


def passkey(user, name="Laptop"):
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name})


def passed(client, user):
    session = client.session
    session[second_factor.SET_UP_KEY] = str(user.pk)
    session.save()


def test_a_passkey_can_be_the_first_second_step_and_gets_round_none(client, sam):
    assert client.get("/").url == "/accounts/2fa/totp/activate/"
    assert client.get(ADD).status_code == 200
    TOTP.activate(sam, SECRET)
    assert client.get(ADD).url.startswith("/accounts/2fa/reauthenticate/")
    assert client.post(ADD, {"credential": "{}"}).url.startswith("/accounts/2fa/reauthenticate/")


def test_who_has_passkeys_only_is_asked_for_one(client, sam):
    passkey(sam)
    assert second_factor.is_set_up_by(sam)
    assert client.get("/").url.startswith("/accounts/2fa/webauthn/reauthenticate/")


def test_the_last_one_stays_with_whom_it_is_needed_by(client, sam, settings):
    held = passkey(sam)
    passed(client, sam)
    url = f"/accounts/2fa/webauthn/keys/{held.pk}/remove/"
    for response in (client.get(url), client.post(url)):
        assert response.url == "/accounts/2fa/webauthn/"
    assert b"Your role needs the second step" in client.get(response.url).content
    assert Authenticator.objects.filter(pk=held.pk).exists()
    assert client.post("/accounts/2fa/webauthn/keys/0/remove/").status_code == 404
    others = passkey(UserFactory())
    assert client.post(f"/accounts/2fa/webauthn/keys/{others.pk}/remove/").status_code == 404
    # With another beside it, allauth goes on and asks who it is.
    passkey(sam, "Phone")
    assert "reauthenticate" in client.get(url).url


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "x",
        "null",
        "[]",
        "7",
        "{}",
        '{"id": 1}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
    ],
)
def test_an_answer_that_no_browser_gives_is_refused_in_words(client, sam, answer):
    client.get(ADD)
    response = client.post(ADD, {"name": "Laptop", "credential": answer})
    assert response.status_code == 200
    assert "The passkey was not taken" in response.content.decode()
    assert not Authenticator.objects.filter(user=sam).exists()
