"""The forms of reporting."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lib.govuk import DayField, Field, GovukForm, Size
from lib.quarters import Quarter
from reporting import terms
from reporting.models import Pack


class PackRequestForm(GovukForm, forms.Form):
    """Which pack to build. Its boxes are hidden: each button on the page sends its own quarter."""

    quarter = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": "Choose the quarter to build the pack for"}
    )
    edition = forms.ChoiceField(
        choices=Pack.Edition.choices,
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Choose the executive or the public edition"},
    )
    # The newest build that the page knew: sent twice, it names the pack that the first one made.
    after = forms.IntegerField(
        required=False,
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={"invalid": "Open the list of packs again"},
    )

    def clean_quarter(self) -> Quarter:
        try:
            quarter = Quarter.parse(self.cleaned_data["quarter"])
        except ValueError:
            raise ValidationError("Choose a quarter like 2017-18 Q4") from None
        if terms.plan_of(quarter) is None:
            raise ValidationError(terms.refusal(quarter))
        return quarter

    @property
    def asked(self) -> dict[str, Any]:
        """What `request_pack` is asked for."""
        quarter = self.cleaned_data["quarter"]
        return {
            "plan": terms.plan_of(quarter),
            "quarter": quarter,
            "edition": self.cleaned_data["edition"] or Pack.Edition.EXECUTIVE,
            "after": self.cleaned_data["after"],
        }


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
