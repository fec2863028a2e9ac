"""What the digest says, and that it is written from what is still owed when it is sent."""

import datetime as dt

import pytest
import time_machine
from django.core import mail

from accounts import actions, outbox, tasks
from accounts.models import Mail, Reminder, RoleGrant
from indicators.models import Commentary, Indicator, Return
from lib.owed import Owed
from reporting import digests
from reporting.mails import daily
from tests.factories import UserFactory
from tests.factories.indicators import (
    IndicatorFactory,
    LeadFactory,
    PlacementFactory,
    ReturnFactory,
    RoundFactory,
    sent,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2018, 5, 2)  # a Wednesday; figures were due on Friday 27 April


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(dt.datetime(2018, 5, 2, 6, 30, tzinfo=dt.UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum", email="farida@example.org", roles=["data_lead", "commentary_lead"])


@pytest.fixture
def return_(farida):
    placement = PlacementFactory(reference="B2")
    LeadFactory(indicator=placement.indicator, user=farida)
    made = ReturnFactory(indicator=placement.indicator, round=RoundFactory())
    Commentary.objects.update(due_on=None)
    return made


def decided():
    """The digests of the day, in the outbox and not sent."""
    return digests.send(on=DAY, by=None)


def test_the_whole_mail(return_, farida, settings):
    settings.PARTNERSHIP_NAME, settings.CONTACT_EMAIL = "Sample Partnership", "team@example.org"
    settings.SITE_URL = "https://csp.example.org"
    LeadFactory(indicator=return_.indicator, user=farida, duty="commentary")
    Commentary.objects.update(due_on=dt.date(2018, 5, 8))
    [row] = decided()
    tasks.send_mail(row.pk)
    [message] = mail.outbox
    assert message.subject == "1 figure late, 1 commentary due on Tuesday 8 May 2018"
    assert message.to == ["farida@example.org"]
    assert message.body.strip() == (
        "Hello Farida Begum,\n\n"
        "This waits for you, the most urgent first:\n\n"
        "Figure for B2 Domestic abuse reports, 2017-18 Q4\n"
        "It was due on Friday 27 April 2018, 3 working days ago.\n"
        f"https://csp.example.org/returns/{return_.pk}/edit/\n\n"
        "Commentary on B2 Domestic abuse reports, 2017-18 Q4\n"
        "It is due on Tuesday 8 May 2018.\n"
        f"https://csp.example.org/commentaries/{return_.commentary.pk}/edit/\n\n"
        "If there is no figure this quarter, say so on the page of the figure. What you have sent is not asked for again.\n"
        "All that needs you is on one page:\n"
        "https://csp.example.org/\n\n"
        "Write to team@example.org if something is unclear.\n\n"
        "Sample Partnership"
    )
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    assert f'href="https://csp.example.org/returns/{return_.pk}/edit/"' in html
    assert "<title>1 figure late, 1 commentary due on Tuesday 8 May 2018</title>" in html
    assert "<img" not in html and "src=" not in html  # nothing that tells that it was opened


def test_what_has_been_given_meanwhile_is_not_asked_for(return_, farida):
    other = IndicatorFactory()
    LeadFactory(indicator=other, user=farida)
    more = ReturnFactory(indicator=other, round=return_.round)
    [row] = decided()
    sent(return_)
    tasks.send_mail(row.pk)
    assert "B2" not in mail.outbox[0].body
    assert f"/returns/{more.pk}/edit/" in mail.outbox[0].body


def test_a_mail_about_nothing_any_more_is_dropped(return_):
    [row] = decided()
    sent(return_)
    tasks.send_mail(row.pk)
    assert mail.outbox == []
    assert Mail.objects.get().state == "dropped"


def test_a_day_that_moved_meanwhile_is_reminded_of_in_its_own_time(return_):
    [row] = decided()
    Return.objects.update(extended_to=dt.date(2018, 5, 31))
    tasks.send_mail(row.pk)
    assert mail.outbox == []


def test_what_else_is_owed_stands_below(return_, farida):
    [row] = decided()
    tasks.send_mail(row.pk)
    other = IndicatorFactory()
    LeadFactory(indicator=other, user=farida)
    ReturnFactory(indicator=other, round=return_.round, extended_to=dt.date(2018, 5, 10))
    far = IndicatorFactory()
    LeadFactory(indicator=far, user=farida)
    ReturnFactory(indicator=far, round=return_.round, extended_to=dt.date(2018, 6, 29))
    Commentary.objects.update(due_on=None)
    with time_machine.travel(dt.datetime(2018, 5, 3, 6, 30, tzinfo=dt.UTC), tick=False):
        [row] = digests.send(on=dt.date(2018, 5, 3), by=None)
        tasks.send_mail(row.pk)
    message = mail.outbox[1]
    assert message.subject == "1 figure due on Thursday 10 May 2018"
    above, below = message.body.split("Also on your list:\n")
    assert (other.name in above, "B2" in above) == (True, False)
    assert ("B2" in below, other.name in below) == (True, False)
    assert far.name not in message.body  # its week has not come


def test_a_restricted_indicator_is_not_named_to_who_may_not_see_it(return_, farida):
    Indicator.objects.update(is_restricted=True)
    [row] = decided()
    RoleGrant.objects.filter(user=farida).update(ends_on=dt.date(2018, 5, 1))
    tasks.send_mail(row.pk)
    assert mail.outbox == []
    assert Mail.objects.get().state == "dropped"


def test_a_mail_that_never_went_gives_its_reminders_to_the_next_one(return_, farida):
    other = IndicatorFactory()
    LeadFactory(indicator=other, user=farida)
    ReturnFactory(indicator=other, round=return_.round, extended_to=dt.date(2018, 5, 11))
    Commentary.objects.update(due_on=None)
    [first] = decided()
    Mail.objects.update(state="failed", failure="the mail server could not be reached")
    with time_machine.travel(dt.datetime(2018, 5, 4, 6, 30, tzinfo=dt.UTC), tick=False):
        [second] = digests.send(on=dt.date(2018, 5, 4), by=None)
        tasks.send_mail(second.pk)
    assert "B2" in mail.outbox[0].body.split("Also on your list")[0]
    assert other.name in mail.outbox[0].body.split("Also on your list")[0]
    assert set(Reminder.objects.values_list("mail", flat=True)) == {second.pk}
    first.refresh_from_db()
    assert first.state == "dropped"


def test_words_that_are_owed_anew_are_asked_for_as_such():
    item = Owed(
        DAY, 1, "indicators.commentary:3", "incomplete", "Commentary on B2", "reporting:home", (), "incomplete:4"
    )
    assert daily.subject([item], [], DAY) == "1 commentary to complete"
    assert daily.asking.line(item, DAY).when == "It was sent, and its figure asks for more by now. The page says what."
    assert not digests.was_told(item)


def test_who_owes_words_alone_is_told_nothing_of_figures(return_):
    LeadFactory(indicator=return_.indicator, duty="commentary", user=UserFactory(roles=["commentary_lead"]))
    sent(return_)
    Commentary.objects.update(due_on=dt.date(2018, 5, 8))
    [row] = decided()
    tasks.send_mail(row.pk)
    assert "Commentary on B2" in mail.outbox[0].body
    assert "no figure" not in mail.outbox[0].body + mail.outbox[0].alternatives[0].content


def test_of_others_and_own_are_counted_apart():
    own = Owed(DAY, 1, "indicators.return:3", "due", "Figure", "reporting:home")
    late = Owed(dt.date(2018, 4, 20), 2, "indicators.return:4", "overdue", "Figure", "reporting:home")
    both = Owed(dt.date(2018, 4, 20), 3, "indicators.return:4", "overdue", "Figure", "reporting:home")
    assert daily.subject([own], [late, both], DAY) == "1 figure due today, 1 figure of others late for more than a week"
    assert daily.subject([], [late, both], DAY) == "1 figure late for more than a week"


def test_everything_is_logged_or_nothing(return_, farida, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the trail is out")

    monkeypatch.setattr("accounts.audit.record", broken)
    items = digests.due(DAY)[0].items
    with pytest.raises(RuntimeError, match="the trail is out"):
        actions.remind(farida, items, on=DAY, by=None)
    assert not Mail.objects.exists()
    assert not Reminder.objects.exists()


def test_the_mails_are_known():
    assert outbox.STAGES["digest"].words == "Reminder"
    assert outbox.STAGES["by_hand"].words == "Reminder from the partnership team"
