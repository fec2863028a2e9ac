"""Forms for opening a quarter, and for opening a closed one again."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from indicators.models import Round
from lib import working_days
from lib.editing import VersionMixin
from lib.govuk import DayField, Field, GovukForm, Size
from lib.quarters import Quarter, Year

# Working days after the quarter's end, or after today when that is long past.
DUE_AFTER, WORDS_AFTER, VERIFY_AFTER, CLOSE_AFTER = 20, 25, 25, 29


class QuarterForm(GovukForm, forms.Form):
    """Which quarter to open; asked by GET, so that its dates can be suggested."""

    quarter = forms.ChoiceField(
        label="Which quarter?",
        error_messages={
            "required": "Choose a quarter",
            "invalid_choice": "%(value)s can’t be opened: choose a quarter from the list",
        },
    )

    def __init__(self, data: Any = None, *, quarters: Sequence[Quarter], suggested: Quarter | None) -> None:
        super().__init__(data, initial={"quarter": suggested and suggested.slug})
        self.fields["quarter"].choices = [(quarter.slug, f"{quarter}, {quarter.months}") for quarter in quarters]

    def clean_quarter(self) -> Quarter:
        return Quarter.parse(self.cleaned_data["quarter"])


def _day(label: str, hint: str, what: str, **options: Any) -> DayField:
    return DayField(label=label, help_text=hint, what=what, **options)


class RoundForm(GovukForm, forms.Form):
    """The dates of a round, filled in with what is usual."""

    submit = "Open the quarter"

    opens_on = _day("Opens", "From then on figures can be given", "the day it opens")
    due_on = _day(
        "Figures due", f"{DUE_AFTER} working days after the quarter’s end is usual", "the day figures are due"
    )
    commentary_due_on = _day(
        "Commentary due", "It may come later than the figures, and never holds them up", "the day commentary is due"
    )
    verify_by = _day("Verify by", "The last day on which you check what came in", "the last day for verifying")
    closes_on = _day("Closes", "Afterwards no first figures are taken", "the day it closes")
    executive_meets_on = _day(
        "CSP Executive meets (optional)",
        "Leave it empty while the date is not known",
        "the day the CSP Executive meets",
        required=False,
    )
    take_over_set = forms.BooleanField(required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        quarter: Quarter,
        today: dt.date,
        has_set: bool,
        nearest: Year | None,
        cancel_url: str,
    ) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial=usual_dates(quarter, today))
        if working_days.add(quarter.end, DUE_AFTER) < today:
            self.fields["due_on"].help_text = f"{DUE_AFTER} working days from today, as the quarter ended a while ago"
        if has_set or nearest is None:
            del self.fields["take_over_set"]
        else:
            self.fields["take_over_set"].label = f"Take over the indicators of {nearest}, as data only"
            self.fields[
                "take_over_set"
            ].help_text = f"{quarter.year} has no monitoring set yet. Targets can be set afterwards"

    def layout(self) -> list[Any]:
        legend = {"legend_size": Size.for_legend(Size.SMALL)}
        return [name if name == "take_over_set" else Field(name, context=legend) for name in self.fields]

    def clean(self) -> dict[str, Any]:
        return {"take_over_set": False, **(super().clean() or self.cleaned_data)}


def usual_dates(quarter: Quarter, today: dt.date) -> dict[str, dt.date]:
    """What is usual: counted in working days from the quarter's end; from today for a quarter long past."""
    due = working_days.add(quarter.end, DUE_AFTER)
    start = quarter.end if due >= today else today
    return {
        "opens_on": working_days.add(quarter.end, 1) if due >= today else today,
        "due_on": working_days.add(start, DUE_AFTER),
        "commentary_due_on": working_days.add(start, WORDS_AFTER),
        "verify_by": working_days.add(start, VERIFY_AFTER),
        "closes_on": working_days.add(start, CLOSE_AFTER),
    }


class ReopenForm(GovukForm, VersionMixin):
    submit = "Open the quarter again"

    reason = forms.CharField(
        label="Why is the quarter opened again?",
        help_text="It is kept in the audit trail",
        max_length=300,
        error_messages={
            "required": "Say why the quarter is opened again",
            "max_length": "The reason must be 300 characters or fewer",
        },
    )

    def __init__(self, data: Any = None, *, round_: Round, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": round_.version})
