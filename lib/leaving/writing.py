"""Writing everything down."""

import csv
import hashlib
import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.utils import timezone

from lib import release
from lib.leaving import Refused
from lib.leaving.tables import Table

DESCRIPTION = "datapackage.json"
AT_ONCE = 2_000  # rows
BYTES_AT_ONCE = 1024 * 1024


def write(folder: Path, tables: Sequence[Table], *, named: str, missing_is: Iterable[str] = ()) -> dict[str, Any]:
    """Everything into a new folder; the description that was written into it.

    Tables as they were at one moment, also while people work. A file that a row names and the storage lacks is refused, unless its name
    is among `missing_is`: what was lawfully removed. Refused where the folder holds anything; what was begun is taken away again.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder} holds something already. Name a new folder.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)  # its owner alone: it holds everything
    try:
        (folder / "tables").mkdir()
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            files: set[str] = set()
            resources = [_table(folder, table, files) for table in tables]
            migrations = last_migrations()
        told = {
            "profile": "tabular-data-package",
            "name": named,
            "created": timezone.now().isoformat(),
            "release": release.fingerprint(),
            "migrations": migrations,
            "resources": resources,
            "files": [_file(folder, name) for name in sorted(files - set(missing_is))],
        }
        (folder / DESCRIPTION).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return told


def _table(folder: Path, table: Table, files: set[str]) -> dict[str, Any]:
    path = folder / "tables" / f"{table.name}.csv"
    holds_files = [column.attname for column in table.columns if isinstance(column, models.FileField)]
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow([column.column for column in table.columns])
        for row in table.model._base_manager.order_by("pk").iterator(chunk_size=AT_ONCE):
            out.writerow(table.cells(row))
            files.update(filter(None, (getattr(row, name).name for name in holds_files)))
            count += 1
    return {
        "name": table.name,
        "path": f"tables/{path.name}",
        "format": "csv",
        "encoding": "utf-8",
        "rows": count,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest(path)}",
        "schema": table.schema(),
    }


def _file(folder: Path, name: str) -> dict[str, Any]:
    path = folder / "files" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with default_storage.open(name) as stored, path.open("wb") as out:
            shutil.copyfileobj(stored, out, BYTES_AT_ONCE)
    except OSError as error:
        raise Refused(
            f"The file {name} is named by the database and can’t be read from the storage, so nothing was written. "
            "Put the storage right first: `manage.py verify_packs` tells more."
        ) from error
    return {"path": f"files/{name}", "bytes": path.stat().st_size, "hash": f"sha256:{digest(path)}"}


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def last_migrations() -> dict[str, str]:
    """The last of each app, by name: what the columns are those of."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    return dict(sorted(loader.graph.leaf_nodes()))
