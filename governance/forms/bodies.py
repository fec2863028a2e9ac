"""Forms about a body: what is known of it, and where it stands."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from governance.actions.bodies import Facts
from governance.models import Body
from lib.editing import VersionMixin
from lib.govuk import DayField, Field, GovukForm, Size, Wrap
from priorities.models import Priority

LABEL, LEGEND = {"label_size": Size.for_label(Size.SMALL)}, {"legend_size": Size.for_legend(Size.SMALL)}
LONGEST_FUNCTION = 300
OFF = {"autocomplete": "off"}


def _line(label: str, most: int, hint: str = "", *, required: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=bool(required),
        error_messages={"required": required},
        widget=forms.TextInput(attrs=OFF),
    )


def _text(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=20_000, required=False, widget=forms.Textarea)


class BodyAddForm(GovukForm, forms.Form):
    """A new body."""

    submit = "Add the body"

    name = _line("Name", 120, required="Enter its name")
    short_name = _line("Short name", 40, "For tables and running lines", required="Enter a short name")
    code = _line("Code", 8, "Stands before its numbers, like ASB in “ASB 3”", required="Enter a code")
    kind = forms.ChoiceField(
        label="What kind of body is it?",
        choices=Body.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what kind of body it is"},
    )
    functions = _text("What is it there for? (optional)", "One function a line")
    terms_of_reference = _text("Terms of reference (optional)")
    also_called = _line("Also called (optional)", 200, "Other names in use, or another spelling")
    note = _text("Note (optional)")
    paper_days = forms.IntegerField(
        label="Clear working days between a paper and its meeting",
        help_text="The day of publication and the day of the meeting don’t count",
        min_value=0,
        max_value=30,
        initial=5,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Enter the number of working days",
            "invalid": "The number of working days must be a whole number, like 5",
            "min_value": "The number of working days must be between 0 and 30",
            "max_value": "The number of working days must be between 0 and 30",
        },
    )
    risk_appetite = forms.IntegerField(
        label="Risks are reported over a score of",
        help_text="Likelihood times impact, from 1 to 25",
        min_value=1,
        max_value=25,
        initial=9,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Enter the score over which risks are reported",
            "invalid": "The score must be a whole number from 1 to 25",
            "min_value": "The score must be from 1 to 25",
            "max_value": "The score must be from 1 to 25",
        },
    )
    started_on = DayField(label="First day (optional)", what="its first day", required=False)
    ended_on = DayField(
        label="Last day (optional)",
        help_text="Once it is over. It stays on the record",
        what="its last day",
        required=False,
    )

    def __init__(self, data: Any = None, *, cancel_url: str, initial: dict[str, Any] | None = None) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial=initial)

    def layout(self) -> list[Any]:
        return [
            Field("name", context=LABEL),
            Field.text("short_name", label_size=Size.SMALL, field_width=20),
            Field.text("code", label_size=Size.SMALL, field_width=10),
            Field("kind", context=LEGEND | {"radios_small": True}),
            Field.textarea("functions", label_size=Size.SMALL, rows=6),
            Field.textarea("terms_of_reference", label_size=Size.SMALL, rows=6),
            Field("also_called", context=LABEL),
            Field.textarea("note", label_size=Size.SMALL, rows=3),
            Field.text("paper_days", label_size=Size.SMALL, field_width=3),
            Field.text("risk_appetite", label_size=Size.SMALL, field_width=3),
            Field("started_on", context=LEGEND),
            Field("ended_on", context=LEGEND),
        ]

    def clean_functions(self) -> tuple[str, ...]:
        lines = tuple(line.strip() for line in self.cleaned_data["functions"].splitlines() if line.strip())
        if any(len(line) > LONGEST_FUNCTION for line in lines):
            raise forms.ValidationError(f"Each function must be {LONGEST_FUNCTION} characters or fewer")
        return lines

    def facts(self) -> Facts:
        """What the actions take, from a form without errors."""
        return Facts(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class BodyForm(BodyAddForm, VersionMixin):
    submit = "Save the body"

    def __init__(self, data: Any = None, *, body: Body, cancel_url: str) -> None:
        names = [name for name in BodyAddForm.base_fields if name != "functions"]
        functions = "\n".join(body.functions.order_by("order").values_list("text", flat=True))
        known = {name: getattr(body, name) for name in names}
        super().__init__(data, cancel_url=cancel_url, initial=known | {"functions": functions, "version": body.version})


class _Bodies(forms.ModelMultipleChoiceField):
    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__(
            queryset=Body.objects.none(),
            label=label,
            help_text=hint,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Choose bodies from the list"},
        )


class LinksForm(GovukForm, VersionMixin):
    """Where a body stands, and which priorities it serves."""

    submit = "Save where it stands"

    parent = forms.ModelChoiceField(
        queryset=Body.objects.none(),
        label="It stands under (optional)",
        help_text="The one body above it",
        required=False,
        empty_label="No body",
        error_messages={"invalid_choice": "Choose a body from the list"},
    )
    serves = forms.ModelMultipleChoiceField(
        queryset=Priority.objects.none(),
        label="It serves these priorities (optional)",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose priorities from the list"},
    )
    accountable = _Bodies("It answers to (optional)", "Besides the body above it")
    works_with = _Bodies("It works with (optional)")

    def __init__(
        self,
        data: Any = None,
        *,
        body: Body,
        others: QuerySet[Body],
        priorities: QuerySet[Priority],
        stands: dict[str, Iterable[int] | int | None],
        cancel_url: str,
    ) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": body.version, **stands})
        for name in ("parent", "accountable", "works_with"):
            self.fields[name].queryset = others  # type: ignore[attr-defined]
        self.fields["serves"].queryset = priorities  # type: ignore[attr-defined]
        self.fields["serves"].label_from_instance = _priority  # type: ignore[attr-defined]

    def layout(self) -> list[Any]:
        boxes = LEGEND | {"checkboxes_small": True}
        return [
            Field("parent", context=LABEL),
            Field("serves", context=boxes),
            Wrap("csp-many-boxes", Field("accountable", context=boxes)),
            Wrap("csp-many-boxes", Field("works_with", context=boxes)),
        ]


def _priority(priority: Priority) -> str:
    return f"{priority.letter}: {priority.short_title}"
