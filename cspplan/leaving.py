"""What is taken along when a partnership leaves this installation for another, and what is not."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password

from accounts.models import ErasedPlace, Mail
from lib.leaving.tables import Table

OURS = ("accounts", "priorities", "indicators", "consultation", "governance", "reporting")
# Who is signed in, and what somebody has typed and not sent: theirs for the moment, and not the partnership's.
STAYS = frozenset({"accounts.session", "accounts.unsent"})
# What opens something here opens nothing there: everybody is invited anew, or comes in by single sign-on. A mail that was still to be sent is
# sent from here or not at all.
INSTEAD: Mapping[str, Mapping[str, Callable[[Any], Any]]] = {
    "accounts.user": {"password": lambda held: make_password(None), "last_login": lambda held: None},
    "accounts.mail": {"state": lambda state: Mail.State.DROPPED if state == Mail.State.WAITING else state},
    "reporting.feedkey": {"key_sha256": lambda held: secrets.token_hex(32)},
}


def tables() -> list[Table]:
    """Of our apps, by name."""
    models = [model for app in OURS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    labels = {model._meta.label_lower: model for model in models}
    return [Table(labels[name], INSTEAD.get(name, {})) for name in sorted(labels.keys() - STAYS)]


def removed_files() -> set[str]:
    """Files that rows may still name though two people decided that they go."""
    return set(ErasedPlace.objects.exclude(file="").values_list("file", flat=True))
