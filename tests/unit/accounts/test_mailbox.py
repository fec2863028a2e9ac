"""The mails of a first run: read back from the folder, shown escaped, nowhere to be found elsewhere."""

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import reverse

from accounts import mailbox
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
URL = "/mail/"


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = mailbox.FOLDER_BACKEND
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return Path(settings.EMAIL_FILE_PATH)


@pytest.fixture
def administrator(client):
    client.force_login(UserFactory(roles=["administrator"]), BACKEND)


def send(*subjects, body="Set a password here:\nhttp://127.0.0.1:8000/invitation/1/abc-def/\n"):
    connection = get_connection()
    messages = [EmailMultiAlternatives(subject, body, "team@example.org", ["new@example.org"]) for subject in subjects]
    for message in messages:
        message.attach_alternative("<p>HTML part</p>", "text/html")
    connection.send_messages(messages)


def test_a_mail_is_read_back_with_its_plain_part(folder):
    send("Your account – Café")
    [mail] = mailbox.mails()
    assert (mail.to, mail.subject) == ("new@example.org", "Your account – Café")
    assert mail.text.startswith("Set a password here:")
    assert "HTML part" not in mail.text
    assert mail.sent_at is not None


def test_several_mails_in_one_file_are_told_apart(folder):
    send("First", "Second")
    assert len(list(folder.iterdir())) == 1
    assert [mail.subject for mail in mailbox.mails()] == ["First", "Second"]


def test_the_links_of_a_mail_can_be_followed_and_its_words_are_escaped(client, folder, administrator):
    send("<b>Hello</b>", body="<script>alert(1)</script> http://127.0.0.1:8000/invitation/1/abc-def/")
    [mail] = mailbox.mails()
    page = client.get(reverse("accounts:mail-detail", args=[mail.name])).content.decode()
    assert "<script>alert" not in page
    assert "<b>Hello" not in page
    assert 'href="http://127.0.0.1:8000/invitation/1/abc-def/"' in page
    assert mail.name in client.get(URL).content.decode()


def test_an_empty_folder_says_what_will_be_there(client, folder, administrator):
    assert "No mail has been written yet" in client.get(URL).content.decode()


@pytest.mark.parametrize("name", ["nothing.log", "..", "x.txt", "..%2Fsecrets.log", "%2Fetc%2Fpasswd", ".hidden.log"])
def test_only_mails_of_the_folder_are_shown(client, folder, administrator, name):
    folder.mkdir()
    (folder.parent / "secrets.log").write_text("secret")
    (folder / "x.txt").write_text("secret")
    (folder / ".hidden.log").write_text("secret")
    assert client.get(f"{URL}{name}/").status_code == 404


def test_a_mail_that_cannot_be_read_shows_what_it_can(client, folder, administrator):
    folder.mkdir()
    (folder / "odd.log").write_bytes(b"Subject: Odd\nDate: yesterday\n\n\xff\xfe words")
    assert "Odd" in client.get(f"{URL}odd.log/").content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [("administrator", 200), ("coordinator", 403), ("executive", 403), ("data_lead", 403), ("scrutiny", 403)],
)
def test_mails_are_for_administrators_because_of_the_links_in_them(client, folder, role, status):
    client.force_login(UserFactory(roles=[role]), BACKEND)
    assert client.get(URL).status_code == status


def test_where_mail_goes_to_a_server_there_is_no_page(client, administrator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert client.get(URL).status_code == 404
    assert client.get(f"{URL}some.log/").status_code == 404


def test_in_production_there_is_no_page_whatever_the_backend(client, folder, administrator, settings):
    send("Your account")
    settings.PRODUCTION = True
    assert client.get(URL).status_code == 404
