"""Jobs whose truth is a row: who works on it (a lease), how far it is (named stages), how it ended.

Celery only carries the id. A worker takes the row by a conditional update, renews the lease while it works, and writes the end
only if the lease is still its own; a row whose lease has lapsed, or that never reached a worker, is queued again by a sweep.
"""

import datetime as dt
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import close_old_connections, connection, models
from django.db.models import F, Q
from django.utils import timezone

LEASE = dt.timedelta(
    seconds=15
)  # a worker that died is noticed this long after its last renewal
RENEW_EVERY = 5.0  # seconds
LOST_AFTER = dt.timedelta(
    seconds=20
)  # requested but in no worker's hands: the broker never got it
MAX_ATTEMPTS = 5


class LeaseLost(Exception):
    """Another worker has taken this job over; stop without writing anything."""


class JobQuerySet(models.QuerySet):
    def to_requeue(self, at: dt.datetime) -> "JobQuerySet":
        """Jobs nobody works on although somebody should: never picked up, or their worker's lease has lapsed."""
        return self.filter(
            Q(job_state=Job.JobState.REQUESTED, queued_at__lt=at - LOST_AFTER)
            | Q(job_state=Job.JobState.RUNNING, lease_until__lt=at)
        )


class Job(models.Model):
    """The part of a row that makes it a job. Subclasses name their stages in `STAGES`, in order."""

    class JobState(models.TextChoices):
        REQUESTED = "requested", "Waiting to start"
        RUNNING = "running", "Building"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    STAGES: tuple[str, ...] = ()

    job_state = models.CharField(
        max_length=10, choices=JobState, default=JobState.REQUESTED
    )
    stage = models.PositiveSmallIntegerField(default=0)  # index in STAGES while running
    stage_note = models.CharField(max_length=100, blank=True)  # "9 of 15"
    stage_log = models.JSONField(
        default=list
    )  # [{"stage": 0, "seconds": 2.1, "note": "1 missing"}] of the stages done
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(
        max_length=300, blank=True
    )  # a sentence for the person; the trace goes to the log

    class Meta:
        abstract = True


class Lease:
    """A worker's hold on one job. Every write is conditional on still holding it."""

    def __init__(self, job: Job, token: str) -> None:
        self.job = job
        self.token = token
        self.lost = threading.Event()
        self._stage_began = timezone.now()

    def _mine(self) -> models.QuerySet[Any]:
        return type(self.job)._default_manager.filter(
            pk=self.job.pk, lease_token=self.token, job_state=Job.JobState.RUNNING
        )

    def renew(self) -> None:
        """Push the end of the lease out; LeaseLost when it is no longer ours."""
        if not self._mine().update(lease_until=timezone.now() + LEASE):
            self.lost.set()
            raise LeaseLost

    def stage(self, index: int, note: str = "") -> None:
        """Enter a stage: the one before it is logged with its seconds and `note` (what it found)."""
        now = timezone.now()
        log = self.job.stage_log
        if index:
            log = [
                *log,
                {
                    "stage": index - 1,
                    "seconds": round((now - self._stage_began).total_seconds(), 1),
                    "note": note,
                },
            ]
        self._stage_began = now
        if not self._mine().update(
            stage=index, stage_note="", stage_log=log, lease_until=now + LEASE
        ):
            raise LeaseLost
        self.job.stage_log, self.job.stage = log, index

    def note(self, text: str) -> None:
        """How far the stage is: "9 of 15"."""
        if not self._mine().update(stage_note=text, lease_until=timezone.now() + LEASE):
            raise LeaseLost

    def end(self, **fields: Any) -> bool:
        """Write the end of the job together with its results; False when the lease was lost and nothing was written."""
        written = self._mine().update(
            lease_until=None, lease_token="", ended_at=timezone.now(), **fields
        )
        return bool(written)


def take(model: type[Job], pk: int) -> Lease | None:
    """Take the job if it waits or its last worker's lease has lapsed; None when it is ended or in other hands."""
    now = timezone.now()
    token = uuid.uuid4().hex
    free = Q(job_state=Job.JobState.REQUESTED) | Q(
        job_state=Job.JobState.RUNNING, lease_until__lt=now
    )
    taken = model._default_manager.filter(free, pk=pk).update(
        job_state=Job.JobState.RUNNING,
        stage=0,
        stage_note="",
        stage_log=[],
        attempts=F("attempts") + 1,
        lease_token=token,
        lease_until=now + LEASE,
        started_at=now,
        failure="",
    )
    if not taken:
        return None
    return Lease(model._default_manager.get(pk=pk), token)


@contextmanager
def kept(lease: Lease) -> Iterator[Lease]:
    """Renew the lease from a thread of its own while the work inside goes on.

    Inside an open transaction (eager jobs in unit tests, SQLite's single writer) a second connection would wait for the first, so
    there the lease is not renewed: nobody else can take the row anyway.
    """
    if connection.in_atomic_block:
        yield lease
        return
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(RENEW_EVERY):
            try:
                lease.renew()
            except LeaseLost:
                return
            finally:
                close_old_connections()
        connection.close()

    thread = threading.Thread(target=beat, name="lease", daemon=True)
    thread.start()
    try:
        yield lease
    finally:
        stop.set()
        thread.join()


def sweep(
    queryset: JobQuerySet,
    at: dt.datetime,
    queue: Callable[[int], None],
    fail: Callable[[int], None],
) -> int:
    """Queue again what fell between worker and broker; give up on what has failed too often. Returns how many were touched."""
    touched = 0
    for job in queryset.to_requeue(at):
        if job.attempts >= MAX_ATTEMPTS:
            fail(job.pk)
        else:
            # Stamped first, so that the next sweep leaves the worker time to pick it up.
            queryset.filter(pk=job.pk).update(queued_at=at)
            queue(job.pk)
        touched += 1
    return touched
