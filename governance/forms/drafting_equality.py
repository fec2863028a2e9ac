"""The form for the equalities analysis of a delivery plan: a screening, and the nine characteristics in rows."""

from collections.abc import Sequence
from typing import Any

from django import forms

from governance.actions.equality import Impact
from governance.models import Action, DeliveryPlan, EqualityAnalysis, EqualityImpact
from lib.editing import VersionMixin
from lib.govuk import Choice, DayField, Field, Fieldset, GovukForm, Size, Wrap

Characteristic, Effect, Screening = EqualityImpact.Characteristic, EqualityImpact.Effect, EqualityAnalysis.Screening
PARTS = ("effect", "evidence", "mitigation", "why_no_mitigation")


class EqualityForm(GovukForm, VersionMixin):
    """Saved as far as it is filled in; the page lists what is still missing."""

    submit = "Save the equalities analysis"

    screening = forms.ChoiceField(
        label="Is a full analysis needed?",
        choices=[
            Choice("full", "Yes", hint="Some people may be affected otherwise than others"),
            Choice("none", "No full analysis is needed", hint="Say why below"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether a full analysis is needed"},
    )
    because = forms.CharField(
        label="Why is no full analysis needed?",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )
    review_on = DayField(
        label="When is it looked at again?",
        what="the day it is looked at again",
        help_text="After the plan’s year has begun",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        plan: DeliveryPlan,
        analysis: EqualityAnalysis | None,
        actions: Sequence[Action],
        cancel_url: str,
    ) -> None:
        self.cancel_url = cancel_url
        self.actions = {str(action.pk): action for action in actions}
        initial: dict[str, Any] = {"version": 0, "review_on": plan.ends_on}
        if analysis:
            names = ("version", "screening", "because", "review_on")
            initial = {name: getattr(analysis, name) for name in names}
        super().__init__(data, initial=initial)
        there = {impact.characteristic: impact for impact in analysis.impacts.all()} if analysis else {}
        for characteristic in Characteristic:
            self._add_row(characteristic, there.get(characteristic))

    def _add_row(self, characteristic: Any, impact: EqualityImpact | None) -> None:
        code, name = characteristic.value, characteristic.label
        self.fields[f"{code}_effect"] = forms.ChoiceField(
            label="Effect",
            choices=Effect.choices,
            initial=impact.effect if impact else Effect.UNKNOWN,
            error_messages={"required": f"Choose the effect by {name.lower()}"},
        )
        self.fields[f"{code}_evidence"] = forms.CharField(
            label="Evidence",
            max_length=2000,
            required=False,
            widget=forms.Textarea,
            initial=impact.evidence if impact else "",
        )
        self.fields[f"{code}_mitigation"] = forms.ChoiceField(
            label="Which action lessens the harm?",
            choices=[("", "None"), *((key, str(action)) for key, action in self.actions.items())],
            initial=str(impact.mitigation_id) if impact and impact.mitigation_id else "",
            required=False,
            error_messages={"invalid_choice": "Choose an action of this plan"},
        )
        self.fields[f"{code}_why_no_mitigation"] = forms.CharField(
            label="Or why is there none?",
            max_length=300,
            required=False,
            initial=impact.why_no_mitigation if impact else "",
        )

    def layout(self) -> list[Any]:
        small = {"label_size": Size.SMALL}
        rows = [
            Fieldset(
                Wrap(
                    "csp-impact",
                    Wrap("csp-side-by-side", f"{code}_effect", Field.textarea(f"{code}_evidence", rows=2)),
                    Wrap("csp-side-by-side csp-impact__harm", f"{code}_mitigation", f"{code}_why_no_mitigation"),
                ),
                legend=name,
                legend_size=Size.SMALL,
            )
            for code, name in Characteristic.choices
        ]
        return [
            Field.radios("screening", legend_size=Size.MEDIUM, small=True),
            Wrap("csp-if-not-full", Field.textarea("because", rows=3, **small)),
            Wrap("csp-if-full", *rows),
            Field("review_on", context={"legend_size": Size.for_legend(Size.SMALL)}),
        ]

    def impacts(self) -> list[Impact]:
        """From a form without errors. Rows about which nothing is said are none."""
        found = []
        for characteristic in Characteristic:
            said = {part: self.cleaned_data[f"{characteristic.value}_{part}"] for part in PARTS}
            said["mitigation"] = self.actions.get(said["mitigation"])
            nothing = said["effect"] == Effect.UNKNOWN and not (
                said["evidence"].strip() or said["mitigation"] or said["why_no_mitigation"].strip()
            )
            if not nothing:
                found.append(Impact(characteristic=characteristic.value, **said))
        return found
