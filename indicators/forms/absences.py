"""Naming who stands in while somebody is away."""

import datetime as dt
from typing import Any

from django import forms

from accounts.models import User
from indicators.deputies import Away
from lib.govuk import DayField, Field, GovukForm, Size


class AwayForm(GovukForm, forms.Form):
    """Who stands in, from one day to another."""

    submit = "Name who stands in"

    deputy = forms.ChoiceField(
        label="Who stands in?",
        error_messages={"required": "Choose who stands in", "invalid_choice": "Choose a person from the list"},
    )
    starts_on = DayField(label="First day away", what="the first day away")
    ends_on = DayField(label="Last day away", what="the last day away")

    def __init__(self, data: Any = None, *, away: Away, today: dt.date, with_organisation: bool) -> None:
        self.away = away
        super().__init__(data)
        people = [(str(person.pk), _label(person, with_organisation)) for person in away.people]
        self.fields["deputy"].choices = [("", "Choose one"), *people]
        self.fields["starts_on"].help_text = f"For example, {today.day} {today.month} {today.year}"
        self.fields["ends_on"].help_text = "They stand in on this day too"

    def layout(self) -> list[Any]:
        legend = {"legend_size": Size.for_legend(Size.SMALL)}
        return [
            Field("deputy", context={"label_size": Size.for_label(Size.SMALL)}),
            Field("starts_on", context=legend),
            Field("ends_on", context=legend),
        ]

    def clean_deputy(self) -> User:
        return next(person for person in self.away.people if str(person.pk) == self.cleaned_data["deputy"])


def _label(person: User, with_organisation: bool) -> str:
    return f"{person.label}, {person.organisation}" if with_organisation and person.organisation else person.label
