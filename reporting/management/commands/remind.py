"""`manage.py remind`: the day's reminders, as the schedule sends them; `--dry-run` prints who would get what and writes nothing."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import Reminder
from lib import stages, written
from reporting import digests


class Command(BaseCommand):
    help = "Send today's reminders of what is owed, or show with --dry-run who would get what. Sent twice, nobody gets a second one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="print who would get what; nothing is written or sent"
        )
        parser.add_argument("--on", metavar="DAY", help="with --dry-run: as on that day, like 2018-04-20")

    def handle(self, *args: Any, dry_run: bool, on: str | None, **options: Any) -> None:
        if on and not dry_run:
            raise CommandError("Reminders are sent for today only: use --on together with --dry-run.")
        day = _day(on) if on else timezone.localdate()
        if not stages.goes_out(day):
            self.stdout.write(
                f"{written.day(day)} is not a working day: no reminders go out. The next working day takes them."
            )
        elif dry_run:
            self._show(day)
        else:
            mails = digests.send(on=day, by=None)
            self.stdout.write(f"{_count(len(mails))} put into the outbox.")

    def _show(self, day: dt.date) -> None:
        due = digests.due(day)
        for digest in due:
            self.stdout.write(f"{digest.person.label} <{digest.person.email}>")
            for item in digest.items:
                stage = Reminder.Stage(item.stage).label
                self.stdout.write(f"  {stage}: {item.what}, due {written.day_year(item.owed.due_on)}")
        self.stdout.write(f"{_count(len(due))} would go out on {written.day(day)}. Nothing was written or sent.")


def _count(number: int) -> str:
    return f"{number} reminder{'' if number == 1 else 's'}"


def _day(typed: str) -> dt.date:
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        raise CommandError(f"{typed!r} is not a day. Write it as year-month-day, like 2018-04-20.") from None
