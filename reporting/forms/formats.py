"""The public form that asks for another format, and the one by which the partnership team answers."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from lib.govuk import Choice, Field, Fieldset, GovukForm, Size
from reporting.formats import pages
from reporting.models import FormatRequest

Format, Way, State = FormatRequest.Format, FormatRequest.Way, FormatRequest.State
SMALL = {"label_size": Size.SMALL}
WAYS = {"email": Way.EMAIL, "phone": Way.PHONE, "address": Way.POST}
WHICH_LANGUAGE = "Enter the language you need"
HINTS = {
    Format.EASY_READ: "Short sentences and pictures",
    Format.AUDIO: "Read aloud, as a recording",
}


class FormatRequestForm(GovukForm, forms.Form):
    """`page`: where the link was pressed, a path of ours, or "". One of the three ways to reach the person is filled in."""

    page = forms.CharField(required=False, widget=forms.HiddenInput)
    wanted = forms.CharField(
        label="Which page or document?",
        help_text="Such as “the report for April to June 2018”",
        max_length=200,
        error_messages={
            "required": "Enter which page or document you need",
            "max_length": "Use at most 200 characters",
        },
    )
    formats = forms.MultipleChoiceField(
        label="In which format?",
        choices=[Choice(code.value, code.label, hint=HINTS.get(code)) for code in Format],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one format", "invalid_choice": "Choose from the formats shown"},
    )
    language = forms.CharField(
        label="Which language, if not English? (optional)",
        max_length=60,
        required=False,
        error_messages={"max_length": "Use at most 60 characters"},
    )
    email = forms.CharField(
        label="Email address",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"max_length": "Use at most 254 characters"},
    )
    phone = forms.CharField(
        label="Phone number",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"max_length": "Use at most 40 characters"},
    )
    address = forms.CharField(
        label="Name and postal address",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"autocomplete": "street-address"}),
        error_messages={"max_length": "Use at most 500 characters"},
    )
    note = forms.CharField(
        label="Anything else we should know? (optional)",
        help_text="Such as the size of the letters, or when to ring. Tell us nothing about your health",
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        error_messages={"max_length": "Use at most 1,000 characters"},
    )
    submit = "Ask for it"

    def __init__(self, data: Any = None, *, page: str) -> None:
        super().__init__(data, initial={"page": page})
        if page:
            self.fields["wanted"].label = "Which page or document, if not that one? (optional)"
            self.fields["wanted"].required = False

    def layout(self) -> list[Any]:
        return [
            Field.text("wanted", **SMALL),
            Field.checkboxes("formats", legend_size=Size.SMALL, small=True),
            Field.text("language", **SMALL, field_width=20),
            Fieldset(
                Field.text("email"),
                Field.text("phone", field_width=20),
                Field.textarea("address", rows=4),
                legend="How do we reach you? Fill in one of these",
                legend_size=Size.SMALL,
            ),
            Field.textarea("note", **SMALL, rows=3),
        ]

    def clean_page(self) -> str:
        return pages.ours(self.cleaned_data["page"])

    def clean_email(self) -> str:
        typed = self.cleaned_data["email"]
        if typed:
            try:
                validate_email(typed)
            except ValidationError:
                raise ValidationError("Enter an email address like name@example.com") from None
        return typed

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        if typed and not re.fullmatch(r"\+?[\d\s()./-]{7,}", typed):
            raise ValidationError("Enter a phone number like 020 7364 0000")
        return typed

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if Format.LANGUAGE in told.get("formats", []) and not told.get("language") and "language" not in self.errors:
            self.add_error("language", WHICH_LANGUAGE)
        given = [name for name in WAYS if told.get(name)]
        if not given and not any(name in self.errors for name in WAYS):
            self.add_error("email", "Enter an email address, a phone number or a postal address")
        if len(given) > 1:
            self.add_error(given[1], "Fill in one way to reach you only: we keep no more than we need")
        return told

    @property
    def asked(self) -> dict[str, Any]:
        """What the action takes; only of a form without faults."""
        told = self.cleaned_data
        named = next(name for name in WAYS if told[name])
        kept = {name: told[name] for name in ("page", "wanted", "formats", "language", "note")}
        return kept | {"way": str(WAYS[named]), "contact": told[named]}


class FormatAnswerForm(GovukForm, forms.Form):
    state = forms.ChoiceField(
        label="What became of it?",
        choices=[Choice(State.SENT.value, "It was sent"), Choice(State.DECLINED.value, "It was declined")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it was sent or declined"},
    )
    answer = forms.CharField(
        label="What was sent, or why not?",
        help_text="Without anything about the person",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={
            "required": "Say what was sent, or why not",
            "max_length": "Use at most 1,000 characters",
        },
    )
    submit = "Save the answer"

    def layout(self) -> list[Any]:
        return [Field.radios("state", legend_size=Size.SMALL, small=True), Field.textarea("answer", **SMALL, rows=3)]
