"""The form that says why there is no figure."""

import datetime as dt
from typing import Any

from django import forms

from indicators.models import Return
from lib.editing import VersionMixin
from lib.govuk import Choice, DayField, Field, GovukForm, Size


class NoFigureForm(GovukForm, VersionMixin):
    """Why there is no figure this quarter."""

    submit = "Say there is no figure"

    reason = forms.ChoiceField(
        label="Why is there no figure?",
        choices=[
            Choice(
                Return.MissingReason.AWAITING_PARTNER,
                "Awaiting a partner",
                hint="Somebody else has it and has not sent it",
            ),
            Choice(
                Return.MissingReason.SOURCE_LAG, "The source is behind", hint="It is published later than the quarter"
            ),
            Choice(Return.MissingReason.NOT_COLLECTED, "Not collected", hint="Nobody counted it this quarter"),
            Choice(Return.MissingReason.ANNUAL, "An annual measure", hint="It is measured once a year"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why there is no figure"},
    )
    note = forms.CharField(
        label="What should readers know? (optional)",
        help_text="It is printed in the pack where the figure would be",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "What readers should know must be said in 300 characters or fewer"},
    )
    expected_on = DayField(
        label="When do you expect it? (optional)",
        help_text="For example, 31 5 2018",
        what="the day you expect it",
        required=False,
    )

    def __init__(self, data: Any = None, *, return_: Return, today: dt.date, cancel_url: str) -> None:
        self.today, self.cancel_url = today, cancel_url
        initial = {
            "version": return_.version,
            "reason": return_.missing_reason,
            "note": return_.missing_note,
            "expected_on": return_.expected_on,
        }
        super().__init__(data, initial=initial)

    def layout(self) -> list[Any]:
        return [
            Field.radios("reason", legend_size=Size.MEDIUM),
            Field.textarea("note", label_size=Size.SMALL, max_characters=300, rows=3),
            Field("expected_on", context={"legend_size": Size.for_legend(Size.SMALL)}),
        ]

    def as_said(self) -> dict[str, Any]:
        """What the return holds once this has been said."""
        cleaned = self.cleaned_data
        return {
            "version": cleaned["version"],
            "status": Return.Status.MISSING,
            "missing_reason": cleaned["reason"],
            "missing_note": cleaned["note"],
            "expected_on": cleaned["expected_on"],
        }

    def clean_expected_on(self) -> dt.date | None:
        day = self.cleaned_data["expected_on"]
        if day and day < self.today:
            raise forms.ValidationError("The day you expect it must be today or later", code="day")
        return day
