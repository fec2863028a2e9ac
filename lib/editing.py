"""The lost-edit guard: whoever saves over a newer version is told who changed what, and loses no typing.

A record carries `version`; a form that changes it carries the version it was opened at; the action writes only where the
version is still that one. When it is not, the action raises `Stale`, and the view shows the form again with the typing kept,
the newer version number, and what was changed since.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models


class Stale(ValidationError):
    """The record has moved on since this form was opened. Nothing was saved."""

    def __init__(self, what: str = "This page") -> None:
        super().__init__(
            f"{what} has been changed by someone else since you opened it. Nothing of yours is saved yet: "
            "look at what changed, then save again to keep your own."
        )


class VersionMixin(forms.Form):
    """A form that remembers which version of the record it was opened at."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={"required": "Open this page again: it lost track of the version you were changing"},
    )


def expect(moved: int, what: str = "This page") -> None:
    """Raise `Stale` unless the conditional update `moved` exactly one row."""
    if moved != 1:
        raise Stale(what)


class Versioned(models.Model):
    """A record guarded against lost edits. The version is raised by every action that changes it."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
