"""SQLite: its own backup of a database in use, both ways."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from lib.backups import Refused, naming
from lib.backups.dumped import Dumped

DUMP = "database.sqlite3"


def dump(connection: BaseDatabaseWrapper, path: Path) -> Dumped:
    """Write one moment to `path`, and tell what it holds; others go on writing meanwhile."""
    path.touch(0o600, exist_ok=False)
    try:
        with closing(sqlite3.connect(path)) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
            # One file: the copy has no log of its own beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
            there = _columns(copy.cursor())
            tables = sorted({table for table, _ in there})
            return Dumped(
                sqlite3.sqlite_version,
                naming.migrations(copy.cursor(), there),
                naming.rows(copy.cursor(), tables),
                naming.names(copy.cursor(), there),
            )
    except sqlite3.Error as error:
        raise Refused(f"The database could not be copied, so nothing was kept. SQLite said: {error}") from error


def _columns(cursor: Any) -> naming.Columns:
    cursor.execute(
        "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
    )
    return set(cursor.fetchall())


def tables(connection: BaseDatabaseWrapper) -> list[str]:
    """What is there already."""
    Path(str(connection.settings_dict["NAME"])).parent.mkdir(parents=True, exist_ok=True)
    with connection.cursor() as cursor:
        return sorted({table for table, _ in _columns(cursor.cursor)})


def named(connection: BaseDatabaseWrapper) -> set[str]:
    """The files that rows name now."""
    with connection.cursor() as cursor:
        return set(naming.names(cursor.cursor, _columns(cursor.cursor)))


def others(connection: BaseDatabaseWrapper) -> int:
    """SQLite does not tell who else has its file open."""
    return 0


@contextmanager
def loaded(connection: BaseDatabaseWrapper, path: Path, rows: dict[str, int]) -> Iterator[None]:
    """Inside, the dump has been read and counted; left well, it is put in place of what was there, all at once; else nothing happened."""
    connection.close()
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            (said,) = copy.execute("PRAGMA integrity_check").fetchone()
            if said != "ok" or naming.rows(copy.cursor(), rows) != rows:
                raise Refused(f"The database in this backup is damaged, so nothing was restored. SQLite said: {said}")
            yield
            with closing(sqlite3.connect(connection.settings_dict["NAME"])) as target:
                copy.backup(target)
    except sqlite3.Error as error:
        raise Refused(f"The database could not be put back, so nothing was changed. SQLite said: {error}") from error
