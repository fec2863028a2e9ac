"""Forms of what a project reports: the year's forecast, what it promised to count, the days of its funder's reports."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from governance.actions.projects_outputs import Count
from governance.forms.amounts import AmountField
from governance.models import FunderReport, Output, OutputCount, Project
from indicators.numbers import Unreadable, parse_count
from lib.editing import VersionMixin
from lib.govuk import DayField, Field, GovukForm, Size
from lib.numerals import figure
from lib.quarters import Quarter, Year

LONGEST = 300
MONEY = {"context": {"label_size": Size.for_label(Size.SMALL), "input_prefix": "£", "width": 10}}
SMALL = {"context": {"label_size": Size.for_label(Size.SMALL)}}
DAY = {"context": {"legend_size": Size.for_legend(Size.SMALL)}}


def _words(label: str, *, asked: str = "", most: int = LONGEST, hint: str = "", rows: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label if asked else f"{label} (optional)",
        help_text=hint,
        max_length=most,
        required=bool(asked),
        widget=forms.Textarea if rows else forms.TextInput,
        error_messages={"required": asked} if asked else {},
    )


def _number(typed: str, thing: str) -> Decimal | None:
    """A whole number; None where nothing was typed."""
    if not typed.strip():
        return None
    try:
        return parse_count(typed, thing=thing, like="120", exact=f"{thing} must be exact: type the number itself")
    except Unreadable as unreadable:
        raise forms.ValidationError(str(unreadable)) from None


def _box(**more: Any) -> forms.CharField:
    attrs = {"inputmode": "numeric", "autocomplete": "off"}
    return forms.CharField(required=False, max_length=40, widget=forms.TextInput(attrs=attrs), **more)


class ForecastForm(GovukForm, VersionMixin):
    """Of one year. `reason` is asked for by the action, which knows the year's money."""

    submit = "Save the forecast"

    reason = _words("Why is it more or less than the year’s money?", hint="Not needed where it is the same")

    def __init__(
        self, data: Any = None, *, project: Project, year: Year, amount: Decimal | None, reason: str, cancel_url: str
    ) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": project.version, "amount": amount, "reason": reason})
        self.fields["amount"] = AmountField(
            label=f"How much will it have spent in {year} by {year.end.day} March {year.end.year}?",
            help_text="Like 52,825 or 12,345.67",
            what="The forecast",
            initial=amount,
        )
        self.fields["reason"].label = "Why is it more or less than the year’s money?"

    def layout(self) -> list[Any]:
        return [
            Field("amount", **MONEY),
            Field.textarea("reason", label_size=Size.SMALL, rows=3),
        ]


class OutputForm(GovukForm, VersionMixin):
    """`output` is None for a new one."""

    text = _words(
        "What is counted?", asked="Say what is counted", most=200, hint="Such as “Young people worked with”", rows=False
    )
    promised = _box(
        label="How much of it was promised by the end? (optional)",
        help_text="Leave it empty where no number was promised",
    )

    def __init__(self, data: Any = None, *, output: Output | None = None, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        self.submit = "Save the output" if output else "Add the output"
        initial: dict[str, Any] = {"version": 0}
        if output:
            initial = {"version": output.version, "text": output.text, "promised": figure(output.promised)}
        super().__init__(data, initial=initial)

    def layout(self) -> list[Any]:
        return [
            Field.text("text", label_size=Size.SMALL),
            Field.text("promised", label_size=Size.SMALL, field_width=5),
        ]

    def clean_promised(self) -> Decimal | None:
        return _number(self.cleaned_data["promised"], "The number promised")


class BecauseForm(GovukForm, VersionMixin):
    """A record that is wanted no more."""

    because = _words("Why?", asked="Say why")

    def __init__(
        self, data: Any = None, *, record: Output | FunderReport, label: str, asked: str, submit: str, cancel_url: str
    ) -> None:
        self.cancel_url, self.submit = cancel_url, submit
        super().__init__(data, initial={"version": record.version})
        self.fields["because"].label = label
        self.fields["because"].error_messages["required"] = asked

    def layout(self) -> list[Any]:
        return [Field.textarea("because", label_size=Size.SMALL, rows=3)]


class CountsForm(GovukForm, VersionMixin):
    """All outputs of a project in one quarter: a number and a few words each. An empty row says nothing; what was counted can't be emptied."""

    def __init__(
        self,
        data: Any = None,
        *,
        project: Project,
        outputs: Sequence[Output],
        held: dict[int, OutputCount],
    ) -> None:
        self.outputs, self.held = list(outputs), held
        super().__init__(data, initial={"version": project.version})
        for output in self.outputs:
            was = held.get(output.pk)
            self.fields[f"number_{output.pk}"] = _box(
                label=f"{output.text}: how many?", initial=figure(was.number) if was else ""
            )
            self.fields[f"said_{output.pk}"] = forms.CharField(
                label=f"{output.text}: note (optional)",
                max_length=LONGEST,
                required=False,
                initial=was.said if was else "",
            )

    def rows(self) -> list[tuple[Output, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"number_{one.pk}"], self[f"said_{one.pk}"]) for one in self.outputs]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for output in self.outputs:
            box = f"number_{output.pk}"
            if box not in cleaned:
                continue
            try:
                cleaned[box] = _number(cleaned[box], f"The number for “{output.text}”")
            except forms.ValidationError as error:
                self.add_error(box, error)
                continue
            if cleaned[box] is None and output.pk in self.held:
                self.add_error(box, f"Enter the number for “{output.text}”: 0 if there were none")
            elif cleaned[box] is None and cleaned.get(f"said_{output.pk}"):
                self.add_error(box, f"Enter the number for “{output.text}” that the note is about")
        return cleaned

    def counts(self) -> dict[Output, Count]:
        """What the action takes, from a form without errors."""
        said = self.cleaned_data
        return {
            one: Count(said[f"number_{one.pk}"], said[f"said_{one.pk}"])
            for one in self.outputs
            if said[f"number_{one.pk}"] is not None
        }


class ReportForm(GovukForm, forms.Form):
    """Another day on which the funder wants to hear of the project."""

    submit = "Add the report"

    due_on = DayField(label="When does the funder want it?", what="the day on which the funder wants it")

    def __init__(self, data: Any = None, *, quarters: Sequence[Quarter]) -> None:
        super().__init__(data)
        self.quarters = {quarter.slug: quarter for quarter in quarters}
        shown = [("", "Choose a quarter"), *((slug, str(one)) for slug, one in self.quarters.items())]
        self.fields["until_quarter"] = forms.ChoiceField(
            label="Covers up to which quarter?",
            choices=shown,
            error_messages={"required": "Choose the last quarter that it covers"},
        )

    def layout(self) -> list[Any]:
        return [Field("due_on", **DAY), Field("until_quarter", **SMALL)]

    def clean_until_quarter(self) -> Quarter:
        return self.quarters[self.cleaned_data["until_quarter"]]


class SentForm(GovukForm, VersionMixin):
    submit = "Say that it was sent"

    sent_on = DayField(label="On which day was it sent?", what="the day it was sent")
    note = _words("Note", hint="How it was sent, to whom, or what it said beside the figures")

    def __init__(self, data: Any = None, *, report: FunderReport, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": report.version})

    def layout(self) -> list[Any]:
        return [Field("sent_on", **DAY), Field.textarea("note", label_size=Size.SMALL, rows=2)]
