"""Forms about a project: what is said of it, who gives its spend, closing it and opening it again."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from governance.actions.projects import LONGEST, Content
from governance.forms.amounts import AmountField
from governance.funding.project_choices import Choosable
from governance.models import Project
from lib.editing import VersionMixin
from lib.govuk import DayField, Field, Fieldset, GovukForm, Include, Size, Wrap
from lib.quarters import Year
from lib.refusals import at_boxes

SMALL = {"context": {"label_size": Size.for_label(Size.SMALL)}}
DAY = {"context": {"legend_size": Size.for_legend(Size.SMALL)}}
MONEY = {"context": {"label_size": Size.for_label(Size.SMALL), "input_prefix": "£", "width": 10}}


def _text(label: str, name: str, *, hint: str = "", asked: str = "", widget: Any = None) -> forms.CharField:
    return forms.CharField(
        label=label if asked else f"{label} (optional)",
        help_text=hint,
        max_length=LONGEST[name],
        required=bool(asked),
        widget=widget,
        error_messages={"required": asked} if asked else {},
    )


class ProjectForm(GovukForm, VersionMixin):
    """`project` is None for a new one."""

    name = _text("What is it called?", "name", asked="Enter the name of the project")
    purpose = _text("What is it for?", "purpose", hint="What is done, and what should change", widget=forms.Textarea)
    amount = AmountField(
        label="How much is it, for the whole of its life?", what="The amount", like="105,650", above_nothing=True
    )
    theme = _text("Heading in the funder’s papers", "theme")
    team = _text("Which team delivers it?", "team")
    starts_on = DayField(label="First day (optional)", what="the first day", required=False)
    ends_on = DayField(label="Last day (optional)", what="the last day", required=False)
    note = _text("Note", "note", widget=forms.Textarea)

    def __init__(
        self,
        data: Any = None,
        *,
        choosable: Choosable,
        project: Project | None = None,
        cancel_url: str,
    ) -> None:
        self.can, self.cancel_url = choosable, cancel_url
        self.submit = "Save the project" if project else "Add the project"
        super().__init__(data, initial=_said(project) if project else {"version": 0})
        for year in self.can.years:
            self.fields[_box(year)] = AmountField(
                label=f"In {year}", what=f"The amount for {year}", like="52,825", required=False
            )
        for name, choices, label, none in (
            ("priority", self.can.priorities, "Which priority does it serve?", "None"),
            ("lead_body", self.can.bodies, "Which body leads it?", "None"),
            ("organisation", self.can.organisations, "Which organisation spends it?", "Not known"),
        ):
            shown = [("", none), *((key, words) for key, (_, words) in choices.items())]
            self.fields[name] = forms.ChoiceField(label=f"{label} (optional)", choices=shown, required=False)
        for name, several, label in (
            ("indicators", self.can.indicators, "Which indicators is it meant to move?"),
            ("commitments", self.can.commitments, "Which commitments does it help to keep?"),
        ):
            if several:
                self.fields[name] = forms.MultipleChoiceField(
                    label=f"{label} (optional)",
                    choices=[(key, words) for key, (_, words) in several.items()],
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )
        years = [_box(year) for year in self.can.years]
        served = ["priority", "indicators", "commitments", "note"]
        self.order_fields(  # as they stand, for the summary of errors
            [
                "name",
                "purpose",
                "amount",
                "starts_on",
                "ends_on",
                *years,
                "organisation",
                "team",
                "lead_body",
                "theme",
                *served,
            ]
        )
        if project is None:
            self.fields["priority"].help_text = "Its commitments can be chosen once the project is entered"

    def layout(self) -> list[Any]:
        years = [Field(_box(year), **MONEY) for year in self.can.years]
        return [
            Field.text("name", label_size=Size.SMALL),
            Field.textarea("purpose", label_size=Size.SMALL, rows=4),
            Fieldset(
                Field("amount", **MONEY),
                Wrap("csp-dates", Field("starts_on", **DAY), Field("ends_on", **DAY)),
                *([Include("governance/_project_years.html"), Wrap("csp-project-years", *years)] if years else []),
                legend="Money and days",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                Field("organisation", **SMALL),
                Field.text("team", label_size=Size.SMALL, field_width=20),
                Field("lead_body", **SMALL),
                Field.text("theme", label_size=Size.SMALL),
                legend="Who delivers it",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                Field("priority", **SMALL),
                *(
                    Wrap("csp-in-two", Field.checkboxes(name, legend_size=Size.SMALL, small=True))
                    for name in ("indicators", "commitments")
                    if name in self.fields
                ),
                legend="What it serves",
                legend_size=Size.MEDIUM,
            ),
            Field.textarea("note", label_size=Size.SMALL, rows=3),
        ]

    def content(self) -> Content:
        """What the actions take, from a form without errors."""
        said = self.cleaned_data
        same = ("name", "purpose", "amount", "theme", "team", "starts_on", "ends_on", "note")
        years = {year: said[_box(year)] for year in self.can.years if said[_box(year)] is not None}
        return Content(
            **{name: said[name] for name in same},
            priority=_one(self.can.priorities, said["priority"]),
            lead_body=_one(self.can.bodies, said["lead_body"]),
            organisation=_one(self.can.organisations, said["organisation"]),
            commitments=[self.can.commitments[key][0] for key in said.get("commitments", ())],
            indicators=[self.can.indicators[key][0] for key in said.get("indicators", ())],
            years=years,
        )

    def refusal(self, error: ValidationError) -> ValidationError:
        """At the boxes of this form: what is wrong with the years stands at the first that has an amount."""
        filled = [_box(year) for year in self.can.years if self.cleaned_data.get(_box(year)) is not None]
        return at_boxes(error, {"years": filled[0] if filled else "amount"})


def _one(choices: dict[str, Any], key: str) -> Any:
    return choices[key][0] if key else None


def _box(year: Year) -> str:
    return f"year_{year.begins}"


def _said(project: Project) -> dict[str, Any]:
    same = ("version", "name", "purpose", "amount", "theme", "team", "starts_on", "ends_on", "note")
    said: dict[str, Any] = {name: getattr(project, name) for name in same}
    for name in ("priority", "lead_body", "organisation"):
        said[name] = str(getattr(project, f"{name}_id") or "")
    for name in ("indicators", "commitments"):
        said[name] = [str(pk) for pk in getattr(project, name).values_list("pk", flat=True)]
    return said | {_box(row.year): row.amount for row in project.years.all()}


class SpendForm(GovukForm, VersionMixin):
    """Who gives a project's spend every quarter."""

    submit = "Ask for its spend"

    def __init__(self, data: Any = None, *, project: Project, people: Sequence[User], cancel_url: str) -> None:
        self.people, self.cancel_url = {str(one.pk): one for one in people}, cancel_url
        super().__init__(data, initial={"version": project.version})
        own = [key for key, one in self.people.items() if one.organisation_id == project.organisation_id]
        others = [key for key in self.people if key not in own]
        shown: list[Any] = [("", "Choose a data lead")]
        for heading, keys in ((f"Of {project.organisation}", own), ("Of others", others)):
            if keys:
                shown.append((heading, [(key, self.people[key].label) for key in keys]))
        self.fields["lead"] = forms.ChoiceField(
            label="Who gives its spend?",
            help_text="They are asked with the quarter’s other figures, and reminded in the same way",
            choices=shown,
            error_messages={"required": "Choose who gives its spend", "invalid_choice": "Choose one of the data leads"},
        )

    def layout(self) -> list[Any]:
        return [Field("lead", **SMALL)]

    @property
    def lead(self) -> User:
        return self.people[self.cleaned_data["lead"]]


def _reason(label: str, asked: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST["because"],
        widget=forms.Textarea,
        error_messages={
            "required": asked,
            "max_length": f"The reason must be {LONGEST['because']} characters or fewer",
        },
    )


class CloseForm(GovukForm, VersionMixin):
    submit = "Close the project"

    closed_on = DayField(label="On which day was it over?", what="the day on which it was over")
    because = _reason("Why is it closed?", "Say why it is closed")

    def __init__(self, data: Any = None, *, project: Project, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": project.version})

    def layout(self) -> list[Any]:
        return [Field("closed_on", **DAY), Field.textarea("because", label_size=Size.SMALL, rows=3)]


class ReopenForm(GovukForm, VersionMixin):
    submit = "Open the project again"

    because = _reason("Why is it opened again?", "Say why it is opened again")

    def __init__(self, data: Any = None, *, project: Project, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": project.version})

    def layout(self) -> list[Any]:
        return [Field.textarea("because", label_size=Size.SMALL, rows=3)]
