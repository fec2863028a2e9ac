from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        # Whoever sends a mail, page or worker, knows who writes it.
        autodiscover_modules("mails")
