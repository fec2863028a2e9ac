"""Forms for opening a quarter, closing it, and opening it again."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from indicators import deadlines, opening
from indicators.models import Round
from lib import working_days
from lib.editing import VersionMixin
from lib.govuk import DayField, Field, GovukForm, Size, Wrap
from lib.quarters import Quarter, Year

# Days after its end, four months, from when on a quarter is opened to have its figures: nobody explains them now.
LONG_PAST = 120
LONGEST_REASON = 300
LEGEND = {"legend_size": Size.for_legend(Size.SMALL)}


def day(label: str, what: str, **options: Any) -> DayField:
    return DayField(label=label, what=what, **options)


def why(question: str, required: str) -> forms.CharField:
    """A reason in a sentence or two, kept in the audit trail."""
    return forms.CharField(
        label=question,
        help_text="It is kept in the audit trail",
        max_length=LONGEST_REASON,
        widget=forms.Textarea,
        error_messages={
            "required": required,
            "max_length": f"The reason must be {LONGEST_REASON} characters or fewer",
        },
    )


class QuarterForm(GovukForm, forms.Form):
    """Which quarter to open, and for which meeting; asked by GET, so that its dates can be worked out."""

    quarter = forms.ChoiceField(
        label="Which quarter?",
        error_messages={
            "required": "Choose a quarter",
            "invalid_choice": "%(value)s can’t be opened: choose a quarter from the list",
        },
    )
    executive_meets_on = day("When does the CSP Executive meet? (optional)", "the day it meets", required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        quarters: Sequence[Quarter],
        suggested: Quarter | None,
        today: dt.date,
        asks: bool = True,
    ) -> None:
        """`asks`: whether a meeting too early is refused; False once its dates stand on the page and are being saved."""
        self.today, self.asks = today, asks
        super().__init__(data, initial={"quarter": suggested and suggested.slug})
        self.fields["quarter"].choices = [(quarter.slug, f"{quarter}, {quarter.months}") for quarter in quarters]
        self.fields[
            "executive_meets_on"
        ].help_text = (
            "The meeting that gets this quarter’s pack. Without it the dates are counted from the quarter’s end"
        )

    def clean_quarter(self) -> Quarter:
        return Quarter.parse(self.cleaned_data["quarter"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        quarter, meets_on = cleaned.get("quarter"), cleaned.get("executive_meets_on")
        if quarter and meets_on and self.asks and not opening.has_been(quarter, meets_on, self.today):
            try:
                deadlines.from_meeting(quarter, meets_on, opened_on=self.today)
            except deadlines.TooEarly as too_early:
                self.add_error("executive_meets_on", f"{too_early}. Leave it empty to go on with the usual dates")
        return cleaned


class RoundForm(GovukForm, forms.Form):
    """The dates of a round, filled in as they are worked out."""

    submit = "Open the quarter"

    opens_on = day("Opens", "the day it opens", help_text="From then on figures can be given")
    due_on = day("Figures due", "the day figures are due")
    with_words = forms.ChoiceField(
        label="Ask for commentary as well?",
        help_text="The quarter ended a while ago. Without it nobody is asked to explain, and no report says that words are missing",
        choices=[("no", "No, only the figures"), ("yes", "Yes")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether to ask for commentary as well"},
    )
    commentary_due_on = day("Commentary due", "the day commentary is due")
    verify_by = day("Verify by", "the last day for verifying")
    closes_on = day("Closes", "the day it closes")
    take_over_set = forms.BooleanField(required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        quarter: Quarter,
        today: dt.date,
        other_set: opening.SetOf | None,
        cancel_url: str,
        meets_on: dt.date | None = None,
    ) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"with_words": "no", **opening.dates(quarter, meets_on, today)})
        for name, hint in hints(quarter, meets_on, today).items():
            self.fields[name].help_text = hint
        if (today - quarter.end).days <= LONG_PAST:
            del self.fields["with_words"]
        else:
            self.fields["commentary_due_on"].label = "If you ask for it: commentary due"
        if other_set is None:
            del self.fields["take_over_set"]
        else:
            taken = self.fields["take_over_set"]
            taken.label, taken.help_text = take_over_words(quarter.year, other_set)

    def layout(self) -> list[Any]:
        shown: dict[str, Any] = {name: Field(name, context=LEGEND) for name in self.fields}
        first = ["take_over_set"] if shown.pop("take_over_set", None) else []
        if "with_words" in shown:
            shown["with_words"] = Field.radios("with_words", legend_size=Size.SMALL, small=True)
            shown["commentary_due_on"] = Wrap("govuk-inset-text", shown["commentary_due_on"])
        return [*first, *shown.values()]

    def clean(self) -> dict[str, Any]:
        """Without commentary its day is None, whatever stands in its boxes."""
        cleaned = {"take_over_set": False, **(super().clean() or self.cleaned_data)}
        if cleaned.pop("with_words", "yes") == "no":
            self.errors.pop("commentary_due_on", None)
            cleaned["commentary_due_on"] = None
        return cleaned


def take_over_words(year: Year, other: opening.SetOf) -> tuple[str, str]:
    """The words on the box and under it: "Take over the 15 indicators of 2017-18, as data only"."""
    count = f"{other.indicators} indicators" if other.indicators != 1 else "one indicator"
    beside = f"{other.beside} measures" if other.beside != 1 else "measure"
    hint = f"{year} has no monitoring set yet, and asks for nothing without one. Targets can be set afterwards"
    if other.beside:
        hint = f"{hint}. The {beside} beside them {'come' if other.beside != 1 else 'comes'} along"
    return f"Take over the {count} of {other.year}, as data only", hint


def hints(quarter: Quarter, meets_on: dt.date | None, today: dt.date) -> dict[str, str]:
    """What each date is for, and how it is counted."""
    if meets_on:
        due = f"{deadlines.DUE} working days before the meeting is usual"
    elif working_days.add(quarter.end, deadlines.DUE_AFTER) < today:
        due = f"{deadlines.DUE_AFTER} working days from today, as the quarter ended a while ago"
    else:
        due = f"{deadlines.DUE_AFTER} working days after the quarter’s end is usual"
    return {
        "due_on": due,
        "commentary_due_on": "It may come later than the figures, and never holds them up",
        "verify_by": "The last day on which you check what came in",
        "closes_on": "Afterwards no new figures are taken",
    }


class CloseForm(GovukForm, VersionMixin):
    """Closing; with a reason where figures are still out."""

    reason = why("Why is it closed while figures are still out?", "Say why it is closed while figures are still out")

    def __init__(self, data: Any = None, *, round_: Round, is_complete: bool, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        self.submit = f"Close {round_}"
        super().__init__(data, initial={"version": round_.version})
        if is_complete:
            del self.fields["reason"]

    def layout(self) -> list[Any]:
        return [Field.textarea("reason", label_size=Size.SMALL, rows=3)] if "reason" in self.fields else []


class ReopenForm(GovukForm, VersionMixin):
    submit = "Open the quarter again"

    reason = why("Why is the quarter opened again?", "Say why the quarter is opened again")

    def __init__(self, data: Any = None, *, round_: Round, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": round_.version})

    def layout(self) -> list[Any]:
        return [Field.textarea("reason", label_size=Size.SMALL, rows=3)]
