"""A new date for an action, asked for on its own, and why the old one stays."""

from typing import Any

from django import forms

from governance.models import Action, DateMove
from lib.govuk import DayField, Field, GovukForm, Size
from lib.written import day_year


class DateMoveForm(GovukForm, forms.Form):
    submit = "Ask for the new date"

    proposed = DayField(label="What is the new date?", what="the new date")
    reason = forms.CharField(
        label="Why does it move?",
        max_length=300,
        error_messages={
            "required": "Say why the date moves",
            "max_length": "Why the date moves must be said in 300 characters or fewer",
        },
    )

    def __init__(self, data: Any = None, *, action: Action, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data)
        self.fields[
            "proposed"
        ].help_text = (
            f"From {day_year(action.starts_on)} to {day_year(action.delivery_plan.year.end)}, for example 16 3 2018"
        )

    def layout(self) -> list[Any]:
        return [
            Field("proposed", context={"legend_size": Size.for_legend(Size.SMALL)}),
            Field.text("reason", label_size=Size.SMALL),
        ]


class KeepDateForm(GovukForm, forms.Form):
    because = forms.CharField(
        label="Why does it stay?",
        max_length=300,
        error_messages={"max_length": "Why it stays must be said in 300 characters or fewer"},
    )

    def __init__(self, data: Any = None, *, move: DateMove, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        self.submit = f"Keep {day_year(move.was)}"
        super().__init__(data)
        self.fields["because"].error_messages["required"] = f"Say why {day_year(move.was)} stays"

    def layout(self) -> list[Any]:
        return [Field.text("because", label_size=Size.SMALL)]
