"""What is asked for when a pack is built."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lib.govuk import GovukForm
from lib.quarters import Quarter
from reporting import terms
from reporting.models import Pack


class PackRequestForm(GovukForm, forms.Form):
    """Which pack to build. Its boxes are hidden: each button on the page sends its own quarter."""

    quarter = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": "Choose the quarter to build the pack for"}
    )
    edition = forms.ChoiceField(
        choices=Pack.Edition.choices,
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Choose the executive or the public edition"},
    )
    # The newest build that the page knew: sent twice, it names the pack that the first one made.
    after = forms.IntegerField(
        required=False,
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={"invalid": "Open the list of packs again"},
    )

    def clean_quarter(self) -> Quarter:
        try:
            quarter = Quarter.parse(self.cleaned_data["quarter"])
        except ValueError:
            raise ValidationError("Choose a quarter like 2017-18 Q4") from None
        if terms.plan_of(quarter) is None:
            raise ValidationError(terms.refusal(quarter))
        return quarter

    @property
    def asked(self) -> dict[str, Any]:
        """What `request_pack` is asked for."""
        quarter = self.cleaned_data["quarter"]
        return {
            "plan": terms.plan_of(quarter),
            "quarter": quarter,
            "edition": self.cleaned_data["edition"] or Pack.Edition.EXECUTIVE,
            "after": self.cleaned_data["after"],
        }
