"""How an indicator is collected: the delay of its source, and which of its revisions packs list."""

from decimal import Decimal
from typing import Any

from django import forms

from indicators.actions.collecting import LONGEST_LAG
from indicators.forms.rounds import why
from indicators.models import Indicator
from indicators.numbers import Unreadable, parse_count, parse_percentage
from lib.editing import VersionMixin
from lib.govuk import Field, GovukForm, Size


class CollectingForm(GovukForm, VersionMixin):
    submit = "Save how it is collected"

    source_lag = forms.CharField(
        label="How many working days after the quarter’s end does its source have the figure?",
        help_text=(
            "0 where it has it in time. Otherwise the figure is due on that day, where it is later than the quarter’s own, and is taken although "
            "the quarter has closed"
        ),
        error_messages={"required": "Enter the number of working days, 0 for none"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    materiality = forms.CharField(
        label="From what change on do packs list a revision? (optional)",
        help_text=(
            "Per cent of the figure, like 2.5. Smaller ones are counted. Left empty every revision is listed. Corrections, and revisions that change a "
            "rating, always are"
        ),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    reason = why("Why does it change?", "Say why it changes")

    def __init__(self, data: Any = None, *, indicator: Indicator, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        held = indicator.materiality
        super().__init__(
            data,
            initial={
                "version": indicator.version,
                "source_lag": str(indicator.source_lag),
                "materiality": "" if held is None else f"{held.normalize():f}",
            },
        )
        self.fields["reason"].required = False  # nothing is asked for where nothing changes; the action asks

    def layout(self) -> list[Any]:
        return [
            Field.text("source_lag", label_size=Size.SMALL, field_width=3),
            Field.text("materiality", label_size=Size.SMALL, field_width=5),
            Field.textarea("reason", label_size=Size.SMALL, rows=3),
        ]

    def clean_source_lag(self) -> int:
        typed = self.cleaned_data["source_lag"]
        try:
            number = parse_count(typed, thing="The number of working days", like="60", exact="Type the number of days")
        except Unreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from None
        if number > LONGEST_LAG:
            raise forms.ValidationError(f"The number of working days must be {LONGEST_LAG} or fewer: about a year")
        return int(number)

    def clean_materiality(self) -> Decimal | None:
        typed = self.cleaned_data["materiality"].strip()
        if not typed:
            return None
        try:
            number = parse_percentage(typed, thing="The change", like="2.5", exact="Type the percentage", places=2)
        except Unreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from None
        if not number:
            raise forms.ValidationError("The change must be more than 0: leave it empty to list every revision")
        return number
