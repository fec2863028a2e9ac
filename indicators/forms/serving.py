"""The form for what an indicator serves: a box for every commitment and outcome of its priority."""

from typing import Any

from django import forms

from indicators.serving import Entry, Group, Part, Servable
from lib.editing import VersionMixin
from lib.govuk import Field, Fieldset, GovukForm, Size

GONE = "The plan has changed meanwhile: choose from what it holds now"


class ServesForm(GovukForm, VersionMixin):
    """Boxes in the order and under the headings of the plan. Nothing has to be ticked."""

    submit = "Save what it serves"

    def __init__(self, data: Any = None, *, servable: Servable, cancel_url: str) -> None:
        self.servable, self.cancel_url = servable, cancel_url
        super().__init__(data, initial={"version": servable.placement.indicator.version})
        self.boxes: list[list[str]] = [
            [self._box(part, group, f"{part.kind}_{place}_{number}") for number, group in enumerate(part.groups)]
            for place, part in enumerate(servable.parts)
        ]

    def _box(self, part: Part, group: Group, name: str) -> str:
        self.fields[name] = forms.MultipleChoiceField(
            label=group.title or (part.heading if len(part.groups) == 1 else "Without a sub-heading"),
            choices=[(str(entry.pk), entry.text) for entry in group.entries],
            initial=[str(entry.pk) for entry in group.entries if (part.kind, entry.pk) in self.servable.served],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": GONE},
        )
        return name

    def layout(self) -> list[Any]:
        shown: list[Any] = []
        for part, names in zip(self.servable.parts, self.boxes, strict=True):
            if len(part.groups) == 1 and not part.groups[0].title:
                shown.append(Field.checkboxes(names[0], legend_size=Size.MEDIUM, small=True))
            else:
                boxes = [Field.checkboxes(name, legend_size=Size.SMALL, small=True) for name in names]
                shown.append(Fieldset(*boxes, legend=part.heading, legend_size=Size.MEDIUM))
        return shown

    def as_said(self) -> dict[str, Any]:
        """What `actions.name_served` takes, from a form without errors."""
        ticked: dict[str, list[Entry]] = {"commitments": [], "outcomes": []}
        for part, names in zip(self.servable.parts, self.boxes, strict=True):
            for group, name in zip(part.groups, names, strict=True):
                chosen = set(self.cleaned_data[name])
                ticked[part.kind] += [entry for entry in group.entries if str(entry.pk) in chosen]
        return {"version": self.cleaned_data["version"], **ticked}
