"""Jobs whose truth is a row: who works on it (a lease), how far it is (named stages), how it ended.

Celery only carries the id. A worker takes the row by a conditional update, renews the lease while it works, and writes the end
only if the lease is still its own; a row whose lease has lapsed, or that never reached a worker, is queued again by a sweep.
"""

import datetime as dt
import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from django.db import DatabaseError, InterfaceError, connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone

log = logging.getLogger("job")

# A job whose worker died runs again within 20 seconds: at worst the lease has just been renewed (12), the sweep has just been by (4), and the
# next worker needs a moment. A lease outlasts two renewals that the database did not answer.
LEASE = dt.timedelta(seconds=12)
RENEW_EVERY = 4.0  # seconds
LOST_AFTER = dt.timedelta(seconds=20)  # requested but in no worker's hands: the broker never got it
MAX_ATTEMPTS = 5


class LeaseLost(Exception):
    """Another worker has taken this job over; stop without writing anything."""


class JobQuerySet(models.QuerySet):
    def unfinished(self) -> "JobQuerySet":
        """Requested or being worked on."""
        return self.filter(job_state__in=[Job.JobState.REQUESTED, Job.JobState.RUNNING])

    def to_requeue(self, at: dt.datetime) -> "JobQuerySet":
        """Jobs nobody works on although somebody should: never picked up, or their worker's lease has lapsed.

        One that has just been queued is left alone: the worker needs a moment to pick it up.
        """
        return self.filter(
            Q(job_state=Job.JobState.REQUESTED, queued_at__lt=at - LOST_AFTER)
            | Q(job_state=Job.JobState.RUNNING, lease_until__lt=at, queued_at__lt=at - LEASE)
        )


class Job(models.Model):
    """The part of a row that makes it a job. Subclasses name their stages in `STAGES`, in order."""

    class JobState(models.TextChoices):
        REQUESTED = "requested", "Waiting to start"
        RUNNING = "running", "Building"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    STAGES: tuple[str, ...] = ()
    DOING: tuple[str, ...] = ()  # the same stages while they go on: "drawing the charts"
    WORKING: str = "Building"  # what goes on, before the stage it has come to

    job_state = models.CharField(max_length=10, choices=JobState, default=JobState.REQUESTED)
    stage = models.PositiveSmallIntegerField(default=0)  # index in STAGES while running
    stage_log = models.JSONField(default=list)  # [{"stage": 0, "seconds": 2.1, "note": "1 missing"}] of the stages done
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)  # a sentence for the person; the trace goes to the log

    class Meta:
        abstract = True

    @property
    def is_finished(self) -> bool:
        return self.job_state in (self.JobState.READY, self.JobState.FAILED)

    @property
    def is_ready(self) -> bool:
        return self.job_state == self.JobState.READY

    @property
    def is_failed(self) -> bool:
        return self.job_state == self.JobState.FAILED

    @property
    def seconds(self) -> int | None:
        """How long the last attempt took, in whole seconds; None while it has not ended."""
        if self.started_at is None or self.ended_at is None:
            return None
        return round((self.ended_at - self.started_at).total_seconds())


# ---------------------------------------------------------------- in a worker's hands


class Lease:
    """A worker's hold on one job. Every write is conditional on still holding it."""

    def __init__(self, job: Any, token: str) -> None:
        self.job = job
        self.token = token
        self._stage_began = timezone.now()

    def _mine(self) -> models.QuerySet[Any]:
        return type(self.job)._default_manager.filter(
            pk=self.job.pk, lease_token=self.token, job_state=Job.JobState.RUNNING
        )

    def _write(self, **fields: Any) -> None:
        if not self._mine().update(**fields):
            raise LeaseLost

    def renew(self) -> None:
        """Push the end of the lease out; LeaseLost when it is no longer ours."""
        self._write(lease_until=timezone.now() + LEASE)

    def stage(self, index: int, note: str = "") -> None:
        """Enter a stage: the one before it is logged with its seconds and `note` (what it found)."""
        now = timezone.now()
        stage_log = self._logged(now, note) if index else []
        self._write(stage=index, stage_log=stage_log, lease_until=now + LEASE)
        self._stage_began = now
        self.job.stage_log, self.job.stage = stage_log, index

    def end(self, **fields: Any) -> None:
        """Write the end of the job together with its results; LeaseLost when the lease was lost, and then nothing was written."""
        now = timezone.now()
        done = fields.get("job_state") == Job.JobState.READY
        stage_log = self._logged(now, "") if done else self.job.stage_log
        self._write(lease_until=None, lease_token="", ended_at=now, **{"stage_log": stage_log, **fields})

    def _logged(self, now: dt.datetime, note: str) -> list[dict[str, Any]]:
        seconds = round((now - self._stage_began).total_seconds(), 1)
        return [*self.job.stage_log, {"stage": self.job.stage, "seconds": seconds, "note": note}]


def take(model: type[Job], pk: int) -> Lease | None:
    """Take the job if it waits or its last worker's lease has lapsed; None when it is ended or in other hands."""
    now = timezone.now()
    token = uuid.uuid4().hex
    free = Q(job_state=Job.JobState.REQUESTED) | Q(job_state=Job.JobState.RUNNING, lease_until__lt=now)
    taken = model._default_manager.filter(free, pk=pk).update(
        job_state=Job.JobState.RUNNING,
        stage=0,
        stage_log=[],
        attempts=F("attempts") + 1,
        lease_token=token,
        lease_until=now + LEASE,
        started_at=now,
        ended_at=None,
        failure="",
    )
    if not taken:
        return None
    return Lease(model._default_manager.get(pk=pk), token)


@contextmanager
def kept(lease: Lease) -> Iterator[Lease]:
    """Renew the lease from a thread of its own while the work inside goes on.

    Inside an open transaction (jobs in place, SQLite's single writer) a second connection would wait for the first, so there the
    lease is not renewed: nobody else can take the row anyway.
    """
    if connection.in_atomic_block:
        yield lease
        return
    stop = threading.Event()
    thread = threading.Thread(target=_renew_until, args=(lease, stop), name="lease", daemon=True)
    thread.start()
    try:
        yield lease
    finally:
        stop.set()
        thread.join()


def _renew_until(lease: Lease, stop: threading.Event) -> None:
    """The thread's work. A database that is busy or away for a moment is asked again; the lease outlasts two such misses."""
    while not stop.wait(RENEW_EVERY):
        try:
            lease.renew()
        except LeaseLost:
            return
        except (DatabaseError, InterfaceError):  # no answer, or a connection that is gone already
            log.warning("job=%s state=lease-not-renewed", lease.job.pk)
        finally:
            connection.close()


# ---------------------------------------------------------------- what fell between worker and broker

Jobs = TypeVar("Jobs", bound=JobQuerySet)


def sweep(jobs: Jobs, at: dt.datetime, *, queue: Callable[[int], object], give_up: Callable[[int, int], None]) -> int:
    """Queue again what nobody works on; give up on what has been tried too often. Returns how many were touched.

    `queue` is called once the transaction is committed. `give_up` gets the attempts that were counted as well, and must leave a job
    alone that has another number by then: a worker has just taken it. Two sweeps at once touch each job once.
    """
    touched = 0
    for pk, attempts in jobs.to_requeue(at).values_list("pk", "attempts"):
        # Stamped first, so that the next sweep leaves the worker time to pick it up.
        if not jobs.to_requeue(at).filter(pk=pk).update(queued_at=at):
            continue
        if attempts >= MAX_ATTEMPTS:
            give_up(pk, attempts)
        else:
            transaction.on_commit(partial(queue, pk))
        touched += 1
    return touched


# ---------------------------------------------------------------- what people watch


@dataclass(frozen=True)
class StageShown:
    """A named stage as a page shows it. state: "done", "now", "later" or "failed"; note: "Done, 2 seconds", "Now", "To do"."""

    title: str
    state: str
    note: str


@dataclass(frozen=True)
class Progress:
    """How far a job is: a sentence, per cent of its stages, and each stage."""

    label: str
    percent: int
    stages: tuple[StageShown, ...]


def progress(job: Job, at: dt.datetime) -> Progress:
    """How far the job is at this moment, from its row alone."""
    done = {entry["stage"]: entry for entry in job.stage_log}
    stages = tuple(_stage(job, index, done.get(index)) for index in range(len(job.STAGES)))
    if job.is_ready:
        return Progress("Ready", 100, stages)
    return Progress(_label(job, at), 100 * len(done) // len(job.STAGES), stages)


def _label(job: Job, at: dt.datetime) -> str:
    if job.is_failed:
        return f"Stopped at stage {job.stage + 1} of {len(job.STAGES)}"
    if job.job_state == Job.JobState.REQUESTED:
        return "Waiting to start"
    if job.lease_until is not None and job.lease_until < at:
        return "Interrupted: it starts again by itself within a minute"
    return f"{job.WORKING}: stage {job.stage + 1} of {len(job.STAGES)}, {job.DOING[job.stage]}"


def _stage(job: Job, index: int, done: dict[str, Any] | None) -> StageShown:
    title = job.STAGES[index]
    if done:
        return StageShown(title, "done", f"Done, {done['note'] or _seconds(done['seconds'])}")
    if index == job.stage and job.is_failed:
        return StageShown(title, "failed", "Failed")
    if index == job.stage and job.job_state == Job.JobState.RUNNING:
        return StageShown(title, "now", "Now")
    return StageShown(title, "later", "Not reached" if job.is_failed else "To do")


def _seconds(seconds: float) -> str:
    whole = round(seconds)
    return "under a second" if whole < 1 else f"{whole} second{'' if whole == 1 else 's'}"
