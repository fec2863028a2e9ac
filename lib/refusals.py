"""What a box says when a form gives it no sentence of its own: Django's defaults, said in the words of this site; and at which box a refusal is shown."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

LOST = "Open this page again: it lost track of what you were changing"  # about a box that nobody sees
OF_ANY = {
    "max_length": "{what} must be {most:,} characters or fewer",
    "null_characters_not_allowed": "{what} has a hidden character in it. Type it again",
}
OF_NUMBERS = {
    "invalid": "{what} must be a whole number, like 3",
    "min_value": "{what} must be {least:,} or more",
    "max_value": "{what} must be {most:,} or less",
}
OF_CHOICES = {"invalid_choice": "Choose one of the options", "invalid_list": "Choose from the options"}


def speak(fields: Mapping[str, forms.Field]) -> None:
    """Give each field our sentence where it still has Django's. What a form says itself stays. May be called twice."""
    for name, field in fields.items():
        defaults = _of_django(field)
        for code, sentence in _sentences(name, field).items():
            if field.error_messages.get(code) == defaults.get(code):
                field.error_messages[code] = sentence


def at_boxes(refusal: ValidationError, names: Mapping[str, str]) -> ValidationError:
    """The same refusal for a form whose boxes are called otherwise than what the action takes; `names` are those of the boxes by the others."""
    if not hasattr(refusal, "error_dict"):
        return refusal
    return ValidationError({names.get(field, field): errors for field, errors in refusal.error_dict.items()})


def subject(name: str, field: forms.Field) -> str:
    """How a sentence about a field begins: "The short name", or what was asked: "The answer to “Why?”"."""
    label = str(field.label or name.replace("_", " ")).removesuffix(" (optional)")
    return f"The answer to “{label}”" if label.endswith("?") else label[:1].upper() + label[1:]


def _sentences(name: str, field: forms.Field) -> dict[str, str]:
    told: dict[str, str] = {}
    known = {"what": subject(name, field)}
    most: Any = getattr(field, "max_length", None)
    if isinstance(field, forms.CharField):
        told["null_characters_not_allowed"] = OF_ANY["null_characters_not_allowed"].format(**known)
        if most is not None:
            told["max_length"] = OF_ANY["max_length"].format(**known, most=most)
    elif type(field) is forms.IntegerField:
        told["invalid"] = OF_NUMBERS["invalid"].format(**known)
        if isinstance(field.min_value, int):
            told["min_value"] = OF_NUMBERS["min_value"].format(**known, least=field.min_value)
        if isinstance(field.max_value, int):
            told["max_value"] = OF_NUMBERS["max_value"].format(**known, most=field.max_value)
    elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        told |= OF_CHOICES
    return dict.fromkeys([*told, "required"], LOST) if field.widget.is_hidden else told


def _of_django(field: forms.Field) -> dict[str, Any]:
    """What its class says by default; where a validator speaks (a length, say), there is nothing."""
    found: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        found |= getattr(kind, "default_error_messages", {})
    return found
