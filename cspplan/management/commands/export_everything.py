"""`manage.py export_everything FOLDER`: all tables and files in open formats, for whoever comes after this software."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from cspplan import leaving
from lib.leaving import Refused, writing


class Command(BaseCommand):
    help = "Write all tables (CSV, described in datapackage.json) and all files into a new folder. Secrets stay here."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"]
        named = slugify(settings.PARTNERSHIP_NAME)
        try:
            told = writing.write(folder, leaving.tables(), named=named, missing_is=leaving.removed_files())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        rows = sum(one["rows"] for one in told["resources"])
        self.stdout.write(
            f"{rows:,} rows of {len(told['resources'])} tables and {len(told['files'])} files are in {folder}. "
            "They hold personal data: keep them as you keep this installation."
        )
