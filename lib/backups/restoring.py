"""Put a backup back: all of it, or nothing. Everything is checked before anything is touched; the files come while the database is loaded and
not yet committed, and go again when it can't be."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from lib.backups import Refused, manifest
from lib.backups.making import ENGINES, FULL
from lib.backups.manifest import Manifest


@dataclass(frozen=True)
class Restored:
    manifest: Manifest
    written: int  # files
    there_already: int  # the same bytes under the same name
    is_older: bool  # migrations are to be run


def check(folder: Path) -> Manifest:
    """Refused unless all of the backup is there as it was written."""
    told = manifest.read(folder)
    manifest.check(folder, told)
    return told


def restore(connection: BaseDatabaseWrapper, folder: Path, *, force: bool = False) -> Restored:
    """Put database and files back. Onto a database that holds anything only with `force`; then what it held is gone."""
    told = check(folder)
    engine = ENGINES[connection.vendor]
    if told.engine != connection.vendor:
        raise Refused(f"This backup is of {told.engine}; DATABASE_URL here is of {connection.vendor}.")
    is_older = _older(told)
    if (held := engine.tables(connection)) and not force:
        raise Refused(
            f"The database here holds {len(held)} tables already, and a restore replaces them all. "
            "If that is meant, start it again with FORCE=yes (manage.py restore --force)."
        )
    if others := engine.others(connection):
        raise Refused(
            f"Other programs are connected to the database ({others}). Stop web, workers and beat first, then start it again."
        )
    with _told():
        absent, differing = _compare(told)
    if differing and not force:
        raise Refused(
            f"{len(differing)} files here have the name of a file in the backup and other bytes, {differing[0]} for one. "
            "If those of the backup are the right ones, start it again with FORCE=yes (manage.py restore --force)."
        )
    with engine.loaded(connection, folder / told.database, told.rows), _files(folder, absent, differing):
        pass
    return Restored(told, len(absent) + len(differing), len(told.files) - len(absent) - len(differing), is_older)


def _older(told: Manifest) -> bool:
    """Whether this release has migrations that the backup lacks. Refused when the backup has some that this release does not know."""
    loader = MigrationLoader(None)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    applied = {(app, name) for app, names in told.migrations.items() for name in names}
    unknown = sorted(applied - set(loader.disk_migrations) - replaced)
    if unknown:
        raise Refused(
            f"This backup was made by a newer release: its database has been through {'.'.join(unknown[0])}, which is not known here. "
            "Install that release or a later one, then restore."
        )
    return bool({key for key in loader.graph.nodes if key not in applied})


def _compare(told: Manifest) -> tuple[list[str], list[str]]:
    """The files that are not in storage, and those that are there with other bytes."""
    absent, differing = [], []
    for name, held in told.files.items():
        if not default_storage.exists(name):
            absent.append(name)
            continue
        with default_storage.open(name) as stored:
            if manifest.digest(stored) != held.sha256:
                differing.append(name)
    return absent, differing


@contextmanager
def _files(folder: Path, absent: list[str], differing: list[str]) -> Iterator[None]:
    """Write files while inside; those that were not there before go again when it is left by an exception."""
    written: list[str] = []
    try:
        with _told():
            for name in absent:
                _save(folder, name, written)
            for name in differing:
                default_storage.delete(name)
                _save(folder, name, [])
        yield
    except BaseException:
        for name in written:
            with suppress(Exception):
                default_storage.delete(name)
        raise


def _save(folder: Path, name: str, written: list[str]) -> None:
    written.append(name)  # first: half of it may be there when the disk is full
    with manifest.path_of(folder, name).open("rb") as file:
        kept = default_storage.save(name, File(file))
    if kept != name:
        written[-1:] = [kept]
        raise Refused(
            f"The storage kept {name} under another name, so nothing was restored. Is something else writing there?"
        )


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except Refused:
        raise
    except Exception as error:  # each storage has exceptions of its own
        if isinstance(error, OSError) and error.errno in FULL:
            raise Refused(
                "There is no room left for the files, so nothing was restored. Make room, then start it again."
            ) from error
        said = error.strerror if isinstance(error, OSError) else type(error).__name__
        raise Refused(f"The storage of the files refuses: {said}. Nothing was restored.") from error
