"""The dates of an open quarter: worked out anew from the meeting for review, then saved."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.utils.html import format_html

from indicators import deadlines
from indicators.forms.rounds import LEGEND, day
from indicators.models import Round
from lib.editing import VersionMixin
from lib.govuk import Button, Buttons, Field, GovukForm, Link, Wrap
from lib.written import day_year

WORK_OUT = "work-out"  # what the button sends that only shows
NO_MEETING = "none"
AGAIN = "again_"  # before the name of a date set by hand: whether it is to move with the meeting again


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
        self.stands = {"executive_meets_on": round_.executive_meets_on, **self.held}
        super().__init__(data, initial={"version": round_.version, **self.stands, **(proposed or {})})
        self.is_proposal = proposed is not None
        if round_.commentary_due_on is None:
            del self.fields["commentary_due_on"]
        for name in deadlines.FROM_THE_MEETING:
            if name in self.fields:
                self.fields[name].help_text = self._hint(name, self.initial[name])
                if name in round_.set_by_hand:
                    of = format_html('<span class="govuk-visually-hidden">: {}</span>', self.fields[name].label)
                    label = format_html("Let it move with the meeting again{}", of)
                    self.fields[AGAIN + name] = forms.BooleanField(required=False, label=label)

    def _hint(self, name: str, shown: dt.date) -> str:
        held = self.held[name]
        was = f". It was {day_year(held)}" if held and shown != held else ""
        if name in self.round_.set_by_hand and not self.initial.get(AGAIN + name):
            return f"Set by hand, so it stays when the meeting moves{was}"
        return f"{'Moves with the meeting' if self.initial['executive_meets_on'] else 'Moves once the meeting is known'}{was}"

    @property
    def all_stay(self) -> bool:
        """Whether no date moves with the meeting, since each was set by hand."""
        dates = [name for name in deadlines.FROM_THE_MEETING if name in self.fields]
        return all(name in self.round_.set_by_hand and not self.initial.get(AGAIN + name) for name in dates)

    def layout(self) -> list[Any]:
        dates = [name for name in deadlines.NAMES if name in self.fields]
        return [
            Field("executive_meets_on", context=LEGEND),
            # First in the form, so that the return key shows and does not save.
            Buttons(Button("Work out the dates", name="do", value=WORK_OUT, kind="secondary")),
            *(self._date(name) for name in dates),
            Buttons(Button("Save the dates", name="do", value="save"), Link("Cancel", self.cancel_url)),
        ]

    def _date(self, name: str) -> Any:
        shown = Field(name, context=LEGEND)
        return Wrap("csp-date-by-hand", shown, AGAIN + name) if AGAIN + name in self.fields else shown

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self._let_move() & self._typed_over():
            self.add_error(name, "Set this day, or let it move with the meeting: it can’t be both")
        return cleaned

    def as_said(self) -> dict[str, Any]:
        """What `actions.change_dates` takes, from a form without errors. Dates left as the page had shown them are nobody's."""
        days = {name: self.cleaned_data.get(name) for name in (*deadlines.NAMES, "executive_meets_on")}
        said = {"version": self.cleaned_data["version"], "typed": self._typed_over(), "let_move": self._let_move()}
        return {**days, **said}

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
        touched = {*self.round_.set_by_hand} - self._let_move() | self._typed_over()
        typed = {name: day for name, day in self.cleaned_data.items() if name in deadlines.NAMES}
        new = {name: worked_out[name] for name in deadlines.FROM_THE_MEETING if name in typed and name not in touched}
        proposed = {
            **typed,
            **new,
            **{AGAIN + name: True for name in self._let_move()},
            "version": self.cleaned_data["version"],
            "executive_meets_on": meets_on,
            "worked_out_from": meets_on.isoformat() if meets_on else NO_MEETING,
        }
        return type(self)(round_=self.round_, cancel_url=self.cancel_url, proposed=proposed)

    def _let_move(self) -> set[str]:
        """The dates set by hand that are ticked to move with the meeting again."""
        return {name for name in self.round_.set_by_hand if self.cleaned_data.get(AGAIN + name)}

    def _typed_over(self) -> set[str]:
        """The dates in whose boxes stands something else than the page had shown."""
        shown = {name: {day} for name, day in self.held.items()}
        if (before := self.cleaned_data.get("worked_out_from")) and self.cleaned_data.get("opens_on"):
            try:
                meeting = None if before == NO_MEETING else dt.date.fromisoformat(before)
                worked_out = deadlines.work_out(self.round_.quarter, meeting, opened_on=self.cleaned_data["opens_on"])
            except ValueError:  # not what this page had written there
                pass
            else:
                stayed = {*self.round_.set_by_hand} - self._let_move()
                shown |= {name: {day} for name, day in deadlines.moved(self.held, worked_out, by_hand=stayed).items()}
        for name in self._let_move():  # ticked before the dates were worked out, or since
            shown[name].add(self.held[name])
        cleaned = self.cleaned_data
        return {name for name in deadlines.FROM_THE_MEETING if cleaned.get(name) and cleaned[name] not in shown[name]}
