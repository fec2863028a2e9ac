"""What is taken along: a table by its model, and how a value stands in a cell."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.files import FieldFile

TYPES: tuple[tuple[type[models.Field], str], ...] = (
    (models.BooleanField, "boolean"),
    (models.JSONField, "any"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.DecimalField, "number"),
    (models.FloatField, "number"),
    (models.IntegerField, "integer"),
)


@dataclass(frozen=True)
class Table:
    """All rows of a model. `instead` gives for a field what is written in place of its value: of a secret, say, something that opens nothing."""

    model: type[models.Model]
    instead: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """ "indicators.figure"."""
        return str(self.model._meta.label_lower)

    @property
    def columns(self) -> list[Any]:
        return list(self.model._meta.local_concrete_fields)

    def cells(self, row: models.Model) -> list[str]:
        """One row as text."""
        return [to_text(column, self._value(column, getattr(row, column.attname))) for column in self.columns]

    def _value(self, column: models.Field, value: Any) -> Any:
        return self.instead[column.name](value) if column.name in self.instead else value

    def row(self, cells: list[str]) -> models.Model:
        """The row that these cells tell. ValueError with "column: what is wrong"."""
        told = {}
        for column, text in zip(self.columns, cells, strict=True):
            try:
                told[column.attname] = from_text(column, text)
            except (ValueError, LookupError, ArithmeticError, ValidationError):
                raise ValueError(f"{column.column}: {text[:40]!r}") from None
        return self.model(**told)

    def schema(self) -> dict[str, Any]:
        """Of the columns, as a data package describes them."""
        points = [column for column in self.columns if column.is_relation]
        return {
            "fields": [_described(column) for column in self.columns],
            "primaryKey": self.model._meta.pk.column,
            "foreignKeys": [
                {
                    "fields": column.column,
                    "reference": {
                        "resource": column.related_model._meta.label_lower,
                        "fields": column.target_field.column,
                    },
                }
                for column in points
            ],
        }


def _described(column: Any) -> dict[str, Any]:
    told = column.target_field if column.is_relation else column
    kind = next((name for base, name in TYPES if isinstance(told, base)), "string")
    described: dict[str, Any] = {"name": column.column, "type": kind, "title": str(column.verbose_name)}
    limits: dict[str, Any] = {"required": not column.null and kind != "string", "unique": column.unique}
    if column.choices:
        described["categories"] = [{"value": value, "label": str(label)} for value, label in column.flatchoices]
    return described | {"constraints": {name: True for name, holds in limits.items() if holds}}


def to_text(column: Any, value: Any) -> str:
    """A cell: empty for what is not known, moments in UTC, JSON as JSON."""
    if isinstance(column, models.JSONField):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, FieldFile):
        return str(value.name or "")
    return str(column.get_prep_value(value)) if not column.is_relation else str(value)


def from_text(column: Any, text: str) -> Any:
    """The value that a cell holds; raises what the field raises where it holds none."""
    if isinstance(column, models.JSONField):
        return json.loads(text)
    if text == "" and column.null:
        return None
    if isinstance(column, models.BooleanField):
        return {"true": True, "false": False}[text]
    told = column.target_field if column.is_relation else column
    return told.to_python(text)
