"""`manage.py backup`: database and files in one folder, while people go on working."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from accounts.erasing import holding
from lib import heartbeat
from lib.backups import Refused, making


class Command(BaseCommand):
    help = "Write the database and the files it names into a new folder, with a manifest that a restore checks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--into", metavar="FOLDER", default=settings.BACKUP_DIR, help="instead of BACKUP_DIR")
        parser.add_argument(
            "--keep", type=int, metavar="N", default=settings.BACKUP_KEEP, help="remove older ones than N; 0 keeps all"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["keep"] < 0:
            raise CommandError("--keep is 0, for all, or how many are kept.")
        try:
            made = making.make(
                connection, Path(options["into"]), at=now, keep=options["keep"], erased=holding.erased_files
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        told = made.manifest
        self.stdout.write(
            f"{made.folder}: {sum(told.rows.values()):,} rows in {len(told.rows)} tables, {len(told.files)} files, {made.bytes:,} bytes"
        )
        if told.gone:
            self.stdout.write(f"{len(told.gone)} files were deleted while it was made, and are not in it.")
        if told.erased:
            self.stdout.write(f"{len(told.erased)} files went with removals of personal data, and are not in it.")
        for older in made.removed:
            self.stdout.write(f"Removed the older {older.name}")
        if told.missing:
            raise CommandError(
                f"The backup is made, but {len(told.missing)} files that the database names are not in storage, "
                f"{told.missing[0]} for one. Look for them in older backups."
            )
        heartbeat.beat("backup", now)
