"""Reading everything back into an empty installation."""

import csv
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import IntegrityError, connection, models, transaction

from lib.leaving import Refused
from lib.leaving.tables import Table
from lib.leaving.writing import DESCRIPTION, digest, last_migrations

AT_ONCE = 500  # rows in one statement
LONGEST_CELL = 64 * 1024 * 1024  # letters: a snapshot is one cell


def read(folder: Path, tables: Sequence[Table]) -> dict[str, int]:
    """All of it or nothing; how many rows each table has now. Refused with a sentence, and nothing is changed then.

    The installation must be empty (just migrated) and of the release that wrote the folder: what the columns mean is not guessed.
    """
    told = _description(folder)
    _check(folder, told, tables)
    _refuse_unless_empty(tables)
    written: list[str] = []
    try:
        with transaction.atomic():
            counted = {table.name: _rows(folder, table, told) for table in tables}
            _look_for_loose_ends(tables)
            _restart_counters(tables)
            for file in told["files"]:
                name = PurePosixPath(file["path"]).relative_to("files").as_posix()
                _store(folder / file["path"], name, written)
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise
    return counted


def _description(folder: Path) -> dict[str, Any]:
    try:
        told = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        assert all({"name", "path", "hash", "rows", "schema"} <= one.keys() for one in told["resources"])
        assert all({"path", "hash"} <= one.keys() for one in told["files"])
        assert isinstance(told["migrations"], dict)
    except FileNotFoundError:
        raise Refused(f"{folder} has no {DESCRIPTION}: it is no export, or only a part of one.") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, AssertionError):
        raise Refused(f"The {DESCRIPTION} in {folder} is not one that an export writes.") from None
    return told


def _check(folder: Path, told: dict[str, Any], tables: Sequence[Table]) -> None:
    here = last_migrations()
    if other := sorted(
        app for app in here.keys() | told["migrations"].keys() if here.get(app) != told["migrations"].get(app)
    ):
        raise Refused(
            f"This was written by another release ({', '.join(other)} differ). Import it with the release that wrote it, then upgrade."
        )
    names = {one["name"] for one in told["resources"]}
    if names != {table.name for table in tables}:
        odd = sorted(names ^ {table.name for table in tables})
        raise Refused(f"The tables are not those of this release: {', '.join(odd[:5])}.")
    for one in (*told["resources"], *told["files"]):
        parts = PurePosixPath(one["path"]).parts
        if not parts or parts[0] not in ("tables", "files") or ".." in parts or "\0" in one["path"]:
            raise Refused(f"The {DESCRIPTION} names a file outside the folder, which no export of ours does.")
        path = folder / one["path"]
        if not path.is_file():
            raise Refused(f"{one['path']} is not there, so nothing was imported.")
        if f"sha256:{digest(path)}" != one["hash"]:
            raise Refused(f"{one['path']} has other bytes than were written, so nothing was imported.")


def _refuse_unless_empty(tables: Sequence[Table]) -> None:
    full = [table.name for table in tables if table.model._base_manager.exists()]
    if full:
        raise Refused(
            f"This installation holds data already ({', '.join(full[:5])}). Import into one that has only been migrated."
        )


def _rows(folder: Path, table: Table, told: dict[str, Any]) -> int:
    resource = next(one for one in told["resources"] if one["name"] == table.name)
    columns = [column.column for column in table.columns]
    # Not the manager that a model offers: it may refuse rows that were lawful when they were written.
    manager: Any = models.Manager()
    manager.model, manager.name = table.model, "everything"
    count = 0
    with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
        before = csv.field_size_limit(LONGEST_CELL)
        try:
            lines = csv.reader(file, strict=True)
            if next(lines, None) != columns:
                raise Refused(f"The columns of {table.name} are not those of this release.")
            for some in _some(_made(table, lines)):
                manager.bulk_create(some, batch_size=AT_ONCE)
                count += len(some)
        except (csv.Error, UnicodeDecodeError) as error:
            raise Refused(f"{resource['path']} can’t be read after row {count}: nothing was imported.") from error
        except IntegrityError as error:
            raise Refused(
                f"{resource['path']} holds a row that this release does not take: nothing was imported."
            ) from error
        finally:
            csv.field_size_limit(before)
    if count != resource["rows"]:
        raise Refused(f"{table.name} has {count:,} rows and should have {resource['rows']:,}: nothing was imported.")
    return count


def _made(table: Table, lines: Iterator[list[str]]) -> Iterator[models.Model]:
    for number, cells in enumerate(lines, start=1):
        try:
            yield table.row(cells)
        except ValueError as wrong:
            raise Refused(f"Row {number} of {table.name} can’t be read ({wrong}): nothing was imported.") from None


def _some(rows: Iterator[models.Model]) -> Iterator[list[models.Model]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _look_for_loose_ends(tables: Sequence[Table]) -> None:
    """Rows may come before those they point to; at the end each of them has to be there."""
    try:
        connection.check_constraints([table.model._meta.db_table for table in tables])
    except IntegrityError as error:
        raise Refused("A row points to one that is not among what was exported: nothing was imported.") from error


def _restart_counters(tables: Sequence[Table]) -> None:
    """The next new row gets a number that is free."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(statement)


def _store(path: Path, name: str, written: list[str]) -> None:
    if default_storage.exists(name):
        raise Refused(f"The storage holds a file {name} already: nothing was imported.")
    written.append(name)  # also what was begun is taken away again
    try:
        with path.open("rb") as file:
            stored = default_storage.save(name, File(file))
    except OSError as error:
        raise Refused(f"The storage did not take {name} ({error.strerror or error}): nothing was imported.") from error
    if stored != name:
        written.append(stored)
        raise Refused(f"The storage would call {name} otherwise: nothing was imported.")
