"""More time for one owner: which returns, until when, why."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from indicators.exceptions import Owed
from indicators.forms.rounds import LEGEND, day, why
from indicators.models import Return
from lib import working_days
from lib.govuk import Choice, Field, GovukForm, Size

USUAL = 5  # working days longer


class ExceptionForm(GovukForm, forms.Form):
    """The returns of one owner that are still out, ticked; each tick carries the day it was due when the page was opened."""

    returns = forms.MultipleChoiceField(
        label="More time for what?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick what they are given more time for",
            "invalid_choice": "Something has changed since you opened this page: look at the days again, and tick anew",
        },
    )
    until = day("Until which day?", "the day until which they have time")
    reason = why("Why?", "Say why they are given more time")

    def __init__(
        self, data: Any = None, *, owed: Sequence[Owed], ticked: Sequence[int], today: dt.date, cancel_url: str
    ) -> None:
        self.owed, self.cancel_url = {_tick(one.return_): one for one in owed}, cancel_url
        self.submit = "Give more time"
        latest = max([today, *(one.return_.due_on for one in owed)])
        super().__init__(
            data,
            initial={
                # Nothing is ticked beforehand, unless it was asked for or there is nothing else.
                "returns": [tick for tick, one in self.owed.items() if len(owed) == 1 or one.return_.pk in ticked],
                "until": working_days.add(latest, USUAL),
            },
        )
        self.fields["returns"].choices = [Choice(tick, one.label, hint=one.due) for tick, one in self.owed.items()]
        self.fields[
            "until"
        ].help_text = "They can send until the end of that day, also after the quarter has closed for everyone else"

    def layout(self) -> list[Any]:
        return [
            Field.checkboxes("returns", legend_size=Size.SMALL, small=True),
            Field("until", context=LEGEND),
            Field.textarea("reason", label_size=Size.SMALL, rows=3),
        ]

    def as_said(self) -> dict[str, Any]:
        """What `actions.extend` takes, from a form without errors."""
        chosen = [self.owed[tick].return_ for tick in self.cleaned_data["returns"]]
        return {"returns": chosen, "until": self.cleaned_data["until"], "reason": self.cleaned_data["reason"]}


def _tick(return_: Return) -> str:
    """With the day it is due: whoever opened the page before somebody else gave more time ticks nothing that is still here."""
    return f"{return_.pk}:{return_.due_on.isoformat()}"
