"""What becomes of each open action at the end of a plan's year, on one page; and the closing of the plan."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts import audit, lost_edits
from governance.actions.updates import RowsRefused
from governance.actions.year_end import CARRY, CLOSE, COMPLETE, LONGEST, MERGE, Choice
from governance.models import Action, DeliveryPlan
from governance.year_end_page import Open
from lib.editing import Stale, VersionMixin
from lib.govuk import DayField, Field, GovukForm, Size

WORDS = {
    COMPLETE: "Complete",
    CARRY: "Carry forward into {next}",
    MERGE: "Merge into another",
    CLOSE: "Close",
}
LEAVE = "Leave open"


def _reason(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST)


class SettleForm(GovukForm, VersionMixin):
    """One action's choice. Nothing is chosen or filled in beforehand: the day of completion says whether it was in time."""

    what = forms.ChoiceField(label="What becomes of it?", required=False, widget=forms.RadioSelect)
    done_on = DayField(label="When was it completed?", what="the day it was completed", required=False)
    new_due_on = DayField(label="When is it due then?", what="the new date", required=False)
    carry_reason = _reason("Why is it carried forward?")
    into = forms.ChoiceField(label="Into which action?", required=False)
    merge_reason = _reason("Why are they merged?")
    close_reason = _reason("Why is it closed?")

    def __init__(self, data: Any = None, *, line: Open, others: Iterable[Action]) -> None:
        self.line, action = line, line.action
        self.changed: list[audit.Line] = []
        year = action.delivery_plan.year
        super().__init__(data, initial={"version": action.version}, prefix=f"a{action.pk}")
        choices = [(code, words.format(next=year.next)) for code, words in WORDS.items()]
        into = [(str(one.pk), f"{one.reference} {one.title}") for one in others if one.pk != action.pk]
        self.fields["what"].label = f"What becomes of {action.reference}?"
        self.fields["what"].choices = [*(one for one in choices if into or one[0] != MERGE), ("", LEAVE)]
        self.fields["into"].choices = [("", "Choose an action"), *into]
        self.fields["new_due_on"].help_text = f"From {_figures(year.next.start)} to {_figures(year.next.end)}"
        for name in ("carry_reason", "merge_reason", "close_reason"):
            self.fields[name].error_messages["max_length"] = (
                f"The reason for {action.reference} must be {LONGEST} characters or fewer"
            )
        for name, thing in (("done_on", "the day {} was completed"), ("new_due_on", "the new date of {}")):
            self.fields[name].what = thing.format(action.reference)

    @property
    def is_chosen(self) -> bool:
        return self.is_bound and bool(self.data.get(f"{self.prefix}-what"))

    @property
    def chosen(self) -> str:
        return str(self["what"].value() or "")

    def full_clean(self) -> None:
        """What stands in the boxes of another choice is no fault."""
        super().full_clean()
        if self.is_bound and self._errors:
            mine = {"what", "version", "__all__", *BOXES.get(self.chosen, ())}
            for name in [name for name in self._errors if name not in mine]:
                del self._errors[name]

    def choice(self) -> Choice:
        """What `actions.year_end.settle` takes, from a form without errors."""
        said, what = self.cleaned_data, self.cleaned_data["what"]
        return Choice(
            what,
            said["version"],
            day={COMPLETE: said.get("done_on"), CARRY: said.get("new_due_on")}.get(what),
            into=int(said["into"]) if what == MERGE and said.get("into") else None,
            reason=said.get(f"{what}_reason", ""),
        )

    def refused(self, refusal: ValidationError) -> None:
        """At the boxes that it names; a row that others changed gets its present version, and says what they did."""
        if isinstance(refusal, Stale):
            self.changed = lost_edits.refused(self, refusal, self.line.action)
        else:
            lost_edits.add(self, refusal)
        for sentence in self.errors.pop("__all__", []):
            self.add_error("what", sentence)


BOXES = {
    COMPLETE: ("done_on",),
    CARRY: ("new_due_on", "carry_reason"),
    MERGE: ("into", "merge_reason"),
    CLOSE: ("close_reason",),
}


class YearEndForm:
    """The whole page. Answers as one form where the page asks for errors."""

    def __init__(self, data: Any, *, lines: Iterable[Open]) -> None:
        self.is_bound = data is not None
        self.general: list[str] = []
        found = list(lines)
        others = [line.action for line in found]
        self.rows = [SettleForm(self._sent_of(data, line), line=line, others=others) for line in found]

    @staticmethod
    def _sent_of(data: Any, line: Open) -> Any:
        """A row that was not on the page that was sent is shown anew."""
        return data if data is not None and f"a{line.action.pk}-version" in data else None

    @property
    def chosen(self) -> list[SettleForm]:
        return [row for row in self.rows if row.is_chosen]

    def is_valid(self) -> bool:
        if self.is_bound and not self.general and not self.chosen:
            self.general = ["Choose what becomes of at least one action"]
        return self.is_bound and not self.general and not any([row.errors for row in self.chosen])

    def choices(self) -> dict[int, Choice]:
        return {row.line.action.pk: row.choice() for row in self.chosen}

    def refused(self, refusal: ValidationError) -> None:
        rows: Mapping[int, ValidationError] = refusal.rows if isinstance(refusal, RowsRefused) else {}
        if not rows:
            self.general += refusal.messages
        for row in self.chosen:
            if own := rows.get(row.line.action.pk):
                row.refused(own)

    def gone(self, sent: Mapping[str, Any], ended: Iterable[Action]) -> None:
        """Say of a row with a choice whose action has ended since the page was opened who was quicker."""
        for action in ended:
            if sent.get(f"a{action.pk}-what"):
                told = f"{action.reference} has ended since you opened this page: {action.get_ending_display().lower()}"
                self.general.append(f"{told}. Nothing was saved: look at it, then record the other choices")

    # as `error_summary` and the page's title ask of a form

    def non_field_errors(self) -> list[str]:
        return self.general

    def hidden_fields(self) -> list[Any]:
        return [row["version"] for row in self.chosen]

    def visible_fields(self) -> list[Any]:
        rows = self.chosen or self.rows[:1]
        return [field for row in rows for field in row.visible_fields()]


class CloseForm(GovukForm, VersionMixin):
    closing_note = forms.CharField(
        label="What did the year come to?",
        help_text="In a few sentences. It stands on the plan for good",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "Say in a sentence or two what the year came to"},
    )

    def __init__(self, data: Any = None, *, plan: DeliveryPlan) -> None:
        self.submit = f"Close the plan for {plan.year}"
        super().__init__(data, initial={"version": plan.version})

    def layout(self) -> list[Any]:
        return [Field.textarea("closing_note", label_size=Size.SMALL, rows=5)]


def _figures(day: dt.date) -> str:
    return f"{day.day} {day.month} {day.year}"
