"""Building a pack: what is kept, what is said when it fails, and what happens when two workers have it."""

import datetime as dt
import hashlib
import logging

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEvent
from lib import jobs
from lib.quarters import Quarter
from lib.typesetting import PdfProblem
from reporting import snapshots
from reporting.actions import building
from reporting.builds import pack_files, packs
from reporting.models import Pack
from reporting.scheduled import sweep_packs
from tests.factories import reporting as data

pytestmark = pytest.mark.django_db

State = Pack.JobState


@pytest.fixture
def waiting(pages, plan, quarter):
    """A pack that no worker has yet."""
    return building.request_pack(plan, quarter, queue=False, by=None)


def read(pack):
    pack.refresh_from_db()
    return pack


# ---------------------------------------------------------------- a build that goes well


def test_ready_pack_keeps_snapshot_file_and_checksums(built, pages):
    pack = built()
    assert (pack.job_state, pack.issue, pack.pages, pack.pdf_bytes) == (State.READY, 1, 18, len(pages.content))
    assert pack.pdf_sha256 == hashlib.sha256(pages.content).hexdigest()
    assert pack.snapshot_sha256 == hashlib.sha256(pack.snapshot.encode()).hexdigest()
    assert snapshots.from_json(pack.snapshot) == pages.calls[0]["snapshot"]
    assert pages.calls[0]["checksum"] == pack.snapshot_sha256
    assert pack.as_at == snapshots.from_json(pack.snapshot).as_at
    assert pack.holds_restricted
    assert pack_files.read(pack) == pages.content
    assert pack.pdf.name == f"packs/2017-21/2017-18-q4-pack-executive-1-{pack.pdf_sha256[:12]}.pdf"


def test_every_stage_is_logged(built):
    pack = built()
    assert [entry["stage"] for entry in pack.stage_log] == [0, 1, 2, 3, 4]
    assert pack.stage_log[1]["note"] == "1 not sent"
    assert jobs.progress(pack, timezone.now()).percent == 100


def test_pack_of_a_quarter_without_returns_is_built_and_says_so(pages, plan):
    pack = building.request_pack(plan, data.Q4.previous, queue=False, by=None)
    packs.build(pack.pk)
    assert read(pack).is_ready
    assert snapshots.from_json(pack.snapshot).round_exists is False
    assert pack.stage_log[1]["note"] == "2 not asked for"


def test_as_at_shows_what_was_known_then(pages, plan, quarter):
    pack = building.request_pack(plan, quarter, as_at=data.at(2), queue=False, by=None)
    packs.build(pack.pk)
    snapshot = snapshots.from_json(read(pack).snapshot)
    assert (snapshot.as_at, snapshot.indicators[0].this.state) == (data.at(2), "unverified")


def test_built_twice_is_left_alone(built, pages):
    pack = built()
    before = read(pack).__dict__.copy()
    packs.build(pack.pk)
    after = read(pack).__dict__
    assert len(pages.calls) == 1
    assert {name: value for name, value in before.items() if name != "_state"} == {
        name: value for name, value in after.items() if name != "_state"
    }


def test_who_asked_and_that_it_was_built_are_on_the_audit_trail(built):
    sam = data.person("Sam Carrick", "coordinator", post="Coordinator")
    built(by=sam)
    events = AuditEvent.objects.order_by("pk").values_list("kind", "actor_label", "scheduled")
    assert list(events) == [
        ("pack_requested", "Sam Carrick, Coordinator", False),
        ("pack_built", "The system", True),
    ]


# ---------------------------------------------------------------- a build that fails


def test_failure_of_ours_is_a_sentence_on_the_row_and_a_trace_in_the_log(waiting, pages, caplog):
    pages.error = RuntimeError("no such font /secret")
    with caplog.at_level(logging.ERROR, "job"):
        packs.build(waiting.pk)
    pack = read(waiting)
    assert (pack.job_state, pack.snapshot, pack.pdf.name) == (State.FAILED, "", "")
    assert pack.failure.startswith("Something went wrong at “Set the pages”. Nothing was stored. Build it again;")
    assert f"pack {pack.pk}" in pack.failure
    assert "secret" not in pack.failure
    assert caplog.records[0].exc_info[0] is RuntimeError
    assert AuditEvent.objects.filter(kind="pack_failed", comment=pack.failure).exists()


@pytest.mark.parametrize("error", [PdfProblem("The quarter is too long."), ValidationError("The quarter is too long.")])
def test_failure_with_a_sentence_of_its_own_says_it(waiting, pages, error):
    pages.error = error
    packs.build(waiting.pk)
    assert read(waiting).failure == "The quarter is too long."


def test_file_that_not_everyone_can_read_is_not_kept(waiting, pages):
    pages.problems = ["Figure on page 3 has no words.", "Another."]
    packs.build(waiting.pk)
    assert (
        read(waiting).failure == "Not everyone could read the PDF, so it was not kept: Figure on page 3 has no words."
    )
    assert not default_storage.exists("packs")


def test_storage_that_is_full_fails_the_build(waiting, pages, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr(pack_files.default_storage, "save", full)
    packs.build(waiting.pk)
    assert read(waiting).is_failed


def test_failed_pack_is_tried_again_under_its_number(waiting, pages, plan, quarter):
    pages.error = RuntimeError()
    packs.build(waiting.pk)
    again = building.request_pack(plan, quarter, queue=False, by=None)
    assert (again.pk, again.issue, again.failure, again.attempts) == (waiting.pk, 1, "", 0)
    pages.error = None
    packs.build(again.pk)
    assert read(again).is_ready


def test_failed_pack_whose_number_was_issued_since_is_not_tried_again_under_it(built, pages, plan, quarter):
    first = built()
    pages.error = RuntimeError()
    failed = built()
    assert (failed.issue, failed.build, failed.is_failed) == (1, 2, True)
    Pack.objects.filter(pk=first.pk).update(standing="issued", issued_at=timezone.now())
    again = building.request_pack(plan, quarter, supersedes=first, erratum="B1 was wrong", queue=False, by=None)
    assert (again.pk > failed.pk, again.issue, again.build) == (True, 2, 1)
    assert read(failed).is_failed


def test_number_that_is_issued_while_it_is_being_built_is_told(built, pages):
    """Else somebody would be asked to approve what can never be issued."""
    first = built()

    def issued():
        Pack.objects.filter(pk=first.pk).update(standing="issued", issued_at=timezone.now())

    pages.during = issued
    second = built()
    assert (second.job_state, second.pdf.name) == (State.FAILED, "")
    assert second.failure == (
        "Issue 1 was issued while this was being built. Nothing was stored. Build it again: it gets the next number."
    )
    assert read(first).standing == "issued"


def test_draft_may_be_finished_after_its_number_was_issued(built, pages):
    first = built()
    pages.during = lambda: Pack.objects.filter(pk=first.pk).update(standing="issued", issued_at=timezone.now())
    assert built(is_draft=True).is_ready


# ---------------------------------------------------------------- two workers


def test_worker_that_lost_its_lease_writes_nothing(waiting, pages):
    def taken_over():
        Pack.objects.filter(pk=waiting.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
        pages.other = jobs.take(Pack, waiting.pk)

    pages.during = taken_over
    packs.build(waiting.pk)
    pack = read(waiting)
    assert (pack.job_state, pack.attempts, pack.lease_token) == (State.RUNNING, 2, pages.other.token)
    assert (pack.snapshot, pack.failure) == ("", "")


def test_worker_that_fails_after_it_lost_its_lease_fails_nothing(waiting, pages):
    def taken_over():
        Pack.objects.filter(pk=waiting.pk).update(lease_token="another worker's")
        raise RuntimeError

    pages.during = taken_over
    packs.build(waiting.pk)
    assert (read(waiting).job_state, waiting.failure) == (State.RUNNING, "")


def test_worker_that_died_is_followed_by_another(waiting, django_capture_on_commit_callbacks):
    jobs.take(Pack, waiting.pk)
    long_ago = timezone.now() - dt.timedelta(minutes=1)
    Pack.objects.filter(pk=waiting.pk).update(lease_until=long_ago, queued_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        sweep_packs()
    assert (read(waiting).job_state, waiting.attempts) == (State.READY, 2)


def test_pack_that_killed_five_workers_fails_with_a_sentence(waiting, django_capture_on_commit_callbacks):
    jobs.take(Pack, waiting.pk)
    long_ago = timezone.now() - dt.timedelta(minutes=1)
    Pack.objects.filter(pk=waiting.pk).update(lease_until=long_ago, queued_at=long_ago, attempts=5)
    with django_capture_on_commit_callbacks(execute=True):
        sweep_packs()
    assert read(waiting).is_failed
    assert waiting.failure.startswith("It was started 5 times and each time the computer building it stopped.")
    assert AuditEvent.objects.filter(kind="pack_failed").count() == 1


def test_pack_taken_while_the_sweep_gives_it_up_is_left_to_its_worker(waiting, monkeypatch):
    jobs.take(Pack, waiting.pk)
    long_ago = timezone.now() - dt.timedelta(minutes=1)
    Pack.objects.filter(pk=waiting.pk).update(lease_until=long_ago, queued_at=long_ago, attempts=5)
    give_up, leases = building._give_up, []

    def taken_first(*job, **more):
        leases.append(jobs.take(Pack, waiting.pk))
        give_up(*job, **more)

    monkeypatch.setattr(building, "_give_up", taken_first)
    sweep_packs()
    leases[0].stage(1)  # still its own
    assert (read(waiting).job_state, waiting.attempts, waiting.failure) == (State.RUNNING, 6, "")
    assert not AuditEvent.objects.filter(kind="pack_failed").exists()


# ---------------------------------------------------------------- asking


def test_built_again_before_it_is_issued_it_keeps_its_number(built):
    first, second = built(), built()
    assert [(one.issue, one.build) for one in (first, second)] == [(1, 1), (1, 2)]
    assert [read(one).standing for one in (first, second)] == ["set_aside", "built"]


def test_pack_is_not_asked_for_twice_while_it_is_being_built(waiting, plan, quarter):
    with pytest.raises(building.AlreadyThere, match="is being built already") as refusal:
        building.request_pack(plan, quarter, queue=False, by=None)
    assert refusal.value.pack == waiting
    assert Pack.objects.count() == 1


def test_form_sent_twice_builds_once(built):
    first = built(after=0)
    with pytest.raises(building.AlreadyThere, match="has been built since") as refusal:
        built(after=0)
    assert refusal.value.pack == first


def test_two_requests_at_the_same_moment_make_one_pack(waiting, plan, quarter):
    """The second has looked before the first had written."""
    asked = {"job_state": State.REQUESTED, "requested_by": None}
    with pytest.raises(building.AlreadyThere, match="is being built already"):
        building._next_build(Pack.objects.all(), {"plan": plan, "quarter": quarter} | asked)


def test_another_quarter_may_be_built_at_the_same_time(waiting, plan, quarter):
    other = building.request_pack(plan, quarter.previous, queue=False, by=None)
    assert other.issue == 1


@pytest.mark.parametrize("slug", ["2015-16-q4", "2021-22-q1"])
def test_quarter_outside_the_plan_is_refused(plan, slug):
    with pytest.raises(ValidationError, match="Choose one from 2016-17 Q1 to 2020-21 Q4"):
        building.request_pack(plan, Quarter.parse(slug), queue=False, by=None)


def test_broker_that_is_away_loses_nothing(pages, plan, quarter, django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr("reporting.tasks.build_pack.delay", lambda pk: None)
    with django_capture_on_commit_callbacks(execute=True):
        pack = building.request_pack(plan, quarter, by=None)
    assert read(pack).job_state == State.REQUESTED
    monkeypatch.undo()
    assert pack in Pack.objects.to_requeue(timezone.now() + dt.timedelta(seconds=30))


# ---------------------------------------------------------------- the file


def test_same_bytes_are_stored_once_and_others_beside_them():
    assert pack_files.store("packs/a.pdf", b"one") == "packs/a.pdf"
    assert pack_files.store("packs/a.pdf", b"one") == "packs/a.pdf"
    other = pack_files.store("packs/a.pdf", b"two")
    assert other != "packs/a.pdf"
    with default_storage.open("packs/a.pdf") as stored:
        assert stored.read() == b"one"


def test_changed_file_is_damaged(built):
    pack = built()
    path = default_storage.path(pack.pdf.name)
    with open(path, "ab") as stored:
        stored.write(b"x")
    with pytest.raises(pack_files.Damaged, match="not the one that was built"):
        pack_files.read(pack)


def test_lost_file_is_damaged(built):
    pack = built()
    default_storage.delete(pack.pdf.name)
    with pytest.raises(pack_files.Damaged, match="not there"):
        pack_files.read(pack)


def test_name_of_the_download(built):
    pack = built()
    assert pack_files.download_name(pack, "Tower Hamlets") == "tower-hamlets-csp-pack-2017-18-q4-executive-issue-1.pdf"
    pack.is_sample = True
    assert pack_files.download_name(pack, "Tower Hamlets").startswith("sample-")


# ---------------------------------------------------------------- the database's own promises


def test_one_pack_per_issue(waiting, plan, quarter):
    Pack.objects.filter(pk=waiting.pk).update(job_state=State.FAILED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pack.objects.create(plan=plan, quarter=quarter, issue=1)


def test_ready_pack_without_its_file_is_refused(waiting):
    with pytest.raises(IntegrityError), transaction.atomic():
        Pack.objects.filter(pk=waiting.pk).update(job_state=State.READY)
