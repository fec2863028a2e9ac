"""A file from its upload to its figures and back: recorded all or nothing, at what was looked at, and taken back as it was."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import audit
from indicators import actions
from indicators.models import Figure, MonthlyFigure, Return, Revision, Round, Upload
from indicators.uploads import keeping, recording, working
from lib import jobs
from tests.factories.indicators import sent, verified
from tests.unit.indicators.uploads.world import Q2, Q3, World, work

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


# ---------------------------------------------------------------- taking a file in


def test_a_file_is_kept_under_a_name_of_ours_and_read(world):
    world.asked(world.reports)
    upload = added(f"{HEAD}B2,2017-18 Q4,1389,,\n", world.farida)
    assert upload.is_previewed
    assert [line.kind for line in preview(upload).comparison.lines] == ["new"]
    assert upload.file.name.startswith("uploads/")
    assert "figures" not in upload.file.name
    assert not Figure.objects.exists()
    assert audit.history(upload).get().kind == "upload_added"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\figures Q4.xlsx", "figures Q4.xlsx"),
        ("a\x00b\r\n.csv", "ab.csv"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}vsc.exe", "vsc.exe"),
        ("", "figures"),
        ("/", "figures"),
        (f"{'x' * 200}.xlsx", f"{'x' * 144}….xlsx"),
    ],
)
def test_the_name_of_a_file_is_made_safe(world, name, shown):
    upload = actions.add_upload(b"x", name=name, by=world.farida)
    assert upload.file_name == shown
    assert Path(upload.file.name).suffix in ("", ".csv", ".xlsx")


def test_a_file_that_is_none(world):
    upload = added("Name of dog,Breed\nRex,Collie\n", world.farida)
    assert upload.is_failed
    assert upload.failure.startswith("No row of headings was found")


def test_an_empty_file(world):
    with pytest.raises(ValidationError, match="The file is empty"):
        actions.add_upload(b"", name="figures.csv", by=world.farida)
    assert not Upload.objects.exists()


def test_thirty_files_an_hour_are_enough(world):
    for _ in range(30):
        actions.add_upload(b"x", name="figures.csv", by=world.farida)
    with pytest.raises(ValidationError, match="You have uploaded 30 files within an hour"):
        actions.add_upload(b"x", name="figures.csv", by=world.farida)
    assert actions.add_upload(b"x", name="figures.csv", by=world.sam)
    Upload.objects.update(uploaded_at=timezone.now() - dt.timedelta(minutes=61))
    assert actions.add_upload(b"x", name="figures.csv", by=world.farida)


def test_a_fault_of_ours_ends_as_a_sentence(world, monkeypatch, caplog):
    def broken(*_args, **_more):
        raise RuntimeError("our fault")

    monkeypatch.setattr(working.readers, "read", broken)
    upload = added(f"{HEAD}B2,2017-18 Q4,1389,,\n", world.farida)
    assert upload.failure.startswith("Something went wrong at “Read the file”. Nothing was recorded. Try again;")
    assert "our fault" in caplog.text


# ---------------------------------------------------------------- recording


def test_all_of_it_is_recorded(world):
    first, second, third = world.asked(world.reports), world.asked(world.needs), world.asked(world.arrests)
    upload = recorded(
        added(f"{HEAD}B2,2017-18 Q4,1389,,\nD2,2017-18 Q4,31,44,\nD1,2017-18 Q4,,,Source lag\n", world.farida),
        world.farida,
    )
    assert upload.is_recorded
    figure = Figure.objects.get(for_return=first)
    assert (figure.numerator, figure.route, figure.upload, figure.supplied_by, figure.recorded_by) == (
        1389,
        "upload",
        upload,
        world.farida,
        world.farida,
    )
    assert (figure.supplied_by_name, figure.received_on, figure.restates) == ("Farida Begum", None, "")
    pair = Figure.objects.get(for_return=second)
    assert (pair.numerator, pair.denominator) == (31, 44)
    for return_ in (first, second, third):
        return_.refresh_from_db()
    assert [return_.status for return_ in (first, second, third)] == ["submitted", "submitted", "missing"]
    assert [return_.version for return_ in (first, second, third)] == [2, 2, 2]
    assert (first.submitted_by, third.missing_reason) == (world.farida, "source_lag")
    assert first.submitted_at == figure.recorded_at
    event = audit.history(first).get()
    assert (event.kind, event.actor, event.subject_version) == ("return_submitted", world.farida, 2)
    assert {"what": "Figure", "was": "nothing", "now": "1,389"} in event.changes
    assert audit.history(third).get().kind == "return_missing"
    assert [event.kind for event in audit.history(upload)] == ["upload_recorded", "upload_asked", "upload_added"]


def test_as_one_figure_on_the_form_would_be(world):
    """The same figure, sent on the form and from a file, leaves the same return, figure and event behind, but for the route."""
    first, second = world.asked(world.reports), world.asked(world.arrests)
    actions.save_draft(first, typed={"number": "1"}, version=1, by=world.farida)
    actions.save_draft(second, typed={"number": "1"}, version=1, by=world.farida)
    actions.submit(first, version=2, numerator=Decimal(7), source="CRIS", supplied_by=world.farida, by=world.farida)
    recorded(added("Ref,Quarter,Figure,Source\nD1,2017-18 Q4,7,CRIS\n", world.farida), world.farida)
    first.refresh_from_db(), second.refresh_from_db()
    apart = {"id", "indicator_id", "submitted_at"}
    assert _facts(first, apart) == _facts(second, apart)
    apart = {"id", "for_return_id", "recorded_at", "route", "upload_id"}
    assert _facts(first.figures.get(), apart) == _facts(second.figures.get(), apart)
    one, other = audit.history(first).first(), audit.history(second).first()
    assert (one.kind, one.subject_version, one.comment) == (other.kind, other.subject_version, other.comment)
    assert [line for line in one.changes if line["what"] != "Route"] == [
        line for line in other.changes if line["what"] != "Route"
    ]


def _facts(row, apart):
    return {name: value for name, value in vars(row).items() if name not in apart and not name.startswith("_")}


def test_on_behalf_of_a_supplier(world):
    world.asked(world.reports)
    upload = added(
        f"{HEAD}B2,2017-18 Q4,1389,,\n",
        world.sam,
        supplied_by=world.farida,
        route="mail",
        received_on=dt.date(2018, 4, 18),
    )
    recorded(upload, world.sam)
    figure = Figure.objects.get()
    assert (figure.supplied_by, figure.supplied_by_name, figure.route, figure.received_on, figure.recorded_by) == (
        world.farida,
        "Farida Begum",
        "mail",
        dt.date(2018, 4, 18),
        world.sam,
    )


def test_on_behalf_of_somebody_without_a_sign_in(world):
    world.asked(world.reports)
    upload = added(
        f"{HEAD}B2,2017-18 Q4,1389,,\n",
        world.sam,
        supplied_by_name="Tom Okafor, Analyst",
        route="phone",
        received_on=dt.date(2018, 4, 18),
    )
    recorded(upload, world.sam)
    assert (Figure.objects.get().supplied_by, Figure.objects.get().supplied_by_name) == (None, "Tom Okafor, Analyst")


def test_months_are_kept_with_their_quarter(world):
    world.asked(world.reports)
    recorded(added("Ref,Month,Figure\nB2,201801,1\nB2,201802,2\nB2,201803,3\n", world.farida), world.farida)
    assert Figure.objects.get().numerator == 6
    assert list(MonthlyFigure.objects.values_list("month", "number")) == [
        (dt.date(2018, month, 1), month) for month in (1, 2, 3)
    ]


def test_verified_figures_are_revised_under_one_reason_and_one_revision_a_series(world):
    for quarter, number in ((Q2, 10), (Q3, 20)):
        verified(world.asked(world.reports, quarter), number)
    verified(world.asked(world.arrests, Q3), 30)
    upload = added(f"{HEAD}B2,2017-18 Q2,11,,\nB2,2017-18 Q3,21,,\nD1,2017-18 Q3,31,,\n", world.farida)
    with pytest.raises(ValidationError) as refusal:
        actions.record_upload(upload, fingerprint=upload.fingerprint, by=world.farida)
    assert refusal.value.message_dict == {"restated_because": ["Say why the verified figures change"]}
    recorded(upload, world.farida, restated_because="Late reports.")
    assert list(Revision.objects.order_by("pk").values_list("indicator", "reason", "made_by")) == [
        (world.reports.pk, "Late reports.", world.farida.pk),
        (world.arrests.pk, "Late reports.", world.farida.pk),
    ]
    new = Figure.objects.exclude(restates="")
    assert {(figure.restates, figure.restated_because) for figure in new} == {("revision", "Late reports.")}
    assert sorted(figure.revision.indicator_id for figure in new) == sorted(
        [world.reports.pk, world.reports.pk, world.arrests.pk]
    )
    assert set(Return.objects.values_list("status", flat=True)) == {"submitted"}


def test_refused_cells_are_left_out_only_when_that_is_said(world):
    world.asked(world.reports)
    upload = added(f"{HEAD}B2,2017-18 Q4,1389,,\nD1,2017-18 Q4,5,,\n", world.farida)
    with pytest.raises(ValidationError) as refusal:
        actions.record_upload(upload, fingerprint=upload.fingerprint, by=world.farida)
    assert list(refusal.value.message_dict) == ["leave_out_refused"]
    recorded(upload, world.farida, leave_out_refused=True)
    assert Figure.objects.get().numerator == 1389


def test_the_same_file_again_has_nothing_to_record(world):
    world.asked(world.reports)
    text = f"{HEAD}B2,2017-18 Q4,1389,,\n"
    recorded(added(text, world.farida), world.farida)
    again = added(text, world.farida)
    assert [line.kind for line in preview(again).comparison.lines] == ["same"]
    with pytest.raises(ValidationError, match="There is nothing to record"):
        actions.record_upload(again, fingerprint=again.fingerprint, by=world.farida)
    assert Figure.objects.count() == 1


def test_recording_twice_is_refused_and_a_second_job_does_nothing(world):
    world.asked(world.reports)
    upload = added(f"{HEAD}B2,2017-18 Q4,1389,,\n", world.farida)
    first = Upload.objects.get(pk=upload.pk)
    recorded(upload, world.farida)
    with pytest.raises(ValidationError, match="no longer as you saw it"):
        actions.record_upload(first, fingerprint=first.fingerprint, by=world.farida)
    work(upload)
    assert Figure.objects.count() == 1


# ---------------------------------------------------------------- what changed between looking and recording


def test_what_changed_meanwhile_is_shown_again_and_nothing_is_recorded(world):
    first, second = world.asked(world.reports), world.asked(world.arrests)
    upload = added(f"{HEAD}B2,2017-18 Q4,1389,,\nD1,2017-18 Q4,5,,\n", world.farida)
    sent(second, 4, supplied_by=world.sam)
    upload = recorded(upload, world.farida)
    assert upload.is_previewed
    assert upload.recorded_by is None
    kept = preview(upload)
    assert kept.notice.startswith("Nothing has been recorded: something changed")
    assert [(line.label[:2], line.kind, line.was) for line in kept.comparison.lines] == [
        ("D1", "changed", "4, not yet verified"),
        ("B2", "new", ""),
    ]
    assert Figure.objects.count() == 1
    first.refresh_from_db()
    assert (first.status, first.version) == ("due", 1)
    assert recorded(upload, world.farida).is_recorded  # as it is shown now


def test_a_draft_saved_meanwhile_is_not_swept_away(world):
    return_ = world.asked(world.reports)
    upload = added(f"{HEAD}B2,2017-18 Q4,1389,,\n", world.farida)
    actions.save_draft(return_, typed={"number": "13"}, version=1, by=world.sam)
    upload = recorded(upload, world.farida)
    assert upload.is_previewed
    assert [line.why for line in preview(upload).comparison.lines] == ["The draft that Sam Carrick saved goes."]


def test_a_quarter_that_closed_meanwhile(world):
    world.asked(world.reports)
    upload = added(f"{HEAD}B2,2017-18 Q4,1389,,\n", world.farida)
    Round.objects.update(closed_at=timezone.now(), closed_by=world.sam)
    upload = recorded(upload, world.farida)
    assert [line.kind for line in preview(upload).comparison.lines] == ["refused"]


def test_who_has_left_meanwhile_records_nothing(world):
    world.asked(world.reports)
    upload = added(f"{HEAD}B2,2017-18 Q4,1389,,\n", world.farida)
    world.farida.role_grants.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    assert recorded(upload, world.farida).is_previewed
    assert not Figure.objects.exists()


def test_nothing_is_half_recorded_when_it_breaks_in_the_middle(world, monkeypatch):
    returns = [world.asked(world.reports), world.asked(world.arrests)]
    upload = added(f"{HEAD}B2,2017-18 Q4,1389,,\nD1,2017-18 Q4,5,,\n", world.farida)

    def broken(*_args, **_more):
        raise RuntimeError("killed")

    monkeypatch.setattr(recording.audit, "record_several", broken)
    upload = recorded(upload, world.farida)
    assert upload.is_previewed
    assert preview(upload).notice.startswith("Something went wrong at “Record the figures”. Nothing was recorded.")
    assert not Figure.objects.exists()
    assert {Return.objects.get(pk=return_.pk).status for return_ in returns} == {"due"}
    monkeypatch.undo()
    assert recorded(upload, world.farida).is_recorded


def test_a_worker_that_lost_its_lease_writes_nothing(world, monkeypatch):
    world.asked(world.reports)
    upload = added(f"{HEAD}B2,2017-18 Q4,1389,,\n", world.farida)
    actions.record_upload(upload, fingerprint=upload.fingerprint, by=world.farida)
    lease = jobs.take(Upload, upload.pk)
    Upload.objects.filter(pk=upload.pk).update(lease_token="another worker's")
    with pytest.raises(jobs.LeaseLost):
        working._recorded(lease, preview(upload).reading)
    assert not Figure.objects.exists()


def test_a_return_moved_between_comparing_and_writing(world):
    """The conditional write tells, where no lock is held."""
    return_ = world.asked(world.reports)
    upload = added(f"{HEAD}B2,2017-18 Q4,1389,,\n", world.farida)
    with pytest.raises(recording.Moved):
        recording.move_on([return_], 7, {"status": "submitted"})
    return_.refresh_from_db()
    assert (return_.status, return_.version) == ("due", 1)
    assert upload.is_previewed
