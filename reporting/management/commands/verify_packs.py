"""Whether every pack is still what it was: `manage.py verify_packs`, and `manage.py verify_packs --rebuild` to draw them anew and compare."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.builds import verifying
from reporting.models import Pack


class Command(BaseCommand):
    help = "Check the stored files of all packs against their checksums; with --rebuild, draw them anew and compare the bytes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rebuild",
            action="store_true",
            help="also draw each pack from its snapshot, where code, libraries and fonts are those it was made with",
        )
        parser.add_argument(
            "--pack", type=int, metavar="ID", help="only the pack with this number of a page (/packs/ID/)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        packs = Pack.objects.ready().order_by("pk")
        if options["pack"]:
            packs = packs.filter(pk=options["pack"])
            if not packs:
                raise CommandError(f"There is no ready pack {options['pack']}.")
        counts: Counter[str] = Counter()
        for pk in packs.values_list("pk", flat=True):  # one at a time: each holds a snapshot of some hundred kilobytes
            pack = Pack.objects.select_related("plan").get(pk=pk)
            found = verifying.verify(pack, rebuild=options["rebuild"])
            counts[found.state] += 1
            if found.sentences:
                self.stdout.write("\n  ".join((f"{pk} {pack}: {found.state}", *found.sentences)))
        self.stdout.write(
            ", ".join(f"{counts[state]} {state}" for state in verifying.STATES if counts[state]) or "No packs"
        )
        if counts[verifying.FAILED]:
            raise CommandError("Not every pack is what it was. Restore its files from a backup, or withdraw it.")
