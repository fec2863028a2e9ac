"""The files of a pack in storage: written once under a name that holds their checksum, handed out as they were stored."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.utils.text import slugify

from reporting.models import Companion, Pack


class Damaged(Exception):
    """The stored file is not there, or is not the one that was built. It is not handed out."""


def file_name(pack: Pack, checksum: str, form: str) -> str:
    """Where a file of the pack is stored. The checksum in the name makes it write-once: other bytes have another name."""
    return f"packs/{pack.plan.slug}/{pack.quarter.slug}-{pack.kind}-{pack.edition}-{pack.issue}-{checksum[:12]}.{form}"


def store(name: str, content: bytes) -> str:
    """Store the bytes in any Django storage; the name they are found under. The same bytes are stored once."""
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            if kept.read() == content:
                return name
    return default_storage.save(name, ContentFile(content))


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
