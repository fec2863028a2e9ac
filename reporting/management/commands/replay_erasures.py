"""After a restore: remove again what had been removed since that backup, `manage.py replay_erasures`. Safe to run at any time, and twice."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.erasing import ledger
from accounts.models import Erasure
from reporting.actions import erasing


class Command(BaseCommand):
    help = (
        "Remove again the personal data that the ledger in ERASURES_DIR says was removed. Run it after every restore."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        known = set(Erasure.objects.done().values_list("key", flat=True))
        read, again, to_look_at = 0, 0, []
        for entry in ledger.entries():
            if isinstance(entry, ledger.Unreadable):
                to_look_at.append(str(entry))
                continue
            read += 1
            again += entry.key not in known
            to_look_at += [
                f"{label}: not as it was, nothing cut. Look at it." for label in erasing.replay(entry, by=None)
            ]
        to_look_at += [
            f"{label}: still stored. The log says why."
            for erasure in Erasure.objects.done()
            for label in erasing.remove_files(erasure)
        ]
        missing = known - {entry.key for entry in ledger.entries() if isinstance(entry, ledger.Entry)}
        for erasure in Erasure.objects.filter(key__in=missing):
            ledger.write(ledger.entry(erasure))
        self.stdout.write(
            f"{read} removal{'' if read == 1 else 's'} in {settings.ERASURES_DIR}, {again} carried out again."
        )
        if not read:
            self.stdout.write(
                "If personal data was ever removed here, bring that folder from the old machine and run this again: what was removed is back."
            )
        if missing:
            to_look_at.append(
                f"{len(missing)} known to the database were not in the ledger, and are written there anew. Is this its folder? "
                "What only the right one knows is back: bring that, and run this again."
            )
        for line in to_look_at:
            self.stdout.write(f"  {line}")
        if to_look_at:
            raise CommandError("Not everything could be removed again.")
