"""A consultation: begun, described, opened, given longer, closed, opened again."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from consultation.actions.setting_up import OURS, SHOWN_TO_PEOPLE
from consultation.models import Consultation
from lib.editing import VersionMixin
from lib.govuk import DayField, Field, GovukForm, Size
from lib.written import day
from priorities.models import Plan

LABEL, LEGEND = {"label_size": Size.for_label(Size.SMALL)}, {"legend_size": Size.for_legend(Size.SMALL)}
OFF = {"autocomplete": "off"}
LONGEST = 20_000


def line(label: str, most: int, hint: str = "", *, required: str = "") -> forms.CharField:
    """One line of text; optional unless `required` says what to enter."""
    return forms.CharField(
        label=label if required else f"{label} (optional)",
        help_text=hint,
        max_length=most,
        required=bool(required),
        error_messages={"required": required},
        widget=forms.TextInput(attrs=OFF),
    )


def words(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=LONGEST, required=False, widget=forms.Textarea, strip=True
    )


def reason(label: str, required: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text="It stays on the record",
        max_length=300,
        error_messages={"required": required},
        widget=forms.Textarea,
    )


def keep_unseen(form: forms.Form) -> None:
    """Let a box that was not on the page when it was opened stay as it is: somebody else has added its row meanwhile. Browsers send empty boxes too."""
    if not form.is_bound:
        return
    typed: Any = form.data
    data = typed.copy()
    for name, field in form.fields.items():
        if name not in data:
            data[name] = "" if field.initial is None else field.initial
    form.data = data


class AddForm(GovukForm, forms.Form):
    submit = "Begin the consultation"

    title = line(
        "What is it called?", 120, "People read this first, like “What should come first?”", required="Enter a title"
    )
    copied = forms.ModelChoiceField(
        queryset=Consultation.objects.none(),
        label="What does it start with?",
        help_text="A copy has the same questions, concerns, ways and languages, so that the two can be compared. All of it can be changed before it opens",
        required=False,
        empty_label="The standard questions: concerns, feeling safe, connection to the area",
    )
    plan = forms.ModelChoiceField(
        queryset=Plan.objects.none(), label="Which plan is it for? (optional)", required=False, empty_label="No plan"
    )

    def __init__(
        self,
        data: Any = None,
        *,
        earlier: QuerySet[Consultation],
        plans: QuerySet[Plan],
        plan: Plan | None,
        cancel_url: str,
    ) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"plan": plan})
        self.fields["copied"].queryset = earlier  # type: ignore[attr-defined]
        self.fields["copied"].label_from_instance = copy_of  # type: ignore[attr-defined]
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]

    def layout(self) -> list[Any]:
        return [Field("title", context=LABEL), Field("copied", context=LABEL), Field("plan", context=LABEL)]


def copy_of(consultation: Consultation) -> str:
    return f"A copy of “{consultation}”{f', {consultation.opens_on.year}' if consultation.opens_on else ''}"


class ConsultationForm(GovukForm, VersionMixin):
    """All that is known of it. Once it was opened only what people haven't read."""

    submit = "Save the consultation"

    title = line("What is it called?", 120, required="Enter a title")
    purpose = words(
        "What is it for?", "People read this first: what you want to know, and what is done with the answers"
    )
    opens_on = DayField(label="First day", help_text="It opens at midnight", what="its first day", required=False)
    closes_on = DayField(
        label="Last day",
        help_text="It closes at midnight at the end of this day, London time",
        what="its last day",
        required=False,
    )
    purge_on = DayField(
        label="On which day are single answers removed?",
        help_text="After the last day, with time to count them. The counts stay. People are told this day: once it is open it is moved to an earlier one, or to a later one with a reason",
        what="the day on which single answers are removed",
        required=False,
    )
    privacy = words("Privacy notice", "Who holds the answers, why, and for how long. Shown before anything is asked")
    panel = words(
        "Figures beside the questions (optional)",
        "Only from a public report that was issued. They can sway how people answer: leave it empty if in doubt",
    )
    panel_source = line("Which public report are these figures from?", 200)
    threshold = forms.IntegerField(
        label="Smallest number of people that is published",
        help_text="Smaller ones are hidden, and so is whatever gives them back",
        min_value=2,
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Enter the smallest number that is published, like 5"},
    )
    triage_owner = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Who sees to it when somebody writes of harm?",
        help_text="People may write that they or somebody else are being hurt",
        required=False,
        empty_label="Nobody yet",
    )
    plan = forms.ModelChoiceField(
        queryset=Plan.objects.none(), label="Which plan is it for? (optional)", required=False, empty_label="No plan"
    )
    earlier = forms.ModelChoiceField(
        queryset=Consultation.objects.none(),
        label="Which earlier one is it compared with? (optional)",
        required=False,
        empty_label="None",
    )
    note = words("How was it done, and what is to be known of its figures? (optional)", "Printed with the results")

    def __init__(
        self,
        data: Any = None,
        *,
        consultation: Consultation,
        people: Iterable[User],
        earlier: QuerySet[Consultation],
        plans: QuerySet[Plan],
        cancel_url: str,
    ) -> None:
        self.cancel_url = cancel_url
        shown = [*SHOWN_TO_PEOPLE, *OURS] if consultation.is_draft else list(OURS)
        super().__init__(
            data, initial={"version": consultation.version} | {name: getattr(consultation, name) for name in shown}
        )
        for name in [name for name in self.fields if name not in shown and name != "version"]:
            del self.fields[name]
        self.fields["triage_owner"].queryset = people  # type: ignore[attr-defined]
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        self.fields["earlier"].queryset = earlier  # type: ignore[attr-defined]

    def layout(self) -> list[Any]:
        return [self._placed(name) for name in self.fields if name != "version"]

    def _placed(self, name: str) -> Any:
        field = self.fields[name]
        if isinstance(field, DayField):
            return Field(name, context=LEGEND)
        if isinstance(field.widget, forms.Textarea):
            return Field.textarea(name, label_size=Size.SMALL, rows=9 if name == "privacy" else 4)
        if name == "threshold":
            return Field.text(name, label_size=Size.SMALL, field_width=3)
        return Field(name, context=LABEL)

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class OpenForm(GovukForm, VersionMixin):
    submit = "Open the consultation"

    def __init__(self, data: Any = None, *, consultation: Consultation, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": consultation.version})


class ExtendForm(GovukForm, VersionMixin):
    submit = "Give people longer"

    closes_on = DayField(label="New last day", what="the new last day")
    reason = reason("Why do people get longer?", "Say why people get longer")

    def __init__(self, data: Any = None, *, consultation: Consultation, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": consultation.version})
        self.fields["closes_on"].help_text = f"It closes on {day(consultation.closes_on)} now"

    def layout(self) -> list[Any]:
        return [Field("closes_on", context=LEGEND), Field.textarea("reason", label_size=Size.SMALL, rows=3)]


class ReopenForm(ExtendForm):
    submit = "Open it again"

    def __init__(self, data: Any = None, *, consultation: Consultation, on: dt.date, cancel_url: str) -> None:
        super().__init__(data, consultation=consultation, cancel_url=cancel_url)
        self.fields["reason"].label = "Why does it open again?"
        self.fields["reason"].error_messages["required"] = "Say why it opens again"
        closes = consultation.closes_on
        self.fields["closes_on"].help_text = f"Its last day was {day(closes)}"
        if closes and closes >= on and "closes_on" not in self.initial:
            self.initial["closes_on"] = closes


class CloseForm(GovukForm, VersionMixin):
    submit = "Close the consultation"

    reason = reason("Why does it close early?", "Say why it closes early")

    def __init__(self, data: Any = None, *, consultation: Consultation, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": consultation.version})

    def layout(self) -> list[Any]:
        return [Field.textarea("reason", label_size=Size.SMALL, rows=3)]
