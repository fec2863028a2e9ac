from django.apps import AppConfig
from django.core import checks


class CspplanConfig(AppConfig):
    """Wiring; an app so that its management commands are found and its check of the database is known."""

    name = "cspplan"

    def ready(self) -> None:
        from cspplan.sample.guard import check_no_sample_in_production

        checks.register(check_no_sample_in_production, checks.Tags.database)
