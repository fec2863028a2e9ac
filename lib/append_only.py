"""Rows that are written once, and rows that may change and never go: the manager refuses the rest, and on PostgreSQL a trigger does too.

One door stands in both: `rewrite`, through which personal data is taken out of a row on the record. It opens for one statement in a
transaction that names the removal; it changes a row and never removes one. Nothing but the removal of personal data goes through it.
"""

from typing import Any, NoReturn

from django.db import connection, models


class Unchangeable(Exception):
    """Somebody tried to change or remove a row that is on the record. This is a bug, never a user's mistake."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> NoReturn:
        raise Unchangeable(f"{self.model.__name__} rows are never changed.")

    def delete(self) -> NoReturn:
        raise Unchangeable(f"{self.model.__name__} rows are never removed.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable(f"{self.model.__name__} rows are never changed.")


class AppendOnly(models.Model):
    """A row that can be added and read."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable(f"{type(self).__name__} rows are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable(f"{type(self).__name__} rows are never removed.")


class KeptQuerySet(models.QuerySet):
    def delete(self) -> NoReturn:
        raise Unchangeable(f"{self.model.__name__} rows are on the record and never removed.")


class Kept(models.Model):
    """A row that may change, and is never removed: it ends, is withdrawn, closed or replaced, and stays."""

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable(f"{type(self).__name__} rows are on the record and never removed.")


DOOR = "csp.erasing"  # a setting of PostgreSQL that ends with the transaction: the key of the removal that is being carried out
SHUT = f"coalesce(current_setting('{DOOR}', true), '') = ''"


def rewrite(model: type[models.Model], pk: Any, *, erasing: str, **values: Any) -> int:
    """Change columns of one row, on the record or not, for the removal of personal data whose key is `erasing`. How many rows it found.

    Only inside a transaction. The versions of rows guarded against lost edits are the caller's.
    """
    if not erasing or not connection.in_atomic_block:
        raise Unchangeable("Only a removal of personal data changes what is on the record, inside a transaction.")
    _door(erasing)
    try:
        # Not `objects`: that one refuses, and on some models it hides rows.
        return models.QuerySet(model).filter(pk=pk).update(**values)
    finally:
        if not connection.needs_rollback:
            _door("")


def _door(key: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [DOOR, key])


def _refuse_change(schema_editor: Any) -> None:
    schema_editor.execute(
        "CREATE OR REPLACE FUNCTION csp_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF TG_OP = 'DELETE' OR {SHUT} THEN "
        "RAISE EXCEPTION '% rows are never changed or removed', TG_TABLE_NAME; END IF; RETURN NEW; END $$",
        params=None,  # the "%" is PostgreSQL's, not a place for a parameter
    )


def _refuse_change_once(schema_editor: Any, table: str, columns: tuple[str, ...], once: str) -> None:
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    schema_editor.execute(
        f"CREATE OR REPLACE FUNCTION {table}_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF OLD.{once} AND ({changed}) AND {SHUT} THEN "
        f"RAISE EXCEPTION '{table}: what was stored is never changed'; END IF; RETURN NEW; END $$",
        params=None,
    )


def open_door(apps: Any, schema_editor: Any) -> None:
    """In a migration: give what `guard` made before there was a door its present words."""
    if schema_editor.connection.vendor == "postgresql":
        _refuse_change(schema_editor)


def open_door_of(apps: Any, schema_editor: Any, table: str, columns: tuple[str, ...], once: str) -> None:
    """In a migration: the same for what `freeze` made of one table."""
    if schema_editor.connection.vendor == "postgresql":
        _refuse_change_once(schema_editor, table, columns, once)


def guard(apps: Any, schema_editor: Any, table: str) -> None:
    """In a migration: let PostgreSQL refuse UPDATE and DELETE on `table`. SQLite keeps to the manager's refusal."""
    if schema_editor.connection.vendor != "postgresql":
        return
    _refuse_change(schema_editor)
    schema_editor.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION csp_refuse_change()"
    )


def keep(apps: Any, schema_editor: Any, table: str) -> None:
    """In a migration: let PostgreSQL refuse DELETE on `table`, and nothing else."""
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(
        "CREATE OR REPLACE FUNCTION csp_refuse_removal() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% rows are never removed', TG_TABLE_NAME; END $$",
        params=None,
    )
    schema_editor.execute(
        f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION csp_refuse_removal()"
    )


def unkeep(apps: Any, schema_editor: Any, table: str) -> None:
    """The way back of `keep`."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_kept ON {table}")


def unguard(apps: Any, schema_editor: Any, table: str) -> None:
    """The way back of `guard`."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")


def freeze(apps: Any, schema_editor: Any, table: str, columns: tuple[str, ...], once: str) -> None:
    """In a migration: let PostgreSQL refuse a change of these columns in rows where the condition `once` was true before ("job_state = 'ready'")."""
    if schema_editor.connection.vendor != "postgresql":
        return
    _refuse_change_once(schema_editor, table, columns, once)
    schema_editor.execute(
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse_change()"
    )


def thaw(apps: Any, schema_editor: Any, table: str) -> None:
    """The way back of `freeze`."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_frozen ON {table}")
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_refuse_change()")
