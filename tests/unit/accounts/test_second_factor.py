"""The second step at sign-in: asked of those whose roles call for it, and of nobody in circles."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.utils import timezone

from accounts import actions, second_factor
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SET_UP = "/accounts/2fa/totp/activate/"
GIVE = "/accounts/2fa/reauthenticate/"
ROLES = ["coordinator", "executive", "administrator"]


@pytest.fixture(autouse=True)
def _asked_for(settings):
    settings.TOTP_REQUIRED = True
    cache.clear()


def code(secret=SECRET, ahead=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def person(*roles):
    return UserFactory(email="sam@example.org", roles=roles)


def sign_in(client):
    return client.post("/accounts/login/", {"login": "sam@example.org", "password": PASSWORD})


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", ["/", "/people/", "/plan/", "/accounts/2fa/", "/accounts/2fa/recovery-codes/"])
def test_without_it_every_page_leads_to_setting_it_up(client, role, path):
    client.force_login(person(role), BACKEND)
    response = client.get(path)
    assert (response.status_code, response.url) == (302, SET_UP)


def test_a_post_goes_no_further_either(client):
    admin = person("administrator")
    client.force_login(admin, BACKEND)
    response = client.post("/people/invite/", {"name": "New", "email": "new@example.org"})
    assert response.url == SET_UP
    assert not type(admin).objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize("role", ["data_lead", "commentary_lead", "scrutiny"])
def test_other_roles_are_not_asked(client, role):
    user = person(role)
    client.force_login(user, BACKEND)
    assert client.get(user.get_absolute_url()).status_code == 200


def test_where_it_is_off_nobody_is_asked(client, settings):
    settings.TOTP_REQUIRED = False
    user = person("coordinator")
    client.force_login(user, BACKEND)
    assert client.get(user.get_absolute_url()).status_code == 200


def test_nobody_signed_in_is_asked_nothing(client):
    assert client.get("/accessibility/").status_code == 200
    assert client.get("/people/").url == "/accounts/login/?next=/people/"


@pytest.mark.parametrize("path", ["/contact/", "/accessibility/", "/privacy/", "/cookies/", "/healthz"])
def test_help_can_be_reached_on_the_way(client, path):
    client.force_login(person("coordinator"), BACKEND)
    assert client.get(path).status_code == 200


def test_signing_out_is_possible_on_the_way(client):
    client.force_login(person("coordinator"), BACKEND)
    assert client.post("/accounts/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_setting_it_up_goes_round_in_no_circle(client):
    """From signing in to the page one wanted: the password again, the picture, a right code, the recovery codes."""
    user = person("coordinator")
    sign_in(client)
    asked = client.get(SET_UP)
    assert asked.status_code == 302
    assert asked.url.startswith("/accounts/reauthenticate/")
    assert client.get(asked.url).status_code == 200
    back = client.post(asked.url, {"password": PASSWORD})
    assert back.url == SET_UP
    picture = client.get(SET_UP)
    assert picture.status_code == 200
    wrong = client.post(SET_UP, {"code": "000000"})
    assert wrong.status_code == 200
    assert client.get("/people/").url == SET_UP
    secret = client.session["mfa.totp.secret"]
    done = client.post(SET_UP, {"code": code(secret)})
    assert done.url == "/accounts/2fa/recovery-codes/"
    assert client.get(done.url).status_code == 200
    assert client.get("/people/").status_code == 200
    assert Authenticator.objects.filter(user=user).count() == 2  # the app and the recovery codes


@pytest.fixture
def with_app():
    user = person("coordinator")
    TOTP.activate(user, SECRET)
    return user


def test_signing_in_asks_for_a_code_and_then_lets_pass(client, with_app):
    assert sign_in(client).url == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    response = client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert response.url == "/"
    assert client.get("/people/").status_code == 200


def test_a_wrong_code_lets_nobody_in(client, with_app):
    sign_in(client)
    response = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "The code is not right" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_lets_in_once(client, with_app):
    recovery = RecoveryCodes.activate(with_app).get_unused_codes()[0]
    sign_in(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": recovery}).url == "/"
    assert client.get("/people/").status_code == 200
    client.post("/accounts/logout/")
    sign_in(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": recovery}).status_code == 200


def test_a_session_from_before_is_asked_for_a_code_and_then_goes_where_it_wanted(client, with_app):
    client.force_login(with_app, BACKEND)
    asked = client.get("/people/?q=rob")
    assert asked.url == f"{GIVE}?next=%2Fpeople%2F%3Fq%3Drob"
    assert client.get(asked.url).status_code == 200
    response = client.post(asked.url, {"code": code()})
    assert response.url == "/people/?q=rob"
    assert client.get(response.url).status_code == 200


def test_recovery_codes_are_not_shown_to_a_session_that_has_not_passed(client, with_app):
    RecoveryCodes.activate(with_app)
    client.force_login(with_app, BACKEND)
    assert client.get("/accounts/2fa/recovery-codes/").url.startswith(GIVE)


def test_a_role_given_later_asks_with_the_next_page(client):
    user = person()
    client.force_login(user, BACKEND)
    assert client.get(user.get_absolute_url()).status_code == 200
    actions.grant_role(user, role="executive", starts_on=user.joined_at.date(), by=None)
    assert client.get(user.get_absolute_url()).url == SET_UP


def test_recovery_codes_alone_are_no_second_step(client):
    user = person("coordinator")
    RecoveryCodes.activate(user)
    client.force_login(user, BACKEND)
    assert client.get("/people/").url == SET_UP


def test_who_needs_it_cannot_switch_it_off(client, with_app):
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    response = client.post("/accounts/2fa/totp/deactivate/")
    assert "Your role needs the second step" in response.content.decode()
    assert Authenticator.objects.filter(user=with_app, type="totp").exists()


OFF = "/accounts/2fa/totp/deactivate/"


@pytest.mark.parametrize(("role", "offered"), [*((role, False) for role in ROLES), ("data_lead", True)])
def test_switching_it_off_is_offered_only_where_it_can_be(client, role, offered):
    user = person(role)
    TOTP.activate(user, SECRET)
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    index, page = client.get("/accounts/2fa/").content.decode(), client.get(OFF).content.decode()
    assert (OFF in index, "Switch it off" in page) == (offered, offered)
    for shown in (index, page):
        assert ("ask an administrator to reset it" in shown) is not offered


def test_who_need_not_have_it_may_switch_it_off(client):
    user = person("data_lead")
    TOTP.activate(user, SECRET)
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=user).exists()


def test_one_persons_passing_does_not_pass_another(client, with_app):
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    client.force_login(UserFactory(roles=["executive"]), BACKEND)
    assert client.get("/people/").url == SET_UP


def test_a_session_that_has_passed_costs_no_query_more(client, with_app, settings, django_assert_num_queries):
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    settings.TOTP_REQUIRED = False
    with django_assert_num_queries(6) as without:
        client.get("/organisations/")
    settings.TOTP_REQUIRED = True
    with django_assert_num_queries(len(without)):
        client.get("/organisations/")


def test_sessions_that_gave_a_code_of_a_lost_phone_end_when_it_is_reset(client, with_app):
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert client.get("/people/").status_code == 200
    with_app.refresh_from_db()
    actions.reset_second_factor(with_app, version=with_app.version, by=UserFactory(roles=["administrator"]))
    assert client.get("/people/").url == "/accounts/login/?next=/people/"
    assert sign_in(client).url == "/"
    assert client.get("/people/").url == SET_UP


def test_sessions_that_set_up_a_lost_phone_end_when_it_is_reset(client, with_app):
    client.force_login(with_app, BACKEND)
    session = client.session
    session[second_factor.SET_UP_KEY] = str(with_app.pk)
    session.save()
    assert client.get("/people/").status_code == 200
    actions.reset_second_factor(with_app, version=with_app.version, by=UserFactory(roles=["administrator"]))
    assert client.get("/people/").url == "/accounts/login/?next=/people/"


def test_a_session_opened_after_a_reset_outlives_a_new_secret_key(client, settings):
    user = UserFactory(roles=["data_lead"], signed_out_at=timezone.now())
    client.force_login(user, BACKEND)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key" * 5
    assert client.get(user.get_absolute_url()).status_code == 200


def test_what_one_person_set_up_in_a_session_does_not_pass_another(rf):
    one, other = UserFactory(roles=["coordinator"]), UserFactory(roles=["coordinator"])
    request = rf.get("/")
    request.session = {second_factor.SET_UP_KEY: str(one.pk)}
    assert second_factor.is_passed(request, one)
    assert not second_factor.is_passed(request, other)
