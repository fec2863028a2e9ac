"""The retention table holds every model, and what is due goes: that, all of that, and nothing else."""

import datetime as dt
import html
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from accounts.models import AuditEvent, Mail, Reminder
from cspplan.schedules import SCHEDULES
from lib import kept
from lib.append_only import Unchangeable
from reporting.actions import downloads
from reporting.models import Download
from reporting.protecting import table
from tests.factories.accounts import UserFactory
from tests.factories.collecting import MailFactory, ReminderFactory
from tests.factories.protecting import DownloadFactory, FormatRequestFactory

NOW = dt.datetime(2020, 6, 10, 12, tzinfo=dt.UTC)


def ago(days: float) -> dt.datetime:
    return NOW - dt.timedelta(days=days)


def test_every_installed_model_has_one_row():
    named = [label for row in table.rows() for label in row.models]
    installed = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    assert installed - set(named) == set(), "a model without a row: say in its app's kept.py what is kept how long"
    assert len(named) == len(set(named)), "two rows for one model"
    here = {config.label for config in apps.get_app_configs()}
    assert {label for label in named if label.partition(".")[0] in here} == installed, "a row without a model"


def test_what_is_about_people_says_so_in_the_notice():
    for row in table.rows():
        assert row.what and row.how_long and row.ground and row.removed_by
        assert bool(row.in_notice) == row.is_personal, row.what
        assert row.is_personal or row.ground == kept.NOT_PERSONAL


def test_what_is_removed_elsewhere_is_really_scheduled():
    tasks = {entry["task"] for entry in SCHEDULES.values()}
    assert {row.purge.schedule for row in table.rows() if row.purge} - {""} <= tasks
    assert "reporting.purge" in tasks


@pytest.mark.django_db
def test_the_public_notice_says_what_the_table_says(client, settings):
    settings.DOWNLOADS_KEPT_DAYS, settings.FORMAT_REQUEST_KEPT_DAYS = 365, 14
    page = html.unescape(client.get("/privacy/").content.decode())
    told = page.partition('id="how-long"')[2].partition("</ul>")[0]
    listed = [line.partition("<li>")[2].partition("</li>")[0] for line in told.splitlines() if "<li>" in line]
    assert listed == [row.in_notice for row in table.rows() if row.is_personal]
    assert "That you took a copy of what is not for everybody goes after 1 year." in listed
    assert "How to reach you, when you asked for another format, goes 14 days after our answer." in listed


def purged() -> dict[str, int | None]:
    return {each.row.models[0]: each.count for each in table.purge(NOW) if each.count != 0}


@pytest.mark.django_db
def test_what_is_over_goes_and_nothing_else():
    old, young = ago(731), ago(729)
    reminded = ReminderFactory(on=old.date(), mail=MailFactory(queued_at=old, state="sent", sent_at=old))
    still = ReminderFactory(on=young.date(), mail=MailFactory(queued_at=old, state="sent", sent_at=old))
    waiting = MailFactory(queued_at=old)
    taken = [DownloadFactory(at=old), DownloadFactory(at=young)]
    FormatRequestFactory(answered=True)
    left = [UserFactory(is_active=False, left_at=ago(days)) for days in (31, 29)]
    here = UserFactory()
    for person in (*left, here):
        person.set_password("long-enough-for-this")
        type(person).objects.filter(pk=person.pk).update(password=person.password)
        Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})

    shown = {each.row.models[0]: each.count for each in table.due(NOW) if each.count}
    # The mail of the reminder is due as well once the reminder goes: both are counted before anything went.
    done = {
        "accounts.reminder": 1,
        "accounts.mail": 1,
        "account.emailaddress": 1,
        "reporting.download": 1,
        "reporting.formatrequest": 1,
    }
    assert shown == done
    assert purged() == done
    assert purged() == {}
    assert list(Reminder.objects.all()) == [still] and reminded not in Reminder.objects.all()
    assert set(Mail.objects.all()) == {still.mail, waiting}
    assert list(Download.objects.all()) == [taken[1]]
    for person in (*left, here):
        person.refresh_from_db()
    assert [person.has_usable_password() for person in (*left, here)] == [False, True, True]
    assert set(Authenticator.objects.values_list("user", flat=True)) == {left[1].pk, here.pk}
    assert AuditEvent.objects.filter(kind="sign_in_forgotten").get().subject_id == str(left[0].pk)


@pytest.mark.django_db
def test_one_that_fails_holds_up_none_of_the_others(monkeypatch):
    DownloadFactory(at=ago(731))
    monkeypatch.setattr("accounts.actions.forgetting.forgetting.reminders", lambda at: 1 / 0)
    assert purged()["reporting.download"] == 1
    with pytest.raises(CommandError, match="Not everything that is due could be removed"):
        call_command("purge", stdout=StringIO())


@pytest.mark.django_db
def test_a_dry_run_writes_nothing():
    DownloadFactory(at=ago(731))
    told = StringIO()
    call_command("purge", "--dry-run", "--on", "2020-06-10", stdout=told)
    assert "or a report under embargo: 1\n" in told.getvalue() and "Nothing was written." in told.getvalue()
    assert Download.objects.count() == 1
    for wrong in (["--on", "2020-06-10"], ["--dry-run", "--on", "tomorrow"]):
        with pytest.raises(CommandError):
            call_command("purge", *wrong, stdout=told)


@pytest.mark.django_db
def test_a_download_is_neither_changed_nor_removed_before_its_time():
    taken = DownloadFactory(at=ago(1))
    for change in (taken.save, taken.delete, Download.objects.all().delete, lambda: Download.objects.update(form="x")):
        with pytest.raises(Unchangeable):
            change()
    assert downloads.forget(at=NOW, by=None) == 0


@pytest.mark.postgresql
@pytest.mark.django_db
def test_the_database_refuses_to_change_it_too():
    from django.db.models import QuerySet

    taken = DownloadFactory(at=ago(1))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        QuerySet(Download).filter(pk=taken.pk).update(form="csv")


@pytest.mark.django_db
def test_the_page_shows_every_row_to_the_team_and_the_administrator(client):
    for role, sees in (("coordinator", True), ("administrator", False)):
        client.force_login(UserFactory(roles=[role]))
        page = html.unescape(client.get("/retention/").content.decode())
        assert all(row.what in page and row.how_long in page for row in table.rows())
        assert ('href="/downloads/"' in page) is sees
        assert 'href="/erasures/">Removals of personal data</a>' in page
        assert 'href="/retention/" aria-current="true"' in client.get("/erasures/").content.decode()


@pytest.mark.django_db
def test_the_log_is_listed_by_person_in_few_queries(client, django_assert_max_num_queries):
    sam, taker = UserFactory(roles=["coordinator"]), UserFactory(name="Jo Mercer")
    DownloadFactory(by=taker)
    for _ in range(3):
        DownloadFactory(what="Dashboard, 2017-18 Q4")
    client.force_login(sam)
    with django_assert_max_num_queries(9):
        page = client.get("/downloads/", {"person": taker.pk}).content.decode()
    assert "<strong>1 copy</strong>" in page and "Dashboard, 2017-18 Q4" not in page
    assert "Choose a person from the list" in client.get("/downloads/", {"person": "x"}).content.decode()
