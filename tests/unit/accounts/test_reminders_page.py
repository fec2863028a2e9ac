"""The log of reminders on its page."""

import datetime as dt
import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Reminder
from tests.factories import UserFactory
from tests.factories.collecting import MailFactory, ReminderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def coordinator(client):
    client.force_login(UserFactory(roles=["coordinator"]))


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum", post="Performance analyst")


def page(client, **asked):
    response = client.get(reverse("accounts:reminder-list"), asked)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def reminder(person, number=1, **fields):
    return ReminderFactory(person=person, thing=f"indicators.return:{number}", **fields)


def mail(person, state, **fields):
    return MailFactory(to=person, stage="digest", cycle=state, state=state, **fields)


def test_nobody_was_reminded_yet(client):
    assert "Nobody has been reminded yet." in page(client)


@pytest.mark.parametrize(
    ("state", "fields", "said"),
    [
        ("sent", {"sent_at": dt.datetime(2018, 4, 30, 6, 30, tzinfo=dt.UTC)}, "Sent 30 April 2018, 07:30"),
        ("waiting", {}, "On its way"),
        (
            "waiting",
            {"failure": "the mail server could not be reached", "attempts": 2},
            "Not sent yet: the mail server could not be reached. It is tried again by itself",
        ),
        ("dropped", {}, "Not sent: it was done, or due on another day, before the mail went"),
        (
            "failed",
            {"failure": "the mail server refused the address"},
            "<strong>Could not be sent: the mail server refused the address</strong>",
        ),
    ],
)
def test_it_says_who_was_reminded_of_what_and_what_became_of_the_mail(client, farida, state, fields, said):
    reminder(farida, mail=mail(farida, state, **fields))
    shown = page(client)
    assert "1 reminder</strong>" in shown
    assert "Figure for B2 Domestic abuse reports, 2017-18 Q4" in shown
    assert farida.get_absolute_url() in shown
    assert "On the day" in shown
    assert said in shown


def test_the_newest_day_comes_first(client, farida):
    reminder(farida, what="Figure for A1", on=dt.date(2018, 4, 20))
    reminder(farida, 2, what="Figure for A2", on=dt.date(2018, 4, 27), mail=Reminder.objects.get().mail)
    shown = page(client)
    assert shown.index("Figure for A2") < shown.index("Figure for A1")


def test_those_of_one_person(client, farida):
    other = UserFactory(name="Tom Okafor")
    never = UserFactory(name="Never Reminded")
    reminder(farida, what="Figure for A1")
    reminder(other, 2, what="Figure for A2")
    shown = page(client, person=farida.pk)
    assert "Figure for A1" in shown and "Figure for A2" not in shown
    assert "Never Reminded" not in shown  # offered are those who were
    shown = page(client, person=never.pk)
    assert "Error: Reminders" in shown or "Choose a person from the list" in shown
    assert "No reminder matches." in shown
    assert "No reminder matches." in page(client, person="x")


def test_a_page_holds_fifty_and_costs_the_same_for_any_number(client, farida):
    sent = mail(farida, "waiting")

    def count():
        page(client)
        with CaptureQueriesContext(connection) as captured:
            page(client)
        return len(captured)

    reminder(farida, mail=sent)
    few = count()
    for number in range(2, 62):
        reminder(UserFactory() if number % 2 else farida, number, mail=sent)
    assert count() == few
    assert few <= 8
    assert "61 reminders</strong>" in page(client)
    assert page(client).count('data-label="The mail"') == 50
    assert page(client, page=2).count('data-label="The mail"') == 11
