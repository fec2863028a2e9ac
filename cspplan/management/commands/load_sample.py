from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from cspplan.sample import loader


class Command(BaseCommand):
    help = "Load the sample years 2016-17 and 2017-18 into a database that holds nothing of people's own. Never in production."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = loader.load_sample()
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        if loaded:
            self.stdout.write("The sample years 2016-17 and 2017-18 are loaded.")
        else:
            self.stdout.write("The sample years are here already; nothing was changed.")
