"""`manage.py restore FOLDER`: what `manage.py backup` wrote, back in place, and then looked at."""

from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from lib.backups import Refused, restoring
from lib.kept_ready import cache

# In this order, those that are here. Erasures first: what was lawfully removed after the backup must not be back for a moment longer than needed.
AFTERWARDS = ("replay_erasures", "verify_packs", "audit_figures")
NO_LEDGER = (
    "There is no folder {}, so nothing was restored. The ledger of removed personal data belongs there: bring it from the old machine, or "
    "what was removed since the backup would be back. Only where nothing was ever removed, make an empty folder."
)


class Command(BaseCommand):
    help = (
        "Check a backup, put its database and files back (all of it or nothing), bring it up to this release, and look at it. "
        "Stop web, workers and beat first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--force", action="store_true", help="replace what the database holds")
        parser.add_argument("--check", action="store_true", help="only say whether the backup is whole")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"]
        try:
            if options["check"]:
                told = restoring.check(folder)
                self.stdout.write(
                    f"The backup of {told.made_at} is whole: {len(told.rows)} tables, {len(told.files)} files"
                )
                return
            if not Path(settings.ERASURES_DIR).is_dir():
                raise CommandError(NO_LEDGER.format(settings.ERASURES_DIR))
            done = restoring.restore(connection, folder, force=options["force"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        told = done.manifest
        self.stdout.write(
            f"Restored the backup of {told.made_at}: {sum(told.rows.values()):,} rows in {len(told.rows)} tables; "
            f"{done.written} files written, {done.there_already} were there already"
        )
        if absent := len(told.missing) + len(told.gone) + len(told.erased):
            self.stdout.write(
                f"{absent} files that the database names were not in the backup; its manifest lists them."
            )
        if done.is_older:
            self.stdout.write("The backup is of an earlier release: bringing the database up to this one")
            call_command("migrate", interactive=False, verbosity=0, stdout=self.stdout)
        # Whoever was signed in then may have left since; and what was kept ready shows what was there before.
        import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects.all().delete()
        cache.clear()
        self.look()

    def look(self) -> None:
        """Each says itself what it found; all are run, whatever the ones before them said."""
        wrong = []
        for name in (name for name in AFTERWARDS if name in get_commands()):
            self.stdout.write(f"manage.py {name}")
            try:
                call_command(name, stdout=self.stdout)
            except CommandError as found:
                self.stdout.write(str(found))
                wrong.append(name)
        if wrong:
            raise CommandError(
                f"Everything is restored, and not everything in it is well: see {', '.join(wrong)} above."
            )
        self.stdout.write("Everyone signs in again. Start web, workers and beat.")
