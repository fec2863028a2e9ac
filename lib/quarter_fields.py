"""Quarters and years in models and URLs. The column holds the slug, which sorts by time on every database."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from lib.quarters import Quarter, Year


class _ValueField(models.CharField):
    """A CharField whose Python value is a Quarter or a Year."""

    # For django-stubs: the attribute on a model is no text.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    value_class: type[Any]  # Quarter or Year: both parse and have a slug
    length: int
    message: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = self.length
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else self.value_class.parse(value)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, self.value_class):
            return value
        try:
            return self.value_class.parse(str(value))
        except ValueError:
            raise ValidationError(self.message) from None

    def get_prep_value(self, value: Any) -> str | None:
        value = self.to_python(value)
        return None if value is None else value.slug

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def run_validators(self, value: Any) -> None:
        """The value class has validated already; CharField's length check wants text."""


class QuarterField(_ValueField):
    """A financial quarter, stored as "2017-18-q1"."""

    value_class = Quarter
    length = 10
    message = "Enter a quarter like 2017-18 Q1"


class YearField(_ValueField):
    """A financial year, stored as "2017-18"."""

    value_class = Year
    length = 7
    message = "Enter a financial year like 2017-18"


class QuarterConverter:
    """`<quarter:quarter>` in a URL: "2017-18-q1". A quarter that does not exist is a 404."""

    regex = r"\d{4}-\d{2}-q[1-4]"

    def to_python(self, value: str) -> Quarter:
        return Quarter.parse(value)

    def to_url(self, value: Quarter) -> str:
        return value.slug


class YearConverter:
    """`<year:year>` in a URL: "2017-18"."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> Year:
        return Year.parse(value)

    def to_url(self, value: Year) -> str:
        return value.slug
