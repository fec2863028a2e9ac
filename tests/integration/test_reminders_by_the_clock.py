"""Beat and a worker as they run in production, on PostgreSQL and Redis, with a clock that is moved to the morning of a day.

The entry of the schedule is the real one. The first day begins a few seconds before half past seven in London. On the others beat, which
was down since, finds that it has missed a time, and starts the task at once and at half past seven again.
"""

import datetime as dt
import email
import email.policy
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from accounts.mailbox import BETWEEN
from tests import moment
from tests.services import Services, end

pytestmark = pytest.mark.postgresql
ROOT = Path(__file__).resolve().parents[2]
CELERY = [str(Path(sys.executable).parent / "celery"), "--app=tests.celery_at"]
LONDON = ZoneInfo("Europe/London")
FIRST = dt.timedelta(seconds=12)  # for beat and worker to start, which they do while the clock goes on
LATER = dt.timedelta(seconds=1)
SENT_WITHIN = 60.0  # seconds
NOTHING_WITHIN = 2.0  # seconds in which a second mail would have come, once the task has run

# B2 is Farida Begum's, due on Friday 27 April 2018. Nobody else owes anything.
WORLD = """
from tests.factories import UserFactory
from tests.factories.indicators import Commentary, LeadFactory, PlacementFactory, ReturnFactory
farida = UserFactory(name="Farida Begum", email="farida@example.org", roles=["data_lead"])
UserFactory(name="Sam Carrick", email="sam@example.org", roles=["coordinator"])
placement = PlacementFactory(reference="B2")
LeadFactory(indicator=placement.indicator, user=farida)
ReturnFactory(indicator=placement.indicator)
Commentary.objects.update(due_on=None)
"""
SENT_AND_SENT_BACK = """
import datetime as dt
from accounts.models import User
from indicators import actions
from indicators.models import Return
farida, sam = User.objects.get(name="Farida Begum"), User.objects.get(name="Sam Carrick")
from tests.factories.indicators import sent
return_ = Return.objects.get()
sent(return_, 12, supplied_by=farida)
actions.send_back(return_, comment="Is it whole?", due_again_on=dt.date(2018, 5, 4), version=return_.version, by=sam)
"""


class Installation:
    def __init__(self, services: Services) -> None:
        self.services = services
        self.mails = services.folder / "var" / "mail"
        self.env = os.environ | {
            "DATABASE_URL": f"{services.postgresql()}/postgres",
            "REDIS_URL": services.redis(),
            "JOBS_IN_PLACE": "no",
            "STATE_DIR": str(services.folder / "var"),
            "DJANGO_SETTINGS_MODULE": "cspplan.settings",
        }
        self._run(dt.datetime(2018, 4, 3, 9, tzinfo=LONDON), "-m", "django", "migrate", "--no-input", "--verbosity=0")
        self.do(dt.datetime(2018, 4, 3, 9, tzinfo=LONDON), WORLD)

    def _run(self, at: dt.datetime, *arguments: str) -> None:
        env = self.env | moment.at(at)
        done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def do(self, at: dt.datetime, code: str) -> None:
        """Run this in a process of its own, in which it is that moment."""
        start = "from tests import moment; moment.travel(); import django; django.setup()\n"
        self._run(at, "-c", f"{start}{code}")

    def sent(self) -> list[EmailMessage]:
        """Every mail in the folder, in the order in which they came."""
        found = []
        for path in self.mails.glob("*") if self.mails.is_dir() else ():
            for raw in filter(bytes.strip, path.read_bytes().split(BETWEEN)):
                found.append((path.stat().st_mtime, email.message_from_bytes(raw, policy=email.policy.default)))
        return [mail for _, mail in sorted(found, key=lambda one: one[0])]

    def morning(self, day: dt.date, before: dt.timedelta = LATER) -> list[tuple[str, str]]:
        """(address, subject) of what goes out on that morning: beat and a worker of two processes, until the task is done and all is quiet."""
        known, done = len(self.sent()), self._done()
        env = self.env | moment.at(dt.datetime.combine(day, dt.time(7, 30), LONDON) - before)
        options = ["--concurrency=2", "--loglevel=INFO", "--without-gossip", "--without-mingle"]
        beat = ["beat", "--pidfile=", f"--schedule={self.services.folder}/beat"]
        running = [
            self.services.start("worker", [*CELERY, "worker", *options], env=env),
            self.services.start("beat", [*CELERY, *beat], env=env),
        ]
        try:
            until = time.monotonic() + SENT_WITHIN
            while self._done() == done:
                assert time.monotonic() < until, self.services.log("beat") + self.services.log("worker")
                time.sleep(0.2)
            time.sleep(NOTHING_WITHIN)
        finally:
            for process in reversed(running):
                end(process)
        sent = [(str(mail["to"]), str(mail["subject"])) for mail in self.sent()[known:]]
        # After the verify-by date the same beat asks for the drafts of packs, and their mail is none of the reminders.
        return [one for one in sent if not one[1].startswith("Draft: ")]

    def _done(self) -> int:
        """How often the day's task has run to its end."""
        log = self.services.folder / "worker.log"
        return log.read_text().count("task=reporting.send_reminders state=done") if log.exists() else 0


@pytest.fixture
def installation() -> Iterator[Installation]:
    with Services() as services:
        yield Installation(services)


def test_beat_reminds_once_on_each_day_that_calls_for_it(installation):
    to = "farida@example.org"
    assert installation.morning(dt.date(2018, 4, 20), FIRST) == [(to, "1 figure due on Friday 27 April 2018")]
    at = parsedate_to_datetime(str(installation.sent()[0]["date"])).replace(tzinfo=dt.UTC)  # which its "-0000" means
    assert f"{at.astimezone(LONDON):%d %B %Y, %H:%M}" == "20 April 2018, 07:30"
    assert installation.morning(dt.date(2018, 4, 23)) == []
    installation.do(dt.datetime(2018, 4, 24, 10, tzinfo=LONDON), SENT_AND_SENT_BACK)
    # its own mail is waiting; the reminders begin again with the day it is due again
    assert installation.morning(dt.date(2018, 5, 4)) == [
        (to, "Sent back: B2 Domestic abuse reports, 2017-18 Q4"),
        (to, "1 figure due today"),
    ]
    assert installation.morning(dt.date(2018, 5, 8)) == [(to, "1 figure late")]  # 3 days after was a bank holiday
