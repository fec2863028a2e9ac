"""Forms for the decision on an application: given here or recorded, with what is agreed of each year's amount; and for the project that comes of it."""

import datetime as dt
from typing import Any

from django import forms

from accounts.models import Organisation, User
from governance import giving_word
from governance.actions.applications_deciding import WORDS
from governance.forms import drafting_agreeing as agreeing
from governance.forms.amounts import AmountField
from governance.forms.applications import GONE, MONEY, SMALL
from governance.forms.drafting import People, select
from governance.funding import applying
from governance.funding.applying import box
from governance.models import Approval, FundingApplication, FundingStream
from lib.editing import VersionMixin
from lib.govuk import Choice, Field, Fieldset, GovukForm, Size, Wrap
from lib.written import pounds

Verdict, Route = Approval.Verdict, Approval.Route
VERDICTS = [
    Choice(Verdict.AGREED.value, Verdict.AGREED.label),
    Choice(Verdict.SUBJECT.value, Verdict.SUBJECT.label, hint="Each with who does it, by when"),
    Choice(Verdict.REFUSED.value, "Declined", hint="It stays on the record with your reason"),
]


class _Amounts:
    """Boxes for what is agreed of each year's amount, filled with what was asked for. The mixin comes before the form of the word."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, data: Any = None, *, record: FundingApplication, on: dt.date, **options: Any) -> None:
        self.record, self.today = record, on
        self.asked = {row.year: row.amount for row in record.years.all() if row.amount}
        super().__init__(data, record=record, **options)  # type: ignore[call-arg]
        self.fields["verdict"].choices = VERDICTS  # type: ignore[attr-defined]
        self.fields["said"].label = "Why, or what else was said?"
        self.fields["said"].help_text = "Needed where it is declined, or less is agreed than was asked for"
        for year, amount in self.asked.items():
            self.fields[box(year, "agreed")] = AmountField(
                label=str(year),
                help_text=f"{pounds(amount)} is asked for",
                what=f"The amount agreed for {year}",
                required=False,
                initial=amount,
            )
        place = [
            "route",
            "meeting",
            "given_on",
            "given_by",
            "post",
            "evidence",
        ]  # as they stand, for the summary of errors
        self.order_fields([*place, "verdict", *(box(year, "agreed") for year in self.asked), "said"])  # type: ignore[attr-defined]

    def following(self) -> list[Any]:
        boxes = [Field(box(year, "agreed"), context=MONEY) for year in self.asked]
        legend = "How much is agreed, by financial year"
        return [Wrap("csp-unless-declined", Fieldset(Wrap("csp-years", *boxes), legend=legend, legend_size=Size.SMALL))]

    def clean(self) -> dict[str, Any]:
        """What is wrong with what can be read is told together with what can't be."""
        said: dict[str, Any] = super().clean() or self.cleaned_data  # type: ignore[misc]
        if not self.record.is_submitted or said.get("version") != self.record.version:
            return said  # that somebody was quicker is told first, by the action
        for name, sentence in self.wrong().items():
            if name in self.fields and name not in self.errors:  # type: ignore[attr-defined]
                self.add_error(name, sentence)  # type: ignore[attr-defined]
        return said

    def wrong(self) -> dict[str, str]:
        """By box; none where the verdict is not given."""
        said = self.cleaned_data
        verdict, why = said.get("verdict", ""), said.get("said", "").strip()
        if not verdict:
            return {}
        errors = giving_word.faults_of_word(verdict, why, self.conditions(), self.word_given_on(), WORDS)  # type: ignore[attr-defined]
        agreed = {year: said.get(box(year, "agreed")) for year in self.asked}
        return errors | (applying.faults_of_agreed(self.asked, agreed, why) if verdict in Approval.AGREEING else {})

    def word_given_on(self) -> dt.date:
        """No condition is to be met before it."""
        return self.today

    def given(self) -> dict[str, Any]:
        agreed = {year: self.cleaned_data[box(year, "agreed")] for year in self.asked}
        return super().given() | {"agreed": agreed}  # type: ignore[misc]


class DecideForm(_Amounts, agreeing.AgreeForm):
    submit = "Give the CSP Executive’s decision"


class RecordForm(_Amounts, agreeing.RecordForm):
    submit = "Record the CSP Executive’s decision"

    def wrong(self) -> dict[str, str]:
        said = self.cleaned_data
        chosen = self.meetings.get(said.get("meeting", "")) if said.get("route") == Route.MEETING else None
        evidence, given_by = said.get("evidence", "").strip(), said.get("given_by", "").strip()
        errors = giving_word.faults_of_place(
            self.record,
            said.get("given_on"),
            said.get("route", ""),
            chosen[0] if chosen else None,
            evidence,
            given_by,
            self.today,
            WORDS,
        )
        return super().wrong() | errors

    def word_given_on(self) -> dt.date:
        return self.cleaned_data.get("given_on") or dt.date.min


class ProjectForm(GovukForm, VersionMixin):
    """What a project needs beside what the application says. The stream is asked for only where it names none.

    `words` tell "streams" and "organisations" apart; `people` are those who may give spend.
    """

    submit = "Make it a project"

    name = forms.CharField(
        label="What is the project called?",
        max_length=160,
        error_messages={"required": "Enter the name of the project"},
    )
    stream = forms.ChoiceField(
        label="Which stream pays for it?",
        required=False,
        error_messages={"invalid_choice": GONE},
    )
    organisation = forms.ChoiceField(
        label="Which organisation spends it?", required=False, error_messages={"invalid_choice": GONE}
    )

    def __init__(
        self,
        data: Any = None,
        *,
        application: FundingApplication,
        streams: dict[str, FundingStream],
        organisations: dict[str, Organisation],
        words: dict[str, dict[str, str]],
        people: People,
        cancel_url: str,
    ) -> None:
        self.streams, self.organisations, self.people = streams, organisations, people
        self.cancel_url = cancel_url
        initial = {"version": application.version, "name": application.title}
        super().__init__(data, initial=initial | {"organisation": str(application.organisation_id or "")})
        self.fields["stream"].choices = [("", "Choose a stream"), *words["streams"].items()]
        self.fields["organisation"].choices = [("", "Choose an organisation"), *words["organisations"].items()]
        self.fields["lead"] = forms.ChoiceField(
            label="Who gives its spend every quarter?",
            help_text="They are asked for it with the quarter’s figures, from the first quarter on",
            choices=[("", "Choose a data lead"), *((key, one.label) for key, one in people.items())],
            required=False,
            error_messages={"invalid_choice": "Choose one of the data leads"},
        )
        if application.stream_id:
            del self.fields["stream"]

    def layout(self) -> list[Any]:
        return [
            Field.text("name", **SMALL),
            *(select(name) for name in ("stream", "organisation", "lead") if name in self.fields),
        ]

    def given(self) -> dict[str, Any]:
        """What the action takes, from a form without errors."""
        said = self.cleaned_data
        lead: User | None = self.people.get(said["lead"])
        return {
            "name": said["name"],
            "stream": self.streams.get(said.get("stream", "")),
            "organisation": self.organisations.get(said["organisation"]),
            "lead": lead,
            "version": said["version"],
        }
