"""`manage.py import_everything FOLDER`: what `export_everything` wrote, into an installation that is empty."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import invitations
from accounts.models import RoleGrant, User
from cspplan import leaving
from lib.kept_ready import cache
from lib.leaving import Refused, reading

AFTERWARDS = ("verify_packs", "audit_figures")


class Command(BaseCommand):
    help = "Read an export into an installation that has only been migrated: all of it or nothing. Then look at it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counted = reading.read(options["folder"], leaving.tables())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        cache.clear()
        self.stdout.write(f"{sum(counted.values()):,} rows of {len(counted)} tables are here, and their files")
        odd = [command for command in AFTERWARDS if not self.finds_all_well(command)]
        self.stdout.write(
            "Nobody’s password came along. Administrators set theirs anew here, and then invite the others again:"
        )
        for person in User.objects.holding(RoleGrant.Role.ADMINISTRATOR, timezone.localdate()):
            self.stdout.write(f"  {person}: {invitations.link(person)}")
        if odd:
            raise CommandError(
                f"Everything is here, and {' and '.join(odd)} found something. It may have been so before it left."
            )

    def finds_all_well(self, command: str) -> bool:
        try:
            call_command(command, stdout=self.stdout)
        except CommandError as found:
            self.stderr.write(str(found))
            return False
        return True
