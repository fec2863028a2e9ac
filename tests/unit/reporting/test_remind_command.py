"""`manage.py remind`: a dry run writes nothing; without it, what the schedule does."""

import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent, Mail, Reminder
from tests.factories import UserFactory
from tests.factories.indicators import LeadFactory, PlacementFactory, ReturnFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def return_():
    placement = PlacementFactory(reference="B2")
    person = UserFactory(name="Farida Begum", post="Analyst", email="farida@example.org", roles=["data_lead"])
    LeadFactory(indicator=placement.indicator, user=person)
    return ReturnFactory(indicator=placement.indicator)


@pytest.fixture
def remind(capsys):
    def run(*arguments: str, at: str = "2018-04-20") -> str:
        with time_machine.travel(dt.datetime.fromisoformat(f"{at}T08:00:00+00:00"), tick=False):
            call_command("remind", *arguments)
        return capsys.readouterr().out

    return run


def test_a_dry_run_says_who_would_get_what_and_writes_nothing(return_, remind):
    UserFactory(name="Sam Carrick", post="Coordinator", email="sam@example.org", roles=["coordinator"])
    assert remind("--dry-run", "--on", "2018-05-08", at="2018-04-03") == (
        "Farida Begum, Analyst <farida@example.org>\n"
        "  7 days after: Figure for B2 Domestic abuse reports, 2017-18 Q4, due 27 April 2018\n"
        "Sam Carrick, Coordinator <sam@example.org>\n"
        "  The partnership team told: Figure for B2 Domestic abuse reports, 2017-18 Q4 (Farida Begum), due 27 April 2018\n"
        "2 reminders would go out on Tuesday 8 May 2018. Nothing was written or sent.\n"
    )
    assert not Mail.objects.exists() and not Reminder.objects.exists() and not AuditEvent.objects.exists()


def test_a_dry_run_leaves_out_what_was_sent(return_, remind):
    assert remind() == "1 reminder put into the outbox.\n"
    assert remind() == "0 reminders put into the outbox.\n"
    assert remind("--dry-run") == "0 reminders would go out on Friday 20 April 2018. Nothing was written or sent.\n"
    assert Reminder.objects.get().stage == "week_before"


def test_a_day_off(return_, remind):
    said = "Saturday 21 April 2018 is not a working day: no reminders go out. The next working day takes them.\n"
    assert remind(at="2018-04-21") == said
    assert remind("--dry-run", "--on", "2018-04-21") == said
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--on", "2018-04-20"], "Reminders are sent for today only: use --on together with --dry-run."),
        (["--dry-run", "--on", "20 April"], "'20 April' is not a day. Write it as year-month-day, like 2018-04-20."),
    ],
)
def test_what_it_refuses(remind, arguments, said):
    with pytest.raises(CommandError) as refused:
        remind(*arguments)
    assert str(refused.value) == said
