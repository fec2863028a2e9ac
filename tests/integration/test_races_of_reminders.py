"""Workers and people who remind the same person at the same moment, over connections of their own."""

import datetime as dt
import threading

import pytest
from django.db import connection

from accounts.models import AuditEvent, Mail, Reminder
from indicators import actions
from indicators.models import Round
from reporting import digests
from tests.factories import UserFactory
from tests.factories.indicators import IndicatorFactory, LeadFactory, ReturnFactory, RoundFactory

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
WORKERS, PEOPLE = 4, 8
ON = dt.date(2018, 4, 30)  # three days after


@pytest.fixture(autouse=True)
def owed(monkeypatch):
    """Two figures each for eight people."""
    monkeypatch.setattr("accounts.tasks.send_mail.delay", lambda pk: None)
    round_ = RoundFactory()
    for _ in range(PEOPLE):
        person = UserFactory(roles=["data_lead"])
        for _ in range(2):
            indicator = IndicatorFactory()
            LeadFactory(indicator=indicator, user=person)
            ReturnFactory(indicator=indicator, round=round_)


def at_once(work):
    start, found, failed = threading.Barrier(WORKERS), [], []

    def run() -> None:
        try:
            start.wait(10)
            found.append(work())
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found, failed


def test_schedules_that_run_at_once_remind_everybody_once():
    found, failed = at_once(lambda: digests.send(on=ON, by=None))
    assert failed == []
    assert sum(len(mails) for mails in found) == PEOPLE
    assert Mail.objects.filter(stage="digest", cycle="2018-04-30").count() == PEOPLE
    assert Reminder.objects.filter(stage="three_after").count() == 2 * PEOPLE
    assert AuditEvent.objects.filter(kind="reminded").count() == PEOPLE


def test_coordinators_who_press_at_once_remind_everybody_once():
    sam, round_ = UserFactory(roles=["coordinator"]), Round.objects.get()
    found, failed = at_once(lambda: actions.remind_late(round_, on=ON, by=sam))
    assert sum(len(asked.reminded) for asked in found) == PEOPLE
    # who came second is told that nobody was left to remind
    assert [" ".join(error.messages) for error in failed] == [
        "All who are late for 2017-18 Q4 were reminded today. A mail of your own can still be sent."
    ] * (WORKERS - 1)
    assert Mail.objects.filter(stage="by_hand").count() == PEOPLE
    assert Reminder.objects.count() == 2 * PEOPLE
