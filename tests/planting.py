"""The same words in every place where people write: to see where they come out, and how."""

from collections.abc import Iterator

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

OURS = ("accounts", "priorities", "indicators", "consultation", "governance", "reporting")
# Codes, checksums, days and what programs wrote: not words of people.
NOT_WORDS = {
    "asked_from", "asked_until", "code", "cycle", "digest", "fingerprint", "from_year", "imprint", "key_sha256", "kind", "language",
    "lease_token", "letter", "number", "of", "password", "pdf_sha256", "preview", "printed", "quarter", "reference", "respondent", "route",
    "series", "sha256", "snapshot", "snapshot_sha256", "stage", "starts", "subject_id", "subject_type", "thing", "until_quarter",
    "until_year", "value", "year", "file_sha256", "checksum",
}  # fmt: skip


def places() -> Iterator[tuple[type[models.Model], models.Field]]:
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            for field in model._meta.concrete_fields:
                plain = type(field) in (models.CharField, models.TextField)
                if plain and not field.choices and field.name not in NOT_WORDS:
                    yield model, field


def plant(words: str, *, empty_too: bool = False, but: tuple[type[models.Model], ...] = ()) -> int:
    """Write `words` and the row's number into every place that holds words (with `empty_too`, where the database lets it, into empty ones).

    Straight in the database: nothing of the record's own rules is asked. How many places were written.
    """
    return sum(_write(model, field, words, empty_too) for model, field in places() if model not in but)


def _write(model: type[models.Model], field: models.Field, words: str, empty_too: bool) -> int:
    table, column, key = (
        connection.ops.quote_name(name) for name in (model._meta.db_table, field.column, model._meta.pk.column)
    )
    said = words[: (field.max_length or 1000) - 5]
    where = f"{column} IS NOT NULL"
    for condition in ([where] if empty_too else []) + [f"{where} AND {column} <> ''"]:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET {column} = %s || {key} WHERE {condition}", [said])
                return cursor.rowcount
        except IntegrityError:
            continue
    return 0
