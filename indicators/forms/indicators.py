"""Forms about indicators: which of them are looked for, who leads one, and in which year's set it is."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import User
from indicators import catalogue
from indicators.catalogue import Group, Sought
from indicators.models import Indicator, Lead
from lib.editing import VersionMixin
from lib.govuk import DayField, Field, GovukForm, Size
from lib.quarters import Year

BOTH = "both"
KINDS = [
    (code, words) for code, words in Indicator.Family.choices if code != Indicator.Family.SPEND
]  # all that are listed


class IndicatorFilter(GovukForm, forms.Form):
    """Which indicators the list shows. `groups` is all of it; a filter with a fault narrows nothing."""

    q = forms.CharField(label="Name, definition or owner", required=False, max_length=120)
    priority = forms.ChoiceField(label="Priority", required=False)
    family = forms.ChoiceField(label="What kind", choices=[("", "Any"), *KINDS], required=False)
    rating = forms.ChoiceField(label="Latest rating", required=False)

    def __init__(self, data: Any = None, *, groups: Sequence[Group]) -> None:
        super().__init__(data)
        self.fields["priority"].choices = [("", "Any"), *catalogue.priorities(groups)]
        self.fields["rating"].choices = [("", "Any"), *catalogue.ratings(groups)]

    @property
    def sought(self) -> Sought:
        return Sought(**self.cleaned_data) if self.is_bound and self.is_valid() else Sought()


class LeadForm(GovukForm, VersionMixin):
    submit = "Name this lead"

    duty = forms.ChoiceField(
        label="What do they lead?",
        choices=[*Lead.Duty.choices, (BOTH, "Both")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they give the figures or write the commentary"},
    )
    user = forms.ChoiceField(label="Who?", error_messages={"required": "Choose a person"})
    starts_on = DayField(label="From which day?", help_text="For example, 1 4 2018", what="the first day")

    def __init__(
        self, data: Any = None, *, indicator: Indicator, people: Sequence[User], today: dt.date, cancel_url: str
    ) -> None:
        self.people, self.cancel_url = people, cancel_url
        super().__init__(data, initial={"version": indicator.version, "starts_on": today})
        self.fields["user"].choices = [("", "Choose one"), *[(str(person.pk), person.label) for person in people]]

    def layout(self) -> list[Any]:
        return [
            Field.radios("duty", legend_size=Size.SMALL, small=True, inline=True),
            Field("user", context={"label_size": Size.for_label(Size.SMALL)}),
            Field("starts_on", context={"legend_size": Size.for_legend(Size.SMALL)}),
        ]

    def as_said(self) -> dict[str, Any]:
        """What `actions.set_leads` takes, from a form without errors."""
        said = dict(self.cleaned_data)
        duty = said.pop("duty")
        return said | {"duties": Lead.Duty.values if duty == BOTH else [duty]}

    def clean_user(self) -> User:
        return next(person for person in self.people if str(person.pk) == self.cleaned_data["user"])


class SetForm(GovukForm, VersionMixin):
    submit = "Add to the year’s set"

    year = forms.ChoiceField(label="Which year?", error_messages={"required": "Choose a year"})
    reason = forms.CharField(
        label="Why?",
        help_text="For example, who asked for it",
        max_length=300,
        error_messages={"required": "Say why it is added", "max_length": "The reason must be 300 characters or fewer"},
    )

    def __init__(self, data: Any = None, *, indicator: Indicator, years: Sequence[Year], cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": indicator.version})
        self.fields["year"].choices = [("", "Choose one"), *[(str(year), str(year)) for year in years]]

    def clean_year(self) -> Year:
        return Year.parse(self.cleaned_data["year"])
