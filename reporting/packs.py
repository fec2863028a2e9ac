"""Building a pack: gather the quarter, set the pages, check them, store the file. Everything that shows it comes from the row."""

import hashlib
import logging
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts import audit
from lib import jobs, logging_ids
from lib.typesetting import PdfProblem, gate
from reporting import pdf, snapshots
from reporting.models import Pack

audit.kinds(
    {
        "pack_requested": "Pack requested",
        "pack_built": "Pack built",
        "pack_failed": "Pack failed",
        "pack_downloaded": "Restricted pack downloaded",
        "figures_downloaded": "Restricted figures downloaded",
    }
)

log = logging.getLogger("job")

GATHER, CHECK, LAY_OUT, SET_PAGES, READABLE = range(len(Pack.STAGES))


@dataclass(frozen=True)
class Built:
    """What a build made, before anything of it is stored."""

    snapshot: snapshots.Snapshot
    text: str
    pdf: bytes
    pages: int


class Damaged(Exception):
    """The stored file is not there, or is not the one that was built. It is not handed out."""


def build(pack_id: int) -> None:
    """Build a pack that waits to be built; one that is ready, has failed or is in other hands is left alone.

    Whatever goes wrong ends on the row as a sentence, with the trace in the log; nothing half built is ever ready.
    """
    lease = jobs.take(Pack, pack_id)
    if lease is None:
        log.info("pack=%s state=left-alone", pack_id)
        return
    try:
        with jobs.kept(lease):
            _finish(lease, _make(lease))
    except jobs.LeaseLost:
        log.warning("pack=%s state=taken-over", pack_id)
    except Exception as error:
        log.exception("pack=%s state=failed stage=%s", pack_id, lease.job.stage + 1)
        _fail(lease, sentence(error, lease.job))


def _make(lease: jobs.Lease) -> Built:
    pack: Pack = lease.job
    lease.stage(GATHER)
    snapshot = snapshots.take(pack.plan, pack.quarter, pack.as_at or timezone.now())
    text = snapshots.to_json(snapshot)
    lease.stage(CHECK)
    found = what_is_missing(snapshot)
    notes = {LAY_OUT: found}

    def begins(stage: str) -> None:
        index = Pack.STAGES.index(stage)
        lease.stage(index, note=notes.get(index, ""))

    rendered = pdf.render(
        snapshot, edition=pack.edition, issue=pack.issue, checksum=snapshots.sha256(text), progress=begins
    )
    lease.stage(READABLE, note=f"{rendered.pages} pages")
    if problems := gate.problems(rendered.pdf):
        log.error("pack=%s problems=%s", pack.pk, len(problems))
        raise PdfProblem(f"Not everyone could read the PDF, so it was not kept: {problems[0]}")
    return Built(snapshot, text, rendered.pdf, rendered.pages)


def what_is_missing(snapshot: snapshots.Snapshot) -> str:
    """ "1 missing, 2 not sent, 1 not yet verified" for the indicators of the set; "all verified" when nothing is."""
    counts = (
        (len(snapshot.in_state("missing")), "missing"),
        (len(snapshot.in_state("awaited")), "not sent"),
        (len(snapshot.in_state("unverified")), "not yet verified"),
        (len(snapshot.in_state("not_collected")), "not asked for"),
    )
    return ", ".join(f"{count} {words}" for count, words in counts if count) or "all verified"


def _finish(lease: jobs.Lease, built: Built) -> None:
    pack: Pack = lease.job
    checksum = hashlib.sha256(built.pdf).hexdigest()
    # Stored before the row says so: a file that nothing points to does no harm, a ready pack without its file would.
    name = store(file_name(pack, checksum), built.pdf)
    with transaction.atomic():
        lease.end(
            job_state=Pack.JobState.READY,
            as_at=built.snapshot.as_at,
            snapshot=built.text,
            snapshot_sha256=snapshots.sha256(built.text),
            pdf=name,
            pdf_sha256=checksum,
            pdf_bytes=len(built.pdf),
            pages=built.pages,
            is_sample=built.snapshot.is_sample,
            holds_restricted=bool(built.snapshot.restricted),
        )
        audit.record("pack_built", pack, by=None, changes=[audit.change("PDF, SHA-256", "", checksum)])
    log.info("pack=%s state=ready pages=%s bytes=%s", pack.pk, built.pages, len(built.pdf))


def _fail(lease: jobs.Lease, failure: str) -> None:
    try:
        with transaction.atomic():
            lease.end(job_state=Pack.JobState.FAILED, failure=failure)
            audit.record("pack_failed", lease.job, by=None, comment=failure)
    except jobs.LeaseLost:
        log.warning("pack=%s state=taken-over", lease.job.pk)


def sentence(error: Exception, pack: Pack) -> str:
    """What the person reads: the sentence of a refusal as it is; for anything else where it stopped and which number to give."""
    if isinstance(error, PdfProblem):
        return str(error)[:300]
    if isinstance(error, ValidationError):
        return " ".join(error.messages)[:300]
    number = logging_ids.job_id.get()
    whose = f"job {number}" if number != logging_ids.NO_ID else f"pack {pack.pk}"
    return (
        f"Something went wrong at “{pack.STAGES[pack.stage]}”. Nothing was stored. Build it again; "
        f"if it fails again, give whoever looks after this service the number of {whose}."
    )


# ---------------------------------------------------------------- the file


def file_name(pack: Pack, checksum: str) -> str:
    """Where the file is stored. The checksum in the name makes it write-once: other bytes have another name."""
    return f"packs/{pack.plan.slug}/{pack.quarter.slug}-{pack.edition}-{pack.issue}-{checksum[:12]}.pdf"


def store(name: str, content: bytes) -> str:
    """Store the bytes in any Django storage; the name they are found under. The same bytes are stored once."""
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            if kept.read() == content:
                return name
    return default_storage.save(name, ContentFile(content))


def read(pack: Pack) -> bytes:
    """The stored PDF of a ready pack, exactly as it was built; Damaged when it isn't there or has been changed."""
    try:
        with pack.pdf.open("rb") as stored:
            content = stored.read()
    except (OSError, ValueError) as error:
        raise Damaged("The file is not there.") from error
    if hashlib.sha256(content).hexdigest() != pack.pdf_sha256:
        raise Damaged("The file is not the one that was built.")
    return content


def download_name(pack: Pack, area: str) -> str:
    """ "tower-hamlets-csp-pack-2017-18-q4-executive-issue-1.pdf"; a sample says so."""
    sample = "sample-" if pack.is_sample else ""
    return f"{sample}{slugify(area)}-csp-pack-{pack.quarter.slug}-{pack.edition}-issue-{pack.issue}.pdf"
