"""Building a pack: gather the quarter, set the pages, check them, store the file. Everything that shows it comes from the row."""

import hashlib
import logging
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.models import Erasure
from lib import jobs, logging_ids
from lib.typesetting import PdfProblem
from reporting import companions, snapshots
from reporting import imprint as imprints
from reporting.builds import apart, composing, made_with, pack_files
from reporting.builds.composing import Composed
from reporting.builds.making import Made
from reporting.clearing import telling
from reporting.models import Companion, Pack

audit.kinds(
    {
        "pack_requested": "Pack requested",
        "pack_built": "Pack built",
        "pack_failed": "Pack failed",
        "pack_set_aside": "Build of a pack set aside",
        # Of earlier releases: who takes copies is kept in `Download` now, for a time.
        "pack_downloaded": "Restricted pack downloaded",
        "figures_downloaded": "Restricted figures downloaded",
    }
)

log = logging.getLogger("job")

GATHER, CHECK, LAY_OUT = range(3)  # the first of `Pack.STAGES`; the others are told by whoever draws


@dataclass(frozen=True)
class Built:
    """What a build made, before anything of it is stored."""

    composed: Composed
    text: str
    imprint: str
    made: Made


def build(pack_id: int) -> None:
    """Build a pack that waits to be built; one that is ready, has failed or is in other hands is left alone.

    Whatever goes wrong ends on the row as a sentence, with the trace in the log; nothing half built is ever ready. Only where the database
    itself was away nothing is said: the lease lapses, and the pack is started again.
    """
    lease = jobs.take(Pack, pack_id)
    if lease is None:
        log.info("pack=%s state=left-alone", pack_id)
        return
    try:
        with apart.process() as drawn, jobs.kept(lease):
            _finish(lease, _make(lease, drawn))
    except jobs.LeaseLost:
        log.warning("pack=%s state=taken-over", pack_id)
    except (InterfaceError, OperationalError):
        log.exception("pack=%s state=database-away", pack_id)
    except Exception as error:
        log.exception("pack=%s state=failed stage=%s", pack_id, lease.job.stage + 1)
        _fail(lease, sentence(error, lease.job))


def _make(lease: jobs.Lease, drawn: apart.Child | apart.Here) -> Built:
    pack: Pack = lease.job
    lease.stage(GATHER)
    composed = composing.compose(pack)
    text, imprint = snapshots.to_json(composed.snapshot), imprints.to_json(composed.imprint)
    lease.stage(CHECK)
    notes = {LAY_OUT: what_is_missing(composed.snapshot)}

    def begins(stage: str, note: str) -> None:
        index = Pack.STAGES.index(stage)
        lease.stage(index, note=note or notes.get(index, ""))

    return Built(composed, text, imprint, drawn.make(text, imprint, begins))


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
    _refuse_taken(pack)
    snapshot, made = built.composed.snapshot, built.made
    checksum = hashlib.sha256(made.pdf).hexdigest()
    # Stored before the row says so: a file that nothing points to does no harm, a ready pack without its file would.
    name = pack_files.store(pack_files.file_name(pack, checksum, "pdf"), made.pdf)
    beside = [_stored(pack, one) for one in made.companions]
    with transaction.atomic():
        lease.end(
            job_state=Pack.JobState.READY,
            as_at=snapshot.as_at,
            snapshot=built.text,
            snapshot_sha256=snapshots.sha256(built.text),
            imprint=built.imprint,
            made_with=made_with.present(),
            published_against=list(built.composed.published_against),
            pdf=name,
            pdf_sha256=checksum,
            pdf_bytes=len(made.pdf),
            pages=made.pages,
            is_sample=snapshot.is_sample,
            holds_restricted=bool(snapshot.restricted),
        )
        _refuse_removed_since(pack)
        Companion.objects.bulk_create(beside)
        _set_aside_earlier(pack)
        audit.record("pack_built", pack, by=None, changes=[audit.change("PDF, SHA-256", "", checksum)])
        telling.built(pack, on=timezone.localdate(), by=None)
    log.info("pack=%s state=ready pages=%s bytes=%s", pack.pk, made.pages, len(made.pdf))


def _stored(pack: Pack, one: companions.Made) -> Companion:
    checksum = hashlib.sha256(one.content).hexdigest()
    name = pack_files.store(pack_files.file_name(pack, checksum, one.form), one.content)
    return Companion(pack=pack, form=one.form, file=name, sha256=checksum, size=len(one.content))


def _refuse_taken(pack: Pack) -> None:
    """An earlier build with this number may have been issued meanwhile: then nobody could ever issue this one, and nobody is asked to approve it."""
    same = Pack.objects.of(pack.plan_id, pack.quarter, pack.kind, pack.edition).filter(issue=pack.issue)
    if not pack.is_draft and same.issued().exists():
        raise ValidationError(
            f"{pack.number.capitalize()} was issued while this was being built. Nothing was stored. Build it again: it gets the next number."
        )


def _refuse_removed_since(pack: Pack) -> None:
    """What was removed from the record while this was being built may be in it."""
    if Erasure.objects.done().filter(decided_at__gte=pack.started_at or pack.requested_at).exists():
        raise ValidationError("Personal data was removed while this was being built. Build it again.")


def _set_aside_earlier(pack: Pack) -> None:
    """A build that may be issued takes the place of those before it that were to be: only the newest is approved and issued."""
    if pack.is_draft:
        return
    waiting = [Pack.Standing.BUILT, Pack.Standing.APPROVED]
    builds = Pack.objects.of(pack.plan, pack.quarter, pack.kind, pack.edition).ready()
    earlier = builds.filter(issue__lte=pack.issue, standing__in=waiting).exclude(pk=pack.pk)
    for one in earlier:
        if builds.filter(pk=one.pk, standing__in=waiting).update(
            standing=Pack.Standing.SET_ASIDE, version=F("version") + 1
        ):
            audit.record("pack_set_aside", one, by=None, comment=f"{pack} was built")


def _fail(lease: jobs.Lease, failure: str) -> None:
    try:
        with transaction.atomic():
            lease.end(job_state=Pack.JobState.FAILED, failure=failure)
            audit.record("pack_failed", lease.job, by=None, comment=failure)
    except jobs.LeaseLost:
        log.warning("pack=%s state=taken-over", lease.job.pk)


def sentence(error: Exception, pack: Pack) -> str:
    """What the person reads: the sentence of a refusal as it is; for anything else where it stopped and which number to give."""
    if isinstance(error, PdfProblem | pack_files.NotStored):
        return str(error)[:300]
    if isinstance(error, ValidationError):
        return " ".join(error.messages)[:300]
    number = logging_ids.job_id.get()
    whose = f"job {number}" if number != logging_ids.NO_ID else f"pack {pack.pk}"
    return (
        f"Something went wrong at “{pack.STAGES[pack.stage]}”. Nothing was stored. Build it again; "
        f"if it fails again, give whoever looks after this service the number of {whose}."
    )
