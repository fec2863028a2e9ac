"""What stands in the boxes of a form, untouched: kept with a draft, and while somebody types."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict


def typed(data: Mapping[str, Any], fields: Mapping[str, forms.Field]) -> dict[str, Any]:
    """Texts by the name of their box; a date as its three parts."""
    files: MultiValueDict[str, Any] = MultiValueDict()
    said = {name: field.widget.value_from_datadict(data, files, name) for name, field in fields.items()}
    return plain(said)


def plain(said: Mapping[str, Any]) -> dict[str, Any]:
    """With "" for nothing; without NUL, which no column takes."""
    return {
        name: _texts(one) if isinstance(one, list | tuple) else _text(one)
        for name, one in said.items()
    }  # fmt: skip


def _texts(parts: Iterable[Any]) -> list[str]:
    return [_text(part) for part in parts]


def _text(said: Any) -> str:
    return str(said or "").replace("\x00", "")
