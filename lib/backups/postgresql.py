"""PostgreSQL: pg_dump at a snapshot, and psql that commits all of a dump or nothing of it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient

from lib.backups import Refused, naming
from lib.backups.dumped import Dumped
from lib.backups.manifest import AT_ONCE

DUMP = "database.dump"
LOADED, COMMITTED = "all of it is loaded", "all of it is committed"

# Ours is what the schema holds. Dropped one by one: the schema's own rights, and what an administrator keeps in others, stay.
EMPTY = """
DO $empty$ DECLARE one record; BEGIN
  FOR one IN SELECT oid, relkind FROM pg_class WHERE relnamespace = '{schema}'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
      ORDER BY relkind = 'S'  -- last: those of a table's own go with it
  LOOP
    CONTINUE WHEN NOT EXISTS (SELECT FROM pg_class WHERE oid = one.oid);
    EXECUTE format('DROP %s %s CASCADE', CASE one.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
      WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, one.oid::regclass);
  END LOOP;
  FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = '{schema}'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
  LOOP
    EXECUTE format('DROP ROUTINE %s CASCADE', one.oid::regprocedure);
  END LOOP;
END $empty$;
"""
COUNTED = """
DO $counted$ BEGIN
  IF (SELECT count(*) FROM {schema}."{table}") <> {rows} THEN RAISE EXCEPTION '{table} has not the {rows} rows it should have'; END IF;
END $counted$;
"""


def dump(connection: BaseDatabaseWrapper, path: Path) -> Dumped:
    """Write one snapshot to `path`, and tell what it holds; others go on writing meanwhile."""
    with closing(_snapshot(connection)) as held, held.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot(), current_schema(), current_setting('server_version')")
        snapshot, schema, server = cursor.fetchone()
        command = ["--format=custom", "--no-owner", "--no-privileges", f"--schema={schema}", f"--snapshot={snapshot}"]
        _run(connection, "pg_dump", *command, f"--file={path}")
        there = _columns(cursor)
        tables = sorted({table for table, _ in there})
        return Dumped(
            server, naming.migrations(cursor, there), naming.rows(cursor, tables), naming.names(cursor, there)
        )


def _snapshot(connection: BaseDatabaseWrapper) -> Any:
    """A connection of its own that sees one moment, however long it lasts."""
    held = connection.get_new_connection(connection.get_connection_params())
    held.set_session(isolation_level="REPEATABLE READ", readonly=True, autocommit=False)
    with held.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
    return held


def _columns(cursor: Any) -> naming.Columns:
    cursor.execute(
        "SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t"
        " USING (table_schema, table_name) WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
    )
    return set(cursor.fetchall())


def tables(connection: BaseDatabaseWrapper) -> list[str]:
    """What is there already."""
    with connection.cursor() as cursor:
        return sorted({table for table, _ in _columns(cursor)})


def named(connection: BaseDatabaseWrapper) -> set[str]:
    """The files that rows name now."""
    with connection.cursor() as cursor:
        return set(naming.names(cursor, _columns(cursor)))


def others(connection: BaseDatabaseWrapper) -> int:
    """How many other programs are connected."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        count: int = cursor.fetchone()[0]
    return count


@contextmanager
def loaded(connection: BaseDatabaseWrapper, path: Path, rows: dict[str, int]) -> Iterator[None]:
    """Inside, the dump is loaded and counted in place of what was there, and nothing is committed yet; left well, it is; else nothing happened."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), quote_ident(current_schema())")
        name, schema = cursor.fetchone()
    connection.close()
    arguments, env = _reached(connection)
    options = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    with tempfile.TemporaryFile() as told:
        psql = subprocess.Popen(
            [_program("psql"), *options, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=told,
            env=env,
        )
        assert psql.stdin is not None
        try:
            try:
                psql.stdin.write(f"BEGIN;\n{EMPTY.format(schema=schema)}".encode())
                _script(path, name, psql.stdin)
                for table, count in rows.items():
                    psql.stdin.write(COUNTED.format(schema=schema, table=table, rows=count).encode())
                _asked(psql, f"\\echo {LOADED}\n", LOADED)
                yield
                _asked(psql, f"COMMIT;\n\\echo {COMMITTED}\n", COMMITTED)
            except BrokenPipeError:  # psql has stopped at an error
                raise _stopped(told, "psql") from None
            except _Unanswered:
                raise _stopped(told, "psql") from None
        finally:
            # Without COMMIT the server undoes all of it as soon as psql is gone.
            psql.kill() if psql.poll() is None else None
            psql.wait()
            psql.stdout.close() if psql.stdout else None
            try:
                psql.stdin.close()
            except BrokenPipeError:
                pass


class _Unanswered(Exception):
    """psql stopped before it came there."""


def _asked(psql: "subprocess.Popen[bytes]", line: str, answer: str) -> None:
    assert psql.stdin is not None and psql.stdout is not None
    psql.stdin.write(line.encode())
    psql.stdin.flush()
    if psql.stdout.readline().decode().strip() != answer:
        raise _Unanswered


def _script(path: Path, schema: str, into: IO[bytes]) -> None:
    """The dump as statements, all but the making of the schema, which is there; one that breaks off is noticed before anything is committed."""
    command = [_program("pg_restore"), "--no-owner", "--no-privileges", f"--schema={schema}", "--file=-", str(path)]
    with tempfile.TemporaryFile() as told:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told) as restore:
            assert restore.stdout is not None
            try:
                shutil.copyfileobj(restore.stdout, into, AT_ONCE)
            except BrokenPipeError:
                restore.kill()
                raise
        if restore.returncode:
            raise _stopped(told, "pg_restore")


def _run(connection: BaseDatabaseWrapper, name: str, *options: str) -> None:
    arguments, env = _reached(connection)
    with tempfile.TemporaryFile() as told:
        command = [_program(name), *options, *arguments]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stderr=told, env=env, umask=0o077)
        if done.returncode:
            raise _stopped(told, name)


def _reached(connection: BaseDatabaseWrapper) -> tuple[list[str], dict[str, str]]:
    """How the database is reached, as arguments and environment: the password is in no list of processes."""
    (_, *arguments), env = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    return arguments, {**os.environ, **(env or {}), "LC_ALL": "C.UTF-8"}


def _program(name: str) -> str:
    if found := shutil.which(name):
        return found
    raise Refused(
        f"{name} is not installed here. On Debian: apt-get install postgresql-client, of the server’s version."
    )


def _stopped(told: IO[bytes], name: str) -> Refused:
    told.seek(0)
    lines = [line for line in told.read().decode(errors="replace").splitlines() if line.strip()]
    said = next(
        (line for line in lines if "error" in line.lower() or "fatal" in line.lower()), lines[0] if lines else ""
    )
    return Refused(f"{name} stopped, so nothing was kept. It said: {said.strip() or 'nothing'}")
