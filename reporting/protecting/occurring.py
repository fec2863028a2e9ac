"""Where some words occur, such as the name or address of somebody without an account: how often in each place, never the rows."""

import json
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast

SHORTEST = 3
# No words of people are in these, and the last one changes with every look at a page.
APART = frozenset({"contenttypes", "auth", "sessions"})
SECRETS = frozenset(
    {"password", "data", "key_sha256", "token", "token_secret", "secret", "session_data", "session_key"}
)


@dataclass(frozen=True)
class Occurrence:
    """ "Membership: name", 2 rows."""

    words: str
    count: int


def find(words: str) -> list[Occurrence]:
    """Every text of every model, capitals aside. A query for each model; files are not looked into."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        fields = [] if model._meta.app_label in APART else [f for f in model._meta.local_concrete_fields if _is_text(f)]
        if fields:
            found += _in_model(model, fields, words)
    return found


def _in_model(model: type[models.Model], fields: list[models.Field], words: str) -> list[Occurrence]:
    texts = {f"text_{number}": Cast(field.name, models.TextField()) for number, field in enumerate(fields)}
    counts = {
        f"count_{number}": models.Count(
            "pk", filter=_holds(f"text_{number}", words, isinstance(field, models.JSONField))
        )
        for number, field in enumerate(fields)
    }
    told = model._base_manager.annotate(**texts).aggregate(**counts)
    named = [(field, told[f"count_{number}"]) for number, field in enumerate(fields)]
    return [Occurrence(_words(model, field), count) for field, count in named if count]


def _holds(name: str, words: str, is_json: bool) -> models.Q:
    held = models.Q(**{f"{name}__icontains": words})
    if is_json:  # SQLite keeps the letters of other alphabets, and quotation marks, as JSON writes them
        held |= models.Q(**{f"{name}__icontains": json.dumps(words)[1:-1]})
    return held


def _is_text(field: models.Field) -> bool:
    return isinstance(field, models.CharField | models.TextField | models.JSONField) and field.name not in SECRETS


def _words(model: type[models.Model], field: models.Field) -> str:
    return f"{str(model._meta.verbose_name).capitalize()}: {field.verbose_name}"
