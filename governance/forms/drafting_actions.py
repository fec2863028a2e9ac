"""The form for one action of a delivery plan, with its milestones in rows."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from governance.actions.plan_actions import Content, Step
from governance.choosing import Choosable
from governance.forms.drafting import person, select
from governance.models import Action, DeliveryPlan
from indicators.forms.rounds import why
from lib.editing import VersionMixin
from lib.govuk import Button, Buttons, DayField, Field, Fieldset, GovukForm, Link, Size, Wrap
from lib.written import day_year

MORE, MOST = "more", 20
GONE = "This can’t be chosen any more: choose from the list"
DAY = {"context": {"legend_size": Size.for_legend(Size.SMALL)}}


class ActionForm(GovukForm, VersionMixin):
    """`action` is None for a new one. In an agreed plan its dates are not asked for: they move with an update."""

    title = forms.CharField(
        label="What is to be done?",
        max_length=200,
        widget=forms.Textarea,
        error_messages={"required": "Say what is to be done"},
    )
    success_measure = forms.CharField(
        label="How is success measured?",
        help_text="What will be seen or counted when it is done",
        max_length=300,
        required=False,
        widget=forms.Textarea,
    )
    owner_post = forms.CharField(label="Which post leads it?", max_length=120, required=False)
    partners = forms.CharField(label="Which partners take part? (optional)", max_length=300, required=False)
    resources = forms.CharField(label="What does it take? (optional)", max_length=300, required=False)
    starts_on = DayField(label="Starts", what="the day it starts")
    due_on = DayField(label="Due", what="the day it is due")
    reason = why("Why does the plan change?", "Say why it changes")

    def __init__(
        self,
        data: Any = None,
        *,
        plan: DeliveryPlan,
        choosable: Choosable,
        action: Action | None = None,
        cancel_url: str,
    ) -> None:
        self.plan, self.row, self.choosable, self.cancel_url = plan, action, choosable, cancel_url
        self.steps = list(action.milestones.all()) if action else []
        self.submit = "Save the action" if action else "Add the action"
        super().__init__(data, initial=self._said())
        self.dated = action is None or plan.is_draft
        if not self.dated:
            del self.fields["starts_on"], self.fields["due_on"]
        else:
            self.fields["starts_on"].help_text = f"From {day_year(plan.starts_on)} on"
            self.fields["due_on"].help_text = f"By {day_year(plan.ends_on)}"
        if plan.is_draft:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = False  # the action asks, where something changes
        self._add_choices()
        self.rows = self._rows()
        self.fields["rows"] = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=self.rows)
        if self.is_bound:
            self.data = self.data.copy()
            self.data["rows"] = self.rows
        for number in range(1, self.rows + 1):
            self._add_row(number)

    def _said(self) -> dict[str, Any]:
        action, plan = self.row, self.plan
        if action is None:
            return {"version": 0, "starts_on": plan.starts_on, "due_on": plan.ends_on}
        names = ("version", "title", "success_measure", "owner_post", "partners", "resources", "starts_on", "due_on")
        return {name: getattr(action, name) for name in names}

    def _add_choices(self) -> None:
        action, can = self.row, self.choosable
        self.fields["owner"] = person(can.people, "Who is that now? (optional)")
        self.fields["owner"].initial = str(action.owner_id) if action and action.owner_id else ""
        for name, entries, label in (
            ("commitment", can.commitments, f"Which commitment of {self.plan.year} does it carry out?"),
            ("outcome", can.outcomes, "Which outcome does it serve?"),
        ):
            named = getattr(action, f"{name}_id") if action else None
            if not entries:
                continue
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[("", "None"), *can.grouped(entries)],
                initial=str(named) if named else "",
                required=False,
                error_messages={"invalid_choice": GONE},
            )
        several = (
            ("indicators", [(key, can.labels[key]) for key in can.indicators], "Which indicators should it move?"),
            ("concerns", [(key, one.text) for key, one in can.concerns.items()], "Which concerns does it answer?"),
        )
        for name, choices, label in several:
            if choices:
                self.fields[name] = forms.MultipleChoiceField(
                    label=label,
                    choices=choices,
                    initial=[str(one.pk) for one in getattr(action, name).all()] if action else [],
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                    error_messages={"invalid_choice": GONE},
                )
        if "concerns" in self.fields:
            self.fields["concerns"].help_text = "What people named when the partnership asked them"

    # ------------------------------------------------------------ milestones

    def _rows(self) -> int:
        sent = str(self.data.get("rows", "")) if self.is_bound else ""
        rows = int(sent) if sent.isdecimal() and len(sent) < 4 else max(3, len(self.steps) + 1)
        rows += 3 if self.asks_for_more else 0
        return min(rows, max(MOST, len(self.steps)))

    def _add_row(self, number: int) -> None:
        step = self.steps[number - 1] if number <= len(self.steps) else None
        self.fields[f"milestone_{number}_pk"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=step and step.pk
        )
        self.fields[f"milestone_{number}_text"] = forms.CharField(
            label=f"Milestone {number}", max_length=200, required=False, initial=step and step.text
        )
        self.fields[f"milestone_{number}_due_on"] = DayField(
            label=f"Milestone {number}, by when", what="the day", required=False, initial=step and step.due_on
        )

    @property
    def asks_for_more(self) -> bool:
        """Whether the button for more rows was pressed: nothing is to be saved then."""
        return self.is_bound and self.data.get("do") == MORE

    def show_as_typed(self) -> None:
        """Show what was typed, unchecked."""
        self._errors, self.cleaned_data = ErrorDict(), {}

    # ------------------------------------------------------------ layout

    def layout(self) -> list[Any]:
        small = {"label_size": Size.SMALL}
        when: list[Any] = []
        if self.dated:
            when = [Wrap("csp-dates", Field("starts_on", **DAY), Field("due_on", **DAY))]
        shown: list[Any] = [
            Fieldset(
                Field.textarea("title", rows=2, **small),
                Field.textarea("success_measure", rows=2, **small),
                legend="The action",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                Wrap("csp-side-by-side", Field.text("owner_post", **small), select("owner")),
                Field.text("partners", **small),
                Field.text("resources", **small),
                legend="Who, with whom and with what",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                *when,
                *(
                    Wrap("csp-milestone", f"milestone_{number}_text", f"milestone_{number}_due_on")
                    for number in range(1, self.rows + 1)
                ),
                Buttons(Button("Add rows for milestones", name="do", value=MORE, kind="secondary")),
                legend="When" if self.dated else "Milestones",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                *(select(name) for name in ("commitment", "outcome") if name in self.fields),
                *(
                    Wrap("csp-in-two", Field.checkboxes(name, legend_size=Size.SMALL, small=True))
                    for name in ("indicators", "concerns")
                    if name in self.fields
                ),
                legend="What it serves",
                legend_size=Size.MEDIUM,
            ),
        ]
        if "reason" in self.fields:
            shown.append(Field.textarea("reason", rows=3, **small))
        shown.append(Buttons(Button(self.submit), Link("Cancel", self.cancel_url)))
        return shown

    # ------------------------------------------------------------ what was said

    def content(self) -> Content:
        """What the action takes, from a form without errors. What is named already and out of sight stays named."""
        said, can, action = self.cleaned_data, self.choosable, self.row
        if self.dated:
            starts_on, due_on = said["starts_on"], said["due_on"]
        else:
            assert action is not None
            starts_on, due_on = action.starts_on, action.due_on
        return Content(
            title=said["title"],
            starts_on=starts_on,
            due_on=due_on,
            owner_post=said["owner_post"],
            owner=can.people.get(said["owner"]),
            commitment=can.commitments.get(said.get("commitment", "")),
            outcome=can.outcomes.get(said.get("outcome", "")),
            partners=said["partners"],
            success_measure=said["success_measure"],
            resources=said["resources"],
            indicators=self._named("indicators"),
            concerns=self._named("concerns"),
            milestones=[
                Step(said[f"milestone_{row}_text"], said[f"milestone_{row}_due_on"], said[f"milestone_{row}_pk"])
                for row in range(1, self.rows + 1)
            ],
        )

    def _named(self, name: str) -> list[Any]:
        offered = getattr(self.choosable, name)
        kept = [one for one in getattr(self.row, name).all() if str(one.pk) not in offered] if self.row else []
        return [offered[key] for key in self.cleaned_data.get(name, [])] + kept
