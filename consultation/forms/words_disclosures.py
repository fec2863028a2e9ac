"""Settling what may tell of harm, and handing it over."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from accounts.models import User
from consultation.models import Disclosure
from lib.editing import VersionMixin
from lib.govuk import Field, GovukForm, Size


class SettleForm(GovukForm, VersionMixin):
    submit = "Settle this"

    outcome = forms.CharField(
        label="What was done, or why was nothing needed?",
        help_text="In a sentence, without names or addresses: it is kept when the comment is removed",
        required=False,  # the action says what is missing
        widget=forms.Textarea,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, disclosure: Disclosure) -> None:
        super().__init__(data, initial={"version": disclosure.version})

    def layout(self) -> list[Any]:
        return [Field.textarea("outcome", label_size=Size.MEDIUM, rows=3)]


class HandOverForm(GovukForm, VersionMixin):
    submit = "Hand it over"

    to = forms.ChoiceField(
        label="Who sees to it from now on?",
        help_text="They see the comment, and have it in their list of what needs them",
        error_messages={"required": "Choose who sees to it"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        disclosure: Disclosure,
        people: Iterable[User],
        cancel_url: str,
    ) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": disclosure.version})
        self.people = {str(one.pk): one for one in people if one.pk != disclosure.owner_id}
        names = [(key, f"{one.name}, {one.post}" if one.post else one.name) for key, one in self.people.items()]
        self.fields["to"].choices = [("", "Choose a person"), *names]  # type: ignore[attr-defined]

    def layout(self) -> list[Any]:
        return [Field.select("to", label_size=Size.SMALL)]

    def clean_to(self) -> User:
        return self.people[self.cleaned_data["to"]]
