"""What is asked for when the next plan is started."""

import datetime as dt
from typing import Any

from django import forms

from lib.govuk import DayField, Field, GovukForm, Size


class SuccessorForm(GovukForm, forms.Form):
    """What the plan of the following term is called, and its first and last day."""

    submit = "Start the next plan"

    title = forms.CharField(
        label="What is it called?",
        help_text="For example, Community Safety Partnership Plan 2021-25",
        max_length=200,
        error_messages={"required": "Enter what the plan is called"},
    )
    starts_on = DayField(label="Its first day", what="its first day")
    ends_on = DayField(label="Its last day", help_text="For example, 31 3 2025", what="its last day")

    def __init__(self, data: Any = None, *, first_day: dt.date, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"starts_on": first_day})

    def layout(self) -> list[Any]:
        legend = {"legend_size": Size.for_legend(Size.SMALL)}
        return [
            Field.text("title", label_size=Size.SMALL),
            Field("starts_on", context=legend),
            Field("ends_on", context=legend),
        ]
