"""A recorded file taken back, one thrown away, one that nobody works on, and files whose time is over."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent
from indicators import actions
from indicators.models import Figure, Lead, Return, Round, Upload, Verification, Withdrawal
from indicators.uploads import keeping, shown, working
from lib import jobs
from tests.factories.accounts import UserFactory
from tests.factories.indicators import sent, verified
from tests.unit.indicators.uploads.world import World, work

pytestmark = pytest.mark.django_db
HEAD = "Reference,Quarter,Figure,Out of,No figure because\n"


@pytest.fixture
def world() -> World:
    return World()


def added(text: str, by, **fields) -> Upload:
    return work(actions.add_upload(text.encode(), name="figures.csv", by=by, **fields))


def recorded(upload: Upload, by, **fields) -> Upload:
    return work(actions.record_upload(upload, fingerprint=upload.fingerprint, by=by, **fields))


def preview(upload: Upload) -> keeping.Kept:
    return keeping.from_json(upload.preview)


def _facts(row, apart):
    return {name: value for name, value in vars(row).items() if name not in apart and not name.startswith("_")}


# ---------------------------------------------------------------- taken back


def test_all_of_it_is_taken_back_as_it_was(world):
    first, second, third = world.asked(world.reports), world.asked(world.arrests), world.asked(world.needs)
    actions.save_draft(first, typed={"number": "13"}, version=1, by=world.sam)
    actions.say_missing(
        second, reason="source_lag", note="Late", expected_on=dt.date(2018, 5, 31), version=1, by=world.farida
    )
    verified(third, 30, 44)
    returns = [first, second, third]
    before = [_facts(Return.objects.get(pk=return_.pk), {"version"}) for return_ in returns]
    text = f"{HEAD}B2,2017-18 Q4,1389,,\nD1,2017-18 Q4,5,,\nD2,2017-18 Q4,31,44,\n"
    upload = recorded(added(text, world.farida), world.farida, restated_because="Late reports.")
    known = timezone.now()
    actions.undo_upload(upload, reason="The wrong sheet.", by=world.farida)
    assert not upload.is_recorded
    assert (upload.undone_by, upload.undone_because) == (world.farida, "The wrong sheet.")
    assert [_facts(Return.objects.get(pk=return_.pk), {"version"}) for return_ in returns] == before
    assert Withdrawal.objects.count() == 3
    assert Figure.objects.standing().count() == 1
    assert Figure.objects.recorded(known).count() == 4  # as it was known then
    assert Figure.objects.recorded(timezone.now()).count() == 1
    event = audit.history(first).first()
    assert (event.kind, event.comment, event.subject_version) == ("return_taken_back", "The wrong sheet.", 4)
    assert audit.history(upload).first().kind == "upload_undone"
    with pytest.raises(ValidationError, match="taken back already"):
        actions.undo_upload(upload, reason="Again.", by=world.farida)


def test_what_was_taken_back_can_be_recorded_anew(world):
    world.asked(world.reports)
    text = f"{HEAD}B2,2017-18 Q4,1389,,\n"
    actions.undo_upload(recorded(added(text, world.farida), world.farida), reason="Wrong.", by=world.farida)
    assert recorded(added(text, world.farida), world.farida).is_recorded
    assert Figure.objects.standing().count() == 1


def test_it_wants_a_reason(world):
    world.asked(world.reports)
    upload = recorded(added(f"{HEAD}B2,2017-18 Q4,1389,,\n", world.farida), world.farida)
    with pytest.raises(ValidationError, match="Say why the figures are taken back"):
        actions.undo_upload(upload, reason=" ", by=world.farida)


def test_nothing_is_taken_back_when_one_was_verified(world):
    world.asked(world.reports), world.asked(world.arrests)
    upload = recorded(added(f"{HEAD}B2,2017-18 Q4,1389,,\nD1,2017-18 Q4,5,,\n", world.farida), world.farida)
    actions.verify(
        Return.objects.select_related("round", "indicator").get(indicator=world.arrests), version=2, by=world.sam
    )
    with pytest.raises(ValidationError) as refusal:
        actions.undo_upload(upload, reason="Wrong.", by=world.farida)
    assert refusal.value.messages == [
        "Nothing was taken back: D1 Arrests, 2017-18 Q4 has been changed or verified since. "
        "Put right by hand what is wrong: what was recorded stands."
    ]
    assert not Withdrawal.objects.exists()
    assert Verification.objects.count() == 1
    assert Return.objects.get(indicator=world.reports).status == "submitted"


def test_nothing_is_taken_back_when_the_quarter_was_closed(world):
    world.asked(world.reports)
    upload = recorded(added(f"{HEAD}B2,2017-18 Q4,1389,,\n", world.farida), world.farida)
    Round.objects.update(closed_at=timezone.now(), closed_by=world.sam)
    with pytest.raises(
        ValidationError, match="2017-18 Q4 has been closed since, so nobody could give the figures again"
    ):
        actions.undo_upload(upload, reason="Wrong.", by=world.farida)
    assert not Withdrawal.objects.exists()


def test_a_restatement_that_was_sent_back_can_be_answered_in_a_closed_quarter(world):
    """So what answered it can be taken back there too."""
    return_ = world.asked(world.reports)
    verified(return_, 1380)
    sent(return_, 1400, restates="revision", restated_because="Late reports")
    Return.objects.update(status="sent_back", due_again_on=timezone.localdate())
    upload = recorded(added(f"{HEAD}B2,2017-18 Q4,1389,,\n", world.farida), world.farida, restated_because="Again.")
    Round.objects.update(closed_at=timezone.now(), closed_by=world.sam)
    actions.undo_upload(upload, reason="Wrong.", by=world.farida)
    return_.refresh_from_db()
    assert return_.status == "sent_back"


def test_who_no_longer_gives_these_figures_takes_none_back(world):
    world.asked(world.reports)
    upload = recorded(added(f"{HEAD}B2,2017-18 Q4,1389,,\n", world.farida), world.farida)
    Lead.objects.all().delete()
    world.farida.organisation = world.council
    world.farida.save()
    with pytest.raises(ValidationError, match="some of these figures are no longer yours to give"):
        actions.undo_upload(upload, reason="Spite.", by=world.farida)
    assert not Withdrawal.objects.exists()
    actions.undo_upload(upload, reason="The wrong sheet.", by=world.sam)
    assert Withdrawal.objects.count() == 1


def test_what_somebody_no_longer_sees_is_left_out_of_the_preview(world, django_assert_num_queries):
    sent(world.asked(world.reports), 1400, supplied_by=world.sam)
    upload = added(f"{HEAD}B2,2017-18 Q4,1389,,\nB2,2017-18 Q4x,1,,\n", world.farida)
    with django_assert_num_queries(2):  # their roles, and what they see
        assert len(shown.preview(upload, 1, world.farida).lines) == 2
    Lead.objects.all().delete()
    world.farida.organisation = world.council
    world.farida.save()
    seen = shown.preview(upload, 1, world.farida)
    assert [told.line.was for told in seen.lines] == [""]
    assert seen.notes[-1] == "1 cell is about figures that you no longer see, and left out of the list."
    assert len(shown.preview(upload, 1, world.sam).lines) == 2


# ---------------------------------------------------------------- thrown away, swept, forgotten


def test_an_unwanted_upload_goes_with_its_file(world, django_capture_on_commit_callbacks):
    upload = added(f"{HEAD}B2,2017-18 Q4,1389,,\n", world.farida)
    assert default_storage.exists(upload.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        actions.throw_away(upload, by=world.farida)
    assert not Upload.objects.exists()
    assert not default_storage.exists(upload.file.name)
    assert AuditEvent.objects.filter(kind="upload_thrown_away", subject_label="figures.csv").exists()


def test_what_is_recorded_or_worked_on_is_not_thrown_away(world):
    world.asked(world.reports)
    waiting = actions.add_upload(b"x", name="figures.csv", by=world.farida)
    done = recorded(added(f"{HEAD}B2,2017-18 Q4,1389,,\n", world.farida), world.farida)
    for upload in (waiting, done):
        with pytest.raises(ValidationError, match="It can’t be thrown away"):
            actions.throw_away(upload, by=world.farida)


def test_what_nobody_works_on_is_queued_again(world, django_capture_on_commit_callbacks):
    world.asked(world.reports)
    upload = actions.add_upload(f"{HEAD}B2,2017-18 Q4,1389,,\n".encode(), name="figures.csv", by=world.farida)
    at = timezone.now()
    assert actions.sweep_uploads(at=at, by=None) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.sweep_uploads(at=at + dt.timedelta(seconds=30), by=None) == 1
    upload.refresh_from_db()
    assert upload.is_previewed


@pytest.mark.parametrize("phase", ["reading", "recording"])
def test_what_was_tried_too_often_is_given_up(world, phase):
    world.asked(world.reports)
    upload = added(f"{HEAD}B2,2017-18 Q4,1389,,\n", world.farida)
    recorder = world.farida if phase == "recording" else None
    Upload.objects.update(job_state="requested", phase=phase, recorded_by=recorder, attempts=jobs.MAX_ATTEMPTS)
    actions.sweep_uploads(at=timezone.now() + dt.timedelta(minutes=1), by=None)
    upload.refresh_from_db()
    said = upload.failure or preview(upload).notice
    assert said.startswith("It was started 5 times and each time the computer doing it stopped. Nothing was recorded.")
    assert (upload.is_failed, upload.is_previewed) == (phase == "reading", phase == "recording")


def test_files_go_after_thirty_days_and_the_rest_stays(world):
    world.asked(world.reports)
    upload = recorded(added(f"{HEAD}B2,2017-18 Q4,1389,,\n", world.farida), world.farida)
    stored = upload.file.name
    assert actions.forget_files(at=upload.uploaded_at + dt.timedelta(days=30), by=None) == 0
    assert actions.forget_files(at=upload.uploaded_at + dt.timedelta(days=30, seconds=1), by=None) == 1
    upload.refresh_from_db()
    assert not upload.file
    assert not default_storage.exists(stored)
    assert upload.is_recorded
    assert preview(upload).comparison.lines
    with pytest.raises(working.Gone):
        working.content(upload)
    assert actions.forget_files(at=timezone.now() + dt.timedelta(days=99), by=None) == 0


def test_a_file_that_can_not_be_removed_holds_up_none_of_the_others(world, monkeypatch, caplog):
    stuck, other = (added("Ref,Quarter,Figure\n", world.farida) for _ in range(2))
    delete, name = default_storage.delete, stuck.file.name

    def broken(stored):
        if stored == name:
            raise OSError("read only")
        delete(stored)

    monkeypatch.setattr(default_storage, "delete", broken)
    later = timezone.now() + dt.timedelta(days=31)
    assert actions.forget_files(at=later, by=None) == 1
    stuck.refresh_from_db(), other.refresh_from_db()
    assert (bool(stuck.file), bool(other.file)) == (True, False)
    assert "file-not-removed" in caplog.text
    monkeypatch.undo()
    assert actions.forget_files(at=later, by=None) == 1


@pytest.mark.parametrize("state", ["requested", "running"])
def test_a_file_that_is_still_being_read_is_not_removed(world, state):
    upload = actions.add_upload(b"Ref,Quarter,Figure\n", name="figures.csv", by=world.farida)
    Upload.objects.update(job_state=state)
    assert actions.forget_files(at=timezone.now() + dt.timedelta(days=31), by=None) == 0
    assert default_storage.exists(upload.file.name)


def test_a_file_that_was_changed_in_the_store_is_not_read(world):
    upload = actions.add_upload(b"Ref,Quarter,Figure\n", name="figures.csv", by=UserFactory(roles=["coordinator"]))
    Path(upload.file.path).write_bytes(b"something else")
    assert work(upload).failure == "The file is not there any more. Upload it again."
