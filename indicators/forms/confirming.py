"""Asking a supplier to confirm, and their answer."""

from typing import Any

from django import forms

from indicators import confirming
from indicators.models import Confirmation, Figure
from lib.editing import VersionMixin
from lib.govuk import Button, Buttons, Field, GovukForm, Include, Size

YES, NO = "Yes, this is what I gave", "No, something is wrong"


class AskForm(GovukForm, VersionMixin):
    """To whom the link goes. It is known of a supplier with an account, so nothing is asked; of others what is known stands there already."""

    to_name = forms.CharField(
        label="Who gave the figure?",
        max_length=200,
        error_messages={
            "required": "Enter the name of who gave the figure",
            "max_length": "Their name must be 200 characters or fewer",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    address = forms.CharField(
        label="Email address",
        help_text="Their own, not the partnership team’s",
        max_length=254,
        error_messages={
            "required": "Enter their email address",
            "max_length": "Enter an email address in the correct form, like name@example.org",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, figure: Figure, version: int, cancel_url: str) -> None:
        self.cancel_url, self.account = cancel_url, figure.supplied_by
        last = confirming.latest(figure)
        self.submit = f"Ask {confirming.supplier(figure)} to confirm"
        super().__init__(
            data,
            initial={
                "version": version,
                "to_name": last.to_name if last else confirming.supplier(figure),
                "address": last.address if last else "",
            },
        )
        if self.account:
            del self.fields["to_name"], self.fields["address"]

    def layout(self) -> list[Any]:
        if self.account:
            return []
        return [
            Field.text("to_name", label_size=Size.SMALL, field_width=20),
            Field.text("address", label_size=Size.SMALL, field_width=20),
        ]


class AnswerForm(GovukForm, forms.Form):
    """Two buttons, and a box for what is wrong. `answer` is the value of the button that was pressed."""

    said = forms.CharField(
        label="What is wrong?",
        help_text="For example, the right figure, or who gave it",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "What is wrong must be said in 1,000 characters or fewer"},
    )

    def __init__(self, data: Any = None, *, answer: str = "") -> None:
        self.answer = answer
        super().__init__(data)

    def layout(self) -> list[Any]:
        return [
            Buttons(Button(YES, name="answer", value=Confirmation.Answer.CONFIRMED)),
            Include("indicators/_confirmation_if_wrong.html"),
            Field.textarea("said", label_size=Size.SMALL, max_characters=1000, rows=4),
            Buttons(Button(NO, name="answer", value=Confirmation.Answer.DISPUTED, kind="secondary")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.answer not in Confirmation.Answer.values:
            raise forms.ValidationError(f"Say whether it is what you gave: choose “{YES}” or “{NO}”")
        said = cleaned.get("said")
        if self.answer == Confirmation.Answer.DISPUTED and not said and "said" not in self.errors:
            self.add_error("said", "Say what is wrong, so that it can be put right")
        if self.answer == Confirmation.Answer.CONFIRMED and said:
            self.add_error("said", f"You wrote what is wrong. Choose “{NO}”, or empty this box and choose “{YES}”")
        return cleaned
