"""What follows when an upload is taken back: its figures are asked for from the start, and whoever uploaded it hears of it."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import outbox
from accounts.models import Mail, Reminder
from indicators import actions
from indicators import work as owing
from indicators.models import Indicator, Return, Upload
from lib.owed import Owed
from reporting import digests
from tests.factories.collecting import taken_back
from tests.factories.indicators import ReturnFactory, sent
from tests.unit.indicators.uploads.world import World, previewed, work

pytestmark = pytest.mark.django_db
HEAD = "Reference,Quarter,Figure\n"


def at(*day: int):
    return time_machine.travel(dt.datetime(*day, 12, tzinfo=dt.UTC), tick=False)


@pytest.fixture
def world() -> World:
    made = World()
    made.asked(made.reports)
    return made


def recorded(text: str, by, **fields) -> Upload:
    upload = previewed(text, by, **fields)
    done = work(actions.record_upload(upload, fingerprint=upload.fingerprint, by=by))
    assert done.is_recorded
    return done


def reminded(*day: int) -> list[tuple[str, str]]:
    with at(*day):
        digests.send(on=timezone.localdate(), by=None)
        return [(one.person.name, one.stage) for one in Reminder.objects.filter(on=timezone.localdate())]


def owed_figure() -> Owed:
    (owed,) = [one for one in owing.owed(timezone.localdate()) if one.thing.startswith("indicators.return:")]
    return owed


def letter() -> outbox.Letter | None:
    owed = Mail.objects.get(stage="taken_back")
    return outbox.STAGES["taken_back"].write(owed)


def test_what_is_owed_again_is_asked_for_from_the_start(world):
    world.sam.role_grants.all().delete()
    assert reminded(2018, 5, 8) == [("Farida Begum", "seven_after")]  # due on 27 April
    with at(2018, 5, 8):
        upload = recorded(f"{HEAD}B2,2017-18 Q4,120\n", world.farida)
    assert reminded(2018, 5, 9) == []
    with at(2018, 5, 9):
        actions.undo_upload(upload, reason="The wrong sheet.", by=world.farida)
        owed = owed_figure()
        withdrawal = upload.figures.get().withdrawal
        assert (owed.stage, owed.cycle) == ("overdue", f"2018-04-27 taken_back:{withdrawal.pk}")
    assert reminded(2018, 5, 10) == [("Farida Begum", "seven_after")]
    assert reminded(2018, 5, 11) == []


def test_a_figure_sent_since_ends_it(world):
    return_ = Return.objects.get()
    taken_back(sent(return_), by=world.sam)
    figure = sent(return_, 12)
    actions.send_back(
        Return.objects.get(), comment="Why?", due_again_on=timezone.localdate(), version=return_.version, by=world.sam
    )
    owed = owed_figure()
    assert owed.started == f"sent_back:{figure.send_backs.get().pk}"


def test_what_was_sent_back_before_the_upload_begins_anew_too(world):
    return_ = Return.objects.get()
    sent(return_)
    actions.send_back(return_, comment="Why?", due_again_on=timezone.localdate(), version=return_.version, by=world.sam)
    upload = recorded(f"{HEAD}B2,2017-18 Q4,120\n", world.farida)
    actions.undo_upload(upload, reason="The wrong sheet.", by=world.farida)
    owed = owed_figure()
    assert (owed.stage, owed.started) == ("sent_back", f"taken_back:{upload.figures.get().withdrawal.pk}")


def test_the_queries_do_not_grow_with_what_was_taken_back(world):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            owing.owed(dt.date(2018, 5, 9))
        return len(captured)

    def once() -> None:
        return_ = ReturnFactory(round=world.q4)
        taken_back(sent(return_), by=world.sam)
        Return.objects.filter(pk=return_.pk).update(status="due")

    once()
    few = queries()
    for _ in range(4):
        once()
    assert queries() == few


def test_whoever_uploaded_it_is_told_by_whom_why_and_what_is_awaited(world, django_capture_on_commit_callbacks):
    with at(2018, 4, 20):
        upload = recorded(f"{HEAD}B2,2017-18 Q4,120\n", world.farida, file_name="quarter four.csv")
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            actions.undo_upload(upload, reason="The wrong sheet.", by=world.sam)
    (message,) = mail.outbox[before:]
    assert message.to == [world.farida.email]
    assert message.subject == "The figures you uploaded were taken back"
    (page, _) = message.alternatives[0]
    for text in (message.body, page):
        assert "Sam Carrick" in text
        assert "The wrong sheet." in text
        assert "quarter four.csv" in text
        assert "B2 Domestic abuse reports, 2017-18 Q4. It is due on Friday 27 April 2018." in text
        assert upload.get_absolute_url() in text


def test_whoever_takes_back_their_own_is_told_nothing(world):
    upload = recorded(f"{HEAD}B2,2017-18 Q4,120\n", world.farida)
    actions.undo_upload(upload, reason="The wrong sheet.", by=world.farida)
    assert not Mail.objects.filter(stage="taken_back").exists()


def test_what_is_restricted_is_not_in_the_mail(world):
    world.asked(world.arrests)
    upload = recorded(f"{HEAD}B2,2017-18 Q4,120\nD1,2017-18 Q4,7\n", world.farida, file_name="arrests.csv")
    actions.undo_upload(upload, reason="Too few arrests.", by=world.sam)
    Indicator.objects.filter(pk=world.arrests.pk).update(is_restricted=True)
    said = str(letter().context)
    assert "B2 Domestic abuse reports" in said
    assert "arrests" not in said.casefold().replace("<upload: arrests.csv>", "")


def test_it_is_written_at_the_last_moment(world):
    upload = recorded(f"{HEAD}B2,2017-18 Q4,120\n", world.farida)
    actions.undo_upload(upload, reason="The wrong sheet.", by=world.sam)
    assert len(letter().context["lines"]) == 1
    return_ = Return.objects.get()
    sent(return_)
    assert letter().context["lines"] == []
    world.farida.role_grants.all().delete()  # and so may no longer see the upload
    assert letter() is None


def test_of_many_only_the_first_are_named(world):
    upload = recorded(f"{HEAD}B2,2017-18 Q4,120\n", world.farida)
    for _ in range(22):
        sent(ReturnFactory(round=world.q4, indicator__owner=world.police), 5, upload=upload)
    Return.objects.exclude(indicator=world.reports).update(status="due")
    actions.undo_upload(upload, reason="The wrong sheet.", by=world.sam)
    context = letter().context
    assert (len(context["lines"]), context["more"]) == (20, 3)
