"""Asking for another format: the public form, where it was asked from, the answer, who owes it, and what is forgotten."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError

from accounts import outbox
from accounts.models import AuditEvent, Mail
from reporting import digests, home_formats
from reporting.actions import formats
from reporting.formats import owing, pages
from reporting.models import FormatRequest
from reporting.views import formats as views
from tests.factories.accounts import UserFactory
from tests.factories.protecting import FormatRequestFactory

pytestmark = pytest.mark.django_db
FORM = "/other-formats/"
NOON = dt.datetime(2018, 5, 21, 11, tzinfo=dt.UTC)  # a Monday
SAID = {
    "page": "/reports/",
    "wanted": "The report for January to March",
    "formats": ["braille", "language"],
    "language": "Sylheti",
    "email": "rosa.may@example.org",
    "note": "",
}


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/reports/", "/reports/"),
        ("/plan/a/?q=secret#part", "/plan/a/"),
        ("https://evil.example/reports/", ""),
        ("//evil.example/reports/", ""),
        ("/\\evil.example/", ""),
        ("javascript:alert(1)", ""),
        ("/nothing-here/", ""),
        ("/audit/", ""),  # behind the sign-in
        ("/invitation/ab/abc-def/", ""),  # somebody's own link
        ("/confirm/abc/", ""),
        ("/reports/\n", ""),
        ("/plan/" + "a" * 300 + "/", ""),
    ],
)
def test_only_a_public_page_of_ours_is_kept(path, kept):
    assert pages.ours(path) == kept


def test_every_public_page_leads_to_the_form_with_its_own_address(client):
    assert 'href="/other-formats/?page=%2Freports%2F"' in client.get("/reports/?page=2").content.decode()
    assert 'href="/other-formats/"' in client.get("/nothing-here/").content.decode()
    assert "evil" not in client.get(FORM, {"page": "https://evil.example/"}).content.decode()


@time_machine.travel(NOON, tick=False)
def test_anybody_asks_and_is_told_the_day(client, settings, django_capture_on_commit_callbacks):
    settings.CONTACT_EMAIL = "team@example.org"
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(FORM, SAID)
    asked = FormatRequest.objects.get()
    assert answer["Location"] == f"/other-formats/{asked.reference}/"
    assert (asked.page, asked.way, asked.contact) == ("/reports/", "email", "rosa.may@example.org")
    assert asked.format_words == ["Braille", "In Sylheti"]
    assert asked.due_on == dt.date(2018, 6, 5)  # ten working days; 28 May 2018 was a bank holiday
    thanks = client.get(answer["Location"]).content.decode()
    assert asked.reference in thanks and "Tuesday 5 June 2018" in thanks
    assert "rosa" not in thanks and "Braille" not in thanks.partition("<footer")[0]
    (sent,) = mail.outbox
    assert sent.to == ["team@example.org"] and asked.reference in sent.subject
    assert "rosa" not in sent.body and "Sylheti" not in sent.body
    event = AuditEvent.objects.get(kind="format_requested")
    assert (event.actor, event.scheduled, event.subject_label) == (None, False, f"Request {asked.reference}")
    assert "rosa" not in f"{event.changes}{event.comment}"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"formats": []}, "Choose at least one format"),
        ({"formats": ["smoke"]}, "Choose from the formats shown"),
        ({"page": "", "wanted": ""}, "Enter which page or document you need"),
        ({"language": ""}, "Enter the language you need"),
        ({"email": ""}, "Enter an email address, a phone number or a postal address"),
        ({"email": "rosa"}, "Enter an email address like name@example.com"),
        ({"email": "", "phone": "ring me"}, "Enter a phone number like 020 7364 0000"),
        ({"phone": "020 7364 0000"}, "Fill in one way to reach you only: we keep no more than we need"),
        ({"email": "", "address": "x" * 501}, "Use at most 500 characters"),
        ({"note": "a\x00b"}, "has a hidden character in it"),
    ],
)
def test_bad_input_is_told_and_nothing_is_kept(client, said, told):
    page = client.post(FORM, SAID | said).content.decode()
    assert told in page and "<title>Error: " in page
    assert not FormatRequest.objects.exists() and not Mail.objects.exists()


def test_more_than_five_a_minute_wait(client, monkeypatch):
    monkeypatch.setattr(views, "MOST_A_MINUTE", 1)
    with time_machine.travel(NOON, tick=False):
        assert [client.post(FORM, SAID).status_code for _ in range(2)] == [302, 429]
    with time_machine.travel(NOON + dt.timedelta(minutes=1), tick=False):
        assert client.post(FORM, SAID).status_code == 302


def test_it_is_owed_by_the_team_until_one_answers(client, sam):
    other, asked = UserFactory(roles=["coordinator"]), FormatRequestFactory()  # due on 18 June
    owed = owing.owed(dt.date(2018, 6, 19))
    assert [(one.person_id, one.stage) for one in owed] == [(sam.pk, "overdue"), (other.pk, "overdue")]
    assert {item.person_id for item in digests.owed(dt.date(2018, 6, 19))} == {sam.pk, other.pk}
    (item,) = home_formats.items(sam, dt.date(2018, 6, 19))
    assert (item.state, item.url) == ("Overdue", f"/format-requests/{asked.pk}/")
    client.force_login(sam)
    assert "Overdue" in client.get("/format-requests/").content.decode()
    client.post(item.url, {"state": "sent", "answer": "In 18 point, by mail"})
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by) == ("sent", sam)
    assert owing.owed(dt.date(2018, 6, 19)) == []
    assert outbox.STAGES[formats.MAIL].write(Mail(thing=f"reporting.formatrequest:{asked.pk}")) is None
    with pytest.raises(ValidationError, match="Sam Carrick has answered this request already"):
        formats.answer(asked, state="declined", answer="No", at=NOON, by=other)
    assert owing.owed(dt.date(2018, 6, 19)) == []


def test_without_a_coordinator_it_is_nobodys():
    FormatRequestFactory()
    assert [one.person_id for one in owing.owed(dt.date(2018, 6, 18))] == [0]


def test_how_to_reach_them_goes_30_days_after_the_answer(client, sam):
    asked = FormatRequestFactory(answered=True, language="Somali", note="Ring in the evening")
    waiting = FormatRequestFactory()
    day = asked.answered_at + dt.timedelta(days=30)
    assert formats.forget(at=day - dt.timedelta(seconds=1), by=None) == 0
    assert formats.forget(at=day, by=None) == 1
    assert formats.forget(at=day, by=None) == 0
    asked.refresh_from_db()
    assert (asked.contact, asked.note, asked.wanted, asked.language) == ("", "", "", "")
    assert (asked.formats, asked.state, asked.answer) == (["large_print"], "sent", "The report in 18 point, by mail")
    waiting.refresh_from_db()
    assert waiting.contact == "rosa.may@example.org"
    asked.formats = ["large_print", "language"]
    assert asked.format_words == ["Large print", "In another language"]  # which one is forgotten
    client.force_login(sam)
    assert "Removed on 6 July 2018" in client.get(f"/format-requests/{asked.pk}/").content.decode()


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("020 7946 0000", "Rang 02079460000 and read it out"),
        ("ann@example.net", "Sent to Ann@example.net"),
        ("Ann Lee\n3 Mill Lane\nE1 4AB", "Posted to 3, Mill Lane"),
    ],
)
def test_an_answer_that_stays_does_not_tell_how_to_reach_somebody(contact, told):
    asked = FormatRequestFactory(contact=contact)
    with pytest.raises(ValidationError, match="Leave out how the person is reached"):
        formats.answer(asked, state="sent", answer=told, at=NOON, by=UserFactory(roles=["coordinator"]))
    formats.answer(asked, state="sent", answer="As asked for", at=NOON, by=UserFactory(roles=["coordinator"]))
