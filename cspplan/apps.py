from django.apps import AppConfig


class CspplanConfig(AppConfig):
    """Wiring; an app only so that its management commands are found."""

    name = "cspplan"
