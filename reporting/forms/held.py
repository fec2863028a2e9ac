"""Asking for what is held about somebody."""

from typing import Any

from django import forms

from lib.govuk import GovukForm
from reporting.actions.protecting import TOO_SHORT, WHY
from reporting.protecting.occurring import SHORTEST

LONGEST = 300


def _reason() -> forms.CharField:
    return forms.CharField(
        label="Whose request does this answer?",
        help_text="Such as “request of 4 June, by mail”. It is kept in the audit trail for good, so without a name",
        max_length=LONGEST,
        error_messages={"required": WHY, "max_length": f"Use at most {LONGEST} characters"},
    )


class ExportForm(GovukForm, forms.Form):
    """For oneself it asks nothing."""

    submit = "Download what is held"

    def __init__(self, data: Any = None, *, is_own: bool) -> None:
        super().__init__(data)
        if not is_own:
            self.fields["reason"] = _reason()


class SearchForm(GovukForm, forms.Form):
    words = forms.CharField(
        label="Name or address",
        help_text="One spelling at a time. Capitals make no difference",
        max_length=120,
        min_length=SHORTEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Enter a name or an address",
            "min_length": TOO_SHORT,
            "max_length": "Use at most 120 characters",
        },
    )
    reason = _reason()
    submit = "Look for it"
