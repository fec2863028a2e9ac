"""Which fields hold what people typed, as one text each, and what stands in them once it is cut.

Computed from the models, so that a new field is looked through from its first day; what only programs write is named here.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.erasing import spans
from accounts.erasing.spans import Span
from lib.quarter_fields import QuarterField, YearField

# Beside our own apps: the addresses people sign in by.
OTHERS = ("account.emailaddress",)
# Written by programs alone: codes, keys, checksums, versions.
BY_PROGRAMS = frozenset(
    {
        "accounts.auditevent.kind",
        "accounts.auditevent.subject_type",
        "accounts.auditevent.subject_id",
        "accounts.erasedplace.checksum",
        "accounts.erasedplace.checksum_after",
        "accounts.erasedplace.field",
        "accounts.erasedplace.file",
        "accounts.erasedplace.model",
        "accounts.erasedplace.row",
        "accounts.erasedplace.spans",
        "accounts.mail.stage",
        "accounts.user.password",
        "consultation.addressseen.digest",
        "consultation.batch.checksum",
        "consultation.code.value",
        "consultation.language.code",
        "consultation.response.language",
        "consultation.response.respondent",
        "consultation.translation.of",
        "governance.paper.file_sha256",
        "governance.planupload.file_sha256",
        "governance.planupload.fingerprint",
        "indicators.round.set_by_hand",
        "indicators.upload.file_sha256",
        "indicators.upload.fingerprint",
        "indicators.upload.lease_token",
        "indicators.upload.route",
        "priorities.priority.letter",
        "reporting.companion.sha256",
        "reporting.feedkey.key_sha256",
        "reporting.outline.sections",
        "reporting.pack.lease_token",
        "reporting.pack.made_with",
        "reporting.pack.pdf_sha256",
        "reporting.pack.published_against",
        "reporting.pack.snapshot_sha256",
        "reporting.packapproval.pdf_sha256",
    }
)
PERSON = "accounts.user"
OF_PERSON = ("name", "email", "post")


def named(field: models.Field) -> str:
    """ "accounts.user.name"."""
    return f"{field.model._meta.label_lower}.{field.name}"


def is_ours(model: type[models.Model]) -> bool:
    app = Path(apps.get_app_config(model._meta.app_label).path)
    return app.parent == settings.BASE_DIR or model._meta.label_lower in OTHERS


def all_texts() -> Iterator[models.Field]:
    """Every field of ours that holds text and is no choice from a list, address of a page, quarter, year or file."""
    for model in apps.get_models():
        if not is_ours(model):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.SlugField | QuarterField | YearField | models.FileField) or field.choices:
                continue
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                yield field


@cache
def texts() -> dict[type[models.Model], tuple[models.Field, ...]]:
    """What is looked through, by model."""
    found: dict[type[models.Model], tuple[models.Field, ...]] = {}
    for field in all_texts():
        if named(field) not in BY_PROGRAMS:
            found[field.model] = (*found.get(field.model, ()), field)
    return found


def text_field(label: str, name: str) -> models.Field:
    """LookupError where there is no such field."""
    model = apps.get_model(label)
    return next(field for field in texts().get(model, ()) if field.name == name)


# ---------------------------------------------------------------- a value as one text


def text(field: models.Field, value: Any) -> str:
    """The value as one text, the same for the same value everywhere; "" for none."""
    if isinstance(field, models.JSONField):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if value else ""
    return value or ""


def find(field: models.Field, words: Any, told: str) -> list[Span]:
    """Where the words (`spans.pattern`) stand in a field's text."""
    if not told:
        return []
    if isinstance(field, models.JSONField):
        return spans.in_json(words, told)
    if isinstance(field, models.TextField) and spans.is_json(told):
        return spans.in_json(words, told, of_programs=True)
    return spans.in_text(words, told)


def rest(field: models.Field, pk: Any, told: str, cut: list[list[int]]) -> str:
    """What stands in the field of that row once the spans are cut: never longer than it may be, and never the same as in another row where that is refused.

    Of a person all goes, whatever was found: part of a name may still name them.
    """
    if field.model._meta.label_lower == PERSON and field.name in OF_PERSON:
        return {"name": f"Former officer {pk}", "post": ""}.get(field.name) or (
            _no_address(pk) if field.name == "email" else ""
        )
    if isinstance(field, models.EmailField):
        return _no_address(pk)
    if _is_unique(field):
        return f"[removed {pk}]"[: field.max_length]
    return spans.cut(told, cut)[: getattr(field, "max_length", None)]


def _no_address(pk: Any) -> str:
    return f"removed-{pk}@removed.invalid"


def _is_unique(field: models.Field) -> bool:
    if isinstance(field, models.JSONField | models.TextField):
        return False
    together = [
        constraint.fields
        for constraint in field.model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    return field.unique or any(field.name in fields for fields in together)


def value(field: models.Field, told: str) -> Any:
    """The text as the field's value again."""
    return json.loads(told) if isinstance(field, models.JSONField) and told else told


# ---------------------------------------------------------------- checksums of texts

SALT = "accounts.erasing"


def checksum(told: str, secret: str | None = None) -> str:
    """Keyed with the installation's secret: a short text, a name say, can't be guessed from it."""
    return salted_hmac(SALT, told, secret=secret, algorithm="sha256").hexdigest()


def matches(told: str, expected: str) -> bool:
    """Whether the checksum is this text's, with the present secret or a former one."""
    return any(
        constant_time_compare(checksum(told, secret), expected)
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )


def called(label: str, *, many: bool = False) -> str:
    """ "audit event", or with `many` "audit events", for "accounts.auditevent"."""
    if label == PERSON:
        return "accounts" if many else "account"
    options = apps.get_model(label)._meta
    return str(options.verbose_name_plural if many else options.verbose_name)
