"""Forms for opening a quarter, and for opening a closed one again."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from indicators.models import Round
from lib import working_days
from lib.editing import VersionMixin
from lib.govuk import DayField, Field, GovukForm, Size, Wrap
from lib.quarters import Quarter, Year

# Working days after the quarter's end, or after today when that is long past.
DUE_AFTER, WORDS_AFTER, VERIFY_AFTER, CLOSE_AFTER = 20, 25, 25, 29
# Days after its end, four months, from when on a quarter is opened to have its figures: nobody explains them now.
LONG_PAST = 120


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
    with_words = forms.ChoiceField(
        label="Ask for commentary as well?",
        help_text="The quarter ended a while ago. Without it nobody is asked to explain, and no report says that words are missing",
        choices=[("no", "No, only the figures"), ("yes", "Yes")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether to ask for commentary as well"},
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
        super().__init__(data, initial={"with_words": "no", **usual_dates(quarter, today)})
        if (today - quarter.end).days <= LONG_PAST:
            del self.fields["with_words"]
        else:
            self.fields["commentary_due_on"].label = "If you ask for it: commentary due"
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
        shown: dict[str, Any] = {name: Field(name, context=legend) for name in self.fields}
        if "take_over_set" in shown:
            shown["take_over_set"] = "take_over_set"
        if "with_words" in shown:
            shown["with_words"] = Field.radios("with_words", legend_size=Size.SMALL, small=True)
            shown["commentary_due_on"] = Wrap("govuk-inset-text", shown["commentary_due_on"])
        return list(shown.values())

    def clean(self) -> dict[str, Any]:
        """Without commentary its day is None, whatever stands in its boxes."""
        cleaned = {"take_over_set": False, **(super().clean() or self.cleaned_data)}
        if cleaned.pop("with_words", "yes") == "no":
            self.errors.pop("commentary_due_on", None)
            cleaned["commentary_due_on"] = None
        return cleaned


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
