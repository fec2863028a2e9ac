"""The ledger of removals: a file for each that was carried out, in a folder of its own, apart from the backups of the database.

A database that comes back from a backup holds again what was removed since; `manage.py replay_erasures` reads the ledger and removes it
again. Like the tombstones in the database it says where and how long, never the words.
"""

import datetime as dt
import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.models import Erasure

SCHEMA = 1


class NotWritten(Exception):
    """The ledger could not be written, so nothing may be removed."""


class Unreadable(Exception):
    """A file in the ledger is none of its entries; the text names it."""


@dataclass(frozen=True)
class EntryPlace:
    """As `ErasedPlace`."""

    model: str
    row: str
    field: str
    label: str
    spans: list[list[int]]
    file: str
    checksum: str
    checksum_after: str


@dataclass(frozen=True)
class Entry:
    """A removal that was carried out. `asked_by` and `decided_by` are numbers of accounts, so that no name stands here."""

    key: uuid.UUID
    what: str
    ground: str
    why: str
    asked_by: int | None
    asked_at: dt.datetime
    decided_by: int | None
    decided_at: dt.datetime
    places: tuple[EntryPlace, ...]


def entry(erasure: Erasure) -> Entry:
    assert erasure.decided_at is not None, "what was carried out says when"
    names = EntryPlace.__dataclass_fields__
    return Entry(
        key=erasure.key,
        what=erasure.what,
        ground=erasure.ground,
        why=erasure.why,
        asked_by=erasure.asked_by_id,
        asked_at=erasure.asked_at,
        decided_by=erasure.decided_by_id,
        decided_at=erasure.decided_at,
        places=tuple(EntryPlace(**{name: getattr(place, name) for name in names}) for place in erasure.places.all()),
    )


def write(told: Entry) -> Path:
    """Write the entry, whole or not at all, and have the disk keep it before this returns. Raises NotWritten."""
    folder = Path(settings.ERASURES_DIR)
    plain = {"schema": SCHEMA, **asdict(told)}
    path, half = folder / f"{told.key}.json", folder / f"{told.key}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with half.open("w", encoding="utf-8") as file:
            json.dump(plain, file, default=_plain, ensure_ascii=False, sort_keys=True, indent=1)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError as error:
        raise NotWritten(str(error)) from error
    return path


def holds(erasure: Erasure) -> bool:
    """Whether the ledger says that this was carried out."""
    return (Path(settings.ERASURES_DIR) / f"{erasure.key}.json").exists()


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.datetime) else str(value)


def entries() -> Iterator[Entry | Unreadable]:
    """All that was carried out, in its order; what can't be read comes last."""
    read, faults = [], []
    for path in sorted(Path(settings.ERASURES_DIR).glob("*.json")):
        try:
            read.append(_read(json.loads(path.read_text(encoding="utf-8"))))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            faults.append(Unreadable(f"{path.name} can’t be read: {type(error).__name__}"))
    yield from sorted(read, key=lambda one: one.decided_at)
    yield from faults


def _read(plain: dict[str, Any]) -> Entry:
    if plain.pop("schema") != SCHEMA:
        raise ValueError("another schema")
    places = tuple(EntryPlace(**one) for one in plain.pop("places"))
    key = uuid.UUID(plain.pop("key"))
    moments = {name: dt.datetime.fromisoformat(plain.pop(name)) for name in ("asked_at", "decided_at")}
    return Entry(key=key, places=places, **moments, **plain)
