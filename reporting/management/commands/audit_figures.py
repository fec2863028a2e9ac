"""`manage.py audit_figures`: every total that dashboards and packs show, counted again from the rows of figures."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from indicators.models import Round
from priorities.models import Plan
from reporting import recount, snapshots
from reporting.models import Pack


class Command(BaseCommand):
    help = (
        "Counts every shown total again, with a query and a loop of its own: of each quarter as the dashboard shows it now, and of each "
        "pack as it was known then. Lists the differences; ends with an error when there are any."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--without-packs", action="store_true", help="only what the dashboard shows now")

    def handle(self, *args: Any, **options: Any) -> None:
        totals, found = 0, []
        now = timezone.now()
        rows = recount.Rows(now)
        for plan in Plan.objects.order_by("starts_on"):
            years = {plan.years[0].previous, *plan.years}
            for round_ in Round.objects.order_by("quarter"):
                if round_.quarter.year in years:
                    counted, differing = recount.differences(snapshots.take(plan, round_.quarter, now), rows)
                    totals += counted
                    found += [f"Dashboard, {difference}" for difference in differing]
        unread = []
        for pack in [] if options["without_packs"] else Pack.objects.filter(job_state=Pack.JobState.READY):
            try:
                snapshot = snapshots.from_json(pack.snapshot)
            except snapshots.Unreadable:
                unread.append(str(pack))
                continue
            counted, differing = recount.differences(snapshot, recount.Rows(snapshot.as_at))
            totals += counted
            found += [f"{pack}, {difference}" for difference in differing]
        for line in (*found, *(f"{name}: its snapshot can't be read, so it was not counted" for name in unread)):
            self.stdout.write(line)
        summary = f"{totals} totals counted again from {rows.count} verified figures: "
        if found or unread:
            raise CommandError(f"{summary}{len(found)} differ, {len(unread)} packs can't be read.")
        self.stdout.write(f"{summary}no difference.")
