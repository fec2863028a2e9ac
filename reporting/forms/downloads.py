"""Whose downloads the log shows."""

from typing import Any

from django import forms

from accounts.models import User
from lib.govuk import GovukForm


class DownloadFilter(GovukForm, forms.Form):
    """`people` are those who ever took a copy that the log still holds."""

    person = forms.ChoiceField(
        label="Who took a copy", required=False, error_messages={"invalid_choice": "Choose a person from the list"}
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Anybody"), *((str(person.pk), person.label) for person in people)]
