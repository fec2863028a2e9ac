"""The outbox: a mail that is owed is a row, which is sent once, tried again, and given up aloud."""

import datetime as dt
import logging
import smtplib
from functools import partial

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from kombu.exceptions import OperationalError

from accounts import actions, outbox, scheduled, tasks
from accounts.models import Mail, User
from cspplan.celery import TIME_LIMIT
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
BEGAN = dt.datetime(2018, 5, 14, 10, 31, tzinfo=dt.UTC)


@pytest.fixture
def clock():
    with time_machine.travel(BEGAN, tick=False) as clock:
        yield clock


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    return partial(django_capture_on_commit_callbacks, execute=True)


@pytest.fixture
def owed(clock):
    """An invitation in the outbox that nothing has been done about yet."""
    actions.invite(email="new@example.org", name="New Person", by=None)
    return Mail.objects.get()


@pytest.fixture
def server(monkeypatch):
    """A mail server that answers as `server.error` says."""

    class Server:
        error: Exception | None = None

    sent = mail.EmailMultiAlternatives.send

    def send(message):
        if Server.error:
            raise Server.error
        return sent(message)

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", send)
    return Server


def sweep(on_commit):
    with on_commit():
        scheduled.sweep_mails()


def test_broker_out_at_an_invitation_leaves_a_row_that_the_sweep_sends_once(clock, on_commit, monkeypatch, caplog):
    def refused(*args, **options):
        raise OperationalError("connection refused")

    with monkeypatch.context() as broker_out:
        broker_out.setattr("celery.app.task.Task.apply_async", refused)
        with on_commit():
            actions.invite(email="new@example.org", name="New Person", by=None)
    assert "task=accounts.send_mail state=not-queued" in caplog.text
    assert mail.outbox == []
    assert Mail.objects.get().state == Mail.State.WAITING

    clock.shift(59)
    sweep(on_commit)
    assert mail.outbox == []  # perhaps a worker is about to take it
    clock.shift(1)
    sweep(on_commit)
    sweep(on_commit)
    [message] = mail.outbox
    assert message.to == ["new@example.org"]
    row = Mail.objects.get()
    assert (row.state, row.sent_at, row.attempts, row.held_until) == ("sent", BEGAN + dt.timedelta(minutes=1), 1, None)


def test_run_twice_it_is_sent_once(owed):
    tasks.send_mail(owed.pk)
    tasks.send_mail(owed.pk)
    assert len(mail.outbox) == 1


def test_a_mail_in_a_workers_hands_is_left_to_it_until_the_worker_must_be_dead(owed, clock, on_commit):
    Mail.objects.update(held_until=BEGAN + outbox.LEASE, attempts=1)
    clock.shift(outbox.LEASE - dt.timedelta(seconds=1))
    sweep(on_commit)
    assert not outbox.send(owed.pk)
    clock.shift(1)
    sweep(on_commit)
    assert len(mail.outbox) == 1


def test_no_worker_sends_for_longer_than_it_holds_a_mail():
    assert dt.timedelta(seconds=TIME_LIMIT) < outbox.LEASE


def test_a_mail_server_that_recovers_gets_the_mail_at_the_next_try(owed, clock, server, on_commit, caplog):
    server.error = ConnectionRefusedError()
    tasks.send_mail(owed.pk)
    owed.refresh_from_db()
    assert (owed.state, owed.attempts, owed.last_tried_at) == ("waiting", 1, BEGAN)
    assert owed.failure == "the mail server could not be reached"
    assert owed.held_until == BEGAN + dt.timedelta(minutes=1)
    assert [record.levelname for record in caplog.records if record.name == "mail"] == ["WARNING"]

    server.error = None
    clock.shift(59)
    sweep(on_commit)
    assert mail.outbox == []
    clock.shift(1)
    sweep(on_commit)
    assert len(mail.outbox) == 1
    owed.refresh_from_db()
    assert (owed.state, owed.attempts, owed.failure) == ("sent", 2, "")


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (8, 128), (9, 240), (13, 240)])
def test_it_rests_twice_as_long_after_each_failure_and_never_longer_than_four_hours(attempts, minutes):
    assert outbox.rest(attempts) == dt.timedelta(minutes=minutes)


def test_it_is_given_up_aloud_after_a_day(owed, clock, server, on_commit, caplog):
    server.error = smtplib.SMTPServerDisconnected()
    tasks.send_mail(owed.pk)
    for _ in range(outbox.MAX_ATTEMPTS - 1):
        clock.shift(Mail.objects.get().held_until - dt.datetime.now(dt.UTC))
        sweep(on_commit)
    owed.refresh_from_db()
    assert (owed.state, owed.attempts, owed.held_until) == ("failed", 14, None)
    # 1 + 2 + 4 + ... + 128 minutes, and five times four hours
    assert owed.last_tried_at == BEGAN + dt.timedelta(minutes=255 + 5 * 240)
    assert [r.getMessage() for r in caplog.records if r.levelno == logging.ERROR] == [
        f"mail={owed.pk} stage=invitation attempt=14: the mail server could not be reached; given up"
    ]
    clock.shift(dt.timedelta(days=7))
    sweep(on_commit)
    assert Mail.objects.get().attempts == 14


def test_a_worker_that_dies_of_it_every_time_is_not_given_it_for_ever(owed):
    Mail.objects.update(attempts=outbox.MAX_ATTEMPTS)
    assert not outbox.send(owed.pk)
    assert mail.outbox == []
    assert Mail.objects.get().failure == "something is wrong in this application"
    assert Mail.objects.get().state == "failed"


@pytest.mark.parametrize(
    ("error", "state", "failure"),
    [
        (smtplib.SMTPRecipientsRefused({"new@example.org": (550, b"No such user")}), "failed", outbox.NO_SUCH_ADDRESS),
        (smtplib.SMTPRecipientsRefused({"new@example.org": (450, b"Later")}), "waiting", outbox.NO_SUCH_ADDRESS),
        (smtplib.SMTPDataError(452, b"Full"), "waiting", outbox.NOT_TAKEN),
        (TimeoutError(), "waiting", outbox.OUT_OF_REACH),
        (KeyError("new@example.org"), "waiting", outbox.BUG),
    ],
)
def test_why_it_failed_is_kept_in_our_own_words(owed, server, error, state, failure):
    server.error = error
    tasks.send_mail(owed.pk)
    owed.refresh_from_db()
    assert (owed.state, owed.failure) == (state, failure)


def test_somebody_who_left_gets_none(owed):
    actions.deactivate(User.objects.get(), by=None)
    tasks.send_mail(owed.pk)
    assert mail.outbox == []
    assert Mail.objects.get().state == Mail.State.DROPPED


def test_somebody_with_a_password_gets_no_invitation(owed):
    person = User.objects.get()
    actions.accept_invitation(person, password=PASSWORD, by=person)
    tasks.send_mail(owed.pk)
    assert mail.outbox == []
    assert Mail.objects.get().state == Mail.State.DROPPED


def test_an_invitation_sent_again_takes_the_place_of_one_that_still_waits(owed):
    person = User.objects.get()
    actions.resend_invitation(person, version=person.version, by=None)
    older, newer = Mail.objects.order_by("pk")
    for row in (older, newer):
        tasks.send_mail(row.pk)
    assert len(mail.outbox) == 1
    older.refresh_from_db()
    newer.refresh_from_db()
    assert (older.state, newer.state) == ("dropped", "sent")


def test_the_same_mail_owed_twice_is_one_mail(on_commit):
    person = UserFactory()
    person.set_unusable_password()
    person.save()
    with on_commit():
        first, again = (actions.owe_mail(person, stage="invitation", about=person, cycle=1, by=None) for _ in range(2))
    assert first == again
    assert len(mail.outbox) == 1


class TestToAnAddress:
    """Somebody without an account, who is asked something."""

    ADDRESS = "tom.okafor@example.org"

    @pytest.fixture(autouse=True)
    def letter(self, monkeypatch):
        link = {"link": "https://csp.example.org/x", "good_until": dt.date(2018, 5, 28)}
        stage = outbox.Stage("Question", lambda mail: outbox.Letter("A question", "emails/invitation", link))
        monkeypatch.setitem(outbox.STAGES, "question", stage)

    def owe(self, to=ADDRESS, about=None, cycle=1):
        return actions.owe_mail(to, stage="question", about=about or UserFactory(), cycle=cycle, by=None)

    def test_it_goes_there_and_to_nobody_else(self, on_commit):
        with on_commit():
            row = self.owe()
        assert [message.to for message in mail.outbox] == [[self.ADDRESS]]
        row.refresh_from_db()
        assert (row.to, row.address, row.state) == (None, self.ADDRESS, "sent")

    def test_owed_twice_it_is_one_mail(self):
        about = UserFactory()
        assert self.owe(about=about) == self.owe(about=about)

    def test_another_address_is_asked_for_itself(self):
        about = UserFactory()
        assert self.owe(about=about) != self.owe("ann.lee@example.org", about=about)

    def test_asked_again_the_mail_that_still_waits_gives_way(self):
        about = UserFactory()
        older, newer = self.owe(about=about), self.owe(about=about, cycle=2)
        older.refresh_from_db()
        assert (older.state, newer.state) == ("dropped", "waiting")


def test_a_mail_that_nobody_writes_is_a_bug():
    person = UserFactory()
    with pytest.raises(ValueError, match="Nobody writes the mails of 'birthday'"):
        actions.owe_mail(person, stage="birthday", about=person, cycle=1, by=None)


def test_the_outbox_holds_no_link(owed):
    assert not any("invitation/" in str(value) for value in Mail.objects.values().get().values())


class TestOnThePages:
    @pytest.fixture
    def administrator(self, client):
        administrator = UserFactory(name="Ada Lind", roles=["administrator"])
        client.force_login(administrator)
        return administrator

    def page(self, client, name="accounts:user-detail", *args):
        return client.get(reverse(name, args=args)).content.decode()

    def test_a_mail_that_is_on_its_way_is_not_mentioned(self, client, owed, administrator):
        assert "Invitation mail" not in self.page(client, "accounts:user-detail", owed.to_id)

    def test_a_mail_that_is_tried_again_says_so(self, client, owed, administrator, server):
        server.error = ConnectionRefusedError()
        tasks.send_mail(owed.pk)
        page = self.page(client, "accounts:user-detail", owed.to_id)
        assert "Invitation mail" in page
        assert "Not sent yet: the mail server could not be reached, last tried on " in page
        assert "could not be sent to" not in self.page(client, "accounts:user-list")

    def test_a_mail_that_was_given_up_stands_on_the_list_and_the_persons_page_until_another_goes(
        self, client, owed, administrator, server, on_commit
    ):
        server.error = smtplib.SMTPRecipientsRefused({"new@example.org": (550, b"No such user")})
        tasks.send_mail(owed.pk)
        assert "Could not be sent: the mail server refused the address" in self.page(
            client, "accounts:user-detail", owed.to_id
        )
        assert "A mail could not be sent to:" in self.page(client, "accounts:user-list")

        server.error = None
        person = User.objects.get(pk=owed.to_id)
        with on_commit():
            actions.resend_invitation(person, version=person.version, by=administrator)
        assert "Invitation mail" not in self.page(client, "accounts:user-detail", owed.to_id)
        assert "A mail could not be sent to:" not in self.page(client, "accounts:user-list")
