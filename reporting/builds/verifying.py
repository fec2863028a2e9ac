"""Whether a pack is still what was built: its stored bytes, its snapshot, and the same bytes again when it is drawn anew."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from accounts.erasing import fields
from accounts.models import ErasedPlace, Erasure
from lib.typesetting import PdfProblem
from lib.written import day_year
from reporting import snapshots
from reporting.builds import apart, made_with, pack_files
from reporting.models import Pack

# A pack whose stored bytes hold is "as stored"; drawn anew with the same result it is "rebuilt". "erased" is what was removed lawfully.
AS_STORED, REBUILT, ERASED, FAILED = "as stored", "rebuilt identically", "erased", "failed"
STATES = (AS_STORED, REBUILT, ERASED, FAILED)

ENDED = "Not drawn anew: here it takes more memory or time than it may, or was ended from outside. PACK_MEMORY_MB says how much it may use."


@dataclass(frozen=True)
class Found:
    """What verifying one pack found. `sentences` say what is wrong, or why it could not be drawn anew."""

    state: str
    sentences: tuple[str, ...] = ()


def verify(pack: Pack, *, rebuild: bool) -> Found:
    """Check a ready pack. Its stored bytes always; drawn anew only with what it was made with, else what has changed is named."""
    if pack.is_erased:
        return _erased(pack)
    if wrong := tuple(_stored(pack)):
        return Found(FAILED, wrong)
    if not rebuild:
        return Found(AS_STORED)
    if changed := _changed(pack):
        return Found(AS_STORED, (changed,))
    try:
        wrong = tuple(_drawn_anew(pack))
    except apart.Ended:
        return Found(AS_STORED, (ENDED,))
    return Found(FAILED, wrong) if wrong else Found(REBUILT)


def _stored(pack: Pack) -> Iterator[str]:
    """What of the pack is no longer as it was built."""
    yield from _snapshot(pack)
    try:
        pack_files.read(pack)
    except pack_files.Damaged as damage:
        yield f"PDF: {damage}"
    for companion in pack.companions.all():
        try:
            pack_files.read_companion(companion)
        except pack_files.Damaged as damage:
            yield f"{companion.get_form_display()}: {damage}"


def _erased(pack: Pack) -> Found:
    """Of a pack from which personal data was removed: what is left is what the last removal left, and no file is."""
    wrong = [f"{name}: it should be gone and is still stored." for name in _left(pack)]
    last = ErasedPlace.objects.filter(
        model="reporting.pack", row=str(pack.pk), field="snapshot", erasure__state=Erasure.State.DONE
    ).last()
    holds = fields.matches(pack.snapshot, last.checksum_after) if last else not list(_snapshot(pack))
    if not holds:
        wrong.append("The snapshot is not the one that the removal left.")
    if wrong:
        return Found(FAILED, tuple(wrong))
    ground = Erasure.Ground(pack.removed_on_ground).label
    return Found(ERASED, (f"Personal data was removed on {day_year(pack.removed_at)}: {ground}.",))


def _left(pack: Pack) -> Iterator[str]:
    if pack.pdf.storage.exists(str(pack.pdf.name)):
        yield "PDF"
    for companion in pack.companions.all():
        if companion.file.storage.exists(str(companion.file.name)):
            yield companion.get_form_display()


def _snapshot(pack: Pack) -> Iterator[str]:
    if snapshots.sha256(pack.snapshot) != pack.snapshot_sha256:
        yield "The snapshot is not the one that was built."


def _changed(pack: Pack) -> str:
    """Why it can't be drawn anew here; empty when it can."""
    if not pack.imprint or not pack.made_with:
        return "Not drawn anew: it was built before packs said what they were made with."
    changed = made_with.differences(pack.made_with, made_with.present())
    return f"Not drawn anew: {'; '.join(changed)}." if changed else ""


def _drawn_anew(pack: Pack) -> Iterator[str]:
    """What comes out otherwise than it was built. Raises `apart.Ended` where nothing came out for want of memory or time."""
    try:
        with apart.process() as drawn:
            files = drawn.make(pack.snapshot, pack.imprint, lambda stage, note: None).files()
    except apart.Ended:
        raise
    except (PdfProblem, apart.ChildFailed, snapshots.Unreadable) as problem:
        yield f"It can't be drawn anew: {problem}"
        return
    kept = {"pdf": pack.pdf_sha256} | dict(pack.companions.values_list("form", "sha256"))
    for form in sorted(kept.keys() | files.keys()):
        content = files.get(form)
        if content is None or hashlib.sha256(content).hexdigest() != kept.get(form):
            yield f"Drawn anew, the {form.upper()} has other bytes."
