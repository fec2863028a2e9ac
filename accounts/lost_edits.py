"""What a page says when an action refused a form, most of all when somebody else was quicker."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts import audit
from lib.editing import Stale, Versioned


def refused(form: forms.Form, error: ValidationError, record: Versioned) -> list[audit.Line]:
    """Put the refusal on the form, at its fields where it names them, with all typing kept.

    When the record has moved on, the form also gets its present version, so that saving again keeps the person's own, and what was
    done since the form was opened is returned, oldest first, for `accounts/_changed_since.html`.
    """
    add(form, error)
    if not isinstance(error, Stale):
        return []
    opened_at = form.cleaned_data["version"]
    record.refresh_from_db(fields=["version"])
    data: Any = form.data.copy()
    data[form.add_prefix("version")] = record.version
    form.data = data
    return audit.lines(audit.since(record, opened_at))


def add(form: forms.Form, error: ValidationError) -> None:
    """Put a refusal on the form; what it says about fields that the form doesn't have stands above it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, sentences in error.message_dict.items():
        form.add_error(field if field in form.fields else None, sentences)
