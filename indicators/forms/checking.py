"""Forms of the partnership team's part."""

import datetime as dt
import re
from typing import Any

from django import forms

from indicators.models import Return
from lib import working_days
from lib.editing import VersionMixin
from lib.govuk import DayField, Field, GovukForm, Size

TICK = re.compile(r"\d{1,18}:\d{1,9}", re.ASCII)
GIVEN_BACK_FOR = 5  # working days to look at a figure again


class TickForm(forms.Form):
    """The returns ticked on the board, each with the version it was seen at: "12:3"."""

    verify = forms.Field(
        widget=forms.CheckboxSelectMultiple, error_messages={"required": "Tick the returns you have checked"}
    )

    def clean_verify(self) -> list[tuple[int, int]]:
        """(return id, version) of each; what is no such pair was never on the board."""
        found = [tick.split(":") for tick in self.cleaned_data["verify"] if TICK.fullmatch(tick)]
        if not found:
            raise forms.ValidationError("Tick the returns you have checked")
        return [(int(pk), int(version)) for pk, version in found]


class SendBackForm(GovukForm, VersionMixin):
    submit = "Send back with this comment"

    comment = forms.CharField(
        label="What should be looked at again?",
        help_text="It is mailed to the data leads and stays with the return",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        error_messages={
            "required": "Say what should be looked at again",
            "max_length": "The comment must be 2,000 characters or fewer",
        },
    )
    due_again_on = DayField(label="When is it due again?", what="the day it is due again")

    def __init__(self, data: Any = None, *, return_: Return, today: dt.date, cancel_url: str) -> None:
        self.today, self.cancel_url = today, cancel_url
        due = working_days.add(today, GIVEN_BACK_FOR)
        super().__init__(data, initial={"version": return_.version, "due_again_on": due})
        if return_.indicator.is_restricted:
            self.fields["comment"].help_text = "It stays with the return: mail only says that there is a question"
        self.fields["due_again_on"].help_text = f"{GIVEN_BACK_FOR} working days from today unless you change it"

    def layout(self) -> list[Any]:
        legend = {"legend_size": Size.for_legend(Size.SMALL)}
        return [Field.textarea("comment", label_size=Size.SMALL, rows=5), Field("due_again_on", context=legend)]

    def clean_due_again_on(self) -> dt.date:
        day = self.cleaned_data["due_again_on"]
        if day < self.today:
            raise forms.ValidationError("The day it is due again must be today or later", code="day")
        return day
