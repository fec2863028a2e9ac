from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        # Whoever sends a mail, page or worker, knows who writes it.
        autodiscover_modules("mails")
        self._know_the_roles()

    def _know_the_roles(self) -> None:
        """Stop the start when OIDC_ROLES names a role that there is not: its people would come in without it, and nobody would know why."""
        from accounts.models import RoleGrant

        named = {role for roles in settings.OIDC.roles_by_group.values() for role in roles}
        if unknown := sorted(named - set(RoleGrant.Role.values)):
            known = ", ".join(RoleGrant.Role.values)
            raise ImproperlyConfigured(f"Set OIDC_ROLES to roles of ours ({known}): there is no {', '.join(unknown)}.")
