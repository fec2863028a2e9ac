from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self) -> None:
        from indicators import taken
        from reporting.actions import downloads

        taken.tell_to(downloads.note_taken)
