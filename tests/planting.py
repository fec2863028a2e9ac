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
                plain = type(field) in (models.CharField, models.TextField) and not field.primary_key
                if plain and not field.choices and field.name not in NOT_WORDS:
                    yield model, field


def plant(words: str, *, but: tuple[type[models.Model], ...] = ()) -> int:
    """Write `words` and the row's number into every place that holds words. How many rows were written.

    Straight in the database: nothing of the record's own rules is asked.
    """
    by_model: dict[type[models.Model], list[models.Field]] = {}
    for model, field in places():
        if model not in but:
            by_model.setdefault(model, []).append(field)
    return sum(_write(model, fields, words) for model, fields in by_model.items())


def _write(model: type[models.Model], fields: list[models.Field], words: str) -> int:
    quoted = connection.ops.quote_name
    key = f"substr(CAST({quoted(model._meta.pk.column)} AS varchar(40)), 1, 5)"
    sets = [
        f"{(name := quoted(one.column))} = CASE WHEN {name} <> '' THEN %s || {key} ELSE {name} END" for one in fields
    ]
    said = [words[: (one.max_length or 1000) - 5] for one in fields]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":  # whose triggers refuse what is on the record
                cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(f"UPDATE {quoted(model._meta.db_table)} SET {', '.join(sets)}", said)
            count = cursor.rowcount
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = origin")
            return count
    except IntegrityError:
        # One of them is no free text after all: each for itself, so that the others are written.
        return sum(_write(model, [one], words) for one in fields) if len(fields) > 1 else 0
