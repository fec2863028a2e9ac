"""`manage.py purge_responses`: what the schedule does at night; `--dry-run` prints what would go and writes nothing."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from consultation import retention
from consultation.actions import purging
from consultation.models import Consultation
from lib import written

NONE_DUE = "No single answers are due to be removed."


class Command(BaseCommand):
    help = "Remove the single answers of consultations whose day of removal has come, or show with --dry-run which. What was counted stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="print what would be removed; nothing is written")
        parser.add_argument("--on", metavar="DAY", help="with --dry-run: as on that day, like 2019-02-12")

    def handle(self, *args: Any, dry_run: bool, on: str | None, **options: Any) -> None:
        if on and not dry_run:
            raise CommandError("Answers are removed as of today only: use --on together with --dry-run.")
        day = _day(on) if on else timezone.localdate()
        lines = _shown(day) if dry_run else _done(day)
        for line in lines or [NONE_DUE]:
            self.stdout.write(line)
        if dry_run and lines:
            self.stdout.write("Nothing was written.")


def _shown(day: dt.date) -> list[str]:
    lines = []
    for consultation in Consultation.objects.to_purge(day):
        if because := retention.hindrance(consultation):
            lines.append(f"{consultation}: nothing would be removed. {because}")
        else:
            number = _answers(consultation.responses.count())
            lines.append(
                f"{consultation}: {number} would be removed. Their day was {written.day_year(consultation.purge_on)}."
            )
    return lines


def _done(day: dt.date) -> list[str]:
    lines = []
    for one in purging.purge_due(on=day, at=timezone.now()):
        if one.because and not one.removed:
            lines.append(f"{one.consultation}: nothing removed. {one.because}")
        else:
            rest = (
                "All are gone." if one.is_done else one.because or "Run it again: not all are gone, the log says why."
            )
            lines.append(f"{one.consultation}: {_answers(one.removed)} removed. {rest}")
    return lines


def _answers(number: int) -> str:
    return f"{number:,} single answer{'' if number == 1 else 's'}"


def _day(typed: str) -> dt.date:
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        raise CommandError(f"{typed!r} is not a day. Write it as year-month-day, like 2019-02-12.") from None
