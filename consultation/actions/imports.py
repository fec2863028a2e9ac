"""A file of a survey run elsewhere: taken in, read as somebody says it is to be read, and recorded whole or not at all.

Undoing it is `batches.undo`, as of a pile of papers.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts import audit
from accounts.models import User
from consultation import asked
from consultation.actions import receiving
from consultation.actions.batches import GONE
from consultation.imports import guessing, mapping, previewing, reading
from consultation.imports.mapping import NO_ANSWER, Reads
from consultation.imports.previewing import Preview
from consultation.imports.reading import MOST_VALUES
from consultation.models import Batch, Channel, Consultation, Source
from lib import file_names
from lib.editing import Stale, write
from lib.locks import hold_still
from lib.sheets import MOST_BYTES, Unusable, column_name

audit.kinds(
    {
        "import_uploaded": "File of answers uploaded",
        "import_columns_told": "Columns of a file told",
        "import_answers_told": "Answers of a file told",
        "import_recorded": "File of answers recorded",
        "import_discarded": "File of answers thrown away",
    }
)

MOST_IN_AN_HOUR = 60  # files of one person: they are read while the page waits
THIS = "This file"
TOO_LARGE = "The file must be smaller than 10 MB. Send only the sheet with the answers, or split it into smaller files"
TOTALS_ONLY = "This consultation holds published totals and no responses, so it takes no files."
DRAFT = "It has not been opened yet: files are taken once it is open."
ANALYSED = "It has been analysed, so nothing more is counted."
NOT_OPEN = "This file has been recorded or thrown away already."
SAME_FILE = "This very file has been counted already."
NOT_CONTINUED = "Say first what its columns and answers are."


def why_none(consultation: Consultation) -> str:
    """Why a consultation takes no file now; "" where it takes one."""
    if not consultation.holds_responses:
        return TOTALS_ONLY
    if consultation.purge_begun_at:
        return GONE
    if consultation.takes_papers:
        return ""
    return DRAFT if consultation.is_draft else ANALYSED


@transaction.atomic
def add(
    consultation: Consultation, *, source: str, channel: Channel | None, content: bytes, name: str, by: User
) -> Batch:
    """Take a file in; nothing of it counts until it is recorded. Its columns are read as this source's were last time, else by their headings."""
    if why := why_none(consultation):
        raise ValidationError(why)
    source = " ".join(source.split())
    errors = {}
    if not source:
        errors["source"] = "Say which survey it is from"
    if channel is None or channel.consultation_id != consultation.pk or channel.way != Channel.Way.IMPORTED:
        errors["channel"] = "Choose the channel by which these answers came"
    if len(content) > MOST_BYTES:
        errors["file"] = TOO_LARGE
    if errors:
        raise ValidationError(errors)
    assert channel
    _refuse_too_many(by)
    checksum = hashlib.sha256(content).hexdigest()
    _refuse_same(consultation, checksum)
    try:
        table = reading.of(content, name)
    except Unusable as unusable:
        raise ValidationError({"file": str(unusable)}) from None
    held, _ = Source.objects.get_or_create(name=source)
    form = asked.read(consultation)
    columns = guessing.columns(table.headings, form.questions, held.mapping.get("columns"))
    shown = file_names.shown(name, "Without a name")
    batch = Batch.objects.create(
        consultation=consultation,
        channel=channel,
        kind=Batch.Kind.IMPORT,
        label=f"{source}: {shown}"[:120],
        source=held,
        file_name=shown,
        checksum=checksum,
        # By chance: nothing of its name goes into the storage, and two people with one file at one moment have a file each.
        file=ContentFile(content, name=get_random_string(32)),
        mapping=Reads(columns).to_json(),
        made_by=by,
        made_at=timezone.now(),
    )
    audit.record("import_uploaded", batch, by=by)
    return batch


@transaction.atomic
def tell_columns(batch: Batch, *, columns: Sequence[str], version: int, by: User) -> Batch:
    """Say what each column holds. Answers that equal words or an earlier file of this source tell of are placed at once.

    Raises ValidationError by "column-3", counted from 0, for a column that can't be read so.
    """
    _refuse_done(batch)
    table, form = _read(batch), asked.read(batch.consultation)
    if len(columns) != len(table.headings):
        raise Stale(THIS)
    found = mapping.faults(columns, form.questions)
    reads = Reads(tuple(columns))
    groups = previewing.groups(table, reads, form)
    for group in groups if not found else ():
        if (count := len(table.values(group))) > MOST_VALUES:
            found[group.columns[0]] = (
                f"Column {column_name(group.columns[0])} holds {count:,} different answers to “{group.question.text}”. "
                f"{MOST_VALUES} can be placed at most: it may hold words"
            )
    if found:
        raise ValidationError({f"column-{at}" if at >= 0 else "__all__": said for at, said in found.items()})
    kept = Reads.from_json(batch.mapping).answers
    remembered = (batch.source.mapping if batch.source else {}).get("answers", {})
    also = previewing.also_called(batch.consultation)
    told = {
        group.key: guessing.answers(
            group,
            table.values(group),
            heading=table.headings[group.columns[0]] if len(group.columns) == 1 else "",
            also=also["concern" if group.question.is_ranked else group.question.key],
            remembered={**remembered.get(group.key, {}), **kept.get(group.key, {})},
        )
        for group in groups
    }
    write(batch, version=version, what=THIS, mapping=Reads(tuple(columns), told).to_json())
    audit.record("import_columns_told", batch, by=by)
    return batch


@transaction.atomic
def tell_answers(batch: Batch, *, answers: Mapping[str, Mapping[str, str]], version: int, by: User) -> Batch:
    """Say what each different answer stands for: by group, then by the value as `mapping.plain` has it, a key or NO_ANSWER."""
    _refuse_done(batch)
    table, form, reads = _read(batch), asked.read(batch.consultation), Reads.from_json(batch.mapping)
    told: dict[str, dict[str, str]] = {}
    for group in previewing.groups(table, reads, form):
        keys = {NO_ANSWER, *(option.key for option in group.question.options)}
        said = answers.get(group.key, {})
        if missing := [shown for value, shown in table.spellings(group).items() if said.get(value) not in keys]:
            raise ValidationError(f"Say what “{reading.shortened(missing[0])}” stands for")
        told[group.key] = {value: said[value] for value in table.values(group)}
    write(batch, version=version, what=THIS, mapping=Reads(reads.columns, told).to_json())
    audit.record("import_answers_told", batch, by=by)
    return batch


@transaction.atomic
def record(batch: Batch, *, leave_out: int, version: int, on: dt.date, by: User) -> Batch:
    """Count all rows of the file, or nothing. `leave_out` is how many refused rows were agreed to be left out: any other number stops it.

    Nobody counts the results meanwhile, and no second file is recorded: both could count one person. What the public sends is taken in.
    """
    batch.consultation = consultation = _hold_files(batch)
    _refuse_done(batch)
    if why := why_none(consultation):
        raise ValidationError(why)
    _refuse_same(consultation, batch.checksum)
    preview = _preview(batch, on)
    if left := preview.unplaced:
        said = "1 answer has" if left == 1 else f"{left:,} different answers have"
        raise ValidationError(f"{NOT_CONTINUED} {said} not been placed.")
    _refuse_rows(preview, leave_out)
    now = timezone.now()
    write(batch, version=version, what=THIS, state=Batch.State.DONE, done_by=by, done_at=now)
    rows = (receiving.Row(row.given, row.day, row.respondent) for row in preview.counted)
    count = receiving.receive_many(batch, form=preview.form, rows=rows, by=by)
    _remember(batch, preview)
    changes = [audit.change("Responses counted", None, count)]
    if preview.refused:
        changes.append(audit.change("Rows left out", None, len(preview.refused)))
    audit.record("import_recorded", batch, by=by, changes=changes)
    return batch


@transaction.atomic
def discard(batch: Batch, *, version: int, by: User) -> Batch:
    """Throw a file away that was not recorded: the file itself goes, and that it was there stays on the record."""
    _refuse_done(batch)
    told = {"undone_by": by, "undone_at": timezone.now(), "undone_because": "Thrown away before it was recorded"}
    storage, kept = batch.file.storage, batch.file.name
    write(batch, version=version, what=THIS, state=Batch.State.UNDONE, file="", **told)
    if kept:
        transaction.on_commit(partial(storage.delete, kept))
    audit.record("import_discarded", batch, by=by)
    return batch


def _hold_files(batch: Batch) -> Consultation:
    """One file at a time, by the ways that files come by: whoever answers holds the consultation too, and must not stand behind a file."""
    hold_still(Consultation, batch.consultation_id)
    files = Channel.objects.filter(consultation=batch.consultation_id, way=Channel.Way.IMPORTED).order_by("pk")
    list(files.select_for_update(no_key=True))
    return Consultation.objects.get(pk=batch.consultation_id)


def _read(batch: Batch) -> reading.Table:
    try:
        return previewing.table_of(batch)
    except Unusable as unusable:
        raise ValidationError(str(unusable)) from None


def _preview(batch: Batch, on: dt.date) -> Preview:
    try:
        return previewing.of(batch, on)
    except Unusable as unusable:
        raise ValidationError(str(unusable)) from None


def _refuse_rows(preview: Preview, leave_out: int) -> None:
    count = len(preview.refused)
    if not preview.counted:
        raise ValidationError("There is nothing to record: no row of this file can be counted.")
    if count and leave_out != count:
        rows = "1 row" if count == 1 else f"{count:,} rows"
        raise ValidationError(
            {"leave_out": f"{rows} can’t be counted. Put them right in the file and upload it again, or leave them out"}
        )


def _remember(batch: Batch, preview: Preview) -> None:
    source, reads = batch.source, Reads.from_json(batch.mapping)
    if source is None:
        return
    held = Source.objects.select_for_update().get(pk=source.pk)
    kept = guessing.keep(held.mapping, reads, preview.table.headings)
    Source.objects.filter(pk=source.pk).update(mapping=kept)


def _refuse_done(batch: Batch) -> None:
    if Batch.objects.get(pk=batch.pk).state != Batch.State.OPEN:
        raise ValidationError(NOT_OPEN)


def _refuse_same(consultation: Consultation, checksum: str) -> None:
    done = Batch.objects.filter(consultation=consultation, checksum=checksum, state=Batch.State.DONE).first()
    if done and done.done_at:
        when = timezone.localtime(done.done_at)
        raise ValidationError({"file": f"{SAME_FILE[:-1]}: it was recorded on {when.day} {when:%B %Y} as “{done}”"})


def _refuse_too_many(by: User) -> None:
    since = timezone.now() - dt.timedelta(hours=1)
    if Batch.objects.filter(kind=Batch.Kind.IMPORT, made_by=by, made_at__gt=since).count() >= MOST_IN_AN_HOUR:
        raise ValidationError(
            f"You have uploaded {MOST_IN_AN_HOUR} files within an hour. Wait a while, then upload the next."
        )
