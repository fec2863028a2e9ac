"""Two workers that reach for one mail at the same moment, over two connections."""

import threading

import pytest
from django.core import mail
from django.db import connection

from accounts import actions, outbox
from accounts.models import Mail
from tests.factories import UserFactory

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
WORKERS = 4


def test_workers_who_start_at_once_send_a_mail_once(monkeypatch):
    monkeypatch.setattr("accounts.tasks.send_mail.delay", lambda pk: None)
    owed = [actions.invite(email=f"new{number}@example.org", name="New", by=None).mails.get() for number in range(10)]
    sent: list[bool] = []
    for row in owed:
        start = threading.Barrier(WORKERS)

        def work(pk: int = row.pk, start: threading.Barrier = start) -> None:
            try:
                start.wait(10)
                sent.append(outbox.send(pk))
            finally:
                connection.close()

        threads = [threading.Thread(target=work) for _ in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert (sent.count(True), sent.count(False)) == (10, 30)
    assert sorted(message.to[0] for message in mail.outbox) == [f"new{number}@example.org" for number in range(10)]
    assert set(Mail.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_the_same_mail_owed_at_once_is_one_row(monkeypatch):
    monkeypatch.setattr("accounts.tasks.send_mail.delay", lambda pk: None)
    person, start, failed = UserFactory(), threading.Barrier(WORKERS), []

    def owe() -> None:
        try:
            start.wait(10)
            actions.owe_mail(person, stage="invitation", about=person, cycle=1, by=None)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=owe) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert failed == []
    assert Mail.objects.count() == 1
