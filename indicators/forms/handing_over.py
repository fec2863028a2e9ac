"""Handing over what somebody leads."""

import datetime as dt
from typing import Any

from django import forms

from accounts.models import User
from indicators.handing_over import HandOver
from indicators.models import Lead
from lib.govuk import Choice, DayField, Field, GovukForm, Size

LOST = "Something here has changed since you opened this page. Tick again what you hand over"


class HandOverForm(GovukForm, forms.Form):
    """A box for each lead, with the version its indicator was seen at; to whom, and from which day on."""

    submit = "Hand over what is ticked"

    leads = forms.MultipleChoiceField(
        label="What?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick what is handed over", "invalid_choice": LOST},
    )
    to = forms.ChoiceField(
        label="To whom?",
        error_messages={"required": "Choose who leads it then", "invalid_choice": "Choose a person from the list"},
    )
    starts_on = DayField(
        label="From which day?", help_text="You lead until the day before", what="the first day", required=True
    )

    def __init__(self, data: Any = None, *, over: HandOver, own: bool, today: dt.date, cancel_url: str) -> None:
        self.over, self.cancel_url = over, cancel_url
        super().__init__(data, initial={"starts_on": today})
        self.fields["leads"].choices = [Choice(held.value, held.label, hint=held.hint) for held in over.held]
        people = [(str(person.pk), _label(person, own)) for person in over.people]
        self.fields["to"].choices = [("", "Choose one"), *people]
        if not own:
            self.fields["starts_on"].help_text = f"{over.person.name} leads until the day before"

    def layout(self) -> list[Any]:
        return [
            Field.checkboxes("leads", legend_size=Size.SMALL, small=True),
            Field("to", context={"label_size": Size.for_label(Size.SMALL)}),
            Field("starts_on", context={"legend_size": Size.for_legend(Size.SMALL)}),
        ]

    def clean_leads(self) -> list[tuple[Lead, int]]:
        found = {held.value: held.lead for held in self.over.held}
        return [(found[value], found[value].indicator.version) for value in self.cleaned_data["leads"]]

    def clean_to(self) -> User:
        return next(person for person in self.over.people if str(person.pk) == self.cleaned_data["to"])

    def as_said(self) -> dict[str, Any]:
        """What `actions.hand_over` takes after the leads, from a form without errors."""
        return {"to": self.cleaned_data["to"], "starts_on": self.cleaned_data["starts_on"]}


def _label(person: User, own: bool) -> str:
    return person.label if own or not person.organisation else f"{person.label}, {person.organisation}"
