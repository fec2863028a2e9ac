"""Make a backup: the database first, at one moment, then the files it names. Files are written once under their names, so those that
come later do no harm; one that is deleted in between is told."""

import datetime as dt
import errno
import os
import re
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from django.core.files.storage import default_storage
from django.db.backends.base.base import BaseDatabaseWrapper

from lib import release
from lib.backups import Refused, manifest, postgresql, sqlite
from lib.backups.manifest import Held, Manifest

ENGINES: dict[str, ModuleType] = {"postgresql": postgresql, "sqlite": sqlite}
PREFIX = "cspplan-"
OURS = re.compile(rf"{PREFIX}\d{{8}}T\d{{6}}Z")
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Made:
    folder: Path
    manifest: Manifest
    removed: list[Path]  # older backups

    @property
    def bytes(self) -> int:
        return self.manifest.dump.bytes + sum(held.bytes for held in self.manifest.files.values())


def make(
    connection: BaseDatabaseWrapper,
    into: Path,
    *,
    at: dt.datetime,
    keep: int = 0,
    erased: Callable[[], Collection[str]] = tuple,
) -> Made:
    """A new backup in the folder `into`, readable by its owner alone. With `keep`, older ones than that many are removed afterwards.

    `erased` gives the names of files that were lawfully removed, and that rows go on naming: none of them is missing.

    Refused leaves nothing behind: until all of it is written and safe on the disk, it has a name that no restore takes.
    """
    engine = ENGINES[connection.vendor]
    done = into / f"{PREFIX}{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    work = into / f".{done.name}-{os.getpid()}"
    with _told(into):
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        if done.exists():
            raise Refused(f"There is a backup of this second already: {done}.")
        work.mkdir(mode=0o700)
        try:
            dumped = engine.dump(connection, work / engine.DUMP)
            if not dumped.rows:
                raise Refused("The database holds no tables: this is not the installation that you mean.")
            files, absent = _files(work, dumped.names)
            still = set(engine.named(connection)) if absent else set()
            removed = still.intersection(erased()) if absent else set()
            made = Manifest(
                made_at=at.isoformat(),
                release=release.fingerprint(),
                engine=connection.vendor,
                server=dumped.server,
                database=engine.DUMP,
                dump=manifest.of(work / engine.DUMP),
                migrations=dumped.migrations,
                rows=dumped.rows,
                files=files,
                gone=[name for name in absent if name not in still],
                erased=[name for name in absent if name in removed],
                missing=[name for name in absent if name in still - removed],
            )
            _write(work / manifest.NAME, iter([made.to_json().encode()]))
            work.rename(done)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
    # An older one may hold what is missing by now.
    return Made(done, made, [] if made.missing else _remove_older(into, keep))


def _files(work: Path, names: list[str]) -> tuple[dict[str, Held], list[str]]:
    """Copy the files out of storage; those that are not there."""
    files, absent = {}, []
    for name in names:
        path = manifest.path_of(work, name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with default_storage.open(name) as stored:
                files[name] = _write(path, stored.chunks(manifest.AT_ONCE))
        except FileNotFoundError:
            absent.append(name)
    return files, absent


def _write(path: Path, chunks: Iterator[bytes]) -> Held:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return manifest.of(path)


@contextmanager
def _told(into: Path) -> Iterator[None]:
    """What the disk or the storage says, as a sentence."""
    try:
        yield
    except Refused:
        raise
    except OSError as error:
        if error.errno in FULL:
            raise Refused(
                f"There is no room left in {into}, so nothing was kept. Make room, then start it again."
            ) from error
        raise Refused(f"The backup could not be written, so nothing was kept: {error.strerror or error}.") from error
    except Exception as error:  # each storage has exceptions of its own
        raise Refused(
            f"The storage of the files does not answer ({type(error).__name__}), so nothing was kept."
        ) from error


def _remove_older(into: Path, keep: int) -> list[Path]:
    whole = sorted(path for path in into.iterdir() if OURS.fullmatch(path.name) and path.is_dir())
    older = whole[:-keep] if keep else []
    for path in older:
        shutil.rmtree(path)
    return older
