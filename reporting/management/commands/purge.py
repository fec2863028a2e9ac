"""`manage.py purge`: removes all whose time is over, as the schedule does at night; `--dry-run` says what would go and writes nothing."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from reporting.protecting import table


class Command(BaseCommand):
    help = "Remove what the retention table says is over, or show it with --dry-run. What is on the record is never removed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say how many would go of each; nothing is written")
        parser.add_argument("--on", metavar="DAY", help="with --dry-run: as at noon of that day, like 2019-02-12")

    def handle(self, *args: Any, dry_run: bool, on: str | None, **options: Any) -> None:
        if on and not dry_run:
            raise CommandError("Things are removed as of now only: use --on together with --dry-run.")
        at = _noon(on) if on else timezone.now()
        found = table.due(at) if dry_run else table.purge(at)
        for each in found:
            number = "failed, the log says why" if each.count is None else f"{each.count:,}"
            self.stdout.write(f"{each.row.what}: {number}")
        if dry_run:
            self.stdout.write("Nothing was written.")
        elif any(each.count is None for each in found):
            raise CommandError("Not everything that is due could be removed. Run it again: the log says why.")


def _noon(typed: str) -> dt.datetime:
    try:
        return timezone.make_aware(dt.datetime.combine(dt.date.fromisoformat(typed), dt.time(12)))
    except ValueError:
        raise CommandError(f"{typed!r} is not a day. Write it as year-month-day, like 2019-02-12.") from None
