"""The files of a pack in storage: written once under a name that holds their checksum, handed out as they were stored."""

import errno
import hashlib
import logging
from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.utils.text import slugify

from reporting.models import Companion, Pack

log = logging.getLogger("job")

FULL = "The storage is full, so the pack could not be kept. Nothing was stored. Have whoever looks after this service make room, then build it again."
NO_ANSWER = (
    "The storage did not take the finished pack. Nothing was stored. Build it again; "
    "if it fails again, tell whoever looks after this service that the storage refuses files."
)


class Damaged(Exception):
    """The stored file is not there, or is not the one that was built. It is not handed out."""


class NotStored(Exception):
    """A file could not be kept; its text is a sentence for whoever asked for it."""


def file_name(pack: Pack, checksum: str, form: str) -> str:
    """Where a file of the pack is stored. The checksum in the name makes it write-once: other bytes have another name."""
    return f"packs/{pack.plan.slug}/{pack.quarter.slug}-{pack.kind}-{pack.edition}-{pack.issue}-{checksum[:12]}.{form}"


def store(name: str, content: bytes) -> str:
    """Store the bytes in any Django storage; the name they are found under. The same bytes are stored once.

    Read back before they count as stored: a storage may keep less than it was given without a word. Raises NotStored with a sentence,
    whatever the storage raised (each kind has exceptions of its own).
    """
    try:
        if default_storage.exists(name) and _kept(name) == content:
            return name
        free = default_storage.get_available_name(name)
        try:
            kept = default_storage.save(free, ContentFile(content))
            if _kept(kept) != content:
                raise OSError(errno.EIO, "The storage kept other bytes than it was given.")
        except Exception:
            _take_away(free)
            raise
    except Exception as error:
        log.exception("state=not-stored")
        is_full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise NotStored(FULL if is_full else NO_ANSWER) from error
    return kept


def _kept(name: str) -> bytes:
    with default_storage.open(name) as kept:
        content: bytes = kept.read()
    return content


def _take_away(name: str) -> None:
    """What was half written takes up room and is of use to nobody."""
    with suppress(Exception):
        default_storage.delete(name)


def read(pack: Pack) -> bytes:
    """The stored PDF of a ready pack, exactly as it was built; Damaged when it isn't there or has been changed."""
    return _read(pack.pdf, pack.pdf_sha256)


def read_companion(companion: Companion) -> bytes:
    """The same of a file beside it."""
    return _read(companion.file, companion.sha256)


def _read(file: FieldFile, checksum: str) -> bytes:
    try:
        with file.open("rb") as stored:
            content: bytes = stored.read()
    except (OSError, ValueError) as error:
        raise Damaged("The file is not there.") from error
    if hashlib.sha256(content).hexdigest() != checksum:
        raise Damaged("The file is not the one that was built.")
    return content


def download_name(pack: Pack, area: str, form: str = "pdf") -> str:
    """ "tower-hamlets-csp-pack-2017-18-q4-executive-issue-1.pdf"; a sample says so, a draft too. It holds no figure."""
    sample = "sample-" if pack.is_sample else ""
    about = pack.quarter.year.slug if pack.kind == Pack.Kind.ASSESSMENT else pack.quarter.slug
    return f"{sample}{slugify(area)}-csp-{pack.kind}-{about}-{pack.edition}-{slugify(pack.number)}.{form}"
