"""The two jobs of an upload, as a worker does them: read the file and compare it; compare it once more and record it, all or nothing."""

import datetime as dt
import hashlib
import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from indicators.models import Upload
from indicators.uploads import keeping, readers, recording
from indicators.uploads.comparing import Comparison, compare
from indicators.uploads.doubting import questioned
from indicators.uploads.offers import Reading
from lib import jobs, logging_ids

audit.kinds({"upload_recorded": "File of figures recorded", "upload_failed": "File of figures could not be used"})

log = logging.getLogger("job")

FIRST, SECOND = 0, 1  # the stages of either job
MOST_SAID = 300  # characters of `Job.failure`
GAVE_UP = (
    "It was started {attempts} times and each time the computer doing it stopped. Nothing was recorded. "
    "Tell whoever looks after this service before you try again."
)
OTHER_NOW = (
    "Nothing has been recorded: something changed between your looking at this and recording it. "
    "This is how it stands now. Look at it again, then record it."
)


class Gone(Exception):
    """The file is not there any more, or is not the one that was uploaded."""


def work(upload_id: int) -> None:
    """Do what the upload waits for; one that waits for nothing or is in other hands is left alone.

    Whatever goes wrong ends on the row as a sentence, with the trace in the log; nothing of it is half recorded.
    """
    lease = jobs.take(Upload, upload_id)
    if lease is None:
        log.info("upload=%s state=left-alone", upload_id)
        return
    phase = lease.job.phase
    try:
        with jobs.kept(lease):
            (_record if phase == Upload.Phase.RECORDING else _read)(lease)
    except jobs.LeaseLost:
        log.warning("upload=%s state=taken-over", upload_id)
    except readers.Unusable as unusable:
        log.info("upload=%s state=unusable", upload_id)
        _fail(lease, str(unusable))
    except Exception as error:
        log.exception("upload=%s state=failed phase=%s", upload_id, phase)
        _fail(lease, _sentence(error, lease.job))


def _read(lease: jobs.Lease) -> None:
    upload: Upload = lease.job
    lease.stage(FIRST)
    on = timezone.localdate()
    reading = readers.read(upload, content(upload), on)
    lease.stage(SECOND, note=_cells(len(reading.offers) + len(reading.refusals)))
    text = keeping.to_json(reading, _compared(upload, reading, by=upload.uploaded_by, on=on))
    lease.end(job_state=Upload.JobState.READY, preview=text, fingerprint=keeping.fingerprint(text))
    log.info("upload=%s state=read offers=%s refusals=%s", upload.pk, len(reading.offers), len(reading.refusals))


def _record(lease: jobs.Lease) -> None:
    """Twice compared: once without holding anybody up, and once for good, with quarters and returns held."""
    upload: Upload = lease.job
    lease.stage(FIRST)
    kept = keeping.from_json(upload.preview)
    if _is_as_seen(upload, kept.reading, _compare(upload, kept.reading)):
        lease.stage(SECOND)
        try:
            if _recorded(lease, kept.reading):
                return
        except recording.Moved:
            pass  # nothing was written; compared anew below
    text = keeping.to_json(kept.reading, _compare(upload, kept.reading))
    lease.end(
        job_state=Upload.JobState.READY,
        phase=Upload.Phase.READING,
        recorded_by=None,
        preview=keeping.with_notice(text, OTHER_NOW),
        fingerprint=keeping.fingerprint(text),
    )
    log.info("upload=%s state=compared-anew", upload.pk)


@transaction.atomic
def _recorded(lease: jobs.Lease, reading: Reading) -> bool:
    """Whether it was as seen, and is now recorded, the end of the job with it."""
    upload: Upload = lease.job
    comparison = _compare(upload, reading, lock=True)
    if not _is_as_seen(upload, reading, comparison):
        return False
    steps = comparison.steps
    before = recording.write(upload, steps, by=_recorder(upload))
    audit.record(
        "upload_recorded",
        upload,
        by=upload.recorded_by,
        changes=[audit.change("Figures recorded", None, len(steps))],
        comment=upload.restated_because,
    )
    lease.end(job_state=Upload.JobState.READY, before=before)  # not its own any more: all of it is taken back
    log.info("upload=%s state=recorded figures=%s", upload.pk, len(steps))
    return True


def _compare(upload: Upload, reading: Reading, *, lock: bool = False) -> Comparison:
    return _compared(upload, reading, by=_recorder(upload), on=timezone.localdate(), lock=lock)


def _compared(upload: Upload, reading: Reading, *, by: User, on: dt.date, lock: bool = False) -> Comparison:
    """What people keep is questioned where it is unusual; what a publisher has brought out is what it is."""
    comparison = compare(reading, by=by, on=on, from_feed=upload.is_of_feed, lock=lock)
    return comparison if upload.is_of_feed else questioned(comparison)


def _recorder(upload: Upload) -> User:
    assert upload.recorded_by  # a constraint holds it in this phase
    return upload.recorded_by


def _is_as_seen(upload: Upload, reading: Reading, comparison: Comparison) -> bool:
    return keeping.fingerprint(keeping.to_json(reading, comparison)) == upload.fingerprint


def content(upload: Upload) -> bytes:
    """The bytes as they were uploaded. Raises Gone."""
    try:
        with upload.file.open("rb") as stored:
            kept: bytes = stored.read()
    except (OSError, ValueError) as error:
        raise Gone from error
    if hashlib.sha256(kept).hexdigest() != upload.file_sha256:
        raise Gone
    return kept


def give_up(pk: int, attempts: int, *, at: dt.datetime) -> None:
    """End an upload whose job was started `attempts` times. Started once more since, it is in a worker's hands and left there."""
    abandoned = Upload.objects.unfinished().filter(pk=pk, attempts=attempts)
    upload = abandoned.first()
    if upload and abandoned.update(
        **_failed(upload, GAVE_UP.format(attempts=attempts)), lease_token="", lease_until=None, ended_at=at
    ):
        audit.record("upload_failed", upload, by=None, comment=GAVE_UP.format(attempts=attempts))


def _fail(lease: jobs.Lease, failure: str) -> None:
    try:
        with transaction.atomic():
            lease.end(**_failed(lease.job, failure[:MOST_SAID]))
            audit.record("upload_failed", lease.job, by=None, comment=failure)
    except jobs.LeaseLost:
        log.warning("upload=%s state=taken-over", lease.job.pk)


def _failed(upload: Upload, failure: str) -> dict[str, Any]:
    """How a job that went wrong ends: a file that was not recorded is previewed as before, with the sentence above it."""
    if upload.phase == Upload.Phase.READING:
        return {"job_state": Upload.JobState.FAILED, "failure": failure}
    return {
        "job_state": Upload.JobState.READY,
        "phase": Upload.Phase.READING,
        "recorded_by": None,
        "preview": keeping.with_notice(upload.preview, failure),
    }


def _sentence(error: Exception, upload: Upload) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, Gone):
        return "The file is not there any more. Upload it again."
    number = logging_ids.job_id.get()
    whose = f"job {number}" if number != logging_ids.NO_ID else f"upload {upload.pk}"
    return (
        f"Something went wrong at “{upload.STAGES[upload.stage]}”. Nothing was recorded. Try again; "
        f"if it goes wrong again, give whoever looks after this service the number of {whose}."
    )


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count:,} cells"
