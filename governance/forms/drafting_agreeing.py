"""Forms for the CSP Executive's word on a delivery plan or an application: given here, or recorded as given elsewhere. Conditions stand in rows."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from governance.forms.drafting import People, person, select, words
from governance.giving_word import Condition
from governance.models import Approval, Meeting
from lib.editing import Versioned, VersionMixin
from lib.govuk import Button, Buttons, Choice, DayField, Field, Fieldset, GovukForm, Link, Size, Wrap

Verdict, Route = Approval.Verdict, Approval.Route
MORE, MOST = "more", 20


class AgreeForm(GovukForm, VersionMixin):
    """`record` is what the word is about."""

    verdict = forms.ChoiceField(
        label="What does the CSP Executive say?",
        choices=[
            Choice(Verdict.AGREED.value, Verdict.AGREED.label),
            Choice(Verdict.SUBJECT.value, Verdict.SUBJECT.label, hint="Each with who does it, by when"),
            Choice(Verdict.REFUSED.value, Verdict.REFUSED.label, hint="It goes back to the body with your reason"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is agreed"},
    )
    said = words(
        "What was said? (optional)", 2000, help_text="Needed where it is not agreed: the body reads it on its draft"
    )

    submit = "Give the CSP Executive’s word"

    def __init__(self, data: Any = None, *, record: Versioned, people: People, cancel_url: str) -> None:
        self.people, self.cancel_url = people, cancel_url
        super().__init__(data, initial={"version": record.version})
        sent = str(self.data.get("rows", "")) if self.is_bound else ""
        rows = int(sent) if sent.isdecimal() and len(sent) < 4 else 2
        self.rows = min(rows + (2 if self.asks_for_more else 0), MOST)
        self.fields["rows"] = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=self.rows)
        if self.is_bound:
            self.data = self.data.copy()
            self.data["rows"] = self.rows
        for number in range(1, self.rows + 1):
            self._add_row(number)

    def _add_row(self, number: int) -> None:
        self.fields[f"condition_{number}_text"] = forms.CharField(
            label="What is to be done?", max_length=300, required=False
        )
        self.fields[f"condition_{number}_owner_post"] = forms.CharField(
            label="Which post does it?", max_length=120, required=False
        )
        self.fields[f"condition_{number}_owner"] = person(self.people, "Person (optional)")
        self.fields[f"condition_{number}_due_on"] = DayField(label="By when?", what="the day", required=False)

    @property
    def asks_for_more(self) -> bool:
        """Whether the button for more rows was pressed: nothing is to be saved then."""
        return self.is_bound and self.data.get("do") == MORE

    def show_as_typed(self) -> None:
        """Show what was typed, unchecked."""
        self._errors, self.cleaned_data = ErrorDict(), {}

    def opening(self) -> list[Any]:
        """What is asked before the verdict."""
        return []

    def following(self) -> list[Any]:
        """What is asked right after it."""
        return []

    def layout(self) -> list[Any]:
        conditions = [
            Fieldset(
                Field.text(f"condition_{number}_text"),
                Wrap("csp-side-by-side", f"condition_{number}_owner_post", f"condition_{number}_owner"),
                f"condition_{number}_due_on",
                legend=f"Condition {number}",
                legend_size=Size.SMALL,
            )
            for number in range(1, self.rows + 1)
        ]
        more = Buttons(Button("Add rows for conditions", name="do", value=MORE, kind="secondary"))
        return [
            *self.opening(),
            Field.radios("verdict", legend_size=Size.MEDIUM, small=True),
            *self.following(),
            Field.textarea("said", label_size=Size.SMALL, rows=3),
            Wrap("csp-if-subject", *conditions, more),
            Buttons(Button(self.submit), Link("Cancel", self.cancel_url)),
        ]

    def conditions(self) -> list[Condition]:
        """From a form without errors, every row of the page in its place."""
        said = self.cleaned_data
        return [
            Condition(
                text=said[f"condition_{number}_text"],
                owner_post=said[f"condition_{number}_owner_post"],
                owner=self.people.get(said[f"condition_{number}_owner"]),
                due_on=said[f"condition_{number}_due_on"],
            )
            for number in range(1, self.rows + 1)
        ]

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        return {
            "verdict": said["verdict"],
            "said": said["said"],
            "conditions": self.conditions(),
            "version": said["version"],
        }


class RecordForm(AgreeForm):
    submit = "Record what the CSP Executive said"

    route = forms.ChoiceField(
        label="How was it given?",
        choices=[Choice(Route.MEETING.value, Route.MEETING.label), Choice(Route.MAIL.value, Route.MAIL.label)],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was given in a meeting or by mail"},
    )
    meeting = forms.ChoiceField(label="At which meeting?", required=False)
    given_on = DayField(label="On which day?", what="the day it was given")
    given_by = forms.CharField(
        label="By whom?",
        help_text="The name of whoever said it. Left empty, it was the meeting as a whole",
        max_length=120,
        required=False,
    )
    post = forms.CharField(label="In which post? (optional)", max_length=120, required=False)
    evidence = forms.CharField(
        label="Where can it be read?", help_text="“Minute 4.2”, “Mail of 3 May 2018”", max_length=200, required=False
    )

    def __init__(self, data: Any = None, *, meetings: dict[str, tuple[Meeting, str]], **options: Any) -> None:
        self.meetings = meetings
        super().__init__(data, **options)
        told = [(key, label) for key, (_, label) in meetings.items()]
        self.fields["meeting"].choices = [("", "Not in the list"), *told]

    def opening(self) -> list[Any]:
        small = {"label_size": Size.SMALL}
        return [
            Field.radios("route", legend_size=Size.MEDIUM, small=True),
            Wrap("csp-if-meeting", select("meeting")),
            Field("given_on", context={"legend_size": Size.for_legend(Size.SMALL)}),
            Field.text("given_by", **small),
            Field.text("post", **small),
            Field.text("evidence", **small),
        ]

    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        chosen = self.meetings.get(said["meeting"])
        names = ("given_on", "route", "given_by", "post", "evidence")
        return super().given() | {name: said[name] for name in names} | {"meeting": chosen[0] if chosen else None}
