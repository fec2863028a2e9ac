"""Jobs on a real row: a pack, the first of them."""

import datetime as dt

import pytest
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from lib import jobs
from lib.quarters import Quarter
from reporting.models import Pack
from tests.factories import reporting as data

pytestmark = pytest.mark.django_db

State = Pack.JobState


@pytest.fixture
def pack():
    return Pack.objects.create(plan=data.plan(), quarter=Quarter.parse("2017-18-q4"), issue=1)


def lapse(pack, **fields):
    Pack.objects.filter(pk=pack.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1), **fields)


# ---------------------------------------------------------------- the lease


def test_a_waiting_job_is_taken_once(pack):
    assert jobs.take(Pack, pack.pk) is not None
    assert jobs.take(Pack, pack.pk) is None
    pack.refresh_from_db()
    assert (pack.job_state, pack.attempts) == (State.RUNNING, 1)


@pytest.mark.parametrize("state", [State.FAILED])
def test_an_ended_job_is_left_alone(pack, state):
    Pack.objects.filter(pk=pack.pk).update(job_state=state)
    assert jobs.take(Pack, pack.pk) is None


def test_a_job_whose_lease_has_lapsed_is_taken_over_and_the_first_worker_writes_nothing_more(pack):
    first = jobs.take(Pack, pack.pk)
    lapse(pack)
    second = jobs.take(Pack, pack.pk)
    assert second is not None
    for write in (
        first.renew,
        lambda: first.stage(1),
        lambda: first.end(job_state=State.FAILED),
    ):
        with pytest.raises(jobs.LeaseLost):
            write()
    second.stage(0)
    pack.refresh_from_db()
    assert (pack.job_state, pack.attempts) == (State.RUNNING, 2)


def test_renewing_pushes_the_end_of_the_lease_out(pack):
    lease = jobs.take(Pack, pack.pk)
    lapse(pack)
    lease.renew()
    pack.refresh_from_db()
    assert pack.lease_until > timezone.now() + dt.timedelta(seconds=10)


@pytest.mark.parametrize("fault", [DatabaseError, InterfaceError])
def test_a_database_that_is_away_for_a_moment_does_not_end_the_renewals(pack, monkeypatch, fault):
    lease, asked = jobs.take(Pack, pack.pk), []

    class Stop:
        def wait(self, seconds):
            return len(asked) == 2

    def renew():
        asked.append(1)
        raise fault

    monkeypatch.setattr(lease, "renew", renew)
    monkeypatch.setattr(jobs.connection, "close", lambda: None)
    jobs._renew_until(lease, Stop())
    assert len(asked) == 2


def test_renewals_end_when_the_lease_is_lost(pack, monkeypatch):
    lease = jobs.take(Pack, pack.pk)
    lapse(pack)
    jobs.take(Pack, pack.pk)

    class Never:
        def wait(self, seconds):
            return False

    monkeypatch.setattr(jobs.connection, "close", lambda: None)
    jobs._renew_until(lease, Never())  # comes back


# ---------------------------------------------------------------- the sweep


def swept(at):
    queued, given_up = [], []
    with_commit = jobs.sweep(
        Pack.objects.all(), at, queue=queued.append, give_up=lambda pk, attempts: given_up.append(pk)
    )
    return with_commit, queued, given_up


@pytest.fixture
def sweep(django_capture_on_commit_callbacks):
    def run(at):
        with django_capture_on_commit_callbacks(execute=True):
            return swept(at)

    return run


def test_a_job_just_requested_is_left_to_the_broker(pack, sweep):
    assert sweep(pack.queued_at + dt.timedelta(seconds=19)) == (0, [], [])


def test_a_job_the_broker_never_got_is_queued_again_once(pack, sweep):
    at = pack.queued_at + dt.timedelta(seconds=21)
    assert sweep(at) == (1, [pack.pk], [])
    assert sweep(at + dt.timedelta(seconds=10)) == (0, [], [])


def test_a_running_job_is_left_alone_while_its_lease_holds(pack, sweep):
    jobs.take(Pack, pack.pk)
    assert sweep(timezone.now() + dt.timedelta(seconds=11)) == (0, [], [])


def test_a_job_whose_worker_died_is_queued_again(pack, sweep):
    jobs.take(Pack, pack.pk)
    assert sweep(timezone.now() + dt.timedelta(seconds=13)) == (1, [pack.pk], [])


def test_a_job_that_killed_five_workers_is_given_up(pack, sweep):
    jobs.take(Pack, pack.pk)
    Pack.objects.filter(pk=pack.pk).update(attempts=jobs.MAX_ATTEMPTS)
    assert sweep(timezone.now() + dt.timedelta(seconds=13)) == (1, [], [pack.pk])


# ---------------------------------------------------------------- what people watch


def shown(pack):
    pack.refresh_from_db()
    return jobs.progress(pack, timezone.now())


def test_a_waiting_job_says_so(pack):
    progress = shown(pack)
    assert (progress.label, progress.percent) == ("Waiting to start", 0)
    assert {stage.note for stage in progress.stages} == {"To do"}


def test_the_stages_done_make_the_per_cent(pack):
    lease = jobs.take(Pack, pack.pk)
    lease.stage(0)
    lease.stage(1)
    lease.stage(2, note="1 missing, 1 not yet verified")
    progress = shown(pack)
    assert progress.label == "Building: stage 3 of 5, laying out the parts"
    assert progress.percent == 40  # two of five stages
    assert [(stage.state, stage.note) for stage in progress.stages] == [
        ("done", "Done, under a second"),
        ("done", "Done, 1 missing, 1 not yet verified"),
        ("now", "Now"),
        ("later", "To do"),
        ("later", "To do"),
    ]


def test_a_job_whose_worker_died_says_that_it_starts_again(pack):
    jobs.take(Pack, pack.pk)
    lapse(pack)
    assert shown(pack).label == "Interrupted: it starts again by itself within a minute"


def test_a_failed_job_shows_where_it_stopped(pack):
    lease = jobs.take(Pack, pack.pk)
    lease.stage(0)
    lease.stage(1)
    lease.end(job_state=State.FAILED, failure="No.")
    progress = shown(pack)
    assert progress.label == "Stopped at stage 2 of 5"
    assert [stage.state for stage in progress.stages] == ["done", "failed", "later", "later", "later"]


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "under a second"), (1.0, "1 second"), (2.1, "2 seconds")])
def test_seconds_in_words(seconds, words):
    assert jobs._seconds(seconds) == words
