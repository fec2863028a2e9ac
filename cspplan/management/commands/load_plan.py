from typing import Any

from django.core.management.base import BaseCommand

from cspplan.sample import loader


class Command(BaseCommand):
    help = "Load the plan, its organisations and its catalogue. What is there already stays as people have made it."

    def handle(self, *args: Any, **options: Any) -> None:
        new_plan, entries = loader.load_plan()
        if new_plan:
            self.stdout.write("The plan for 2017-21 is loaded.")
        if entries:
            self.stdout.write(f"{entries} organisations, indicators and feeds were added.")
        if not new_plan and not entries:
            self.stdout.write("The plan and its catalogue are here already; nothing was changed.")
