"""The lost-edit guard: whoever saves over a newer version is told who changed what, and loses no typing.

A record carries `version`; a form that changes it carries the version it was opened at; the action writes only where the
version is still that one. When it is not, the action raises `Stale`, and the view shows the form again with the typing kept,
the newer version number, and what was changed since.
"""

from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models


class Stale(ValidationError):
    """The record has moved on since this form was opened. Nothing was saved."""

    def __init__(self, what: str = "This page") -> None:
        super().__init__(
            # Not "by someone else": a form sent twice meets the change that it made itself.
            f"{what} has been changed since you opened it. What you have just sent is not saved: "
            "look at who changed what, then save again to keep your own."
        )


class VersionMixin(forms.Form):
    """A form that remembers which version of the record it was opened at."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Open this page again: it lost track of the version you were changing"
        ),
    )


class VersionForm(VersionMixin):
    """A button that acts on what was seen: only the version of the page on which it was pressed."""


class Versioned(models.Model):
    """A record guarded against lost edits. The version is raised by every action that changes it."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


Record = TypeVar("Record", bound=Versioned)


def write(record: Record, *, version: int, what: str = "This page", **fields: Any) -> Record:
    """Change `record` only where its row is still at `version`, raise the version, and bring the instance up to date.

    `fields` are set on the row; conditions on state belong into the caller's checks, which the version makes safe: whoever moved the
    state has raised the version too. Raises `Stale` when the row has moved on.
    """
    manager = type(record)._default_manager
    if not manager.filter(pk=record.pk, version=version).update(version=version + 1, **fields):
        raise Stale(what)
    for name, value in fields.items():
        setattr(record, name, value)
    record.version = version + 1
    return record
