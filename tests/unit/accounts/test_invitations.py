"""The link of an invitation: good once and for seven days, and what it says when it is over."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.utils.http import int_to_base36

from accounts import actions, invitations, tasks
from accounts.models import AuditEvent, User
from lib.govuk import error_links
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SENT = dt.datetime(2018, 5, 1, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def invited():
    with time_machine.travel(SENT, tick=False):
        person = actions.invite(email="new@example.org", name="New Person", roles=["data_lead"], by=None)
        person.test_link = invitations.link(person).removeprefix(settings.SITE_URL)
    return person


def at(**later):
    return time_machine.travel(SENT + dt.timedelta(**later), tick=False)


def test_the_link_sets_the_first_password_and_leads_to_sign_in(client, invited):
    with at(days=6, hours=23):
        page = client.get(invited.test_link)
        assert page.status_code == 200
        assert "Hello New Person" in page.content.decode()
        assert "no-store" in page["Cache-Control"]
        response = client.post(invited.test_link, {"password1": PASSWORD, "password2": PASSWORD})
        assert (response.status_code, response.url) == (302, "/accounts/login/")
    assert User.objects.get(pk=invited.pk).check_password(PASSWORD)
    accepted = AuditEvent.objects.get(kind="invitation_accepted")
    assert accepted.actor_label == "New Person"


def test_the_new_password_signs_in(client, invited):
    with at(days=1):
        client.post(invited.test_link, {"password1": PASSWORD, "password2": PASSWORD})
        client.post("/accounts/login/", {"login": "new@example.org", "password": PASSWORD})
        assert client.session["_auth_user_id"] == str(invited.pk)


def test_the_address_is_filled_in_at_sign_in_until_somebody_has_signed_in(client, invited):
    with at(days=1):
        assert "new@example.org" not in client.get("/accounts/login/").content.decode()
        client.post(invited.test_link, {"password1": PASSWORD, "password2": PASSWORD})
        assert 'value="new@example.org"' in client.get("/accounts/login/").content.decode()
        client.post("/accounts/login/", {"login": "new@example.org", "password": PASSWORD})
        assert "invited" not in client.session


@pytest.mark.parametrize(
    ("later", "status"),
    [({"days": 7}, 200), ({"days": 7, "seconds": 1}, 410), ({"days": 400}, 410)],
)
def test_it_is_good_for_seven_days(client, invited, later, status):
    with at(**later):
        response = client.get(invited.test_link)
    assert response.status_code == status
    assert ("This link has expired" in response.content.decode()) is (status == 410)


def test_used_once_it_says_so(client, invited):
    with at(hours=1):
        client.post(invited.test_link, {"password1": PASSWORD, "password2": PASSWORD})
        again = client.post(invited.test_link, {"password1": "another long phrase", "password2": "another long phrase"})
    assert again.status_code == 410
    assert "This link has been used" in again.content.decode()
    assert User.objects.get(pk=invited.pk).check_password(PASSWORD)


def test_a_newer_invitation_ends_the_older_link(client, invited):
    with at(hours=1):
        actions.resend_invitation(invited, version=invited.version, by=None)
        assert client.get(invited.test_link).status_code == 410
        newer = invitations.link(User.objects.get(pk=invited.pk)).removeprefix(settings.SITE_URL)
        assert client.get(newer).status_code == 200


def test_a_corrected_address_ends_the_link_that_went_to_the_wrong_mailbox(client, invited):
    with at(hours=1):
        actions.change_person(
            invited,
            email="right@example.org",
            name="New Person",
            post="",
            organisation=None,
            version=invited.version,
            by=None,
        )
        assert client.get(invited.test_link).status_code == 410


def test_somebody_who_left_before_accepting_gets_no_password(client, invited):
    actions.deactivate(invited, by=None)
    with at(hours=1):
        response = client.post(invited.test_link, {"password1": PASSWORD, "password2": PASSWORD})
    assert response.status_code == 410
    assert not User.objects.get(pk=invited.pk).has_usable_password()


@pytest.mark.parametrize(
    "path",
    [
        "/invitation/1/wrong/",
        "/invitation/zzzzzz/abc-def/",
        "/invitation/!/abc-def/",
        "/invitation/zzzzzzzzzzzzzzzzzzzz/abc-def/",
        "/invitation/1/-/",
        "/invitation/1/zzzzzzzzzzzzzzz-x/",
    ],
)
def test_a_broken_link_says_so_and_not_whom_it_is_for(client, path):
    response = client.get(path)
    assert response.status_code == 410
    assert "This link does not work" in response.content.decode()


def test_a_link_for_one_person_does_not_open_another(client, invited):
    other = actions.invite(email="other@example.org", name="Other Person", by=None)
    token = invited.test_link.split("/")[3]
    with at(hours=1):
        response = client.get(f"/invitation/{int_to_base36(other.pk)}/{token}/")
    assert response.status_code == 410
    assert "Other Person" not in response.content.decode()


def test_a_used_link_is_told_only_to_who_holds_it(client):
    person = UserFactory()
    response = client.get(f"/invitation/{int_to_base36(person.pk)}/abc-def/")
    assert "This link does not work" in response.content.decode()


@pytest.mark.parametrize(
    ("first", "second", "sentences"),
    [
        ("", "", ["Enter a password", "Enter the password a second time"]),
        ("short words", "short words", ["The password must be 12 characters or more"]),
        ("123456789012345", "123456789012345", ["The password must not be numbers only"]),
        ("new@example.org", "new@example.org", ["The password must not be like your name or email address"]),
        (PASSWORD, "a long pass phrasE", ["The two passwords are not the same. Enter the same one twice"]),
        (PASSWORD, "", ["Enter the password a second time"]),
        ("x" * 201, "x" * 201, ["The password must be 200 characters or fewer"]),
    ],
)
def test_bad_passwords_are_told_at_the_field(client, invited, first, second, sentences):
    with at(hours=1):
        response = client.post(invited.test_link, {"password1": first, "password2": second})
    assert response.status_code == 200
    told = [sentence for _, sentence in error_links(response.context["form"])]
    assert set(sentences) <= set(told)
    assert not User.objects.get(pk=invited.pk).has_usable_password()


def test_the_mail_says_until_when_its_link_is_good(mailoutbox, invited):
    tasks.send_mail(invited.mails.get().pk)
    [message] = mailoutbox
    assert message.subject == f"Your account for the {settings.PARTNERSHIP_NAME}"
    assert "The link works once and until " in message.body


def test_names_are_escaped_in_the_mail_for_screens_and_plain_in_the_other(mailoutbox):
    person = actions.invite(email="new@example.org", name="Ann O'Neil <b>", by=None)
    tasks.send_mail(person.mails.get().pk)
    [message] = mailoutbox
    assert "Hello Ann O'Neil <b>," in message.body
    assert "Hello Ann O&#x27;Neil &lt;b&gt;," in message.alternatives[0].content
