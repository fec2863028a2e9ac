"""The dates of an open quarter: worked out anew from the meeting for review, then saved."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Self

from django import forms

from indicators import deadlines
from indicators.forms.rounds import LEGEND, day
from indicators.models import Round
from lib.editing import VersionMixin
from lib.govuk import Button, Buttons, Field, GovukForm, Link
from lib.written import day_year

WORK_OUT = "work-out"  # what the button sends that only shows
NO_MEETING = "none"


class DatesForm(GovukForm, VersionMixin):
    """The meeting and the dates that hang on it. Which of them move with it is said under each."""

    executive_meets_on = day("CSP Executive meets (optional)", "the day it meets", required=False)
    opens_on = day("Opens", "the day it opens", help_text="It does not depend on the meeting")
    due_on = day("Figures due", "the day figures are due")
    commentary_due_on = day("Commentary due", "the day commentary is due")
    verify_by = day("Verify by", "the last day for verifying")
    closes_on = day("Closes", "the day it closes")
    # From which meeting the dates on the page were worked out, so that what was typed over them is told apart. Empty: they are those held.
    worked_out_from = forms.CharField(required=False, widget=forms.HiddenInput, max_length=10)

    def __init__(
        self, data: Any = None, *, round_: Round, cancel_url: str, proposed: Mapping[str, Any] | None = None
    ) -> None:
        """`proposed`: what is shown for review in place of what is held."""
        self.round_, self.cancel_url = round_, cancel_url
        self.held = {name: getattr(round_, name) for name in deadlines.NAMES}
        shown = {"version": round_.version, "executive_meets_on": round_.executive_meets_on, **self.held}
        super().__init__(data, initial={**shown, **(proposed or {})})
        self.is_proposal = proposed is not None
        if round_.commentary_due_on is None:
            del self.fields["commentary_due_on"]
        for name in deadlines.FROM_THE_MEETING:
            if name in self.fields:
                self.fields[name].help_text = self._hint(name, self.initial[name])

    def _hint(self, name: str, shown: dt.date) -> str:
        held = self.held[name]
        was = f". It was {day_year(held)}" if held and shown != held else ""
        if name in self.round_.set_by_hand:
            return f"Set by hand, so it stays when the meeting moves{was}"
        return f"{'Moves with the meeting' if self.initial['executive_meets_on'] else 'Moves once the meeting is known'}{was}"

    def layout(self) -> list[Any]:
        dates = [name for name in self.fields if name not in ("version", "worked_out_from", "executive_meets_on")]
        return [
            Field("executive_meets_on", context=LEGEND),
            # First in the form, so that the return key shows and does not save.
            Buttons(Button("Work out the dates", name="do", value=WORK_OUT, kind="secondary")),
            *(Field(name, context=LEGEND) for name in dates),
            Buttons(Button("Save the dates", name="do", value="save"), Link("Cancel", self.cancel_url)),
        ]

    def as_said(self) -> dict[str, Any]:
        """What `actions.change_dates` takes, from a form without errors."""
        said = {name: day for name, day in self.cleaned_data.items() if name != "worked_out_from"}
        return {"commentary_due_on": None, **said}

    def worked_out(self) -> Self:
        """The same page with the dates that nobody has touched worked out from the meeting as typed; nothing is saved.

        From a form without errors. A meeting too early is said at its box, with everything else as typed.
        """
        meets_on, opens_on = self.cleaned_data["executive_meets_on"], self.cleaned_data["opens_on"]
        try:
            worked_out = deadlines.work_out(self.round_.quarter, meets_on, opened_on=opens_on)
        except deadlines.TooEarly as too_early:
            self.add_error("executive_meets_on", f"{too_early}. Change it, or set the dates by hand")
            return self
        touched = {*self.round_.set_by_hand, *self._typed_over()}
        typed = {name: day for name, day in self.cleaned_data.items() if name in deadlines.NAMES}
        new = {name: worked_out[name] for name in deadlines.FROM_THE_MEETING if name in typed and name not in touched}
        proposed = {
            **typed,
            **new,
            "version": self.cleaned_data["version"],
            "executive_meets_on": meets_on,
            "worked_out_from": meets_on.isoformat() if meets_on else NO_MEETING,
        }
        return type(self)(round_=self.round_, cancel_url=self.cancel_url, proposed=proposed)

    def _typed_over(self) -> set[str]:
        """The dates in whose boxes stands something else than the page had shown."""
        shown = dict(self.held)
        if before := self.cleaned_data["worked_out_from"]:
            try:
                meeting = None if before == NO_MEETING else dt.date.fromisoformat(before)
                worked_out = deadlines.work_out(self.round_.quarter, meeting, opened_on=self.cleaned_data["opens_on"])
            except ValueError:  # not what this page had written there
                pass
            else:
                shown |= deadlines.moved(self.held, worked_out, by_hand=self.round_.set_by_hand)
        return {name for name in deadlines.FROM_THE_MEETING if self.cleaned_data.get(name, shown[name]) != shown[name]}
