"""What is read from a database while it is backed up: its tables, and the files that its rows name."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models

Columns = set[tuple[str, str]]  # (table, column)


def file_columns() -> list[tuple[str, str]]:
    """Where models keep names of files in the default storage."""
    return sorted(
        {
            (model._meta.db_table, str(column.column))
            for model in apps.get_models(include_auto_created=True)
            for column in model._meta.local_concrete_fields
            if isinstance(column, models.FileField)
        }
    )


def names(cursor: Any, there: Columns) -> list[str]:
    """The files that rows name. `there` holds the columns of this database: one not migrated yet lacks the newest."""
    found: set[str] = set()
    for table, column in file_columns():
        if (table, column) in there:
            cursor.execute(f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" <> \'\'')
            found.update(name for (name,) in cursor.fetchall())
    return sorted(found)


def rows(cursor: Any, tables: Iterable[str]) -> dict[str, int]:
    """How many rows each table has."""
    counted = {}
    for table in tables:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        counted[table] = cursor.fetchone()[0]
    return counted


def migrations(cursor: Any, there: Columns) -> dict[str, list[str]]:
    """Those applied, by app."""
    applied: dict[str, list[str]] = {}
    if ("django_migrations", "app") in there:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        for app, name in cursor.fetchall():
            applied.setdefault(app, []).append(name)
    return applied
