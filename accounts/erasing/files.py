"""Stored files: which there are, what text is in them, and their removal."""

import hashlib
import html
import io
import logging
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models

from accounts.erasing import fields

log = logging.getLogger("job")

MOST = 200_000_000  # bytes of one file's parts that are looked through: what unpacks to more is told of instead
_TAG = re.compile(r"<[^>]*>")


class Unreadable(Exception):
    """No words can be looked for in this file."""


@cache
def all_files() -> tuple[models.FileField, ...]:
    """Every field of ours that names a stored file."""
    return tuple(
        field
        for model in apps.get_models()
        if fields.is_ours(model)
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
    )


def file_field(label: str, name: str) -> models.FileField:
    return next(one for one in all_files() if (one.model._meta.label_lower, one.name) == (label, name))


def read(name: str) -> bytes | None:
    """The stored bytes; None where the file is not there."""
    try:
        with default_storage.open(name) as stored:
            content: bytes = stored.read()
    except OSError:
        return None
    return content


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def texts(content: bytes) -> Iterator[str]:
    """What is written in a file: of tables and documents each part, without its mark-up. Raises Unreadable for a PDF, for what unpacks to too much, and for what is damaged."""
    if content[:1024].lstrip().startswith(b"%PDF"):
        raise Unreadable
    if not zipfile.is_zipfile(io.BytesIO(content)):
        yield from _decoded(content)
        return
    try:
        yield from _unpacked(content)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as error:
        raise Unreadable from error  # damaged, or locked with a password


def _unpacked(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST:
            raise Unreadable
        for part in packed.infolist():
            if part.filename.endswith((".xml", ".rels")):
                # Once with the parts of a broken word put together, once apart: a cell beside another is no part of it.
                told = packed.read(part).decode("utf-8", "replace")
                yield html.unescape(_TAG.sub("", told))
                yield html.unescape(_TAG.sub(" ", told))


def _decoded(content: bytes) -> Iterator[str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        told = content.decode("utf-16", "replace")
    else:
        try:
            told = content.decode("utf-8")
        except UnicodeDecodeError:
            told = content.decode("cp1252", "replace")
    yield told
    if "<" in told:
        yield html.unescape(_TAG.sub(" ", told))


def remove(name: str, checksum: str) -> bool:
    """Remove a stored file, where it is the one with this checksum. Whether nothing of it is left; what hinders is in the log."""
    try:
        if not default_storage.exists(name):
            return True
        content = read(name)
        if content is not None and sha256(content) != checksum:
            log.warning("file=%s state=another-file-not-removed", name)
            return False
        default_storage.delete(name)
        return not default_storage.exists(name)
    except Exception:  # whatever the storage raises: the next sweep tries again
        log.exception("file=%s state=file-not-removed", name)
        return False
